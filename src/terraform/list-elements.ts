import { type Origin, type Value, known, unknown } from '../model/value.ts';
import type { Json } from './json.ts';
import { type Origins, noOrigins } from './origins.ts';

/** Flags of elements that are unknown, or sensitive and not to be seen. */
export const hiddenElements = (
  values: readonly Json[],
  unknowns: Json | undefined,
  sensitive: Json | undefined,
): Json => {
  const flagged = (flags: Json | undefined, i: number): boolean =>
    flags === true || (Array.isArray(flags) && (flags[i] ?? false) !== false);
  return values.map((_, i) => flagged(unknowns, i) || flagged(sensitive, i));
};

/**
 * Elements of a list. As many unknown elements as references are taken one for one: a list of ids is written as a list
 * of references, and what comes out of it is the same set. Otherwise each unknown element may be any of them.
 */
export const elements = (
  values: readonly Json[],
  flags: Json,
  trailOf: () => Origins,
  origin: Origin,
): readonly Value<string>[] => {
  const isOpen = (i: number): boolean => Array.isArray(flags) && flags[i] === true;
  const open = values.filter((_, i) => isOpen(i)).length;
  // Nearly all lists of what exists are known, and a trail costs more than the list.
  const trail = open === 0 ? noOrigins : trailOf();
  const paired = open === trail.references.length && trail.trailEnds.length === 0;
  let next = 0;
  return values.map((value, i) => {
    const place = { ...origin, path: `${origin.path}[${i}]` };
    if (!isOpen(i)) return typeof value === 'string' ? known(value, place) : unknown(place);
    const references = paired ? trail.references.slice(next, next + 1) : trail.references;
    next += 1;
    return unknown(place, references, trail.trailEnds);
  });
};
