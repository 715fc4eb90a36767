import { type Origins, joinOrigins } from '../../../origins.ts';
import type { Symbolic, SymbolicMap } from '../../symbolic.ts';
import { failure, isFailure, list, map, originsOf, scalar, textAt } from '../../values.ts';
import { indexOf } from '../access.ts';
import { unified } from '../convert.ts';
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
  let entries = new Map<string, Symbolic>();
  const open: Origins[] = [];
  for (const one of maps) {
    const hidden = hiddenIn(one);
    if (hidden !== undefined) {
      open.push(hidden);
      entries = new Map([...entries].map(([key, value]) => [key, anyOf(joinOrigins([originsOf(value), hidden]))]));
    }
    if (one.kind === 'map') for (const [key, value] of one.entries) entries.set(key, value);
  }
  const type = maps.length > 0 && maps.every((one) => one.kind === 'map' && one.type === 'map') ? 'map' : 'object';
  return map(asType(entries, type), type, open.length === 0 ? undefined : joinOrigins(open));
};

const hiddenIn = (value: Symbolic): Origins | undefined => (value.kind === 'map' ? value.open : originsOf(value));

const asType = (entries: ReadonlyMap<string, Symbolic>, type: SymbolicMap['type']): ReadonlyMap<string, Symbolic> => {
  if (type === 'object') return entries;
  const values = unified([...entries.values()]);
  return new Map([...entries.keys()].map((key, index) => [key, at(values, index)]));
};

const keys = (value: Symbolic): Symbolic => {
  if (value.kind === 'map') {
    return list(sortedKeys(value.entries).map(scalar), value.type === 'map' ? 'list' : 'tuple', value.open);
  }
  if (value.kind === 'instance' && value.complete) return list([...value.names()].sort(compareTexts).map(scalar));
  return value.kind === 'unknown' || value.kind === 'instance' ? computedFrom([value]) : failure('keys()');
};

const values = (value: Symbolic): Symbolic => {
  if (value.kind !== 'map') {
    return value.kind === 'unknown' || value.kind === 'instance' ? computedFrom([value]) : failure('values()');
  }
  const items = sortedKeys(value.entries).flatMap((key) => value.entries.get(key) ?? []);
  return list(items, value.type === 'map' ? 'list' : 'tuple', value.open);
};

const zip = (args: readonly Symbolic[]): Symbolic =>
  withItems(at(args, 0), (names) => {
    const items = at(args, 1);
    if (items.kind !== 'list') return items.kind === 'unknown' ? computedFrom(args) : failure('zipmap()');
    if (items.open !== undefined || items.type === 'set') return computedFrom(args);
    if (names.length !== items.items.length) return failure('zipmap()');
    return zipped(names, items.items, items.type === 'list' ? 'map' : 'object');
  });

/** What stands under an unknown name may stand under each of the others, too. */
const zipped = (names: readonly Symbolic[], items: readonly Symbolic[], type: SymbolicMap['type']): Symbolic => {
  const entries = new Map<string, Symbolic>();
  const lost = names.flatMap((name, index) => (textAt(name) === undefined ? [name, at(items, index)] : []));
  names.forEach((name, index) => {
    const text = textAt(name);
    if (text !== undefined) entries.set(text, at(items, index));
  });
  if (lost.length === 0) return map(entries, type);
  return map(new Map([...entries].map(([key, item]) => [key, anyOf(openFrom([item, ...lost]))])), type, openFrom(lost));
};

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
