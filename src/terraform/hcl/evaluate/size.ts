import type { Symbolic } from '../symbolic.ts';
import { valuesIn } from '../values.ts';
import type { Budget } from './budget.ts';

/** Values that hold a value twice, which holds another twice, are small in memory and endless to go through. */

/** Far more elements than any value of a configuration, and few enough to go through. */
const largest = 200_000;

/** Characters that weigh as much as one element. */
const charactersEach = 32;

const known = new WeakMap<Symbolic, number>();

/** How many parts a value has, those in several places counted in each. */
const sizeOf = (value: Symbolic): number => {
  if (value.kind === 'known') {
    return typeof value.value === 'string' ? 1 + Math.floor(value.value.length / charactersEach) : 1;
  }
  if (value.kind === 'unknown' || value.kind === 'instance') return 1;
  const before = known.get(value);
  if (before !== undefined) return before;
  const size = sizeOfParts(value);
  known.set(value, size);
  return size;
};

const partsOf = (value: Extract<Symbolic, { kind: 'map' }>): readonly Symbolic[] => [
  ...valuesIn(value),
  ...(value.hidden?.items ?? []).map(([key]) => key),
];

const sizeOfParts = (value: Extract<Symbolic, { kind: 'text' | 'list' | 'map' }>): number => {
  let size = 1;
  if (value.kind === 'text') {
    for (const part of value.parts) size += typeof part === 'string' ? 1 + part.length / charactersEach : 1;
    return size;
  }
  for (const item of value.kind === 'list' ? value.items : partsOf(value)) size += sizeOf(item);
  return size;
};

/** Whether a value is too large to be kept; what it takes to go through it is paid from the budget. */
export const isTooLarge = (value: Symbolic, budget: Budget): boolean => {
  const size = sizeOf(value);
  budget.steps -= Math.floor(size / charactersEach);
  return size > largest;
};
