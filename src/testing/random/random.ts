/** Numbers that look random and come out the same for the same seed (mulberry32). */
export type Random = {
  readonly next: () => number;
  readonly chance: (share: number) => boolean;
  readonly pick: <T>(choices: readonly T[]) => T;
  /** Up to `count` of the choices, in their order. */
  readonly some: <T>(choices: readonly T[], count: number) => readonly T[];
};

export const randomFrom = (seed: number): Random => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const pick = <T>(choices: readonly T[]): T => choices[Math.floor(next() * choices.length)] as T;
  return {
    next,
    chance: (share) => next() < share,
    pick,
    some: (choices, count) => {
      const chosen = new Set(Array.from({ length: count }, () => pick(choices)));
      return choices.filter((choice) => chosen.has(choice));
    },
  };
};
