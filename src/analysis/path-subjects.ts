import type { Database } from '../model/auth-model.ts';
import { type Cell, type Connection, type Leg, type MatrixRow, type Path, paths } from '../model/connection.ts';
import type { Judgement, Subject, SubjectAttributes } from '../model/judgement.ts';
import type { Origin } from '../model/value.ts';
import type { AnalysisContext } from './analysis-context.ts';
import { isAbout } from './assumed-legs.ts';
import type { JudgedConnection } from './connections.ts';
import type { DatabaseFacts } from './databases.ts';
import { theInput } from './input-words.ts';
import { fails, holds, judge, listWords, undecided, unique } from './judgement.ts';
import type { ProxiesOnly } from './proxies-only.ts';
import type { ProxyFacts } from './proxy-facts.ts';
import { push } from './push.ts';
import { judged, judgedLater, listLater, once, subjectOf, text, textLater } from './subject-attributes.ts';

/** Connections by their database and path. */
export type ConnectionIndex = (databaseId: string, path: Path) => readonly JudgedConnection[];

export const indexConnections = (connections: readonly JudgedConnection[]): ConnectionIndex => {
  const found = new Map<string, JudgedConnection[]>();
  for (const judgedConnection of connections) {
    const { database, path } = judgedConnection.draft;
    if (database !== null) push(found, `${path} ${database.database.id}`, judgedConnection);
  }
  return (id, path) => found.get(`${path} ${id}`) ?? [];
};

/** What the settings make of each path, for each database and each proxy in front of it. */
export const pathSubjects = (context: AnalysisContext, matrix: readonly MatrixRow[]): readonly Subject[] => {
  const databases = byAddress([...context.databases.values()], ({ database }) => database.address);
  const proxies = byAddress(context.proxies, ({ proxy }) => proxy.address);
  return matrix.flatMap((row) => {
    const facts = row.database === null ? undefined : databases.get(row.database);
    const proxy = proxies
      .get(row.proxy ?? '')
      ?.find(({ target }) => (target?.kind === 'database' ? target.facts : undefined) === facts?.[0]);
    return rowSubjects(row, facts?.[0], proxy);
  });
};

const byAddress = <T>(items: readonly T[], addressOf: (item: T) => string): ReadonlyMap<string, readonly T[]> => {
  const groups = new Map<string, T[]>();
  for (const item of items) push(groups, addressOf(item), item);
  return groups;
};

const direct: ReadonlySet<Path> = new Set(['password-rds', 'iam-rds']);

/** The first two paths are those of the database alone, whatever proxies there are. What is only read has no settings. */
const rowSubjects = (
  row: MatrixRow,
  facts: DatabaseFacts | undefined,
  proxy: ProxyFacts | undefined,
): readonly Subject[] => {
  const database = facts?.database.managed === true ? facts.database : undefined;
  const address = database?.address ?? row.proxy;
  if (address === null) return [];
  return paths.flatMap((path) => {
    const cell = row.paths[path];
    if (cell === undefined || direct.has(path) === (row.proxy !== null)) return [];
    const open = judgeOpen(path, cell, address, row.proxy, originsOf(path, database, proxy));
    return [
      subjectOf('path', address, {
        name: text(path),
        proxy: text(row.proxy ?? ''),
        open: judged(open),
        closeMend: text(closeMend(path, address, row.proxy)),
      }),
    ];
  });
};

const judgeOpen = (
  path: Path,
  cell: Cell,
  address: string,
  proxy: string | null,
  origins: readonly Origin[],
): Judgement => {
  const where = proxy === null || proxy === address ? '' : ` through ${proxy}`;
  return judge(
    cell === 'unknown' ? 'unknown' : cell === 'open',
    {
      yes: `${address} can be logged in to by ${path}${where}`,
      no: `${path} is ${cell} at ${address}${where}`,
      unknown: `whether ${address} can be logged in to by ${path}${where} is not known`,
    },
    origins,
  );
};

/** The settings that decide, the nearest first. */
const originsOf = (path: Path, database: Database | undefined, proxy: ProxyFacts | undefined): readonly Origin[] => {
  if (path === 'password-rds') return database === undefined ? [] : [database.masterUser.origin];
  if (path === 'iam-rds') return database === undefined ? [] : [database.iamEnabled.origin];
  if (proxy === undefined) return [];
  if (path === 'iam-proxy-iam-rds') return [proxy.proxy.defaultAuthScheme.origin];
  const takes = path === 'password-proxy-rds' ? 'takesPassword' : 'takesIam';
  const blocks = proxy.auth.filter((auth) => auth[takes] !== false);
  return blocks.length === 0 ? [proxy.proxy.origin] : blocks.map(({ block }) => block.iamAuth.origin);
};

