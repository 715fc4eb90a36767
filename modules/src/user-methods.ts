import { type Database, identityOf } from './database.ts';
import { type Construct, Token } from './framework.ts';

/** How a database user proves who it is, to the database. */
export type UserMethod = 'password' | 'iam';

type Declared = { readonly method: UserMethod; readonly by: string };
type Declaration = Declared & { readonly database: Database; readonly user: string };

/** By the program's root, the database and the user. */
const declarations = new WeakMap<object, WeakMap<object, Map<string, Declared>>>();
const words: Readonly<Record<UserMethod, string>> = { password: 'by password', iam: 'by IAM' };

const usersOf = (scope: Construct, database: Database): Map<string, Declared> => {
  const databases = declarations.get(scope.node.root) ?? new WeakMap<object, Map<string, Declared>>();
  declarations.set(scope.node.root, databases);
  const users = databases.get(identityOf(database)) ?? new Map<string, Declared>();
  databases.set(identityOf(database), users);
  return users;
};

/**
 * Notes how a user of a database logs in. A user has one method (fact 5.12): in PostgreSQL `rds_iam` takes the password
 * away, in MySQL the user has one plugin.
 *
 * @throws Error where the same user of the database has another.
 */
export const declareMethod = (scope: Construct, { database, user, method, by }: Declaration): void => {
  if (Token.isUnresolved(user)) return;
  const users = usersOf(scope, database);
  const other = users.get(user);
  if (other === undefined) users.set(user, { method, by });
  else if (other.method !== method) {
    throw new Error(
      `The user "${user}" logs in to the database ${words[method]} for ${by}, and ${words[other.method]} for ${other.by}. ` +
        'A database user has one method: name another user for one of them.',
    );
  }
};
