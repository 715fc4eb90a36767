import type { Database } from '../model/auth-model.ts';
import type { Dialect } from '../model/guide.ts';
import { type Tri, type Value, literal } from '../model/value.ts';

/** Families of `aws_db_proxy.engine_family` and the engines they serve (fact 6.1). */
export type EngineFamily = 'MYSQL' | 'POSTGRESQL' | 'SQLSERVER';

const families = new Map<string, EngineFamily>([
  ['mysql', 'MYSQL'],
  ['mariadb', 'MYSQL'],
  ['aurora', 'MYSQL'],
  ['aurora-mysql', 'MYSQL'],
  ['postgres', 'POSTGRESQL'],
  ['aurora-postgresql', 'POSTGRESQL'],
]);

/** The family that serves an engine; undefined where RDS Proxy serves it not at all. */
export const familyOf = (engine: string): EngineFamily | undefined =>
  engine.startsWith('sqlserver-') ? 'SQLSERVER' : families.get(engine);

/** Every engine that a proxy of the family may have behind it; null where the family is not known. */
export const enginesOfFamily = (family: string | undefined): readonly string[] | null => {
  const engines = [...families].flatMap(([engine, own]) => (own === family ? [engine] : []));
  return engines.length === 0 ? null : engines;
};

const dialects = new Map<string, Dialect>([
  ['postgres', 'postgresql'],
  ['aurora-postgresql', 'postgresql'],
  ['mysql', 'mysql'],
  ['aurora', 'mysql'],
  ['aurora-mysql', 'mysql'],
  ['mariadb', 'mariadb'],
]);

/** The language that an engine speaks; null where none is known. */
export const dialectOfEngine = (engine: string): Dialect | null =>
  engine.startsWith('sqlserver-') ? 'sqlserver' : (dialects.get(engine) ?? null);

const defaultPorts = new Map<string, number>([
  ['MYSQL', 3306],
  ['POSTGRESQL', 5432],
  ['SQLSERVER', 1433],
]);

/** The port a database listens on where none is set. */
export const defaultPort = (engine: string): number | undefined => {
  if (engine.startsWith('oracle-')) return 1521;
  if (engine.startsWith('db2-')) return 50000;
  return defaultPorts.get(familyOf(engine) ?? '');
};

/** The port on which a proxy listens, whatever the port of its database is (fact 6.3). */
export const listenerPort = (family: string | undefined): number | undefined => defaultPorts.get(family ?? '');

/** The client password types of each family (fact 1.5). */
export const passwordTypes: ReadonlyMap<EngineFamily, readonly string[]> = new Map([
  ['MYSQL', ['MYSQL_NATIVE_PASSWORD', 'MYSQL_CACHING_SHA2_PASSWORD']],
  ['POSTGRESQL', ['POSTGRES_SCRAM_SHA_256', 'POSTGRES_MD5']],
  ['SQLSERVER', ['SQL_SERVER_AUTHENTICATION']],
]);

/** Numbers of a version such as `16.4`, `15.00.4415.2.v1`, `10.11.10`. */
const versionNumbers = (version: string): readonly number[] =>
  (/^\d+(\.\d+)*/.exec(version)?.[0] ?? '').split('.').filter(Boolean).map(Number);

export type EngineAnswer = { readonly answer: Tri; readonly reason: string };

const yes: EngineAnswer = { answer: true, reason: '' };
const no = (reason: string): EngineAnswer => ({ answer: false, reason });
const unclear = (reason: string): EngineAnswer => ({ answer: 'unknown', reason });

/** Engines that have neither (facts 5.1 and 6.1); of others AWS's pages say nothing. */
const isWithoutEither = (engine: string): boolean => /^(oracle|db2|custom)-/.test(engine);

/** Whether an engine and version have IAM database authentication (facts 5.1 to 5.3). */
export const iamSupportOf = (engine: string, version: Value<string>): EngineAnswer => {
  if (engine === 'mariadb') return mariadbIam(version);
  if (['mysql', 'postgres', 'aurora-mysql', 'aurora-postgresql'].includes(engine)) return yes;
  if (isWithoutEither(engine) || engine.startsWith('sqlserver-'))
    return no(`${engine} has no IAM database authentication`);
  return unclear(`AWS does not list ${engine}`);
};

const openVersion = (engine: string): EngineAnswer => unclear(`the version of ${engine} is known after apply`);

