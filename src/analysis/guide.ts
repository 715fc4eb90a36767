import type { Database, Proxy } from '../model/auth-model.ts';
import type { Dialect, Guide, GuideValue } from '../model/guide.ts';
import { type Value, literal } from '../model/value.ts';
import type { AnalysisContext } from './analysis-context.ts';
import type { ConnectionDraft } from './connection-drafts.ts';
import type { JudgedConnection } from './connections.ts';
import { defaultPort, dialectOfEngine } from './engines.ts';
import { blocksFor } from './grant-judgements.ts';
import { factsOf } from './guide-facts.ts';
import { unique } from './judgement.ts';
import { portOf } from './rule-ports.ts';

/** For each connection, what its client must be told. */
export const buildGuides = (context: AnalysisContext, connections: readonly JudgedConnection[]): readonly Guide[] =>
  connections.map(({ draft, connection }) => guideOf(context, draft, connection.id));

const guideOf = (context: AnalysisContext, draft: ConnectionDraft, connection: string): Guide => {
  const proxy = draft.facts?.proxy ?? null;
  const database = draft.database?.database ?? null;
  const endpoint = proxy ?? database;
  return {
    connection,
    dialect: dialectOf(proxy, database),
    host: proxy === null ? databaseHost(database) : hostOf(proxy.host, `${proxy.address}.endpoint`),
    port: proxy === null ? databasePort(database) : proxyPort(proxy, database),
    region: endpoint === null ? notInView : regionOf(endpoint),
    trust: proxy === null ? 'rds-bundle' : 'amazon-roots',
    secret: secretOf(draft, database),
    facts: factsOf(context, draft),
  };
};

const notInView: GuideValue = { kind: 'not-in-view' };

/** A host is read or made at apply, and the expression is the same. What is no host name is not passed on to a shell. */
const hostOf = (value: Value<string>, expression: string): GuideValue => {
  const text = literal(value);
  if (text === undefined || text === '') return { kind: 'after-apply', expression };
  return /^[A-Za-z0-9.-]+$/.test(text) ? { kind: 'known', text } : notInView;
};

const databaseHost = (database: Database | null): GuideValue => {
  const [writer] = database?.hosts ?? [];
  if (database === null || writer === undefined) return notInView;
  return hostOf(writer, `${database.address}.${database.kind === 'cluster' ? 'endpoint' : 'address'}`);
};

const databasePort = (database: Database | null): GuideValue => {
  if (database === null) return notInView;
  const port = portOf(database);
  return port === undefined
    ? { kind: 'after-apply', expression: `${database.address}.port` }
    : { kind: 'known', text: String(port) };
};

const ports = new Map([
  ['MYSQL', '3306'],
  ['POSTGRESQL', '5432'],
  ['SQLSERVER', '1433'],
]);

/** Proxies listen on the usual port of their family, whatever the database's own (fact 6.3). */
const proxyPort = ({ engineFamily }: Proxy, database: Database | null): GuideValue => {
  const engine = database === null ? undefined : literal(database.engine);
  const port = ports.get(literal(engineFamily) ?? '') ?? (engine === undefined ? undefined : defaultPort(engine));
  return port === undefined ? notInView : { kind: 'known', text: String(port) };
};

const regionOf = ({ region, arn, address }: Database | Proxy): GuideValue => {
  const text = literal(region) ?? literal(arn)?.split(':')[3];
  if (text !== undefined && text !== '') return { kind: 'known', text };
  return region.kind === 'unknown' ? { kind: 'after-apply', expression: `${address}.region` } : notInView;
};

const dialectsOfFamilies = new Map<string, Dialect>([
  ['POSTGRESQL', 'postgresql'],
  ['MYSQL', 'mysql'],
  ['SQLSERVER', 'sqlserver'],
]);

/** MariaDB is of the family MYSQL: the engine tells more, where it is in view. */
const dialectOf = (proxy: Proxy | null, database: Database | null): Dialect | null => {
  const engine = database === null ? undefined : literal(database.engine);
  if (engine !== undefined) return dialectOfEngine(engine);
  const family = proxy === null ? undefined : literal(proxy.engineFamily);
  return dialectsOfFamilies.get(family ?? '') ?? null;
};

const secretOf = ({ path, blocks, facts, user }: ConnectionDraft, database: Database | null): string | null => {
  if (path === 'password-rds') {
    return database?.masterSecretArn.kind === 'known' ? `the master user's secret of ${database.address}` : null;
  }
  if (facts === null || path === 'iam-rds' || path === 'iam-proxy-iam-rds') return null;
  const names = unique((blocks.length > 0 ? blocks : blocksFor(facts, user)).map(({ secretName }) => secretName));
  return names.length === 1 ? (names[0] ?? null) : null;
};