const closeMend = (path: Path, address: string, proxy: string | null): string => {
  switch (path) {
    case 'password-rds':
      return `No setting closes this path: the master user of ${address} has a password. Let its security groups keep everybody but proxies away, and allow the path here.`;
    case 'iam-rds':
      return `In ${address} write:\n  iam_database_authentication_enabled = false`;
    case 'password-proxy-rds':
      return `In ${proxy} write, the second line in each auth block:\n  require_tls = true\n  iam_auth = "REQUIRED"`;
    case 'iam-proxy-rds':
      return `In each auth block of ${proxy} write:\n  iam_auth = "DISABLED"`;
    case 'iam-proxy-iam-rds':
      return `In ${proxy} write, with an auth block for each user:\n  default_auth_scheme = "NONE"`;
  }
};

/** What policies ask of the ways in to a database. */
export const waysIn = (
  context: AnalysisContext,
  facts: DatabaseFacts,
  connectionsOf: ConnectionIndex,
  accessTo: (database: Database) => ProxiesOnly,
): SubjectAttributes => {
  const { database } = facts;
  const standings = once(() =>
    paths.map((path) => standingOf(context, database, path, connectionsOf(database.id, path))),
  );
  return {
    admitsProxiesOnly: judgedLater(() => accessTo(facts.database).judgement),
    admitMend: textLater(() => accessTo(facts.database).mend),
    paths: listLater(() =>
      standings().map(({ path, judgement: reachable }) => ({ name: text(path), reachable: judged(reachable) })),
    ),
  };
};

/** Whether somebody logs in by a path: for certain, perhaps, in vain, or nobody in view does. */
type Standing = { readonly path: Path; readonly judgement: Judgement };

const standingOf = (
  context: AnalysisContext,
  database: Database,
  path: Path,
  connections: readonly JudgedConnection[],
): Standing => {
  const { address } = database;
  const by = (verdict: string): readonly JudgedConnection[] =>
    connections.filter(({ connection }) => connection.verdict === verdict);
  const ghosts = by('reachable').filter((one) => isNobodyInView(context, one));
  const working = by('reachable').filter((one) => !ghosts.includes(one));
  const open = [...by('unknown'), ...ghosts];
  if (working.length > 0) {
    return { path, judgement: holds(`somebody logs in to ${address} by ${path}`, firstOrigin(working)) };
  }
  const hidden = hiddenLogins(context, database, path);
  if (open.length > 0 || hidden !== null) {
    const why = hidden ?? ghosts.flatMap(({ connection }) => grantOf(connection)?.reason ?? [])[0];
    const words = `whether anybody logs in by ${path} is not known${why === undefined ? '' : `, for ${why}`}`;
    return { path, judgement: undecided(words, [...firstOrigin(open), database.origin]) };
  }
  if (connections.length === 0) {
    return { path, judgement: fails(`nobody in view logs in by ${path}`, [database.origin]) };
  }
  return { path, judgement: fails(`${path} does not work: ${whyBroken(connections)}`, brokenAt(connections)) };
};

const grantOf = ({ legs }: Connection): Leg | undefined => legs.find(({ leg }) => leg === 'grant');

/** Whom the program assumes to be there out of view is nobody yet, unless the team says so. */
const isNobodyInView = ({ assumed }: AnalysisContext, { connection }: JudgedConnection): boolean => {
  const grant = grantOf(connection);
  if (connection.principal !== null || grant?.status !== 'assumed') return false;
  return !assumed.some((one) => isAbout(one, grant, connection));
};

const firstOrigin = (connections: readonly JudgedConnection[]): readonly Origin[] =>
  connections.flatMap(({ connection }) => connection.legs.flatMap(({ origin }) => origin ?? [])).slice(0, 1);

const brokenLegs = (connections: readonly JudgedConnection[]) =>
  connections.flatMap(({ connection }) => connection.legs.filter(({ status }) => status === 'broken'));

const whyBroken = (connections: readonly JudgedConnection[]): string =>
  listWords(unique(brokenLegs(connections).map(({ reason }) => reason)));

const brokenAt = (connections: readonly JudgedConnection[]): readonly Origin[] =>
  brokenLegs(connections).flatMap(({ origin }) => origin ?? []);

/** Logins that may be there although nobody can see them. */
const hiddenLogins = (context: AnalysisContext, database: Database, path: Path): string | null => {
  if (!context.world.model.complete) return `something of ${theInput(context.world)} is not in view`;
  const fronting = context.proxies.filter(
    ({ target }) => target?.kind === 'database' && target.facts.database.id === database.id,
  );
  const needsGrant = path !== 'password-rds' && path !== 'password-proxy-rds';
  if (needsGrant && context.grants.astray.length > 0) {
    return `${context.grants.astray[0]?.address} may grant a login that ${theInput(context.world)} does not show`;
  }
  if (direct.has(path)) return null;
  if (fronting.some(({ proxy }) => !proxy.authComplete))
    return `a proxy may have auth blocks that ${theInput(context.world)} does not show`;
  const isOpen =
    context.world.targets.astray.length > 0 || context.proxies.some(({ target }) => target?.kind === 'unknown');
  return isOpen ? 'a proxy may have it as target' : null;
};