/** Unset is AWS's default version, which is a current one. */
const mariadbIam = (value: Value<string>): EngineAnswer => {
  if (value.kind === 'unknown') return openVersion('MariaDB');
  const version = literal(value) ?? '';
  if (value.kind === 'known' && !/^\d/.test(version))
    return unclear(`${version} is no version of MariaDB that AWS lists`);
  const [major, minor] = versionNumbers(version);
  if (major === undefined || major > 10 || minor === undefined || minor >= 11) return yes;
  if (minor < 6) return no(`MariaDB ${version} has no IAM database authentication; 10.11 has`);
  return unclear(`AWS contradicts itself on MariaDB ${version}: its feature table says no, its MariaDB page says yes`);
};

/** Whether RDS Proxy serves an engine and version (facts 6.1 and 6.2). */
export const proxySupportOf = (engine: string, value: Value<string>): EngineAnswer => {
  const family = familyOf(engine);
  if (family === undefined) {
    return isWithoutEither(engine)
      ? no(`RDS Proxy does not serve ${engine}`)
      : unclear(`AWS does not list ${engine} for RDS Proxy`);
  }
  const byVersion = proxyVersions.get(family === 'SQLSERVER' ? family : engine);
  if (byVersion === undefined || value.kind === 'absent') return yes;
  if (value.kind === 'unknown') return openVersion(engine);
  return /^\d/.test(value.value)
    ? byVersion(value.value)
    : unclear(`${value.value} is no version of ${engine} that AWS lists`);
};

const sqlServerYears = new Map([
  [12, '2014'],
  [16, '2022'],
]);

const sqlServerProxy = (version: string): EngineAnswer => {
  const [major = 0] = versionNumbers(version);
  if ([13, 14, 15].includes(major)) return yes;
  const year = sqlServerYears.get(major);
  return year === undefined
    ? unclear(`AWS does not list SQL Server ${version} for RDS Proxy`)
    : no(`RDS Proxy does not serve SQL Server ${year}; it serves 2016, 2017 and 2019`);
};

const auroraPostgresMinimum = new Map([
  [11, 9],
  [12, 8],
  [13, 4],
  [14, 3],
  [15, 2],
  [16, 1],
  [17, 4],
]);

const auroraPostgresProxy = (version: string): EngineAnswer => {
  const [major = 0, minor] = versionNumbers(version);
  if (major < 11) return no(`RDS Proxy does not serve Aurora PostgreSQL ${version}`);
  const minimum = auroraPostgresMinimum.get(major);
  if (minimum === undefined) return unclear(`AWS does not list Aurora PostgreSQL ${version} for RDS Proxy`);
  if (minor === undefined || minor >= minimum) return yes;
  return no(`RDS Proxy serves Aurora PostgreSQL ${major} from ${major}.${minimum} on, not ${version}`);
};

const auroraMysqlProxy = (version: string): EngineAnswer => {
  if (version.startsWith('5.6')) return no(`RDS Proxy does not serve Aurora MySQL ${version}`);
  const release = /mysql_aurora\.(\d+)\.(\d+)/.exec(version);
  if (release === null) return yes;
  const [major, minor] = [Number(release[1]), Number(release[2])];
  if (major >= 3)
    return major > 3 || minor >= 1 ? yes : no(`RDS Proxy serves Aurora MySQL from 3.01 on, not ${version}`);
  return minor === 7 || minor >= 11 ? yes : unclear(`AWS does not list Aurora MySQL ${version} for RDS Proxy`);
};

const postgresProxy = (version: string): EngineAnswer => {
  const [major = 0] = versionNumbers(version);
  if (major < 10) return no(`RDS Proxy serves PostgreSQL from 10 on, not ${version}`);
  return major <= 18 ? yes : unclear(`AWS does not list PostgreSQL ${version} for RDS Proxy`);
};

const mysqlProxy = (version: string): EngineAnswer => {
  const [major = 0, minor = 0] = versionNumbers(version);
  if (major < 5 || (major === 5 && minor < 7)) return no(`RDS Proxy serves MySQL from 5.7 on, not ${version}`);
  return yes;
};

/** What the version decides, by engine; SQL Server by family, whatever its edition. */
const proxyVersions = new Map<string, (version: string) => EngineAnswer>([
  ['SQLSERVER', sqlServerProxy],
  ['aurora-postgresql', auroraPostgresProxy],
  ['aurora', auroraMysqlProxy],
  ['aurora-mysql', auroraMysqlProxy],
  ['postgres', postgresProxy],
  ['mysql', mysqlProxy],
]);

/** `mysql 8.0.40`, as far as it is known. */
export const describeEngine = (database: Database): string => {
  const engine = literal(database.engine) ?? 'an engine known after apply';
  const version = literal(database.engineVersion);
  return version === undefined ? engine : `${engine} ${version}`;
};
