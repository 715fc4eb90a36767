import { type Cell, cellsOf, ellipsis, widthOfCells } from './cells.ts';
import type { Hidden } from './spans.ts';

export type ExcerptLine = {
  /** Null for the line that stands for further ones. */
  readonly number: number | null;
  readonly text: string;
  /** What of it is meant, in columns of the terminal; null where nothing is underlined. */
  readonly mark: { readonly indent: number; readonly length: number } | null;
};

export type Room = { readonly width: number; readonly unicode: boolean };

/** A line of a file, and the part of it that is meant, as offsets; null where the whole line is. */
export type MeantLine = { readonly number: number; readonly line: Hidden; readonly meant: Hidden | null };

/** What stands farther before what is meant is not looked at: a file in one line is as long as a file. */
const farthest = 1_000;

/** One line within the room, cut around what is meant. */
export const layOutLine = (
  text: string,
  { number, line, meant }: MeantLine,
  hidden: readonly Hidden[],
  { width, unicode }: Room,
): ExcerptLine => {
  const start = Math.max(line.start, (meant?.start ?? 0) - farthest);
  const whole = trimmed(cellsOf(text, { start, end: line.end }, hidden, unicode));
  const [from, end] = rangeOf(whole, meant);
  const { cells, to } = folded(whole, from, end, width, ellipsis(unicode));
  const window = windowOf(cells, from, to, width, ellipsis(unicode).length);
  const dots = ellipsis(unicode);
  const [left, right] = [
    window.from > indentOf(cells) || start > line.start ? dots : '',
    window.to < cells.length ? dots : '',
  ];
  const shown = cells.slice(window.from, window.to);
  const indent = left.length + widthOfCells(cells.slice(window.from, from));
  const length = widthOfCells(cells.slice(from, Math.min(to, window.to)));
  return {
    number,
    text: `${left}${shown.map((cell) => cell.text).join('')}${right}`,
    mark: meant === null ? null : { indent, length: Math.max(1, Math.min(length, width - indent)) },
  };
};

const trimmed = (cells: readonly Cell[]): readonly Cell[] =>
  cells.slice(0, cells.findLastIndex(({ isBlank }) => !isBlank) + 1);

const indentOf = (cells: readonly Cell[]): number =>
  Math.max(
    0,
    cells.findIndex(({ isBlank }) => !isBlank),
  );

/** The cells that stand for what is meant; behind the last one where a line ended too early. */
const rangeOf = (cells: readonly Cell[], meant: Hidden | null): readonly [from: number, to: number] => {
  if (meant === null) return [0, 0];
  const from = cells.findIndex((cell) => cell.end > meant.start);
  if (from < 0) return [cells.length, cells.length];
  const end = Math.max(meant.end, meant.start + 1);
  const to = cells.findLastIndex((cell) => cell.start < end) + 1;
  return [from, Math.max(to, from + 1)];
};

/** What is meant, without its middle where it is longer than a line: how a text begins and how it ends tells most. */
const folded = (cells: readonly Cell[], from: number, to: number, width: number, dots: string) => {
  const room = width - 2 * dots.length;
  if (widthOfCells(cells.slice(from, to)) <= room) return { cells, to };
  const head = fitting(cells, from, Math.floor((room - dots.length) / 3));
  const tail = leading(cells, to, room - dots.length - widthOfCells(cells.slice(from, head)));
  const [start, end] = [cells[head]?.start ?? 0, cells[tail]?.start ?? 0];
  const fold: Cell = { text: dots, width: dots.length, start, end, isBlank: false };
  return { cells: [...cells.slice(0, head), fold, ...cells.slice(tail)], to: head + 1 + to - tail };
};

type Window = { readonly from: number; readonly to: number };

/** As many cells as there is room for: without the indentation first, then without what stands far from the range. */
const windowOf = (cells: readonly Cell[], from: number, to: number, width: number, dots: number): Window => {
  if (widthOfCells(cells) <= width) return { from: 0, to: cells.length };
  const indent = indentOf(cells);
  if (widthOfCells(cells.slice(indent)) <= width) return { from: indent, to: cells.length };
  const meant = widthOfCells(cells.slice(indent, to));
  if (meant + dots <= width) return { from: indent, to: fitting(cells, indent, width - dots) };
  const lead = Math.max(0, Math.floor((width - 2 * dots - widthOfCells(cells.slice(from, to))) / 2));
  const start = Math.max(indent, leading(cells, from, lead));
  const rest = widthOfCells(cells.slice(start));
  const end = rest + dots <= width ? cells.length : fitting(cells, start, width - 2 * dots);
  return { from: start, to: Math.max(end, start + 1) };
};

/** The end of the cells from `start` that fit. */
const fitting = (cells: readonly Cell[], start: number, width: number): number => {
  let left = width;
  let end = start;
  for (const cell of cells.slice(start)) {
    left -= cell.width;
    if (left < 0) break;
    end += 1;
  }
  return end;
};

/** The beginning of the cells before `end` that fit. */
const leading = (cells: readonly Cell[], end: number, width: number): number => {
  let left = width;
  let start = end;
  while (start > 0) {
    left -= cells[start - 1]?.width ?? 0;
    if (left < 0) break;
    start -= 1;
  }
  return start;
};
