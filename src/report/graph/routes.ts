import type { Connection, Path } from '../../model/connection.ts';
import type { ClientPlace, Surroundings } from '../../model/surroundings.ts';
import { hopMarks, methodsOf } from '../pretty/chain.ts';
import type { GraphNode, HopMark, NodeKind } from './model.ts';
import { typeOf } from './types-of.ts';

/** One step of a way in, before steps that are alike are drawn as one line. */
export type Hop = {
  readonly from: GraphNode;
  readonly to: GraphNode;
  /** Empty where the login goes on as it came. */
  readonly method: string;
  readonly mark: HopMark;
};

/** Something with a name, as a node. */
export const named = (kind: NodeKind, address: string, otherwise: string): GraphNode => ({
  id: `${kind}:${address}`,
  kind,
  name: address,
  isNamed: true,
  type: typeOf(address, otherwise),
  members: [address],
});

/** What has no name stands beside one thing that it leads to, and is never the same as that of another. */
const unnamed = (kind: NodeKind, words: string, beside: string): GraphNode => ({
  id: `${kind}?${words}:${beside}`,
  kind,
  name: words,
  isNamed: false,
  type: '',
  members: [],
});

export const databaseNode = (address: string | null, beside: string): GraphNode =>
  address === null ? unnamed('database', 'database not in view', beside) : named('database', address, 'database');

export const proxyNode = (address: string | null, beside: string): GraphNode =>
  address === null ? unnamed('proxy', 'proxy not in view', beside) : named('proxy', address, 'RDS Proxy');

export const clientNode = ({ address }: Pick<ClientPlace, 'address'>): GraphNode => named('client', address, 'client');

const isDirect = (path: Path): boolean => methodsOf(path).length === 1;

/** The steps of one way in: through every additional endpoint that a client of it is told of. */
export const hopsOf = (connection: Connection, surroundings: Surroundings): readonly Hop[] => {
  const { id, path, database, proxy } = connection;
  const end = databaseNode(database, `${proxy}`);
  const [first = 'IAM', second = 'password'] = methodsOf(path);
  const [firstMark = 'ok', secondMark = 'ok'] = hopMarks(connection);
  const clients = surroundings.clients.filter(({ connections }) => connections.includes(id));
  const target = isDirect(path) ? end : proxyNode(proxy, `${database}`);
  const starts = startsOf(connection, clients, target);
  const toTarget = starts.flatMap((hop) => throughEndpoint(hop, { method: first, mark: firstMark, target }));
  if (isDirect(path)) return toTarget;
  return [...toTarget, { from: target, to: end, method: second, mark: secondMark }];
};

type Start = { readonly from: GraphNode; readonly endpoint: string | null };

/** Who begins: the principal, or by password the clients that are told of the endpoint. */
const startsOf = (
  { principal, path }: Connection,
  clients: readonly ClientPlace[],
  target: GraphNode,
): readonly Start[] => {
  if (principal === null && clients.length > 0 && methodsOf(path)[0] === 'password')
    return clients.map((client) => ({ from: clientNode(client), endpoint: client.endpoint }));
  const from = startOf(principal, path, target);
  const endpoints = [...new Set(clients.map(({ endpoint }) => endpoint))];
  return (endpoints.length === 0 ? [null] : endpoints).map((endpoint) => ({ from, endpoint }));
};

const startOf = (principal: string | null, path: Path, target: GraphNode): GraphNode => {
  if (principal !== null) return named('principal', principal, 'principal');
  return methodsOf(path)[0] === 'IAM'
    ? unnamed('principal', 'principal not in view', target.id)
    : unnamed('client', 'whoever has the password', target.id);
};

const throughEndpoint = (
  { from, endpoint }: Start,
  { method, mark, target }: { readonly method: string; readonly mark: HopMark; readonly target: GraphNode },
): readonly Hop[] => {
  if (endpoint === null) return [{ from, to: target, method, mark }];
  const between = named('endpoint', endpoint, 'proxy endpoint');
  return [
    { from, to: between, method, mark },
    { from: between, to: target, method: '', mark: 'ok' },
  ];
};
