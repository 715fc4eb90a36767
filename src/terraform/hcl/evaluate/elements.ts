import type { Origins } from '../../origins.ts';
import type { Symbolic } from '../symbolic.ts';
import { asSensitive, nothing, scalar } from '../values.ts';
import { type Entry, sizeOf } from './keyed.ts';
import { sortedKeys } from './ordering.ts';

/** What iterating over a value goes through. */

/** Keys and values in Terraform's order, as sensitive as the whole; null where nobody can say what there is. */
export const elementsOf = (value: Symbolic): readonly Entry[] | null => {
  const elements = plainElements(value);
  return value.sensitive === true && elements !== null
    ? elements.map(([key, item]) => [asSensitive(key), asSensitive(item)] as const)
    : elements;
};

/** What decides which elements there are beside those in `elementsOf`, or whether all of these are; undefined where nothing is open. */
export const openOf = (value: Symbolic): Origins | undefined => {
  if (value.kind === 'map') return sizeOf(value) === null ? value.open : undefined;
  return value.kind === 'list' ? value.open : undefined;
};

/** The same, and what decides in which order they stand. */
export const openOrder = (value: Symbolic): Origins | undefined =>
  value.kind === 'map' && value.hidden !== undefined && sizeOf(value) !== 1 ? value.open : openOf(value);

const plainElements = (value: Symbolic): readonly Entry[] | null => {
  if (value.kind === 'list') {
    return value.items.map((item, i) => [value.type === 'set' ? item : scalar(i), item] as const);
  }
  if (value.kind === 'map') {
    const { entries, hidden } = value;
    const named = sortedKeys(entries).map((key) => [scalar(key), entries.get(key) ?? nothing] as const);
    return [...named, ...(hidden?.items ?? [])];
  }
  if (value.kind === 'instance') return value.names().map((name) => [scalar(name), value.attribute(name)] as const);
  return null;
};
