import type { Connection } from '../../model/connection.ts';
import type { Guide } from '../../model/guide.ts';
import { type Instructions, userNote, userOf } from './client.ts';
import { userStatements } from './user-statements.ts';

/** What defines the user in the database as the path needs it: nobody can see that in a plan. */
export const userInstructions = (connection: Connection, { dialect }: Guide): Instructions => {
  if (connection.path === 'password-rds') {
    return { lines: [], notes: ['The master user exists with the database. Nothing to type.'] };
  }
  if (dialect === null) return { lines: [], notes: ['The engine is not in view, so no statement can be given.'] };
  const { lines, notes } = userStatements(connection.path, dialect, userOf(connection));
  return { lines, notes: [...userNote(connection), ...notes, 'Then grant the user what it may do there.'] };
};
