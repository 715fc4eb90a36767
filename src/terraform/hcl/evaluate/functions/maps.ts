import { type Origins, joinOrigins } from '../../../origins.ts';
import type { Symbolic, SymbolicMap } from '../../symbolic.ts';
import { failure, isFailure, list, map, originsOf, scalar, textAt, valuesIn, withValues } from '../../values.ts';
import { indexOf } from '../access.ts';
import { unified } from '../convert.ts';
import { elementsOf, openOrder } from '../elements.ts';
import { type Entry, entriesOf, keyed, unseenIn } from '../keyed.ts';
import { compareTexts, sortedKeys } from '../ordering.ts';
import { anyOf, computedFrom, isKnownNull } from '../scalars.ts';
import { at, isSettled, openFrom, withItems, withTexts } from './arguments.ts';
import { type FunctionTable, parts, whole } from './context.ts';

const many = Number.POSITIVE_INFINITY;

const lookup = (args: readonly Symbolic[]): Symbolic => {
  const [target, key, fallback] = [at(args, 0), at(args, 1), args[2]];
  if (target.kind === 'known' || target.kind === 'text' || target.kind === 'list') return failure('lookup()');
  const written = key.kind === 'known' ? indexOf(target, key) : anyOf(openFrom([target, key]));
  if (fallback === undefined) return written;
  if (isFailure(written)) return fallback;
  return isThere(target, key) ? written : anyOf(openFrom([written, fallback]));
};

const isThere = (target: Symbolic, key: Symbolic): boolean => {
  const name = textAt(key);
  if (name === undefined) return false;
  if (target.kind === 'map') return target.entries.has(name);
  return target.kind === 'instance' && target.names().includes(name);
};

/** Later arguments win. What may hide in an unknown one takes the certainty from all entries before it. */
const merge = (args: readonly Symbolic[]): Symbolic => {
  const maps = args.filter((arg) => !isKnownNull(arg));
  if (maps.some(({ kind }) => kind === 'known' || kind === 'text' || kind === 'list')) return failure('merge()');
  let entries: readonly Entry[] = [];
  const open: Origins[] = [];
  for (const one of maps) {
    const unseen = one.kind === 'map' ? unseenIn(one) : originsOf(one);
    if (unseen !== undefined) {
      open.push(unseen);
      entries = entries.map(([key, value]) => [key, anyOf(joinOrigins([originsOf(value), unseen]))]);
    }
    if (one.kind === 'map') entries = [...entries, ...entriesOf(one)];
  }
  const type = maps.length > 0 && maps.every((one) => one.kind === 'map' && one.type === 'map') ? 'map' : 'object';
  const merged = keyed(entries, type, open);
  return merged.kind === 'map' && type === 'map' ? withValues(merged, unified(valuesIn(merged))) : merged;
};

const keys = (value: Symbolic): Symbolic => {
  if (value.kind === 'map') return elementsAs(value, ([key]) => key);
  if (value.kind === 'instance' && value.complete) return list([...value.names()].sort(compareTexts).map(scalar));
  return value.kind === 'unknown' || value.kind === 'instance' ? computedFrom([value]) : failure('keys()');
};

const values = (value: Symbolic): Symbolic => {
  if (value.kind !== 'map') {
    return value.kind === 'unknown' || value.kind === 'instance' ? computedFrom([value]) : failure('values()');
  }
  return elementsAs(value, ([, item]) => item);
};

const elementsAs = (value: SymbolicMap, part: (element: Entry) => Symbolic): Symbolic =>
  list((elementsOf(value) ?? []).map(part), value.type === 'map' ? 'list' : 'tuple', openOrder(value));

const zip = (args: readonly Symbolic[]): Symbolic =>
  withItems(at(args, 0), (names) => {
    const items = at(args, 1);
    if (items.kind !== 'list') return items.kind === 'unknown' ? computedFrom(args) : failure('zipmap()');
    if (items.open !== undefined || items.type === 'set') return computedFrom(args);
    if (names.length !== items.items.length) return failure('zipmap()');
    const entries = names.map((name, index): Entry => [name, at(items.items, index)]);
    return keyed(entries, items.type === 'list' ? 'map' : 'object');
  });

const transpose = (value: Symbolic): Symbolic => {
  if (value.kind !== 'map') return value.kind === 'unknown' ? computedFrom([value]) : failure('transpose()');
  if (!isSettled(value)) return computedFrom([value]);
  const turned = new Map<string, string[]>();
  for (const key of sortedKeys(value.entries)) {
    const outcome = withItems(value.entries.get(key) ?? list([]), (items) =>
      withTexts(items, (...texts) => {
        for (const text of texts) turned.set(text, [...(turned.get(text) ?? []), key]);
        return scalar(true);
      }),
    );
    if (isFailure(outcome)) return outcome;
  }
  return map(new Map([...turned].map(([key, names]) => [key, list(names.map(scalar), 'list')])), 'map');
};

export const mapFunctions: FunctionTable = {
  lookup: parts(2, 3, lookup),
  merge: parts(0, many, merge),
  keys: parts(1, 1, (args) => keys(at(args, 0))),
  values: parts(1, 1, (args) => values(at(args, 0))),
  zipmap: parts(2, 2, zip),
  transpose: whole(1, 1, (args) => transpose(at(args, 0))),
};
