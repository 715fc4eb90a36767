import { every, some } from '../iam/tri.ts';
import type { Database, Proxy, SecurityGroup, SecurityGroupRule } from '../model/auth-model.ts';
import type { Judgement } from '../model/judgement.ts';
import { type ListValue, type Tri, type Value, literal } from '../model/value.ts';
import { defaultPort } from './engines.ts';
import type { Join } from './join.ts';
import { fails, holds, listWords, undecided } from './judgement.ts';
import type { World } from './world.ts';

/** Which direction is closed, and the groups between which a rule is missing: what the mend is made of. */
export type NetworkGap = {
  readonly direction: 'ingress' | 'egress';
  readonly group: SecurityGroup;
  readonly peer: SecurityGroup | undefined;
  readonly port: number | undefined;
};

export type NetworkJudgement = { readonly judgement: Judgement; readonly gap: NetworkGap | null };

type Side = { readonly groups: readonly SecurityGroup[]; readonly outside: boolean; readonly unknown: boolean };

/** Whether the security groups let a proxy reach its database on the database's port (facts 6.3 and 8.11). */
export const judgeNetwork = (world: World, proxy: Proxy, database: Database): NetworkJudgement => {
  const from = sideOf(world, proxy.securityGroups);
  const to = sideOf(world, database.securityGroups);
  const port = portOf(database);
  const egress = directionOpen(world, 'egress', from, to, port);
  const ingress = directionOpen(world, 'ingress', to, from, port);
  const answer = every([egress.open, ingress.open]);
  if (answer === false) return closed(egress.open === false ? 'egress' : 'ingress', from, to, port);
  const origins = [proxy.securityGroups.origin, database.securityGroups.origin];
  if (answer === 'unknown') {
    return {
      judgement: undecided('a security group or rule between proxy and database is known after apply', origins),
      gap: null,
    };
  }
  const assumptions = [...egress.assumptions, ...ingress.assumptions];
  return {
    judgement: holds(
      `${proxy.address} reaches ${database.address}${port === undefined ? '' : ` on port ${port}`}`,
      origins,
      assumptions,
    ),
    gap: null,
  };
};

const closed = (direction: 'ingress' | 'egress', from: Side, to: Side, port: number | undefined): NetworkJudgement => {
  const [own, other] = direction === 'egress' ? [from, to] : [to, from];
  const group = own.groups[0];
  const names = listWords(own.groups.map(({ address }) => address));
  const peers =
    listWords(other.groups.map(({ address }) => address)) || (direction === 'egress' ? 'the database' : 'the proxy');
  const words =
    direction === 'egress'
      ? `${names} lets nothing out to ${peers} on port ${port}, where the database listens`
      : `${names} lets nothing in from ${peers} on port ${port}, where the database listens`;
  const judgement = fails(
    words,
    own.groups.map(({ origin }) => origin),
  );
  return { judgement, gap: group === undefined ? null : { direction, group, peer: other.groups[0], port } };
};

const portOf = (database: Database): number | undefined => {
  const engine = literal(database.engine);
  if (database.port.kind === 'known') return database.port.value;
  return database.port.kind === 'absent' && engine !== undefined ? defaultPort(engine) : undefined;
};

const sideOf = (world: World, list: ListValue<string>): Side => {
  const joins: readonly Join<SecurityGroup>[] = list.items.map((item) => world.findSecurityGroup(item));
  return {
    groups: joins.flatMap((join) => (join.kind === 'one' ? [join.entity] : [])),
    // No group at all is the default group of the VPC, which nobody sees.
    outside: joins.some((join) => join.kind === 'outside') || list.items.length === 0,
    unknown:
      joins.some((join) => join.kind === 'some' || join.kind === 'unknown') || (!list.complete && joins.length > 0),
  };
};

type Opening = { readonly open: Tri; readonly assumptions: readonly string[] };

