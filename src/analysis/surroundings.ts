import type { ClientPlace, EndpointPlace, Surroundings } from '../model/surroundings.ts';
import { literal } from '../model/value.ts';
import type { AnalysisContext } from './analysis-context.ts';
import type { ClientFacts } from './clients.ts';
import type { JudgedConnection } from './connections.ts';
import { push } from './push.ts';

/** Who logs in and what stands before a proxy, as far as it is in view: for drawings. */
export const surroundingsOf = (context: AnalysisContext, judged: readonly JudgedConnection[]): Surroundings => ({
  clients: clientPlaces(context, judged),
  endpoints: endpointPlaces(context),
});

const clientPlaces = (context: AnalysisContext, judged: readonly JudgedConnection[]): readonly ClientPlace[] => {
  const places = new Map<string, { facts: ClientFacts; endpoint: string | null; connections: string[] }>();
  const byToken = new Map<string, ClientFacts[]>();
  const add = (facts: ClientFacts, { draft, connection }: JudgedConnection): void => {
    const endpoint = additionalEndpoint(facts, endpointIdOf(draft));
    const key = `${facts.client.id}\0${endpoint}`;
    const place = places.get(key) ?? { facts, endpoint, connections: [] };
    place.connections.push(connection.id);
    places.set(key, place);
  };
  for (const one of judged) {
    for (const facts of clientsAsHolder(context, one)) {
      push(byToken, endpointIdOf(one.draft) ?? '', facts);
      add(facts, one);
    }
  }
  for (const one of judged) for (const facts of clientsByPassword(context, one, byToken)) add(facts, one);
  return [...places.values()].map(({ facts: { client }, endpoint, connections }) => ({
    address: client.address,
    kind: client.kind,
    connections,
    endpoint,
  }));
};

type Draft = JudgedConnection['draft'];

const endpointIdOf = ({ facts, database }: Draft): string | undefined => facts?.proxy.id ?? database?.database.id;

/** Clients that run as the principal; not those that are told of other endpoints alone. */
const clientsAsHolder = ({ clients }: AnalysisContext, { draft }: JudgedConnection): readonly ClientFacts[] => {
  const { holder } = draft;
  if (holder?.kind !== 'principal') return [];
  const id = endpointIdOf(draft);
  return clients
    .withRole(holder.principal.id)
    .filter(({ role }) => role.kind === 'one')
    .filter(({ uses }) => uses.length === 0 || uses.some(({ endpoint }) => endpoint.entity.id === id));
};

/** Clients that are told of the endpoint, where nothing shows that they come by a token. */
const clientsByPassword = (
  { clients }: AnalysisContext,
  { draft }: JudgedConnection,
  byToken: ReadonlyMap<string, readonly ClientFacts[]>,
): readonly ClientFacts[] => {
  const id = endpointIdOf(draft);
  if (draft.holder !== null || draft.path.startsWith('iam-') || id === undefined) return [];
  return clients.of(id).filter((facts) => byToken.get(id)?.includes(facts) !== true);
};

const additionalEndpoint = ({ uses }: ClientFacts, id: string | undefined): string | null =>
  uses.find(({ endpoint, certain }) => certain && endpoint.entity.id === id)?.proxyEndpoint?.address ?? null;

const endpointPlaces = ({ world }: AnalysisContext): readonly EndpointPlace[] =>
  world.model.proxyEndpoints.flatMap(({ address, proxyName, targetRole }) => {
    const join = world.findProxy(proxyName);
    if (join.kind !== 'one') return [];
    const role = targetRole.kind === 'absent' ? 'READ_WRITE' : (literal(targetRole) ?? null);
    return [{ address, proxy: join.entity.address, targetRole: role }];
  });
