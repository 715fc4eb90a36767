import type { Change, Connection, Verdict } from '../model/connection.ts';
import { type SortKey, compareKeys, sortKey } from './connection-order.ts';
import { push } from './push.ts';

type Pair = { readonly before: Connection | null; readonly after: Connection | null };

/** What becomes of each connection from one moment to the next; what stays as it is is left out. */
export const compareConnections = (before: readonly Connection[], after: readonly Connection[]): readonly Change[] =>
  pairUp(before, after)
    .flatMap(changeOf)
    .sort((a, b) => compareKeys(sortKey(a), sortKey(b)));

/**
 * Pairs by all that names a connection, then those of which one moment does not know the user or the principal: an
 * update may make a policy, and with it the user that it names, known after apply.
 */
const pairUp = (before: readonly Connection[], after: readonly Connection[]): readonly Pair[] => {
  const left = new Map(before.map((connection) => [keyOf(sortKey(connection)), connection]));
  const same = after.flatMap((connection): readonly Pair[] => {
    const key = keyOf(sortKey(connection));
    const earlier = left.get(key);
    left.delete(key);
    return earlier === undefined ? [] : [{ before: earlier, after: connection }];
  });
  const found = new Set(same.map((pair) => pair.after));
  const rest = after.filter((connection) => !found.has(connection));
  return [...same, ...pairLoosely([...left.values()], rest)];
};

const keyOf = (key: SortKey): string => JSON.stringify(key);

const pairLoosely = (before: readonly Connection[], after: readonly Connection[]): readonly Pair[] => {
  const places = new Map<string, Connection[]>();
  for (const connection of before) push(places, placeOf(connection), connection);
  const taken = new Set<Connection>();
  const pairs = after.map((connection): Pair => {
    const earlier = places
      .get(placeOf(connection))
      ?.find((candidate) => !taken.has(candidate) && mayBeSame(candidate, connection));
    if (earlier !== undefined) taken.add(earlier);
    return { before: earlier ?? null, after: connection };
  });
  return [...pairs, ...before.filter((one) => !taken.has(one)).map((one) => ({ before: one, after: null }))];
};

const placeOf = ({ path, database, proxy }: Connection): string => keyOf([path, database, proxy]);

const mayBeSame = (a: Connection, b: Connection): boolean =>
  agree(a.user, b.user) && agree(a.principal, b.principal) && !(a.user === b.user && a.principal === b.principal);

const agree = (a: string | null, b: string | null): boolean => a === b || a === null || b === null;

const changeOf = ({ before, after }: Pair): readonly Change[] => {
  const one = after ?? before;
  if (one === null || before?.verdict === after?.verdict) return [];
  const { id, path, database, proxy, user, principal } = one;
  const verdicts = { before: before?.verdict ?? null, after: after?.verdict ?? null };
  const kind = kindOf(verdicts.before, verdicts.after);
  return [{ connection: id, path, database, proxy, user, principal, kind, ...verdicts }];
};

const kindOf = (before: Verdict | null, after: Verdict | null): Change['kind'] => {
  if (before === null) return 'appears';
  if (after === null) return 'goes';
  if (after === 'unreachable') return 'breaks';
  if (after === 'unknown') return 'undecided';
  return before === 'unreachable' ? 'heals' : 'decided';
};
