/** All elements of a kind below another, as an array. */
export const all = <T extends Element>(selector: string, within: ParentNode = document): readonly T[] => [
  ...within.querySelectorAll<T>(selector),
];

/** The ways in that a line or a box of the drawing stands for. */
export const waysOf = (element: Element): readonly string[] =>
  (element.getAttribute('data-ways') ?? '').split(' ').filter((id) => id !== '');

export const wordsOf = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');

/** Texts are read once: a page may hold thousands of elements. */
const texts = new WeakMap<Element, string>();

const textOf = (element: Element): string => {
  const known = texts.get(element);
  if (known !== undefined) return known;
  const text = (element.textContent ?? '').toLowerCase();
  texts.set(element, text);
  return text;
};

export const holdsAll = (element: Element, words: readonly string[]): boolean =>
  words.every((word) => textOf(element).includes(word));
