/** What in a regular expression can take for ever on a hostile text, in words; null where nothing does. */
export const slowPart = (pattern: string): string | null => {
  const bare = pattern.replace(/\\[^1-9k]/g, 'x').replace(/\[(?:\\.|[^\]])*\]/g, 'x');
  if (/\\[1-9k]/.test(bare)) return 'a back-reference';
  return repeatsWithin(bare) ? 'a repeated group that holds a repetition or alternatives' : null;
};

/** Groups are folded from the inside: one that can match in several ways leaves a mark. */
const repeatsWithin = (bare: string): boolean => {
  let folded = bare;
  for (;;) {
    const group = /\((?:\?[:=!<]+)?([^()]*)\)([*+]|\{\d+,?\d*\})?/.exec(folded);
    if (group === null) return false;
    const [whole, inside = '', repeated] = group;
    const isOpen = /[*+{|]/.test(inside);
    if (isOpen && repeated !== undefined) return true;
    folded = `${folded.slice(0, group.index)}${isOpen ? 'x*' : 'x'}${repeated ?? ''}${folded.slice(group.index + whole.length)}`;
  }
};
