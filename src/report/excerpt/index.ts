import type { SourceTexts } from '../../model/source-texts.ts';
import type { Origin } from '../../model/value.ts';
import { ellipsis } from './cells.ts';
import { conceal } from './conceal.ts';
import { type ExcerptLine, type MeantLine, type Room, layOutLine } from './lay-out.ts';
import type { Hidden } from './spans.ts';

export type { ExcerptLine, Room } from './lay-out.ts';

/** The lines of the source at a position, without any text that could be a secret; none where they are not at hand. */
export type ExcerptOf = (position: Partial<Origin>, room: Room) => readonly ExcerptLine[];

type File = { readonly text: string; readonly lines: readonly Hidden[]; readonly hidden: readonly Hidden[] };

/** Longer files are made by programs. */
const longestFile = 2_000_000;
const linesShown = 3;

/** Files are read once, however many findings are in them. */
export const excerptsOf = ({ textOf, sensitiveTexts }: SourceTexts): ExcerptOf => {
  const files = new Map<string, File | null>();
  const fileOf = (path: string): File | null => {
    const known = files.get(path);
    if (known !== undefined) return known;
    const file = readFile(path, textOf(path), sensitiveTexts);
    files.set(path, file);
    return file;
  };
  return (position, room) => {
    const file = position.file === undefined || position.line === undefined ? null : fileOf(position.file);
    return file === null ? [] : excerptIn(file, position, room);
  };
};

const readFile = (path: string, given: string | undefined, sensitive: readonly string[]): File | null => {
  if (given === undefined || given.length > longestFile) return null;
  return { text: given, lines: linesOf(given), hidden: conceal(path, given, sensitive) };
};

const linesOf = (text: string): readonly Hidden[] => {
  const lines: Hidden[] = [];
  for (let start = 0; start <= text.length; ) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    lines.push({ start, end: text[end - 1] === '\r' && end > start ? end - 1 : end });
    start = end + 1;
  }
  return lines;
};

const excerptIn = (file: File, position: Partial<Origin>, room: Room): readonly ExcerptLine[] => {
  const { line = 0, column, endColumn } = position;
  const endLine = Math.max(line, position.endLine ?? line);
  if (line < 1 || endLine > file.lines.length) return [];
  const count = endLine - line + 1;
  const shown = count <= linesShown ? count : linesShown - 1;
  const meantOf = (one: Hidden, number: number): Hidden | null => {
    if (column === undefined || number !== line) return null;
    const start = offsetOf(file.text, one, column);
    const isHere = endLine === line && endColumn !== undefined;
    return { start, end: endLine > line ? one.end : isHere ? offsetOf(file.text, one, endColumn) : start + 1 };
  };
  const lines = file.lines.slice(line - 1, line - 1 + shown).map((one, index): MeantLine => {
    const number = line + index;
    return { number, line: one, meant: meantOf(one, number) };
  });
  const laid = lines.map((one) => layOutLine(file.text, one, file.hidden, room));
  return shown === count ? laid : [...laid, { number: null, text: ellipsis(room.unicode), mark: null }];
};

/** Columns count characters, offsets the halves of some. */
const offsetOf = (text: string, line: Hidden, column: number): number => {
  let offset = line.start;
  for (let count = 1; count < column && offset < line.end; count += 1) {
    offset += (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
  }
  return offset;
};
