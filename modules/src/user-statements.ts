import { type Path, type UserStatements, loadEngine } from './engine.ts';
import type { Engine } from './engines.ts';

/** What `explain` prints for the user. The checker is loaded for it, which nobody pays for who asks for no SQL. */
export const userStatements = (path: Path, engine: Engine, user: string): UserStatements => {
  const statements = loadEngine().userStatements(path, engine, user);
  if (statements === null) throw new Error(`No statement is known for a user of ${engine}.`);
  return statements;
};
