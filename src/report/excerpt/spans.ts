/** What is not shown; `start` inclusive, `end` exclusive. */
export type Hidden = { readonly start: number; readonly end: number };

/** In the order of the text, and apart. */
export const merged = (hidden: readonly Hidden[]): readonly Hidden[] => {
  const all: Hidden[] = [];
  for (const one of [...hidden].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = all.at(-1);
    if (last !== undefined && one.start <= last.end)
      all[all.length - 1] = { ...last, end: Math.max(last.end, one.end) };
    else if (one.end > one.start) all.push(one);
  }
  return all;
};
