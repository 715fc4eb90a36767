/** Bytes put in, taken out, cut off, copied and moved: the same in each run. */

export type Random = (below: number) => number;

/** Mulberry32: small, and the same everywhere. */
export const newRandom = (seed: number): Random => {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
};

export const tokens = [
  ...'"{}[]()=:,.?!<>&|+-*/%$~#\\\n\r\t \0\'`;@^_aE09é\u2028\ud83d\ufeff',
  ...['${', '%{', '$${', '~}', '<<E\n', '<<-E\n', '\nE\n', '=>', '...', '::', '/*', '*/', '//', '\r\n', '😀'],
  ...['for x in y : ', ' if ', '%{ if x }', '%{ else }', '%{ endif }', '%{ for x in y }', '%{ endfor }', 'null'],
  ...['a = ', 'b {\n', '\n}\n', '[*]', '.*', '.0', '\\u00e', '1e', '"${"', '}"', '((((((((', '[[[[[[[['],
];

type Mutate = (text: string, random: Random) => string;

const pieceOf: (text: string, random: Random) => readonly [start: number, end: number] = (text, random) => {
  const start = random(text.length + 1);
  return [start, Math.min(text.length, start + random(random(4) === 0 ? text.length + 1 : 8))];
};

const mutations: readonly Mutate[] = [
  (text, random) => {
    const at = random(text.length + 1);
    return text.slice(0, at) + tokens[random(tokens.length)] + text.slice(at);
  },
  (text, random) => {
    const [start, end] = pieceOf(text, random);
    return text.slice(0, start) + text.slice(end);
  },
  (text, random) => text.slice(0, random(text.length + 1)),
  (text, random) => {
    const [start, end] = pieceOf(text, random);
    const at = random(text.length + 1);
    return text.slice(0, at) + text.slice(start, end) + text.slice(at);
  },
  (text, random) => {
    const [start, end] = pieceOf(text, random);
    const [third, fourth] = pieceOf(text.slice(end), random);
    const rest = text.slice(end);
    return (
      text.slice(0, start) +
      rest.slice(third, fourth) +
      rest.slice(0, third) +
      text.slice(start, end) +
      rest.slice(fourth)
    );
  },
];

export const mutate = (text: string, random: Random): string => {
  let mutated = text;
  for (let left = 1 + random(4); left > 0; left--)
    mutated = mutations[random(mutations.length)]?.(mutated, random) ?? '';
  return mutated;
};
