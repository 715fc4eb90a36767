import type { Reference, Tri } from '../../../../model/value.ts';
import { joinOrigins } from '../../../origins.ts';
import type { Symbolic, SymbolicUnknown } from '../../symbolic.ts';
import { attributeOf, failure, list, nothing, originsOf, scalar, textAt } from '../../values.ts';
import { convert, unified } from '../convert.ts';
import { equals } from '../equality.ts';
import { compareTexts, distinctItems } from '../ordering.ts';
import { anyOf, computedFrom, isKnownNull, readBoolean, readInteger } from '../scalars.ts';
import { at, isUnsettledSet, openFrom, withItems, withNumbers } from './arguments.ts';
import { type FunctionTable, parts, whole } from './context.ts';

const concat = (args: readonly Symbolic[]): Symbolic => {
  if (args.some((arg) => arg.kind !== 'unknown' && (arg.kind !== 'list' || arg.type === 'set')))
    return failure('concat()');
  const items = args.flatMap((arg) => (arg.kind === 'list' ? arg.items : []));
  const open = args.flatMap((arg) => (arg.kind === 'list' ? (arg.open ?? []) : originsOf(arg)));
  const type = args.every((arg) => arg.kind === 'list' && arg.type === 'list') ? 'list' : 'tuple';
  return list(type === 'list' ? unified(items) : items, type, open.length === 0 ? undefined : joinOrigins(open));
};

const reverse = (value: Symbolic): Symbolic => {
  if (value.kind === 'list' && !isUnsettledSet(value)) {
    return list([...value.items].reverse(), value.type === 'tuple' ? 'tuple' : 'list', value.open);
  }
  return value.kind === 'list' || value.kind === 'unknown' ? computedFrom([value]) : failure('reverse()');
};

const slice = (args: readonly Symbolic[]): Symbolic => {
  const value = at(args, 0);
  if (value.kind === 'list' && value.type === 'set') return failure('slice()');
  if (value.kind === 'unknown' && value.exactly !== undefined) return sliceOfUnknown(value, value.exactly, args);
  const type = value.kind === 'list' && value.type === 'list' ? 'list' : 'tuple';
  return withItems(value, (items) =>
    withNumbers(args.slice(1), (start = 0, end = 0) => {
      const fits =
        Number.isInteger(start) && Number.isInteger(end) && 0 <= start && start <= end && end <= items.length;
      return fits ? list(items.slice(start, end), type) : failure('slice()');
    }),
  );
};

/** However long the list turns out to be, a slice of it is as long as it says, or an error. */
const sliceOfUnknown = (value: SymbolicUnknown, exactly: Reference, args: readonly Symbolic[]): Symbolic =>
  withNumbers(args.slice(1), (start = 0, end = 0) => {
    if (!Number.isInteger(start) || !Number.isInteger(end) || start < 0 || end < start) return failure('slice()');
    if (end - start > mostNumbers) return computedFrom([value]);
    return list(Array.from({ length: end - start }, (_, index) => itemOf(exactly, start + index)));
  });

const itemOf = (exactly: Reference, index: number): Symbolic =>
  attributeOf({ ...exactly, path: `${exactly.path}[${index}]` });

const distinct = (value: Symbolic): Symbolic => {
  if (value.kind !== 'list') return value.kind === 'unknown' ? computedFrom([value]) : failure('distinct()');
  const once = distinctItems(unified(value.items));
  const surely = once.every((item, index) => once.slice(index + 1).every((other) => equals(item, other) === false));
  return list(once, 'list', value.open ?? (surely ? undefined : openFrom(once)));
};

const sort = (value: Symbolic): Symbolic => {
  const texts = convert(value, { kind: 'list', element: { kind: 'string' } }, () => nothing);
  if (texts.kind !== 'list') return texts.kind === 'unknown' ? texts : failure('sort()');
  if (texts.items.some(isKnownNull)) return failure('sort()');
  const known = texts.items.map(textAt).filter((text) => text !== undefined);
  // One element stands where it stood.
  if (texts.items.length === 1 && texts.open === undefined) return list(texts.items, 'list');
  if (texts.open !== undefined) return list(texts.items, 'list', openFrom([texts]));
  // What is in it is known, and its order is not: that of a set.
  if (known.length !== texts.items.length) return list(texts.items, 'set');
  return list(
    [...texts.items].sort((left, right) => compareTexts(textAt(left) ?? '', textAt(right) ?? '')),
    'list',
  );
};

const chunks = (args: readonly Symbolic[]): Symbolic =>
  withItems(at(args, 0), (items) =>
    withNumbers([at(args, 1)], (size) => {
      if (!Number.isInteger(size) || size < 0) return failure('chunklist()');
      const step = size === 0 ? Math.max(items.length, 1) : size;
      const starts = Array.from({ length: Math.ceil(items.length / step) }, (_, index) => index * step);
      return list(
        starts.map((start) => list(items.slice(start, start + step), 'list')),
        'list',
      );
    }),
  );

