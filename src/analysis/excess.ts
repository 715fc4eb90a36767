import type { Origin } from '../model/value.ts';

/** Something that a statement allows and the proxies of the role do not need. */
export type Excess = {
  /** After "may". */
  readonly words: string;
  readonly of: 'secrets' | 'keys' | 'connect' | 'everything';
  readonly origin: Origin;
};

/** Of one statement; `open` where it may hold more than can be seen. */
export type Excesses = { readonly found: readonly Excess[]; readonly open: boolean };
