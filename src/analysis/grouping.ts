import type { Join } from './join.ts';
import { push } from './push.ts';

/** Things by the entity that they belong to. */
export type Grouped<T> = {
  readonly of: (id: string) => readonly T[];
  /** Things of which nobody can say whether they belong to it. */
  readonly maybeOf: (id: string) => readonly T[];
  /** Things that may belong to anything. */
  readonly astray: readonly T[];
};

/** Joins each thing once, so that looking one entity's things up costs no scan. */
export const groupByJoin = <T>(
  things: readonly T[],
  joinOf: (thing: T) => Join<{ readonly id: string }>,
): Grouped<T> => {
  const own = new Map<string, T[]>();
  const maybe = new Map<string, T[]>();
  const astray: T[] = [];
  for (const thing of things) {
    const join = joinOf(thing);
    if (join.kind === 'one') push(own, join.entity.id, thing);
    if (join.kind === 'some') for (const { id } of join.entities) push(maybe, id, thing);
    if (join.kind === 'unknown') astray.push(thing);
  }
  return {
    of: (id) => own.get(id) ?? [],
    maybeOf: (id) => [...(maybe.get(id) ?? []), ...astray],
    astray,
  };
};
