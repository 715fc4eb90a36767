/** A few places, given in the order in which they are asked for. */
export type Slots = {
  /** Waits for a place; the result gives it back. Null when `signal` ended before there was one. */
  readonly take: (signal: AbortSignal) => Promise<(() => void) | null>;
};

export const slotsOf = (count: number): Slots => {
  let free = count;
  const line = new Set<() => void>();
  const giveBack = (): void => {
    free += 1;
    const [first] = line;
    first?.();
  };
  const occupy = (): (() => void) => {
    free -= 1;
    return giveBack;
  };
  return {
    take: (signal) => {
      if (signal.aborted) return Promise.resolve(null);
      if (free > 0) return Promise.resolve(occupy());
      return new Promise((resolve) => {
        const leave = (): void => {
          line.delete(onFree);
          signal.removeEventListener('abort', onAbort);
        };
        const onFree = (): void => {
          leave();
          resolve(occupy());
        };
        const onAbort = (): void => {
          leave();
          resolve(null);
        };
        line.add(onFree);
        signal.addEventListener('abort', onAbort);
      });
    },
  };
};
