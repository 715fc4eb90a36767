import type { Tri } from '../model/value.ts';

export const not = (value: Tri): Tri => (value === 'unknown' ? 'unknown' : !value);

/** True when all are, false when any is not, else unknown. */
export const every = (values: readonly Tri[]): Tri => {
  if (values.includes(false)) return false;
  return values.includes('unknown') ? 'unknown' : true;
};

/** True when any is, false when none is, else unknown. */
export const some = (values: readonly Tri[]): Tri => {
  if (values.includes(true)) return true;
  return values.includes('unknown') ? 'unknown' : false;
};
