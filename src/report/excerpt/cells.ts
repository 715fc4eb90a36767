import { printable } from '../printable.ts';
import type { Hidden } from './spans.ts';

/** What one character of a line is shown as, and the stretch of the file that it stands for. */
export type Cell = {
  readonly text: string;
  /** Columns of a terminal. */
  readonly width: number;
  readonly start: number;
  readonly end: number;
  readonly isBlank: boolean;
};

const tab = 4;
/** More of a line than that is never shown, however wide the terminal. */
const longestLine = 2_000;

const noWidth = /^(?:\p{M}|\p{Cf})$/u;
// East Asian wide and fullwidth characters, and pictures: the blocks in which nearly all of them are.
const twoWide =
  /^(?:[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}]|\p{Emoji_Presentation})$/u;

const widthOfCharacter = (character: string): number => {
  if (character < '\u0300') return 1;
  if (noWidth.test(character)) return 0;
  return twoWide.test(character) ? 2 : 1;
};

const widthOf = (text: string): number => [...text].reduce((sum, character) => sum + widthOfCharacter(character), 0);

/** A line as it is shown: tabs are blanks, signs that a terminal obeys are spelled out, and what is hidden is one sign. */
export const cellsOf = (text: string, line: Hidden, hidden: readonly Hidden[], unicode: boolean): readonly Cell[] => {
  const cells: Cell[] = [];
  const end = Math.min(line.end, line.start + longestLine);
  let column = 0;
  let position = line.start;
  let index = hidden.findIndex((one) => one.end > line.start);
  if (index < 0) index = hidden.length;
  while (position < end) {
    const next = hidden[index];
    const cell =
      next !== undefined && next.start <= position
        ? hiddenCell(text, position, Math.min(next.end, line.end), unicode)
        : shownCell(text, position, column, unicode);
    if (next !== undefined && cell.end >= next.end) index += 1;
    cells.push(cell);
    column += cell.width;
    position = cell.end;
  }
  return cells;
};

const shownCell = (text: string, start: number, column: number, unicode: boolean): Cell => {
  const character = String.fromCodePoint(text.codePointAt(start) ?? 0);
  const shown = character === '\t' ? ' '.repeat(tab - (column % tab)) : printable(character, { unicode });
  return { text: shown, width: widthOf(shown), start, end: start + character.length, isBlank: /^\s$/.test(character) };
};

const hiddenCell = (text: string, start: number, end: number, unicode: boolean): Cell => {
  const isBlank = text.slice(start, end).trim() === '';
  const shown = isBlank ? '' : ellipsis(unicode);
  return { text: shown, width: shown.length, start, end, isBlank };
};

export const ellipsis = (unicode: boolean): string => (unicode ? '…' : '...');

/** A text before, within and behind a range of columns. */
export const splitColumns = (
  text: string,
  { indent, length }: { readonly indent: number; readonly length: number },
): readonly [before: string, within: string, after: string] => {
  const parts: [string, string, string] = ['', '', ''];
  let column = 0;
  for (const character of text) {
    const part = column < indent ? 0 : column < indent + length ? 1 : 2;
    parts[part] += character;
    column += widthOfCharacter(character);
  }
  return parts;
};

export const widthOfCells = (cells: readonly Cell[]): number => cells.reduce((sum, { width }) => sum + width, 0);
