import type { Judgement } from '../model/judgement.ts';
import { literal } from '../model/value.ts';
import type { AnalysisContext } from './analysis-context.ts';
import type { ClientFacts } from './clients.ts';
import type { ConnectionDraft } from './connection-drafts.ts';
import type { ConnectEndpoint } from './endpoints.ts';
import { listenerPort } from './engines.ts';
import type { HostUse } from './hosts.ts';
import { allOf, fails, holds } from './judgement.ts';
import { type NetworkJudgement, judgeEnds, subnetsOf } from './network.ts';
import { judgeToldPort } from './proxy-ports.ts';
import { sideOf } from './reach.ts';
import { portOf } from './rule-ports.ts';
import type { World } from './world.ts';

/** What a connection assumes where no client is in view, or where nobody can see its network. */
const assumedNetwork = 'the network lets the client reach the endpoint';

/**
 * Whether the clients in view that a connection is for reach its endpoint. One of them is enough: the others have a
 * finding of their own. A security group alone is no client.
 */
export const judgeClientNetwork = (context: AnalysisContext, draft: ConnectionDraft): Judgement => {
  const judgements = clientsOf(context, draft).map(({ facts, use }) =>
    allOf([judgeToldPort(context, facts, use), judgeUse(context.world, facts, use).judgement]),
  );
  const [first] = judgements;
  if (first === undefined) return holds('', [], [assumedNetwork]);
  const reaching = judgements.filter((judgement) => judgement.holds === true);
  if (reaching.length > 0) return reaching.find(({ assumptions }) => assumptions.length === 0) ?? reaching[0] ?? first;
  return judgements.find((judgement) => judgement.holds === 'unknown') ?? allOf(judgements);
};

type ClientUse = { readonly facts: ClientFacts; readonly use: HostUse };

/** Clients that use the endpoint for certain; where somebody's role is meant, those that run as it. */
const clientsOf = ({ clients }: AnalysisContext, draft: ConnectionDraft): readonly ClientUse[] => {
  const endpoint = draft.facts?.proxy ?? draft.database?.database;
  if (endpoint === undefined) return [];
  const { holder } = draft;
  const meant = clients
    .of(endpoint.id)
    .filter(({ role }) => holder === null || (holder.kind === 'principal' && isRole(role, holder.principal.id)));
  return meant.flatMap((facts) => {
    const use = facts.uses.find(({ endpoint: { entity }, certain }) => certain && entity.id === endpoint.id);
    return use === undefined || facts.client.kind === 'eks' ? [] : [{ facts, use }];
  });
};

const isRole = (role: ClientFacts['role'], id: string): boolean => role.kind === 'one' && role.entity.id === id;

/** The port on which an endpoint listens for clients (fact 6.3). */
const clientPort = (endpoint: ConnectEndpoint): number | undefined =>
  endpoint.kind === 'database' ? portOf(endpoint.entity) : listenerPort(literal(endpoint.entity.engineFamily));

/** Whether a client reaches the endpoint that it uses, on the port where that listens, or on another. */
export const judgeUse = (
  world: World,
  { client }: ClientFacts,
  use: HostUse,
  port = clientPort(use.endpoint),
): NetworkJudgement => {
  const { endpoint } = use;
  const origins = [client.securityGroups.origin, endpoint.entity.securityGroups.origin];
  if (client.inVpc !== true) return { judgement: holds('', origins, [elsewhere(client, endpoint)]), gap: null };
  const own = use.proxyEndpoint ?? endpoint.entity;
  return judgeEnds(world, {
    from: sideOf(world, client.securityGroups, client.subnets),
    to: sideOf(
      world,
      own.securityGroups,
      endpoint.kind === 'database' ? subnetsOf(world, endpoint.entity) : subnets(use),
    ),
    port,
    fromName: 'the client',
    toName: endpoint.kind === 'proxy' ? 'the proxy' : 'the database',
    fromAddress: client.address,
    toAddress: own.address,
    origins,
  });
};

const subnets = ({ proxyEndpoint, endpoint }: HostUse) =>
  proxyEndpoint?.subnets ?? (endpoint.kind === 'proxy' ? endpoint.entity.subnets : null);

/** Of a client outside any VPC, as of an endpoint elsewhere, this configuration tells nothing. */
const elsewhere = ({ address, inVpc, kind }: ClientFacts['client'], { entity }: ConnectEndpoint): string =>
  inVpc === false && kind === 'lambda'
    ? `${address} runs outside any VPC; ${entity.address} is assumed to be reachable from there`
    : assumedNetwork;

/** A proxy has no address outside its VPC (fact 6.4), which a function needs that runs in none. */
export const judgeInVpc = ({ client }: ClientFacts, { endpoint }: HostUse): Judgement => {
  const origins = [client.origin, endpoint.entity.origin];
  // A task in bridge mode, or an instance without groups of its own, is in a VPC all the same.
  if (client.inVpc !== false || client.kind !== 'lambda' || endpoint.kind !== 'proxy') return holds('', origins);
  return fails(
    `${client.address} runs outside any VPC, and ${endpoint.entity.address} has no address outside its own VPC`,
    origins,
  );
};
