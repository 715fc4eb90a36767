import type { Path } from '../../model/connection.ts';
import type { Dialect } from '../../model/guide.ts';
import type { Instructions } from './client.ts';
import { mysqlString, postgresName, sqlServerName } from './quote.ts';

const anyPassword = "'<the password in the secret>'";

type Statements = (user: string) => Instructions;

/** What defines a user in the database as the path needs it. */
export const userStatements = (path: Path, dialect: Dialect, user: string): Instructions => {
  const byIam = path === 'iam-rds' || path === 'iam-proxy-iam-rds';
  return (byIam ? iamStatements : passwordStatements)[dialect](user);
};

const iamStatements: Readonly<Record<Dialect, Statements>> = {
  postgresql: (user) => ({
    lines: [`CREATE USER ${postgresName(user)} WITH LOGIN;`, `GRANT rds_iam TO ${postgresName(user)};`],
    notes: ['Where the user exists, the GRANT alone. From then on its password is refused.'],
  }),
  mysql: (user) => mysqlIam(user),
  mariadb: (user) => mysqlIam(user),
  sqlserver: () => ({ lines: [], notes: ['RDS for SQL Server has no IAM database authentication.'] }),
};

const mysqlUser = (user: string): string => `${mysqlString(user)}@'%'`;

const mysqlIam: Statements = (user) => ({
  lines: [
    `CREATE USER ${mysqlUser(user)} IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS';`,
    `ALTER USER ${mysqlUser(user)} REQUIRE SSL;`,
  ],
  notes: ['Where the user exists: ALTER USER in place of CREATE USER. From then on its password is refused.'],
});

const mysqlPassword: Statements = (user) => ({
  lines: [`CREATE USER ${mysqlUser(user)} IDENTIFIED BY ${anyPassword};`],
  notes: [
    'Where the user exists: ALTER USER in place of CREATE USER, which also takes it back from AWSAuthenticationPlugin.',
  ],
});

const passwordStatements: Readonly<Record<Dialect, Statements>> = {
  postgresql: (user) => ({
    lines: [
      `CREATE USER ${postgresName(user)} WITH LOGIN PASSWORD ${anyPassword};`,
      `REVOKE rds_iam FROM ${postgresName(user)};`,
    ],
    notes: [
      'Where the user exists: ALTER USER in place of CREATE USER. With rds_iam, however it came by it, PostgreSQL refuses its password.',
    ],
  }),
  mysql: mysqlPassword,
  mariadb: mysqlPassword,
  sqlserver: (user) => ({
    lines: [
      `CREATE LOGIN ${sqlServerName(user)} WITH PASSWORD = ${anyPassword};`,
      `CREATE USER ${sqlServerName(user)} FOR LOGIN ${sqlServerName(user)};`,
    ],
    notes: [
      'The second in each database that it uses. A proxy compares the case of the name: spell it as in the secret.',
    ],
  }),
};
