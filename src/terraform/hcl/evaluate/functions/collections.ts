import { type Origins, joinOrigins } from '../../../origins.ts';
import type { Symbolic, SymbolicList } from '../../symbolic.ts';
import { failure, list, originsOf, scalar } from '../../values.ts';
import { unified } from '../convert.ts';
import { equals } from '../equality.ts';
import { sizeOf } from '../keyed.ts';
import { anyOf, computedFrom, isKnownNull } from '../scalars.ts';
import { at, isSettled, isUnsettledSet, openFrom } from './arguments.ts';
import { type FunctionContext, type FunctionTable, parts, whole } from './context.ts';
import { isFilledValue, isScalarAttribute } from './filled.ts';
import { graphemesOf } from './graphemes.ts';
import { setFunctions } from './sets.ts';

const many = Number.POSITIVE_INFINITY;

const length = (value: Symbolic): Symbolic => {
  if (value.kind === 'known')
    return typeof value.value === 'string' ? scalar(graphemesOf(value.value).length) : failure('length()');
  const count = countOf(value);
  return count === null ? computedFrom([value]) : scalar(count);
};

const countOf = (value: Symbolic): number | null => {
  if (value.kind === 'instance') return value.complete ? value.names().length : null;
  if (value.kind === 'map') return sizeOf(value);
  if (value.kind !== 'list' || value.open !== undefined) return null;
  // Unknown elements of a set may turn out to be the same one.
  return value.type === 'set' && value.items.length > 1 && !isSettled(value) ? null : value.items.length;
};

type Gathered = { readonly items: Symbolic[]; readonly open: Origins[] };

const flatten = (value: Symbolic, context: FunctionContext): Symbolic => {
  if (value.kind === 'unknown') return computedFrom([value]);
  if (value.kind !== 'list') return failure('flatten()');
  const gathered: Gathered = { items: [], open: [] };
  gather(value, gathered, context);
  return list(gathered.items, 'tuple', gathered.open.length === 0 ? undefined : joinOrigins(gathered.open));
};

/** An unknown element may be a list, of any length. */
const gather = (value: SymbolicList, into: Gathered, context: FunctionContext): void => {
  if (value.open !== undefined) into.open.push(value.open);
  if (isUnsettledSet(value)) into.open.push(originsOf(value));
  for (const item of value.items) {
    if (item.kind === 'list') gather(item, into, context);
    else into.items.push(item);
    const scalarLike = item.kind !== 'unknown' || (item.exactly && isScalarAttribute(item.exactly, context));
    if (!scalarLike) into.open.push(originsOf(item));
  }
};

const compact = (value: Symbolic, context: FunctionContext): Symbolic => {
  if (value.kind !== 'list') return value.kind === 'unknown' ? computedFrom([value]) : failure('compact()');
  const items = unified(value.items).filter((item) => isFilledValue(item, context) !== false);
  const unsure = items.filter((item) => isFilledValue(item, context) === 'unknown');
  return list(items, 'list', value.open ?? (unsure.length === 0 ? undefined : openFrom(unsure)));
};

/** The first that is neither null nor empty; where that is not known, one of those that may be it. */
const coalesce = (args: readonly Symbolic[], context: FunctionContext): Symbolic =>
  firstOf(
    unified(args).filter((arg) => isFilledValue(arg, context) !== false),
    (arg) => isFilledValue(arg, context) === true,
  );

const firstOf = (candidates: readonly Symbolic[], isSure: (candidate: Symbolic) => boolean): Symbolic => {
  const sure = candidates.findIndex(isSure);
  const possible = sure < 0 ? candidates : candidates.slice(0, sure + 1);
  const [first] = possible;
  if (first === undefined) return failure('coalesce()');
  return possible.length === 1 ? first : anyOf(openFrom(possible));
};

const coalesceList = (args: readonly Symbolic[]): Symbolic => {
  if (args.some((arg) => arg.kind !== 'list' && arg.kind !== 'unknown')) return failure('coalescelist()');
  const isEmpty = (arg: Symbolic) => arg.kind === 'list' && arg.items.length === 0 && arg.open === undefined;
  return firstOf(
    args.filter((arg) => !isEmpty(arg)),
    (arg) => arg.kind === 'list' && arg.open === undefined,
  );
};

const contains = (args: readonly Symbolic[]): Symbolic => {
  const [collection, wanted] = [at(args, 0), at(args, 1)];
  if (collection.kind === 'unknown') return computedFrom(args);
  if (collection.kind !== 'list') return failure('contains()');
  const answers = collection.items.map((item) => equals(item, wanted));
  if (answers.includes(true)) return scalar(true);
  return answers.includes('unknown') || collection.open !== undefined ? computedFrom(args) : scalar(false);
};

export const collectionFunctions: FunctionTable = {
  length: whole(1, 1, (args) => (isKnownNull(at(args, 0)) ? failure('length()') : length(at(args, 0)))),
  flatten: parts(1, 1, (args, context) => flatten(at(args, 0), context)),
  compact: parts(1, 1, (args, context) => compact(at(args, 0), context)),
  coalesce: parts(1, many, coalesce),
  coalescelist: parts(1, many, coalesceList),
  contains: whole(2, 2, contains),
  ...setFunctions,
};
