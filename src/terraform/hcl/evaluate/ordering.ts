import type { Symbolic } from '../symbolic.ts';
import { equals } from './equality.ts';

/** The order in which Terraform keeps sets and keys. */

const surrogate = /[\ud800-\udfff]/;

/** By bytes of UTF-8, which is by code points. */
export const compareTexts = (left: string, right: string): number => {
  if (left === right) return 0;
  if (surrogate.test(left) || surrogate.test(right)) return compareCodePoints([...left], [...right]);
  return left < right ? -1 : 1;
};

const compareCodePoints = (left: readonly string[], right: readonly string[]): number => {
  const at = left.findIndex((character, index) => character !== right[index]);
  if (at < 0) return -1;
  return (left[at]?.codePointAt(0) ?? 0) - (right[at]?.codePointAt(0) ?? -1);
};

export const sortedKeys = (entries: ReadonlyMap<string, Symbolic>): readonly string[] =>
  [...entries.keys()].sort(compareTexts);

/** Elements of a set: each once, known ones in Terraform's order, the others behind them. */
export const asElements = (items: readonly Symbolic[]): readonly Symbolic[] => {
  const once = distinctItems(items);
  const scalars = once.filter(({ kind }) => kind === 'known');
  return [...scalars.sort(compareScalars), ...once.filter(({ kind }) => kind !== 'known')];
};

/** Drops what certainly equals an earlier one. */
export const distinctItems = (items: readonly Symbolic[]): readonly Symbolic[] => {
  const seen = new Set<unknown>();
  const others: Symbolic[] = [];
  return items.filter((item) => {
    if (item.kind === 'known') {
      const fresh = !seen.has(item.value);
      seen.add(item.value);
      return fresh;
    }
    const fresh = !others.some((other) => equals(other, item) === true);
    if (fresh) others.push(item);
    return fresh;
  });
};

const compareScalars = (left: Symbolic, right: Symbolic): number => {
  if (left.kind !== 'known' || right.kind !== 'known') return 0;
  const [first, second] = [left.value, right.value];
  if (typeof first === 'string' && typeof second === 'string') return compareTexts(first, second);
  if (first === null || second === null) return first === second ? 0 : first === null ? 1 : -1;
  return Number(first) - Number(second);
};
