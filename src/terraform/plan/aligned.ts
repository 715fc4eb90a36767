import type { Json } from '../json.ts';

/** Terraform 1.1 and older leave elements that are unknown out of the values, and keep their place in the flags alone. */
export const aligned = (values: readonly Json[], flags: Json | undefined): readonly Json[] => {
  if (!Array.isArray(flags) || flags.length <= values.length) return values;
  let next = 0;
  return flags.map((flag) => (flag === true ? null : (values[next++] ?? null)));
};
