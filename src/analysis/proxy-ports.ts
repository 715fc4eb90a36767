import type { SecurityGroup, SecurityGroupRule } from '../model/auth-model.ts';
import type { Judgement } from '../model/judgement.ts';
import { type Origin, literal } from '../model/value.ts';
import type { AnalysisContext } from './analysis-context.ts';
import type { ClientFacts } from './clients.ts';
import { listenerPort } from './engines.ts';
import type { HostUse } from './hosts.ts';
import { fails, holds } from './judgement.ts';
import type { ProxyFacts } from './proxy-facts.ts';
import { push } from './push.ts';
import { portMatches, rulesOf } from './reach.ts';
import { portOf } from './rule-ports.ts';
import type { World } from './world.ts';

/** A rule or a client that has something to do with a proxy, and whether the port that it uses is the proxy's. */
export type PortUse = {
  readonly address: string;
  readonly proxy: ProxyFacts['proxy'];
  readonly port: number;
  readonly mend: string;
  readonly judgement: Judgement;
};

/** The port of a proxy, and the other one, on which its database listens; null where the two are one or not known. */
type Ports = { readonly listener: number; readonly database: number };

export const portsOf = (facts: ProxyFacts): Ports | null => {
  const listener = listenerPort(literal(facts.proxy.engineFamily));
  const database = facts.target?.kind === 'database' ? portOf(facts.target.facts.database) : undefined;
  return listener === undefined || database === undefined || listener === database ? null : { listener, database };
};

/** Rules and clients that use the database's port towards a proxy, which listens on its own alone (fact 6.3). */
export const findPortUses = (context: AnalysisContext): readonly PortUse[] => {
  const listeners = listenersByGroup(context);
  return context.proxies.flatMap((facts) => {
    const ports = portsOf(facts);
    if (ports === null) return [];
    return [...ruleUses(context.world, facts, ports, listeners), ...clientUses(context, facts, ports)];
  });
};

type Listeners = ReadonlyMap<string, readonly (number | undefined)[]>;

/** The ports of all proxies that have a group: a rule may be meant for another of them. */
const listenersByGroup = ({ world, proxies }: AnalysisContext): Listeners => {
  const listeners = new Map<string, (number | undefined)[]>();
  for (const facts of proxies) {
    const port = listenerPort(literal(facts.proxy.engineFamily));
    for (const { id } of groupsOf(world, facts)) push(listeners, id, port);
  }
  return listeners;
};

const ruleUses = (world: World, facts: ProxyFacts, ports: Ports, listeners: Listeners): readonly PortUse[] => {
  const groups = groupsOf(world, facts);
  const isForAnother = (rule: SecurityGroupRule): boolean =>
    groups.some(({ id }) => (listeners.get(id) ?? []).some((port) => portMatches(rule, port) !== false));
  return [...ingressRules(world, groups), ...egressRules(world, groups)]
    .filter(({ rule }) => isForDatabasePort(rule, ports) && !isForAnother(rule))
    .map(({ rule, group, others }) => {
      const right = others.some(
        (other) => portMatches(other, ports.listener) !== false && samePeers(world, other, rule),
      );
      const origins: readonly Origin[] = [rule.origin, group.origin, facts.proxy.origin];
      return useOf(facts, ports, rule.origin.address, ruleMend(rule, ports), (reason) =>
        right ? holds('', origins) : fails(reason, origins),
      );
    });
};

const useOf = (
  { proxy }: ProxyFacts,
  { listener, database }: Ports,
  address: string,
  mend: string,
  judge: (reason: string) => Judgement,
): PortUse => ({
  address,
  proxy,
  port: listener,
  mend,
  judgement: judge(
    `${address} uses port ${database}, the database's; ${proxy.address} listens on ${listener} alone, whatever the port of its database`,
  ),
});

type GroupRule = {
  readonly rule: SecurityGroupRule;
  readonly group: SecurityGroup;
  /** The rules beside it, one of which may open the right port to the same peers. */
  readonly others: readonly SecurityGroupRule[];
};

