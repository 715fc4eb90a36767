import type { Scalar } from 'yaml';

/**
 * Where a character of a scalar's text stands in the file. Quotes, escapes, folding and indentation lie between the
 * two, but none of them adds or drops a visible character: so visible characters are counted on both sides.
 */
export const sourceOffset = (source: string, scalar: Scalar, index: number): number => {
  const value = String(scalar.value);
  let visible = countVisible(value.slice(0, index));
  let offset = contentStart(source, scalar);
  const end = scalar.range?.[1] ?? source.length;
  while (offset < end) {
    const unit = unitAt(source, offset, scalar.type);
    if (unit.visible && visible === 0) return offset;
    if (unit.visible) visible -= 1;
    offset += unit.length;
    if (visible === 0 && isEndOrBlank(value[index])) return offset;
  }
  return end;
};

const contentStart = (source: string, scalar: Scalar): number => {
  const start = scalar.range?.[0] ?? 0;
  if (scalar.type === 'QUOTE_SINGLE' || scalar.type === 'QUOTE_DOUBLE') return start + 1;
  if (scalar.type === 'BLOCK_FOLDED' || scalar.type === 'BLOCK_LITERAL') return source.indexOf('\n', start) + 1;
  return start;
};

type Unit = { readonly length: number; readonly visible: boolean };

/** One character of the text as the file spells it. */
const unitAt = (source: string, offset: number, type: Scalar['type']): Unit => {
  if (type === 'QUOTE_SINGLE' && source.startsWith("''", offset)) return { length: 2, visible: true };
  if (type === 'QUOTE_DOUBLE' && source[offset] === '\\') return escapeUnit(source[offset + 1] ?? '');
  return { length: 1, visible: !isBlank(source[offset]) };
};

const escapeLengths = new Map([
  ['x', 4],
  ['u', 6],
  ['U', 10],
]);

const escapeUnit = (letter: string): Unit => ({
  length: escapeLengths.get(letter) ?? 2,
  visible: !/[\s0abtnvfre_NLP]/.test(letter),
});

const countVisible = (text: string): number => [...text.matchAll(/\S/g)].length;

const isBlank = (character: string | undefined): boolean => character !== undefined && /\s/.test(character);

const isEndOrBlank = (character: string | undefined): boolean => character === undefined || isBlank(character);
