const narrowest = 24;

// One piece each: a blank within an instance key or a quoted piece of code is no place to break a line.
const pieces = /(?:\["(?:[^"\\]|\\.)*"\]|`[^`]*`|\S)+/g;

/** Breaks a text into lines; a piece that is longer than a line stays whole. */
export const wrap = (text: string, width: number): readonly string[] => {
  const room = Math.max(width, narrowest);
  const lines: string[] = [];
  let line = '';
  for (const piece of text.match(pieces) ?? []) {
    if (line !== '' && line.length + 1 + piece.length > room) {
      lines.push(line);
      line = piece;
    } else line = line === '' ? piece : `${line} ${piece}`;
  }
  return [...lines, line];
};

/** Wraps a text to the right of a label. `indent` is the column of the text, since the label may hold colours. */
export const hang = (label: string, indent: number, text: string, width: number): readonly string[] =>
  wrap(text, width - indent).map((line, index) => `${index === 0 ? label : ' '.repeat(indent)}${line}`);

export const indented = (lines: readonly string[], indent: number): readonly string[] =>
  lines.map((line) => (line === '' ? '' : `${' '.repeat(indent)}${line}`));

export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** What was seen, on one line. */
export const firstLineOf = (text: string): string => text.trim().split('\n')[0] ?? '';

export type LaidOut = { readonly line: string; readonly isCode: boolean };

/**
 * Prose and code of a text in several lines. Code stands between fences, or is indented by two blanks or more, and is
 * never wrapped: it is there to be copied.
 */
export const layOut = (text: string, width: number): readonly LaidOut[] => {
  let isFenced = false;
  const layOutLine = (line: string): readonly LaidOut[] => {
    if (line.trimStart().startsWith('```')) {
      isFenced = !isFenced;
      return [];
    }
    if (isFenced) return [{ line: `  ${line}`, isCode: true }];
    if (line.startsWith('  ')) return [{ line, isCode: true }];
    return wrap(line, width).map((wrapped) => ({ line: wrapped, isCode: false }));
  };
  return text.trimEnd().split('\n').flatMap(layOutLine);
};
