import type { Connection } from '../model/connection.ts';

/** What names a connection, in the order by which reports list them. */
export type SortKey = readonly (string | null)[];

export const sortKey = (
  connection: Pick<Connection, 'path' | 'database' | 'proxy' | 'user' | 'principal'>,
): SortKey => [connection.path, connection.database, connection.proxy, connection.user, connection.principal];

/** By code units, null first. */
export const compareKeys = (a: SortKey, b: SortKey): number => {
  for (const [i, left] of a.entries()) {
    const right = b[i] ?? null;
    if (left === right) continue;
    if (left === null) return -1;
    return right === null || left > right ? 1 : -1;
  }
  return 0;
};
