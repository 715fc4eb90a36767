import { every } from '../iam/tri.ts';
import type { Client, Proxy, SecurityGroup, SecurityGroupRule } from '../model/auth-model.ts';
import type { Judgement } from '../model/judgement.ts';
import { type Tri, type Value, literal } from '../model/value.ts';
import type { AnalysisContext } from './analysis-context.ts';
import { type Carriers, carriersOf } from './carriers.ts';
import { type Block, contains, parseBlock } from './cidr.ts';
import { type DatabaseFacts, takesIam } from './databases.ts';
import type { Grant } from './grants.ts';
import { fails, holds, listWords, undecided, unique } from './judgement.ts';
import { expandSubnets } from './network.ts';
import { type Side, rangesOf, ruleApplies, rulesOf, sideOf } from './reach.ts';
import { portOf } from './rule-ports.ts';

/** What a rule lets in that is no proxy of the database. */
export type Opening = { readonly open: Tri; readonly who: string; readonly rule: SecurityGroupRule };

export type DirectAccess = {
  readonly judgement: Judgement;
  /** The rules that let others in. */
  readonly openings: readonly Opening[];
  readonly proxies: readonly Proxy[];
  /** Security groups of the proxies, as far as they are in view. */
  readonly groups: readonly SecurityGroup[];
};

export type DirectAccessTest = (facts: DatabaseFacts, proxies: readonly Proxy[]) => DirectAccess;

/** Whether others than the proxies before a database get in: by its security groups, or because somebody is meant to. */
export const directAccessTest = (context: AnalysisContext): DirectAccessTest => {
  let members: Members | null = null;
  return (facts, proxies) => {
    if (proxies.length === 0) return { judgement: holds(''), openings: [], proxies, groups: [] };
    members ??= findMembers(context);
    return judgeAccess(context, facts, proxies, members);
  };
};

/** Clients by the security groups that they have. */
type Members = {
  readonly clients: Carriers<Client>;
  /** Functions that rotate secrets: they change passwords in the database, where no proxy can help. */
  readonly rotations: Carriers<Client>;
};

const findMembers = ({ world }: AnalysisContext): Members => {
  const functions = new Set(
    world.model.secretRotations.flatMap(({ lambdaArn }) =>
      lambdaArn.kind === 'unknown' ? lambdaArn.references.map(({ resource }) => resource) : [],
    ),
  );
  const { clients } = world.model;
  return {
    clients: carriersOf(
      world,
      clients.filter(({ id }) => !functions.has(id)),
    ),
    rotations: carriersOf(
      world,
      clients.filter(({ id }) => functions.has(id)),
    ),
  };
};

/** What is known of the proxies' side of a rule. */
type Fronts = {
  readonly ids: ReadonlySet<string>;
  /** Ids of groups that are written as they are. */
  readonly texts: ReadonlySet<string>;
  readonly blocks: readonly Block[];
  /** A group of theirs is known after apply, or is not in view. */
  readonly hidden: boolean;
  readonly groups: readonly SecurityGroup[];
};

const frontsOf = ({ world }: AnalysisContext, proxies: readonly Proxy[]): Fronts => {
  const sides = proxies.map((proxy) => sideOf(world, proxy.securityGroups, expandSubnets(world, proxy.subnets)));
  const groups = sides.flatMap((side) => side.groups);
  return {
    ids: new Set(groups.map(({ id }) => id)),
    texts: new Set(
      proxies.flatMap(({ securityGroups }) => securityGroups.items.flatMap((item) => literal(item) ?? [])),
    ),
    blocks: sides.flatMap(({ blocks }) => blocks ?? []),
    hidden: sides.some(({ unknown, outside }) => unknown || outside),
    groups,
  };
};

const judgeAccess = (
  context: AnalysisContext,
  facts: DatabaseFacts,
  proxies: readonly Proxy[],
  members: Members,
): DirectAccess => {
  const { database } = facts;
  const side = sideOf(context.world, database.securityGroups, null);
  const fronts = frontsOf(context, proxies);
  const all = side.groups.flatMap((group) => openingsOf(context, group, portOf(database), fronts, members));
  const openings = all.filter(({ open }) => open === true);
  const isOpen = isOpenEnded(context, side) || all.some(({ open }) => open === 'unknown');
  const rest = side.outside ? 'outside' : 'nobody';
  const answer: Found['answer'] = openings.length > 0 ? 'others' : isOpen ? 'unknown' : rest;
  return {
    judgement: judgeAnswer(context, facts, proxies, { answer, openings }),
    openings,
    proxies,
    groups: fronts.groups,
  };
};

const isOpenEnded = ({ world }: AnalysisContext, { groups, unknown }: Side): boolean =>
  unknown || !world.model.complete || groups.some(({ incomplete }) => incomplete.includes('ingress'));

type Found = {
  /** Whom the groups let in; `outside`: they are managed elsewhere, and nobody here can say. */
  readonly answer: 'others' | 'nobody' | 'outside' | 'unknown';
  readonly openings: readonly Opening[];
};