/** Terraform makes no more of them either. */
const mostNumbers = 1024;

const range = (args: readonly Symbolic[]): Symbolic =>
  withNumbers(args, (...numbers) => {
    const [start = 0, end = 0] = numbers.length === 1 ? [0, numbers[0]] : numbers;
    const step = numbers[2] ?? (end < start ? -1 : 1);
    if (step === 0 || (end > start && step < 0) || (end < start && step > 0)) return failure('range()');
    const count = Math.ceil((end - start) / step);
    if (count > mostNumbers) return failure('range()');
    return list(
      Array.from({ length: Math.max(count, 0) }, (_, index) => scalar(start + index * step)),
      'list',
    );
  });

/** Whether every, or any, element is true; null counts as false. */
const quantified = (value: Symbolic, deciding: boolean): Symbolic => {
  if (value.kind !== 'list') return value.kind === 'unknown' ? computedFrom([value]) : failure('list');
  const truths = value.items.map((item): Tri | 'wrong' => (isKnownNull(item) ? false : readBoolean(item)));
  if (truths.includes('wrong')) return failure('bool');
  if (truths.includes(deciding)) return scalar(deciding);
  return truths.includes('unknown') || value.open !== undefined ? computedFrom([value]) : scalar(!deciding);
};

const matchKeys = (args: readonly Symbolic[]): Symbolic =>
  withItems(at(args, 0), (values) =>
    withItems(at(args, 1), (keys) =>
      withItems(at(args, 2), (wanted) => {
        if (values.length !== keys.length) return failure('matchkeys()');
        const answers = keys.map((key) => wanted.map((item) => equals(key, item)));
        const unsure = answers.some((found) => !found.includes(true) && found.includes('unknown'));
        const items = values.filter((_, index) => answers[index]?.some((answer) => answer !== false));
        return list(items, 'list', unsure ? openFrom([...keys, ...wanted]) : undefined);
      }),
    ),
  );

const element = (args: readonly Symbolic[]): Symbolic => {
  const [value, index] = [at(args, 0), readInteger(at(args, 1))];
  if (value.kind === 'unknown') return firstOfUnknown(value, index) ?? computedFrom(args);
  if (value.kind !== 'list' || value.type === 'set' || index === 'wrong') return failure('element()');
  if (value.items.length === 0 && value.open === undefined) return failure('element()');
  const [only] = value.items;
  if (value.open === undefined && value.items.length === 1 && only !== undefined) return only;
  // Later versions of Terraform count negative indexes from the end.
  if (index === 'unknown' || index < 0 || value.open !== undefined) return anyOf(openFrom(args));
  return value.items[index % value.items.length] ?? failure('element()');
};

/** Indexes past the end start again: only the first element is the same in lists of any length. */
const firstOfUnknown = (value: Symbolic, index: number | 'unknown' | 'wrong'): Symbolic | null => {
  if (value.kind !== 'unknown' || value.exactly === undefined || index !== 0) return null;
  return itemOf(value.exactly, 0);
};

/** The only element, or null. */
const one = (value: Symbolic): Symbolic => {
  if (value.kind === 'unknown') return firstOfUnknown(value, 0) ?? computedFrom([value]);
  if (value.kind !== 'list') return failure('one()');
  const [only, second] = value.items;
  if (value.open !== undefined || (second !== undefined && isUnsettledSet(value))) return anyOf(openFrom([value]));
  return second === undefined ? (only ?? nothing) : failure('one()');
};

const positionOf = (args: readonly Symbolic[]): Symbolic =>
  withItems(at(args, 0), (items) => {
    const answers = items.map((item) => equals(item, at(args, 1)));
    const first = answers.findIndex((answer) => answer !== false);
    if (first < 0) return failure('index()');
    return answers[first] === true ? scalar(first) : computedFrom(args);
  });

export const listFunctions: FunctionTable = {
  concat: parts(1, Number.POSITIVE_INFINITY, concat),
  reverse: parts(1, 1, (args) => reverse(at(args, 0))),
  slice: parts(3, 3, slice),
  distinct: parts(1, 1, (args) => distinct(at(args, 0))),
  sort: parts(1, 1, (args) => sort(at(args, 0))),
  chunklist: parts(2, 2, chunks),
  range: whole(1, 3, range),
  alltrue: whole(1, 1, (args) => quantified(at(args, 0), false)),
  anytrue: whole(1, 1, (args) => quantified(at(args, 0), true)),
  matchkeys: parts(3, 3, matchKeys),
  element: parts(2, 2, element),
  one: parts(1, 1, (args) => one(at(args, 0))),
  index: whole(2, 2, positionOf),
};
