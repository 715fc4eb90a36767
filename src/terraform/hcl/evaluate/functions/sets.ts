import type { Symbolic, SymbolicList } from '../../symbolic.ts';
import { failure, list } from '../../values.ts';
import { unified } from '../convert.ts';
import { equals } from '../equality.ts';
import { asElements } from '../ordering.ts';
import { computedFrom } from '../scalars.ts';
import { isUnsettledSet, openFrom } from './arguments.ts';
import { type FunctionTable, parts } from './context.ts';

const many = Number.POSITIVE_INFINITY;

const allLists = (args: readonly Symbolic[], use: (lists: readonly SymbolicList[]) => Symbolic): Symbolic => {
  if (args.some(({ kind }) => kind !== 'list' && kind !== 'unknown')) return failure('set');
  const lists = args.filter((arg) => arg.kind === 'list');
  return lists.length === args.length ? use(lists) : computedFrom(args);
};

const union = (args: readonly Symbolic[]): Symbolic => {
  if (args.some(({ kind }) => kind !== 'list' && kind !== 'unknown')) return failure('set');
  const items = unified(args.flatMap((arg) => (arg.kind === 'list' ? arg.items : [])));
  const open = args.filter((arg) => arg.kind !== 'list' || arg.open !== undefined);
  return list(asElements(items), 'set', open.length === 0 ? undefined : openFrom(open));
};

/** The elements of the first that are in all others (`present`), or in none of them. */
const filtered = (args: readonly Symbolic[], present: boolean): Symbolic =>
  allLists(args, ([first, ...others]) => {
    if (first === undefined) return failure('set');
    const answers = first.items.map((item) => others.map((other) => isIn(item, other)));
    const items = first.items.filter((_, index) => answers[index]?.every((answer) => answer !== !present));
    const unsure = answers.some((each) => each.includes('unknown') && !each.includes(!present));
    const open = unsure || args.some((arg) => arg.kind === 'list' && arg.open !== undefined);
    return list(asElements(items), 'set', open ? openFrom(args) : undefined);
  });

const isIn = (item: Symbolic, { items, open }: SymbolicList): boolean | 'unknown' => {
  const answers = items.map((other) => equals(item, other));
  if (answers.includes(true)) return true;
  return answers.includes('unknown') || open !== undefined ? 'unknown' : false;
};

const mostCombinations = 10_000;

const product = (args: readonly Symbolic[]): Symbolic =>
  allLists(args, (lists) => {
    const count = lists.reduce((total, { items }) => total * items.length, 1);
    if (count > mostCombinations || lists.some((one) => one.open !== undefined || isUnsettledSet(one))) {
      return computedFrom(args);
    }
    const combinations = lists.reduce<readonly (readonly Symbolic[])[]>(
      (soFar, { items }) => soFar.flatMap((head) => items.map((item) => [...head, item])),
      [[]],
    );
    const ofSets = lists.some(({ type }) => type === 'set');
    return list(
      combinations.map((items) => list(items)),
      ofSets ? 'set' : 'list',
    );
  });

export const setFunctions: FunctionTable = {
  setunion: parts(1, many, union),
  setintersection: parts(1, many, (args) => filtered(args, true)),
  setsubtract: parts(2, 2, (args) => filtered(args, false)),
  setproduct: parts(2, many, product),
};
