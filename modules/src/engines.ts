const sqlServerEngines = ['sqlserver-ee', 'sqlserver-se', 'sqlserver-ex', 'sqlserver-web'] as const;
const iamInstanceEngines = ['mysql', 'mariadb', 'postgres'] as const;

export const instanceEngines = [...iamInstanceEngines, ...sqlServerEngines] as const;
export const clusterEngines = ['aurora-mysql', 'aurora-postgresql'] as const;

/** Engines of `aws_db_instance` for which a pattern exists. */
export type InstanceEngine = 'mysql' | 'mariadb' | 'postgres' | SqlServerEngine;

export type SqlServerEngine = 'sqlserver-ee' | 'sqlserver-se' | 'sqlserver-ex' | 'sqlserver-web';

/** Engines of `aws_rds_cluster`. */
export type ClusterEngine = 'aurora-mysql' | 'aurora-postgresql';

export type Engine = InstanceEngine | ClusterEngine;

/** Engines that take IAM tokens. SQL Server does so only at a proxy. */
export type IamEngine = Exclude<Engine, SqlServerEngine>;

/** Those of `aws_db_instance` among them. */
export type IamInstanceEngine = Extract<InstanceEngine, IamEngine>;

/** What a proxy calls the protocol that it speaks. */
export type EngineFamily = 'MYSQL' | 'POSTGRESQL' | 'SQLSERVER';

type Protocol = {
  readonly family: EngineFamily;
  /** Where the engine listens unless told otherwise, and where a proxy of its family listens always. */
  readonly port: number;
  /** The parameter by which the engine refuses connections without TLS. */
  readonly tls: { readonly name: string; readonly value: string; readonly applyMethod: 'immediate' | 'pending-reboot' };
};

const mysql: Protocol = {
  family: 'MYSQL',
  port: 3306,
  tls: { name: 'require_secure_transport', value: '1', applyMethod: 'immediate' },
};
const postgres: Protocol = {
  family: 'POSTGRESQL',
  port: 5432,
  tls: { name: 'rds.force_ssl', value: '1', applyMethod: 'immediate' },
};
const sqlServer: Protocol = {
  family: 'SQLSERVER',
  port: 1433,
  // Of SQL Server it is a static parameter.
  tls: { name: 'rds.force_ssl', value: '1', applyMethod: 'pending-reboot' },
};

export const protocolOf = (engine: Engine): Protocol => {
  if (engine.startsWith('sqlserver')) return sqlServer;
  if (engine === 'aurora-mysql') return { ...mysql, tls: { ...mysql.tls, value: 'ON' } };
  return engine === 'postgres' || engine === 'aurora-postgresql' ? postgres : mysql;
};

const rotated: Readonly<Record<EngineFamily, string>> = {
  MYSQL: 'mysql',
  POSTGRESQL: 'postgres',
  SQLSERVER: 'sqlserver',
};

/** The name by which the functions of AWS that rotate know an engine. */
export const rotatedEngineOf = (engine: Engine): string =>
  engine === 'mariadb' ? engine : rotated[protocolOf(engine).family];

/** @throws Error where the engine is none of those, which TypeScript sees unless it is told otherwise. */
export const assertEngine = (engine: string, engines: readonly string[]): void => {
  if (engines.includes(engine)) return;
  throw new Error(`engine "${engine}" has no such pattern. Write one of ${engines.join(', ')}.`);
};

/** The two numbers with which a version begins; the second is 0 where it is not given. */
const numbersOf = (version: string): readonly [number, number] | null => {
  const [, major, minor] = /^(\d+)(?:\.(\d+))?/.exec(version) ?? [];
  return major === undefined ? null : [Number(major), Number(minor ?? 0)];
};

/** The number with which a version begins; null where it begins with none. */
export const majorOf = (version: string): number | null => numbersOf(version)?.[0] ?? null;

/**
 * The family of parameter groups that an engine version belongs to, such as `mysql8.0`, `postgres16` or
 * `sqlserver-se-15.0`.
 *
 * @throws Error where the version does not begin with a number, for instance because it is a token.
 */
export const parameterGroupFamily = (engine: Engine, version: string): string => {
  const numbers = numbersOf(version);
  if (numbers === null) {
    throw new Error(
      `engineVersion "${version}" does not begin with a number, so that nobody can tell the family of its parameter group. ` +
        'Write the version as text, for instance "8.0.40".',
    );
  }
  const [major, minor] = numbers;
  if (engine.startsWith('sqlserver')) return `${engine}-${major}.${minor}`;
  return engine === 'postgres' || engine === 'aurora-postgresql' ? `${engine}${major}` : `${engine}${major}.${minor}`;
};

/** AWS says 10.6 in one place and 10.11 in another; below the second nobody can rely on it. */
const MARIADB_WITH_IAM = [10, 11] as const;

/** @throws Error where the engine has no IAM authentication in this version. */
export const assertTakesIam = (engine: IamInstanceEngine, version: string): void => {
  assertEngine(engine, iamInstanceEngines);
  const [major, minor] = numbersOf(version) ?? MARIADB_WITH_IAM;
  const [leastMajor, leastMinor] = MARIADB_WITH_IAM;
  if (engine !== 'mariadb' || major > leastMajor || (major === leastMajor && minor >= leastMinor)) return;
  throw new Error(
    `MariaDB ${version} takes no IAM tokens for sure: AWS lists IAM authentication from ${leastMajor}.${leastMinor} on. ` +
      `Write engineVersion "${leastMajor}.${leastMinor}" or newer, or use PasswordDatabase.`,
  );
};

/** @throws Error where instances of this class have no IAM authentication. */
export const assertClassTakesIam = (engine: ClusterEngine, instanceClass: string): void => {
  if (engine !== 'aurora-mysql' || !/^db\.t[23]\.small$/.test(instanceClass)) return;
  throw new Error(
    `Aurora MySQL takes no IAM tokens on ${instanceClass}. Write another instanceClass, or use PasswordCluster.`,
  );
};