const directionOpen = (
  world: World,
  direction: 'ingress' | 'egress',
  own: Side,
  other: Side,
  port: number | undefined,
): Opening => {
  const rules = own.groups.flatMap((group) => rulesOf(world, group, direction));
  const matches = rules.map((owned) => ruleOpens(world, owned, other, port));
  const hidden =
    own.groups.some((group) => group.incomplete.includes(direction)) || own.unknown || !world.model.complete;
  const open = some([...matches.map((match) => match.open), ...(hidden ? (['unknown'] as const) : [])]);
  if (open === true)
    return {
      open,
      assumptions:
        matches.find((match) => match.open === true && match.assumptions.length === 0)?.assumptions ??
        matches.find((match) => match.open === true)?.assumptions ??
        [],
    };
  if (own.outside && open !== 'unknown') return { open: true, assumptions: [outsideWords(direction)] };
  return { open, assumptions: [] };
};

const outsideWords = (direction: 'ingress' | 'egress'): string =>
  direction === 'egress'
    ? "the proxy's security groups are not in view and are assumed to let it out to the database"
    : "the database's security groups are not in view and are assumed to let the proxy in";

/** A rule, and whether it is this group's for sure. */
type OwnedRule = { readonly group: SecurityGroup; readonly rule: SecurityGroupRule; readonly owned: Tri };

const rulesOf = (world: World, group: SecurityGroup, direction: 'ingress' | 'egress'): readonly OwnedRule[] =>
  [
    ...group.rules.map((rule) => ({ group, rule, owned: true }) as const),
    ...world.rules.of(group.id).map(({ rule }) => ({ group, rule, owned: true }) as const),
    ...world.rules.maybeOf(group.id).map(({ rule }) => ({ group, rule, owned: 'unknown' }) as const),
  ].filter(({ rule }) => rule.direction === direction);

const ruleOpens = (world: World, { rule, group, owned }: OwnedRule, other: Side, port: number | undefined): Opening => {
  const peer = peerMatches(world, rule, group, other);
  const open = every([owned, protocolMatches(rule.protocol), portMatches(rule, port), peer.open]);
  return { open, assumptions: peer.assumptions };
};

const protocolMatches = (protocol: Value<string>): Tri => {
  const text = literal(protocol);
  return text === undefined ? 'unknown' : ['tcp', '6', '-1', 'all'].includes(text.toLowerCase());
};

const portMatches = (rule: SecurityGroupRule, port: number | undefined): Tri => {
  const protocol = literal(rule.protocol)?.toLowerCase();
  if (protocol === '-1' || protocol === 'all') return true;
  const [from, to] = [literal(rule.fromPort), literal(rule.toPort)];
  if (port === undefined || from === undefined || to === undefined) return 'unknown';
  return from <= port && port <= to;
};

const groupMatches = (join: Join<SecurityGroup>, ids: ReadonlySet<string>, other: Side): Tri => {
  if (join.kind === 'one' && ids.has(join.entity.id)) return true;
  if (join.kind === 'one') return other.unknown && 'unknown';
  if (join.kind === 'outside') return other.outside && 'unknown';
  return join.kind !== 'absent' && 'unknown';
};

const peerMatches = (world: World, rule: SecurityGroupRule, owner: SecurityGroup, other: Side): Opening => {
  const ids = new Set(other.groups.map(({ id }) => id));
  const named = rule.groups.items.map((item) => groupMatches(world.findSecurityGroup(item), ids, other));
  const self: Tri = rule.self.kind === 'unknown' ? 'unknown' : literal(rule.self) === true && ids.has(owner.id);
  const open = some([...named, self, ...(rule.groups.complete ? [] : (['unknown'] as const))]);
  if (open === true) return { open, assumptions: [] };
  return rangesMatch(rule, open, other);
};

/** Which addresses a range holds nobody can tell from here, save for all of them. */
const rangesMatch = (rule: SecurityGroupRule, groups: Tri, other: Side): Opening => {
  const texts = rule.ranges.items.map(literal);
  if (texts.some((text) => text === '0.0.0.0/0' || text === '::/0')) return { open: true, assumptions: [] };
  const ranges = texts.filter((text) => text !== undefined);
  if (ranges.length > 0) {
    return {
      open: true,
      assumptions: [`${rule.origin.address} is assumed to cover the other side with ${ranges.join(', ')}`],
    };
  }
  if (texts.length > 0 || !rule.ranges.complete) return { open: some([groups, 'unknown']), assumptions: [] };
  // A rule for a group out of view may well be the other side's.
  return groups === 'unknown' && other.outside
    ? { open: true, assumptions: [`${rule.origin.address} is assumed to name the security group of the other side`] }
    : { open: groups, assumptions: [] };
};
