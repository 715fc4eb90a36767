import type { Database } from './database.ts';
import { type Engine, majorOf } from './engines.ts';
import { Token } from './framework.ts';

// What TypeScript holds already is said again here for who writes JavaScript, or `as`.

/** @throws Error where a name is a token, or AWS takes it for no database or proxy: much is named after it. */
export const assertName = (name: string): void => {
  if (Token.isUnresolved(name))
    throw new Error('name is a token. Write it as text: security groups, policies and secrets are named after it.');
  if (/^[a-z](?:-?[a-z0-9]){0,49}$/.test(name)) return;
  throw new Error(
    `name is "${name}", and has 1 to 50 lower-case letters, digits and single hyphens, begins with a letter and does not ` +
      'end with a hyphen. Write, for instance, "orders".',
  );
};

/** @throws Error where no master user can be called that; a token may be right. */
export const assertMaster = (engine: Engine, user: string): void => {
  const reserved = engine === 'postgres' || engine === 'aurora-postgresql' ? ['rdsadmin', 'admin'] : ['rdsadmin'];
  const isName = /^[A-Za-z]\w{0,15}$/.test(user) && !reserved.includes(user.toLowerCase());
  if (Token.isUnresolved(user) || isName) return;
  throw new Error(
    `masterUsername is "${user}", and has 1 to 16 letters, digits and underscores, begins with a letter and is no ` +
      'reserved word. Write, for instance, "root_admin".',
  );
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
