import type { Connection, MatrixRow } from '../../model/connection.ts';
import type { Report } from '../../model/report.ts';
import type { Surroundings } from '../../model/surroundings.ts';
import { type Graph, type GraphEdge, type GraphNode, nodeKinds } from './model.ts';
import { type Hop, clientNode, databaseNode, hopsOf, named, proxyNode } from './routes.ts';

const noSurroundings: Surroundings = { clients: [], endpoints: [] };

/** Who logs in where, how it comes out, and what stands there although nobody means to use it. */
export const buildGraph = ({ connections, matrix }: Report, surroundings: Surroundings = noSurroundings): Graph => {
  const passed = connections.flatMap((connection) =>
    hopsOf(connection, surroundings).map((hop) => ({ hop, connection })),
  );
  const standing = [...runsAs(connections, surroundings), ...endpointsOf(surroundings), ...matrix.map(targetOf)];
  const all = [...passed.map(({ hop }) => hop), ...standing].flatMap(({ from, to }) =>
    to === null ? [from] : [from, to],
  );
  const nodes = [...new Map(all.map((node) => [node.id, node])).values()];
  const ways = linesOf(passed);
  const isPassed = new Set(ways.map(({ from, to }) => `${from}\0${to}`));
  const quiet = standing.flatMap(({ from, to, label }) => {
    if (to === null || isPassed.has(`${from.id}\0${to.id}`)) return [];
    return [{ from: from.id, to: to.id, label, verdict: null, mark: 'ok' as const, connections: [] }];
  });
  const edges = [...ways, ...unique(quiet)].map((edge, index) => ({ id: `e${index}`, ...edge }));
  return { nodes: [...nodes].sort((a, b) => nodeKinds.indexOf(a.kind) - nodeKinds.indexOf(b.kind)), edges };
};

const unique = <T extends { readonly from: string; readonly to: string }>(edges: readonly T[]): readonly T[] => [
  ...new Map(edges.map((edge) => [`${edge.from}\0${edge.to}`, edge])).values(),
];

type Passed = { readonly hop: Hop; readonly connection: Connection };

/** Ways in that pass the same hop with the same outcome are one line. */
const linesOf = (passed: readonly Passed[]): readonly Omit<GraphEdge, 'id'>[] => {
  const lines = new Map<string, Passed[]>();
  for (const one of passed) {
    const { hop, connection } = one;
    const key = JSON.stringify([hop.from.id, hop.to.id, hop.method, hop.mark, connection.verdict]);
    const line = lines.get(key);
    if (line === undefined) lines.set(key, [one]);
    else line.push(one);
  }
  return [...lines.values()].flatMap((line) => {
    const [first] = line;
    if (first === undefined) return [];
    const { hop, connection } = first;
    const connections = line.map((one) => one.connection);
    return [
      {
        from: hop.from.id,
        to: hop.to.id,
        label: labelOf(hop, connections),
        verdict: connection.verdict,
        mark: hop.mark,
        connections: [...new Set(connections.map(({ id }) => id))],
      },
    ];
  });
};

/** Behind a proxy the user is the same. */
const labelOf = ({ method, from }: Hop, connections: readonly Connection[]): string => {
  if (method === '' || from.kind === 'proxy') return method;
  const users = new Set(connections.map((connection) => connection.user));
  const [user] = users;
  return users.size > 1 || user === null || user === undefined ? method : `${method} as ${user}`;
};

/** Something that stands there without being a step of a way in. */
type Standing = { readonly from: GraphNode; readonly to: GraphNode | null; readonly label: string };

const runsAs = (connections: readonly Connection[], { clients }: Surroundings): readonly Standing[] => {
  const byId = new Map(connections.map((connection) => [connection.id, connection]));
  return clients.flatMap((client) => {
    const principals = new Set(client.connections.flatMap((id) => byId.get(id)?.principal ?? []));
    return [...principals].map((principal) => ({
      from: clientNode(client),
      to: named('principal', principal, 'principal'),
      label: 'runs as',
    }));
  });
};

const endpointsOf = ({ endpoints }: Surroundings): readonly Standing[] =>
  endpoints.map(({ address, proxy, targetRole }) => ({
    from: named('endpoint', address, 'proxy endpoint'),
    to: proxyNode(proxy, ''),
    label: targetRole === 'READ_ONLY' ? 'read-only' : '',
  }));

const targetOf = ({ database, proxy }: MatrixRow): Standing => {
  const to = databaseNode(database, `${proxy}`);
  return proxy === null ? { from: to, to: null, label: '' } : { from: proxyNode(proxy, ''), to, label: 'target' };
};
