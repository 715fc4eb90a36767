import { matchesAddress } from '../model/address-glob.ts';
import type { Database } from '../model/auth-model.ts';
import type { DeclaredUser } from '../model/configuration.ts';
import { literal } from '../model/value.ts';
import type { UserDefinition, UserDefinitions } from './database-users.ts';
import { familyOf } from './engines.ts';

/** Definitions of users that a configuration of this program declares; those that a resource in view makes win. */
export const withDeclaredUsers = (
  definitions: UserDefinitions,
  databases: readonly Database[],
  declared: readonly DeclaredUser[],
): UserDefinitions => {
  if (declared.length === 0) return definitions;
  const byId = new Map(databases.map((database) => [database.id, declaredIn(database, declared)]));
  return {
    ...definitions,
    find: (id, user) => definitions.find(id, user) ?? (user === null ? undefined : byId.get(id)?.get(user)),
  };
};

/** Of several statements about one user the last counts. */
const declaredIn = (database: Database, declared: readonly DeclaredUser[]): ReadonlyMap<string, UserDefinition> =>
  new Map(
    declared
      .filter((user) => isIn(user, database.address))
      .map((user) => [user.name, definitionOf(user, database)] as const),
  );

/** Whether a user is declared for the database at an address. */
export const isIn = ({ database }: DeclaredUser, address: string): boolean =>
  database === null || matchesAddress(database, address);

const definitionOf = ({ name, method, place }: DeclaredUser, database: Database): UserDefinition => ({
  user: name,
  byIam: method === 'iam',
  mayLogIn: true,
  at: database,
  declaredIn: place.file,
  origin: { address: database.address, path: '', ...place },
  engine: familyOf(literal(database.engine) ?? '') === 'MYSQL' ? 'mysql' : 'postgresql',
});

/** What to do where a user is declared for another method than a way in needs. */
export const declaredMend = ({ user, byIam, at, declaredIn: file, engine }: UserDefinition): string => {
  const declare = (method: string): string => `and declare it in ${file}:\n  method: ${method}`;
  if (byIam === true)
    return `Give ${user} a password in place of IAM in ${at.address}, or use another user here, ${declare('password')}`;
  const statement =
    engine === 'mysql'
      ? `ALTER USER '${user}' IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS';`
      : `GRANT rds_iam TO "${user}";`;
  return `Let ${user} log in by IAM in ${at.address}:\n  ${statement}\n${declare('iam')}`;
};
