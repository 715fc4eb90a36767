import type { Database } from './database.ts';
import { majorOf } from './engines.ts';
import { Token } from './framework.ts';

// What TypeScript holds already is said again here for who writes JavaScript, or `as`.

/** @throws Error where a name is a token: security groups, policies and secrets are named after it. */
export const assertName = (name: string): void => {
  if (!Token.isUnresolved(name)) return;
  throw new Error('name is a token. Write it as text: security groups, policies and secrets are named after it.');
};

/** @throws Error where TLS is to be off. */
export const assertTls = (requireTls: unknown): void => {
  if (requireTls === undefined || requireTls === true) return;
  throw new Error(
    'requireTls is not true, and each of these proxies requires TLS: RDS refuses tokens without it, and a password is ' +
      'not for the network. Leave requireTls out.',
  );
};

/** SQL Server 2016, 2017 and 2019 (fact 6.1). */
const PROXIED_SQL_SERVERS = [13, 14, 15];

/** @throws Error where RDS has no proxy for the database. */
export const assertProxied = ({ engine, engineVersion }: Database): void => {
  const major = engineVersion === undefined ? null : majorOf(engineVersion);
  if (!engine.startsWith('sqlserver') || major === null || PROXIED_SQL_SERVERS.includes(major)) return;
  throw new Error(
    `RDS Proxy takes SQL Server 2016, 2017 and 2019, which are the versions ${PROXIED_SQL_SERVERS.join(', ')}, and the ` +
      `database has ${engineVersion}. Write an engineVersion that begins with 15, or connect to the database directly.`,
  );
};

/** @throws Error where the database takes no IAM tokens, so that a proxy cannot log in with one. */
export const assertTakesTokens = ({ engine, iamAuthentication }: Database): void => {
  if (engine.startsWith('sqlserver')) {
    throw new Error('RDS for SQL Server takes no IAM tokens, so no proxy can log in to it with one. Use IamProxy.');
  }
  if (iamAuthentication) return;
  throw new Error(
    'The database has iamAuthentication off, and an EndToEndIamProxy logs in to it with IAM tokens. Use IamDatabase or ' +
      'IamCluster for the database, or IamProxy in front of it.',
  );
};
