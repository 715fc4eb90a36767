export type Flags = {
  readonly ignoreCase: boolean;
  readonly dotAll: boolean;
  readonly multiline: boolean;
  /** `(?U)`: what is greedy is lazy, and the other way round. */
  readonly swapped: boolean;
};

export const noFlags: Flags = { ignoreCase: false, dotAll: false, multiline: false, swapped: false };

type Bounds = readonly [number, number | null];

export const signs: Readonly<Record<string, Bounds>> = { '*': [0, null], '+': [1, null], '?': [0, 1] };

export const bounds = (from: string, hasComma: boolean, to: string): Bounds => {
  if (!hasComma) return [Number(from), Number(from)];
  return [Number(from), to === '' ? null : Number(to)];
};

export const withFlags = (flags: Flags, on: string, off: string): Flags => {
  const of = (letter: string, before: boolean) => (on.includes(letter) || before) && !off.includes(letter);
  return {
    ignoreCase: of('i', flags.ignoreCase),
    dotAll: of('s', flags.dotAll),
    multiline: of('m', flags.multiline),
    swapped: of('U', flags.swapped),
  };
};
