import type { Reference } from '../model/value.ts';

/** What a value that is not known comes from, as a plan or a text tells it. */
export type Origins = {
  readonly references: readonly Reference[];
  /** Where the trail ends: `var.x` without a value, a function that is not evaluated. */
  readonly trailEnds: readonly string[];
};

export const noOrigins: Origins = { references: [], trailEnds: [] };

/** Each reference and each end once. */
export const joinOrigins = (all: readonly Origins[]): Origins => {
  const references = new Map<string, Reference>();
  const trailEnds = new Set<string>();
  for (const origins of all) {
    for (const one of origins.references) references.set(`${one.resource} ${one.path}`, one);
    for (const end of origins.trailEnds) trailEnds.add(end);
  }
  return { references: [...references.values()], trailEnds: [...trailEnds] };
};