/** Security groups that are the proxy's alone: what opens a port in others may be meant for something else. */
const groupsOf = (world: World, { proxy }: ProxyFacts): readonly SecurityGroup[] =>
  proxy.securityGroups.items.flatMap((item) => {
    const join = world.findSecurityGroup(item);
    return join.kind === 'one' && join.entity.managed && !world.sharedGroups.has(join.entity.id) ? [join.entity] : [];
  });

const ingressRules = (world: World, groups: readonly SecurityGroup[]): readonly GroupRule[] =>
  groups.flatMap((group) => {
    const rules = rulesOf(world, group, 'ingress').map(({ rule }) => rule);
    return rules.map((rule) => ({ rule, group, others: rules.filter((other) => other !== rule) }));
  });

/** A rule that goes to something else as well may be meant for that. */
const egressRules = (world: World, groups: readonly SecurityGroup[]): readonly GroupRule[] => {
  const ids = new Set(groups.map(({ id }) => id));
  const isForThese = ({ rule, group }: { readonly rule: SecurityGroupRule; readonly group: SecurityGroup }): boolean =>
    peersOf(world, rule).every((peer) => ids.has(peer === 'self' ? group.id : peer));
  return groups.flatMap(({ id }) =>
    world
      .egressTowards(id)
      .filter(isForThese)
      .map(({ rule, group }) => ({
        rule,
        group,
        others: rulesOf(world, group, 'egress').flatMap((owned) => (owned.rule === rule ? [] : [owned.rule])),
      })),
  );
};

const isForDatabasePort = (rule: SecurityGroupRule, { listener, database }: Ports): boolean =>
  portMatches(rule, database) === true && portMatches(rule, listener) === false;

const samePeers = (world: World, a: SecurityGroupRule, b: SecurityGroupRule): boolean =>
  peersOf(world, b).every((peer) => peersOf(world, a).includes(peer)) || peersOf(world, a).includes('0.0.0.0/0');

const peersOf = (world: World, { groups, self, ranges }: SecurityGroupRule): readonly string[] => [
  ...groups.items.map((item) => {
    const join = world.findSecurityGroup(item);
    return join.kind === 'one' ? join.entity.id : join.kind === 'outside' ? join.text : '?';
  }),
  ...ranges.items.map((range) => literal(range) ?? '?'),
  ...(literal(self) === true ? ['self'] : []),
];

const ruleMend = ({ fromPort, origin }: SecurityGroupRule, { listener }: Ports): string =>
  [`In ${origin.address} write:`, `  from_port = ${listener}`, `  to_port   = ${listener}`]
    .slice(0, fromPort.kind === 'absent' ? 1 : 3)
    .join('\n');

const clientUses = (context: AnalysisContext, facts: ProxyFacts, ports: Ports): readonly PortUse[] =>
  context.clients.of(facts.proxy.id).flatMap((client) => {
    const wrong = wrongPort(client, facts.proxy.id, ports);
    if (wrong === null) return [];
    const mend = `In the environment of ${client.client.address} write, as the port of ${facts.proxy.address}:\n  ${ports.listener}`;
    return [useOf(facts, ports, client.client.address, mend, (reason) => fails(reason, [wrong, facts.proxy.origin]))];
  });

/** Where a client that knows no other endpoint is told the port of the database, and not that of its proxy. */
const wrongPort = ({ client, uses, usesComplete }: ClientFacts, proxyId: string, ports: Ports): Origin | null => {
  const alone = usesComplete && uses.every(({ endpoint }) => endpoint.entity.id === proxyId);
  const told = client.ports.find((port) => literal(port) === ports.database);
  const right = client.ports.some((port) => port.kind !== 'known' || port.value === ports.listener);
  return alone && told !== undefined && !right ? told.origin : null;
};

/** The same of one use, for the leg of the connection. */
export const judgeToldPort = (context: AnalysisContext, client: ClientFacts, { endpoint }: HostUse): Judgement => {
  const [facts] = endpoint.kind === 'proxy' ? context.pairsOf(endpoint.entity.id) : [];
  const ports = facts === undefined ? null : portsOf(facts);
  const wrong = ports === null ? null : wrongPort(client, endpoint.entity.id, ports);
  return wrong === null
    ? holds('')
    : fails(`${client.client.address} uses port ${ports?.database}; the proxy listens on ${ports?.listener}`, [wrong]);
};
