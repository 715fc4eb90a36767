import type { CharacterTest, RegexNode } from './syntax.ts';

/** Texts that an expression matches, or almost: what would change its result if it stood in a hole. */

const codes = (text: string): readonly number[] => Array.from(text, (one) => one.codePointAt(0) ?? 0);
const ascii = Array.from({ length: 95 }, (_, at) => at + 32);

/** In which order characters are tried: small letters first, capitals first, from the end. */
const orders: readonly (readonly number[])[] = [
  [...codes('a0-Z:/_. é\n'), ...ascii],
  [...codes('A9.z\n'), ...ascii],
  [...ascii].reverse(),
];

type Order = number;

const characterOf = (matches: CharacterTest, order: Order): string => {
  const found = orders[order]?.find(matches);
  return found === undefined ? '' : String.fromCodePoint(found);
};

const longest = 40;

const textFor = (node: RegexNode, order: Order): string => {
  switch (node.kind) {
    case 'character':
      return characterOf(node.matches, order);
    case 'sequence':
      return node.nodes.reduce((text, one) => (text.length > longest ? text : text + textFor(one, order)), '');
    case 'choice':
      return textFor(node.nodes.at(order % 2 === 0 ? 0 : -1) ?? { kind: 'empty' }, order);
    case 'repeat':
      return textFor(node.node, order)
        .repeat(Math.min(Math.max(node.least, 1), longest))
        .slice(0, longest);
    case 'capture':
      return textFor(node.node, order);
    default:
      return '';
  }
};

const mostSamples = 60;

/** Of each character that is asked for, the first of those that are not. */
const strangersOf = (node: RegexNode): readonly string[] => {
  switch (node.kind) {
    case 'character':
      return [strange.find((one) => !node.matches(one))].flatMap((one) =>
        one === undefined ? [] : String.fromCodePoint(one),
      );
    case 'sequence':
    case 'choice':
      return node.nodes.flatMap(strangersOf);
    case 'repeat':
    case 'capture':
      return strangersOf(node.node);
    default:
      return [];
  }
};

/** Those that classes leave out by name come before letters and digits. */
const strange = [...ascii.filter((one) => !/\w/.test(String.fromCodePoint(one))), ...ascii];

const mostStrangers = 4;

export const obstaclesOf = (node: RegexNode): readonly string[] => {
  const matching = orders.map((_, order) => textFor(node, order));
  const parts = matching.flatMap((text) =>
    Array.from(text).flatMap((_, at) => [text.slice(0, at + 1), text.slice(at), text.slice(0, at + 1).repeat(2)]),
  );
  const ordinary = ['', 'x', 'Z', '7', '-', 'aB3-_./@ ', 'a:b', '\n', 'é'];
  const strangers = [...new Set(strangersOf(node))].slice(0, mostStrangers).flatMap((one) => [one, `a${one}a`]);
  return [...new Set([...ordinary, ...strangers, ...matching, ...parts])].slice(0, mostSamples);
};
