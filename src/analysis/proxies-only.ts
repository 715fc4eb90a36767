import type { Client, Database, Proxy, SecurityGroup, SecurityGroupRule } from '../model/auth-model.ts';
import type { Judgement } from '../model/judgement.ts';
import { type Value, literal } from '../model/value.ts';
import { type Carriers, carriersOf } from './carriers.ts';
import type { OwnedRule } from './group-rules.ts';
import { allOf, fails, listWords, undecided, unique } from './judgement.ts';
import { rangesOf, ruleApplies, rulesOf } from './reach.ts';
import { portOf } from './rule-ports.ts';
import type { World } from './world.ts';

/** Whether proxies alone are let in, and what to take away where others are. */
export type ProxiesOnly = { readonly judgement: Judgement; readonly mend: string };

/** Answers for each database. A group that many databases share is looked at once for each of their ports. */
export const proxiesOnly = (world: World): ((database: Database) => ProxiesOnly) => {
  const proxies = carriersOf(world, world.model.proxies);
  const rotators = rotatorsOf(world);
  const clients = carriersOf(
    world,
    world.model.clients.filter(({ id }) => !rotators.has(id)),
  );
  const rotations = carriersOf(
    world,
    world.model.clients.filter(({ id }) => rotators.has(id)),
  );
  const found = new Map<string, ProxiesOnly>();
  const throughGroup = (group: SecurityGroup, port: number | undefined): ProxiesOnly => {
    const key = `${port} ${group.id}`;
    const access = found.get(key) ?? unite(peersOfGroup({ world, proxies, clients, rotations, port }, group));
    found.set(key, access);
    return access;
  };
  return (database) => {
    const port = portOf(database);
    return unite([
      ...database.securityGroups.items.map((item) => {
        const join = world.findSecurityGroup(item);
        if (join.kind === 'one') return throughGroup(join.entity, port);
        return unseen(join.kind === 'outside' ? notInView(join.text) : 'a security group is known after apply', item);
      }),
      ...unseenGroups(world, database),
    ]);
  };
};

/** Ids of functions that rotate secrets. */
const rotatorsOf = ({ model }: World): ReadonlySet<string> =>
  new Set(
    model.secretRotations.flatMap(({ lambdaArn }) =>
      lambdaArn.kind === 'unknown' ? lambdaArn.references.map(({ resource }) => resource) : [],
    ),
  );

/** The mends of what decides alone. */
const unite = (parts: readonly ProxiesOnly[]): ProxiesOnly => {
  const judgement = allOf(parts.map((part) => part.judgement));
  const deciding = parts.filter(({ judgement: { holds } }) => holds === judgement.holds);
  return { judgement, mend: unique(deciding.flatMap(({ mend }) => (mend === '' ? [] : [mend]))).join('\n') };
};

const unseen = (reason: string, { origin }: Pick<Value<unknown>, 'origin'>, mend = giveContext): ProxiesOnly => ({
  judgement: undecided(reason, [origin]),
  mend,
});

const giveContext = 'Give the state that manages the security groups with --context.';

const notInView = (group: string): string => `the security group ${group} is not in view`;

/** Why not every group of a database can be seen. */
const unseenGroups = ({ model }: World, { securityGroups }: Database): readonly ProxiesOnly[] => {
  if (!securityGroups.complete || !model.complete)
    return [unseen('not all its security groups are in view', securityGroups)];
  return securityGroups.items.length === 0
    ? [unseen('it has the default security group of its VPC, which is not in view', securityGroups)]
    : [];
};

type Looking = {
  readonly world: World;
  readonly proxies: Carriers<Proxy>;
  readonly clients: Carriers<Client>;
  /** They change passwords in the database, where no proxy can help. */
  readonly rotations: Carriers<Client>;
  readonly port: number | undefined;
};

const peersOfGroup = (looking: Looking, group: SecurityGroup): readonly ProxiesOnly[] => {
  if (!group.managed) return [unseen(`${group.address} is read by a data source, which shows no rules`, group)];
  const rules = rulesOf(looking.world, group, 'ingress').flatMap((owned) => peersOfRule(looking, owned));
  const hidden = group.incomplete.includes('ingress')
    ? [unseen(`not all rules of ${group.address} are in view`, group)]
    : [];
  return [...rules, ...hidden];
};

/** How a rule speaks of those whom it lets in. */
type Speech = {
  readonly lets: (who: string) => ProxiesOnly;
  /** A part of it that is known after apply. */
  readonly open: (what: string) => ProxiesOnly;
};

const peersOfRule = (looking: Looking, owned: OwnedRule): readonly ProxiesOnly[] => {
  const { rule, group } = owned;
  const applies = ruleApplies(owned, looking.port);
  if (applies === false) return [];
  const speech = speechOf(rule, looking.port, applies === true);
  const { lets, open } = speech;
  return [
    ...rangesOf(looking.world, rule).map((text) =>
      text === undefined ? open('an address range') : lets(`all of ${text}`),
    ),
    ...rule.groups.items.flatMap((item) => peersInGroup(looking, item, group, speech)),
    ...(literal(rule.self) === true ? clientsWith(looking, group, speech) : []),
    ...(rule.ranges.complete ? [] : [open('an address range')]),
    ...(rule.groups.complete ? [] : [open('a security group')]),
    ...(rule.self.kind === 'unknown' ? [open('whether it lets its own group in')] : []),
  ];
};

const speechOf = ({ origin }: SecurityGroupRule, port: number | undefined, isCertain: boolean): Speech => {
  const mend = `Let ${origin.address} name no source but the security group of a proxy.`;
  return {
    lets: (who) => {
      const words = `${origin.address} lets ${who} in${port === undefined ? '' : ` on port ${port}`}`;
      return isCertain
        ? { judgement: fails(words, [origin]), mend }
        : unseen(`whether ${words} is known after apply`, { origin }, mend);
    },
    open: (what) => unseen(`${what} in ${origin.address} is known after apply`, { origin }, mend),
  };
};

const clientsWith = ({ clients }: Looking, group: SecurityGroup, { lets }: Speech): readonly ProxiesOnly[] => {
  const [client, ...others] = clients(group.id);
  if (client === undefined) return [];
  const names = listWords([client, ...others].map(({ address }) => address));
  return [lets(`${names}, which ${others.length === 0 ? 'has' : 'have'} ${group.address},`)];
};

const peersInGroup = (
  looking: Looking,
  item: Value<string>,
  own: SecurityGroup,
  speech: Speech,
): readonly ProxiesOnly[] => {
  const join = looking.world.findSecurityGroup(item);
  if (join.kind === 'absent') return [];
  if (join.kind === 'outside')
    return [unseen(`who has the security group ${join.text} is not in view`, item, mendOf(speech))];
  if (join.kind !== 'one') return [speech.open('a security group')];
  const group = join.entity;
  const clients = clientsWith(looking, group, speech);
  if (clients.length > 0) return clients;
  if (looking.rotations(group.id).length > 0) return [];
  if (!group.managed) {
    return [unseen(`who has ${group.address}, which a data source reads, is not in view`, item, mendOf(speech))];
  }
  // Who has the group of the database itself is the database, and nobody else in view.
  const isLetIn = looking.proxies(group.id).length > 0 || group.id === own.id;
  return isLetIn ? [] : [speech.lets(`${group.address}, which no proxy has,`)];
};

const mendOf = ({ open }: Speech): string => open('').mend;
