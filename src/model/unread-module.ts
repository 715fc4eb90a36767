import type { Entity } from './entity.ts';
import type { Value } from './value.ts';

/** A module that is not installed, or whose directory is not there. */
export type UnreadModule = Entity & {
  /** False where its source is a path in the same repository. */
  readonly fetched: boolean;
  /**
   * What its call gives it, as far as it may name a principal or a policy. Texts that are no name or ARN of a principal are
   * left out, or `…` where they are made from something; `origin.path` is the argument, with `…` for words of keys.
   */
  readonly given: readonly Value<string>[];
};
