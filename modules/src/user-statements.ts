import type { Engine } from './engines.ts';

/** The ways in for which a user is defined in the database; `rds` stands for the database. */
export type Path = 'password-rds' | 'iam-rds' | 'password-proxy-rds' | 'iam-proxy-rds' | 'iam-proxy-iam-rds';

/** Lines of SQL, and what to know about them. */
export type UserStatements = { readonly lines: readonly string[]; readonly notes: readonly string[] };

type Checker = {
  readonly userStatements: (path: Path, engine: Engine, user: string) => UserStatements | null;
};

const checker = '../engine/index.cjs';

/** What `explain` prints for the user. The checker is loaded for it, which nobody pays for who asks for no SQL. */
export const userStatements = (path: Path, engine: Engine, user: string): UserStatements => {
  const statements = (require(checker) as Checker).userStatements(path, engine, user);
  if (statements === null) throw new Error(`No statement is known for a user of ${engine}.`);
  return statements;
};
