import type { Place } from './symbolic.ts';
import type { SourceText, Span } from './syntax.ts';

/** Where each line of a file begins. Kept as long as the file is. */
const known = new WeakMap<SourceText, readonly number[]>();

const lineStarts = (file: SourceText): readonly number[] => {
  const found = known.get(file);
  if (found !== undefined) return found;
  const starts = [0];
  for (let at = file.text.indexOf('\n'); at >= 0; at = file.text.indexOf('\n', at + 1)) starts.push(at + 1);
  known.set(file, starts);
  return starts;
};

/** The last line that begins at the offset or in front of it. */
const lineAt = (starts: readonly number[], offset: number): number => {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
};

const byteOrderMark = '\ufeff';

/** Characters, not UTF-16 units: two of those make one beyond the first plane. */
const columnAt = (text: string, lineStart: number, offset: number): number => {
  const start = lineStart === 0 && text.startsWith(byteOrderMark) ? 1 : lineStart;
  let column = 1;
  for (let at = start; at < offset; at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1) column += 1;
  return column;
};

/** Lines and columns of a stretch of a file. */
export const placeAt = (file: SourceText, { start, end }: Span): Place => {
  const starts = lineStarts(file);
  const [first, last] = [lineAt(starts, start), lineAt(starts, end)];
  return {
    file: file.path,
    line: first + 1,
    column: columnAt(file.text, starts[first] ?? 0, start),
    endLine: last + 1,
    endColumn: columnAt(file.text, starts[last] ?? 0, end),
  };
};
