import type { Change, Connection, Leg, LegName, Path } from '../../model/connection.ts';
import { type Look, type Mark, paintMark } from '../look.ts';

type Method = 'password' | 'IAM';

/** The methods of a path, hop by hop. */
const hops: Readonly<Record<Path, readonly Method[]>> = {
  'password-rds': ['password'],
  'iam-rds': ['IAM'],
  'password-proxy-rds': ['password', 'password'],
  'iam-proxy-rds': ['IAM', 'password'],
  'iam-proxy-iam-rds': ['IAM', 'IAM'],
};

/** The legs of the first of two hops; the others belong to the last. */
const firstHop: ReadonlySet<LegName> = new Set(['grant', 'tls', 'listener']);

type HopMark = 'ok' | 'broken' | 'unknown';

const markOf = (legs: readonly Leg[]): HopMark => {
  if (legs.some(({ status }) => status === 'broken')) return 'broken';
  return legs.some(({ status }) => status === 'unknown') ? 'unknown' : 'ok';
};

export const methodsOf = (path: Path): readonly Method[] => hops[path];

export const hopMarks = ({ path, legs }: Connection): readonly HopMark[] => {
  if (hops[path].length === 1) return [markOf(legs)];
  return [markOf(legs.filter(({ leg }) => firstHop.has(leg))), markOf(legs.filter(({ leg }) => !firstHop.has(leg)))];
};

const arrowOf = (look: Look, method: Method, mark: Mark): string => {
  if (look.unicode) return `──${method}──${mark === 'ok' ? '▶' : look.marks[mark]}`;
  return mark === 'ok' ? `--${method}-->` : `--${method} (${look.marks[mark]})-->`;
};

/** A way in, whatever came of it. */
export type Way = Pick<Change, 'path' | 'database' | 'proxy' | 'user' | 'principal'>;

/** What a login passes: the client, a proxy where there is one, the database. */
export const nodesOf = ({ path, principal, proxy, database }: Way): readonly string[] => {
  const client = principal ?? (hops[path][0] === 'IAM' ? '(principal not in view)' : 'client');
  const end = database ?? '(database not in view)';
  return hops[path].length === 1 ? [client, end] : [client, proxy ?? '(proxy not in view)', end];
};

export const descriptionOf = ({ user, path }: Way): string =>
  `${user === null ? 'user not in view' : `user ${user}`}   (${path})`;

/** What works needs no explanation, so its id is left out unless all is asked for. */
const idOf = ({ id, verdict }: Connection, look: Look): string =>
  verdict === 'reachable' && !look.verbose ? '' : `   ${id}`;

/** The way in as a chain: on one line where it fits, else one line for each hop. */
export const renderChain = (connection: Connection, mark: Mark, look: Look): readonly string[] => {
  const nodes = nodesOf(connection);
  const marks = hopMarks(connection);
  const arrows = hops[connection.path].map((method, hop) => arrowOf(look, method, marks[hop] ?? 'ok'));
  const paint = (hop: number): string =>
    marks[hop] === 'ok' ? (arrows[hop] ?? '') : paintMark(look, marks[hop] ?? 'ok', arrows[hop]);
  const description = `${descriptionOf(connection)}${idOf(connection, look)}`;
  const label = `${look.marks[mark]} `;
  const length = nodes.join(' ').length + arrows.join(' ').length + 1;
  const start = `${paintMark(look, mark)} ${look.bold(nodes[0] ?? '')}`;
  const steps = nodes.slice(1).map((node, hop) => `${paint(hop)} ${look.bold(node)}`);
  const inset = ' '.repeat(label.length);
  if (label.length + length > look.width) {
    return [start, ...steps.map((step) => `${inset}  ${step}`), `${inset}  ${look.dim(description)}`];
  }
  const chain = [start, ...steps].join(' ');
  const fitsWhole = label.length + length + 3 + description.length <= look.width;
  return fitsWhole ? [`${chain}   ${look.dim(description)}`] : [chain, `${inset}  ${look.dim(description)}`];
};
