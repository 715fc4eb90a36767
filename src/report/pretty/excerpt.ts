import type { Origin } from '../../model/value.ts';
import type { ExcerptLine } from '../excerpt/index.ts';
import type { Look } from '../look.ts';
import { printable } from '../printable.ts';

const narrowest = 12;

/** The lines of the source at a place, with their numbers and a mark below what is meant; none where none are at hand. */
export const renderExcerpt = (origin: Partial<Origin>, indent: number, look: Look): readonly string[] => {
  const digits = String(Math.max(origin.line ?? 0, origin.endLine ?? 0)).length;
  const gutter = indent + digits + 3;
  const width = Math.max(narrowest, look.width - gutter);
  const lines = look.excerptOf?.(origin, { width, unicode: look.unicode }) ?? [];
  return lines.flatMap((line) => renderLine(line, { indent, digits }, look));
};

type Gutter = { readonly indent: number; readonly digits: number };

const renderLine = ({ number, text, mark }: ExcerptLine, { indent, digits }: Gutter, look: Look): readonly string[] => {
  const bar = look.unicode ? '│' : '|';
  const start = (label: string): string => `${' '.repeat(indent)}${look.dim(`${label.padStart(digits)} ${bar}`)}`;
  const shown = `${start(String(number ?? ''))} ${printable(text, look)}`.trimEnd();
  if (mark === null) return [shown];
  const sign = (look.unicode ? '━' : '^').repeat(mark.length);
  return [shown, `${start('')} ${' '.repeat(mark.indent)}${look.red(sign)}`];
};
