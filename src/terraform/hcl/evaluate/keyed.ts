import { type Origins, joinOrigins } from '../../origins.ts';
import type { HiddenEntries, Symbolic, SymbolicMap } from '../symbolic.ts';
import { isFailure, map, originsOf, scalar, unknownFrom } from '../values.ts';
import { equals } from './equality.ts';
import { keyText } from './numbers.ts';
import { anyOf } from './scalars.ts';

/** Maps of which keys are unknown: an entry is there, whatever it will be called. */

export type Entry = readonly [key: Symbolic, value: Symbolic];

/** Of more keys than this that nobody knows none is compared: each may be any. */
const mostCompared = 64;

/**
 * A map of entries in the order in which they are set: of two with one key the later one stays, unless `distinct` says
 * that there are none. `unseen` is what decides about entries beside these.
 */
export const keyed = (
  all: readonly Entry[],
  type: SymbolicMap['type'],
  unseen: readonly Origins[] = [],
  distinct: 'distinct' | 'later-wins' = 'later-wins',
): Symbolic => {
  const lost = all.filter(([key]) => !isName(key));
  const compares = all.filter(([key]) => nameOf(key) === undefined).length <= mostCompared;
  const { entries, items, replaces } = compares ? gathered(all) : uncompared(all);
  const others = [...unseen, ...lost.flat().map((value) => originsOf(value))];
  if (items.length === 0) return map(entries, type, others.length === 0 ? undefined : joinOrigins(others));
  const hidden: HiddenEntries = {
    items,
    replaces: distinct === 'distinct' ? new Set() : replaces,
    isAll: others.length === 0,
    isDistinct: distinct === 'distinct' || (compares && areDistinct(entries, items)),
  };
  const open = joinOrigins([...others, ...items.flat().map((value) => originsOf(value))]);
  return { kind: 'map', type, entries, open, hidden };
};

/** A key that is known, or will be: anything else is none. */
const isName = (key: Symbolic): boolean => {
  if (key.kind === 'known') return key.value !== null;
  return key.kind === 'text' || (key.kind === 'unknown' && !isFailure(key));
};

type Gathered = {
  readonly entries: ReadonlyMap<string, Symbolic>;
  readonly items: readonly Entry[];
  readonly replaces: ReadonlySet<string>;
};

const gathered = (all: readonly Entry[]): Gathered => {
  const entries = new Map<string, Symbolic>();
  let items: readonly Entry[] = [];
  const replaces = new Set<string>();
  for (const [key, value] of all) {
    const name = nameOf(key);
    if (name !== undefined) {
      entries.set(name, value);
      replaces.delete(name);
    } else if (isName(key)) {
      items = [...items.filter(([other]) => equals(other, key) !== true), [key, value]];
      for (const other of entries.keys()) if (isLike(key, other)) replaces.add(other);
    }
  }
  return { entries, items, replaces };
};

const nameOf = (key: Symbolic): string | undefined =>
  key.kind === 'known' && key.value !== null ? keyText(key.value) : undefined;

const uncompared = (all: readonly Entry[]): Gathered => {
  const named = all.flatMap(([key, value]): [string, Symbolic][] => {
    const name = nameOf(key);
    return name === undefined ? [] : [[name, value]];
  });
  const entries = new Map(named);
  const items = all.filter(([key]) => nameOf(key) === undefined && isName(key));
  return { entries, items, replaces: new Set(entries.keys()) };
};

const isLike = (key: Symbolic, name: string): boolean => equals(key, scalar(name)) !== false;

const areDistinct = (entries: ReadonlyMap<string, Symbolic>, items: readonly Entry[]): boolean =>
  items.every(
    ([key], at) =>
      items.slice(at + 1).every(([other]) => equals(key, other) === false) &&
      [...entries.keys()].every((name) => !isLike(key, name)),
  );

/** All entries, so that `keyed` makes the same map of them again. */
export const entriesOf = ({ entries, hidden }: SymbolicMap): readonly Entry[] => {
  const known = [...entries].map(([name, value]): Entry => [scalar(name), value]);
  if (hidden === undefined) return known;
  const isReplaced = ([key]: Entry): boolean => hidden.replaces.has(nameOf(key) ?? '');
  return [...known.filter(isReplaced), ...hidden.items, ...known.filter((entry) => !isReplaced(entry))];
};

/** What decides about entries that are not listed. */
export const unseenIn = ({ open, hidden }: SymbolicMap): Origins | undefined =>
  hidden?.isAll === true ? undefined : open;

/** How many entries there are; null where nobody knows. */
export const sizeOf = ({ entries, hidden, open }: SymbolicMap): number | null => {
  if (hidden === undefined) return open === undefined ? entries.size : null;
  return hidden.isAll && hidden.isDistinct ? entries.size + hidden.items.length : null;
};

/** What stands under a name; undefined where nothing does for certain. */
export const entryAt = (target: SymbolicMap, name: string): Symbolic | undefined => {
  const { entries, hidden, open } = target;
  const own = entries.get(name);
  if (open === undefined) return own;
  if (own !== undefined) return hidden?.replaces.has(name) ? anyOf(joinOrigins([originsOf(own), open])) : own;
  const isNone = hidden?.isAll === true && hidden.items.every(([key]) => !isLike(key, name));
  return isNone ? undefined : unknownFrom(open);
};