const judgeAnswer = (
  context: AnalysisContext,
  facts: DatabaseFacts,
  proxies: readonly Proxy[],
  { answer, openings }: Found,
): Judgement => {
  const { address, securityGroups } = facts.database;
  const fronts = listWords(proxies.map((proxy) => proxy.address));
  if (answer === 'others') {
    const who = listWords(unique(openings.map((opening) => opening.who)));
    const origins = openings.map(({ rule }) => rule.origin);
    return fails(
      `${address} lets ${who} in beside ${fronts}, which ${proxies.length === 1 ? 'is' : 'are'} there to be used instead`,
      origins,
    );
  }
  const origins = [securityGroups.origin];
  if (answer === 'nobody') return holds(`${address} lets in nothing but ${fronts}`, origins);
  // What the plan leaves out may well be that nobody gets in, whoever is meant to.
  const [meant] = answer === 'outside' ? meantDirectly(context, facts) : [];
  if (meant !== undefined) return fails(`${meant.words} ${address} beside ${fronts}`, [meant.origin, ...origins]);
  return undecided(`who gets to ${address} beside ${fronts} is not in view, or is known after apply`, origins);
};

type Meant = { readonly words: string; readonly origin: Judgement['origins'][number] };

/** Who is meant to log in to the database itself: a client that uses its host name, or a grant for it. */
const meantDirectly = (context: AnalysisContext, facts: DatabaseFacts): readonly Meant[] => {
  const { id } = facts.database;
  const clients = context.clients
    .of(id)
    .map(({ client }): Meant => ({ words: `${client.address} uses the host name of`, origin: client.hosts.origin }));
  const grants = takesIam(facts) === false ? [] : context.grants.grantsFor(id);
  return [
    ...clients,
    ...grants
      .filter(({ forProxy, wildcard, certain }) => !forProxy && !wildcard && certain)
      .map(
        (grant): Meant => ({
          words: `${grant.carrier.address} lets ${holderOf(grant)} log in to`,
          origin: grant.statement.origin,
        }),
      ),
  ];
};

const holderOf = ({ holders: [holder] }: Grant): string => {
  if (holder?.kind === 'principal') return holder.principal.address;
  return holder?.kind === 'outside' ? holder.name : 'whoever holds it';
};

const openingsOf = (
  context: AnalysisContext,
  group: SecurityGroup,
  port: number | undefined,
  fronts: Fronts,
  members: Members,
): readonly Opening[] =>
  rulesOf(context.world, group, 'ingress').flatMap((owned) => {
    const { rule } = owned;
    const applies = ruleApplies(owned, port);
    if (applies === false) return [];
    const others = [
      ...groupsIn(context, rule, fronts, members),
      ...ownMembers(rule, group, members),
      ...rangesIn(context, rule, fronts),
    ];
    return others
      .filter(({ open }) => open !== false)
      .map(({ open, who }): Opening => ({ open: every([applies, open]), who, rule }));
  });

type Other = Omit<Opening, 'rule'>;
const nobody: Other = { open: false, who: '' };
const somebody: Other = { open: 'unknown', who: 'somebody' };

const groupsIn = (
  context: AnalysisContext,
  { groups }: SecurityGroupRule,
  fronts: Fronts,
  members: Members,
): readonly Other[] => [
  ...groups.items.map((item) => groupIn(context, item, fronts, members)),
  ...(groups.complete ? [] : [somebody]),
];

const groupIn = (context: AnalysisContext, item: Value<string>, fronts: Fronts, members: Members): Other => {
  const join = context.world.findSecurityGroup(item);
  if (join.kind === 'absent') return nobody;
  if (join.kind === 'one') return managedGroupIn(join.entity, fronts, members);
  if (join.kind !== 'outside') return somebody;
  if (fronts.texts.has(join.text)) return nobody;
  return fronts.hidden ? somebody : { open: true, who: idOf(join.text) };
};

/** An id as AWS makes them: any other text is not repeated. */
const idOf = (text: string): string => (/^(?:sg|pl)-[0-9a-z]+$/.test(text) ? text : 'others');

const managedGroupIn = ({ id, address, managed }: SecurityGroup, fronts: Fronts, members: Members): Other => {
  const clients = members.clients(id);
  // A proxy's group that clients have too lets them in with it.
  if (fronts.ids.has(id)) return clients.length === 0 ? nobody : { open: true, who: namesOf(clients) };
  if (clients.length === 0 && members.rotations(id).length > 0) return nobody;
  return !managed && fronts.hidden ? somebody : { open: true, who: address };
};

const namesOf = (clients: readonly Client[]): string => listWords(clients.map(({ address }) => address));

/** Members of the same group, where it lets itself in. */
const ownMembers = ({ self }: SecurityGroupRule, { id }: SecurityGroup, { clients }: Members): readonly Other[] => {
  if (self.kind === 'unknown') return [somebody];
  const inside = literal(self) === true ? clients(id) : [];
  return inside.length === 0 ? [] : [{ open: true, who: namesOf(inside) }];
};

/** Addresses beyond the subnets of the proxies; of IPv6, on which most databases do not listen, nothing is said. */
const rangesIn = ({ world }: AnalysisContext, rule: SecurityGroupRule, fronts: Fronts): readonly Other[] => {
  const texts = rangesOf(world, rule).filter((text) => text?.includes(':') !== true);
  const others = texts.map((text) => rangeIn(text, fronts));
  return rule.ranges.complete ? others : [...others, somebody];
};

const rangeIn = (text: string | undefined, { blocks }: Fronts): Other => {
  if (text === undefined) return somebody;
  const range = parseBlock(text);
  if (range === null) return text.startsWith('pl-') ? { open: true, who: idOf(text) } : somebody;
  return blocks.some((block) => contains(block, range)) ? nobody : { open: true, who: text };
};
