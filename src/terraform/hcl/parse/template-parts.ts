import type { Expression, Span } from '../syntax.ts';

/** A template as a row: texts, sequences, and the directives that a tree is made of later. */
export type TemplatePart =
  | { readonly kind: 'text'; text: string; span: Span }
  | { readonly kind: 'interpolation'; readonly value: Expression; readonly span: Span }
  | { readonly kind: 'if'; readonly condition: Expression; readonly span: Span }
  | ({ readonly kind: 'for'; readonly collection: Expression; readonly span: Span } & LoopNames)
  | { readonly kind: 'else' | 'endif' | 'endfor'; readonly span: Span };

export type LoopNames = { readonly keyName: string | null; readonly valueName: string };

/** Blanks as Go's `unicode.IsSpace` has them. */
const blanks = '[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const blank = new RegExp(blanks);
const leading = new RegExp(`^${blanks}+`);

export const trimLeft = (text: string): string => text.replace(leading, '');

/** Not by an expression: `/\s+$/` tries again from every blank. */
export const trimRight = (text: string): string => {
  let end = text.length;
  while (end > 0 && blank.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
};

const isBlankLine = (text: string, indentation: number): boolean => indentation === text.length && text.endsWith('\n');

/**
 * What `<<-` does: of each line goes the indentation that all of them have. A line begins with a text behind one that
 * ends with a line break; where `~` has eaten the break, the blanks behind it are no indentation.
 */
export const removeIndentation = (parts: readonly TemplatePart[]): void => {
  const lines: { text: string; span: Span }[] = [];
  let least = Number.POSITIVE_INFINITY;
  let atStart = true;
  for (const part of parts) {
    const text = part.kind === 'text' ? part.text : '';
    const indentation = text.length - trimLeft(text).length;
    if (atStart && !(part.kind === 'text' && isBlankLine(text, indentation))) {
      least = Math.min(least, indentation);
      if (part.kind === 'text') lines.push(part);
    }
    atStart = text.endsWith('\n');
  }
  for (const line of lines) {
    line.text = line.text.slice(least);
    line.span = { start: Math.min(line.span.start + least, line.span.end), end: line.span.end };
  }
};
