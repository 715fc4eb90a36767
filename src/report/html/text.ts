import type { Origin } from '../../model/value.ts';
import { splitColumns } from '../excerpt/cells.ts';
import type { ExcerptLine } from '../excerpt/index.ts';
import type { Look } from '../look.ts';
import { groupsOf, isCodeGroup } from '../markdown/text.ts';
import { hasLine, placeOf } from '../pretty/place.ts';
import { layOut } from '../text.ts';
import { type Html, html } from './markup.ts';

// Code between ticks, and addresses, whose instance keys may hold blanks.
const key = String.raw`\[(?:"(?:[^"\\]|\\.)*"|[^\]"]*)\]`;
const codePieces = new RegExp(
  String.raw`(${'`'}[^${'`'}]+${'`'}|\b(?:module\.[\w-]+(?:${key})?\.)*(?:data\.)?aws_\w+\.(?:${key}|[\w.…-]*\w|…)+)`,
  'g',
);

/** A sentence in which code and addresses look like code. */
export const prose = (text: string): readonly Html[] =>
  text.split(codePieces).map((piece, index) => {
    if (index % 2 === 0) return html`${piece}`;
    return html`<code>${piece.startsWith('`') ? piece.slice(1, -1) : piece}</code>`;
  });

/** A text of several lines: sentences, and the code to copy. */
export const blocks = (text: string): readonly Html[] =>
  groupsOf(layOut(text, Number.POSITIVE_INFINITY)).map((group) => {
    const lines = group.map(({ line }) => line);
    if (!isCodeGroup(group)) return html`<p>${prose(lines.join(' '))}</p>`;
    const indent = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
    return html`<pre class="code" tabindex="0"><code>${lines.map((line) => line.slice(indent)).join('\n')}</code></pre>`;
  });

const excerptWidth = 130;

/** Where it stands, and the lines of the source there, where they are at hand. */
export const place = (origin: Origin, look: Look): Html =>
  html`<div class="place"><code>${placeOf(origin, look.documents)}</code>${excerpt(origin, look)}</div>`;

export const excerpt = (origin: Partial<Origin>, look: Look): Html | null => {
  if (!hasLine(origin)) return null;
  const lines = look.excerptOf?.(origin, { width: excerptWidth, unicode: true }) ?? [];
  if (lines.length === 0) return null;
  const digits = String(Math.max(origin.line ?? 0, origin.endLine ?? 0)).length;
  const indent = Math.min(...lines.map(({ text }) => text.search(/\S|$/)));
  return html`<pre class="excerpt" tabindex="0">${lines.map((line, index) => [index === 0 ? '' : '\n', excerptLine(withoutIndent(line, indent), digits)])}</pre>`;
};

const withoutIndent = ({ number, text, mark }: ExcerptLine, indent: number): ExcerptLine => ({
  number,
  text: text.slice(indent),
  mark: mark === null ? null : { ...mark, indent: mark.indent - indent },
});

const excerptLine = ({ number, text, mark }: ExcerptLine, digits: number): Html => {
  const [before, meant, after] = mark === null ? [text, '', ''] : splitColumns(text, mark);
  const gutter = String(number ?? '').padStart(digits);
  return html`<span class="gutter">${gutter} </span>${before}${meant === '' ? null : html`<mark>${meant}</mark>`}${after}`;
};
