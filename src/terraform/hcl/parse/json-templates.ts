import type { Expression, ObjectItem, Span, SyntaxFault } from '../syntax.ts';
import { parseTemplate } from './parse-native.ts';
import { addFault } from './scanner.ts';

/** Texts of JSON that are templates: JSON's escapes are resolved first, then `${` and `%{` are looked for. */

/** What ends at `brokenAt` or behind it was not read to its end. */
export type Templates = { readonly text: string; readonly faults: SyntaxFault[]; readonly brokenAt: number };

const sequence = /[$%]\{/;

export const withTemplates = (templates: Templates, value: Expression): Expression => {
  switch (value.kind) {
    case 'literal':
      return typeof value.value === 'string' && sequence.test(value.value)
        ? toTemplate(templates, value.value, value.span)
        : value;
    case 'tuple':
      return { ...value, items: value.items.map((item) => withTemplates(templates, item)) };
    case 'object':
      return { ...value, items: value.items.map((item) => itemWithTemplates(templates, item)) };
    default:
      return value;
  }
};

const itemWithTemplates = (templates: Templates, item: ObjectItem): ObjectItem => ({
  ...item,
  key: withTemplates(templates, item.key),
  value: withTemplates(templates, item.value),
});

const toTemplate = ({ text, faults }: Templates, value: string, span: Span): Expression => {
  const offsets = offsetsOf(text.slice(span.start + 1, span.end - 1), span.start + 1);
  const parsed = parseTemplate(value);
  if (parsed.faults.length > 0) return refuse(faults, parsed.faults, offsets, span);
  return { ...(move(parsed.value, offsets) as Expression), span };
};

const refuse = (faults: SyntaxFault[], found: readonly SyntaxFault[], offsets: Offsets, span: Span): Expression => {
  for (const { summary, detail, span: inner } of found) {
    const { start, end } = moved(inner, offsets);
    addFault(faults, [summary, detail], start, end);
  }
  return { kind: 'invalid', span };
};

type Offsets = (offset: number) => number;

const escape = /\\(?:u[\dA-Fa-f]{4}|.)/g;

/** From places in the text to places in the file: an escape is longer there. */
const offsetsOf = (written: string, start: number): Offsets => {
  const escapes = [...written.matchAll(escape)];
  if (escapes.length === 0) return (offset) => start + offset;
  const places = new Int32Array(written.length + 1);
  let [length, at] = [0, 0];
  const copyTo = (end: number): void => {
    while (at < end) places[length++] = start + at++;
  };
  for (const {
    index,
    0: { length: units },
  } of escapes) {
    copyTo(index);
    places[length++] = start + index;
    at = index + units;
  }
  copyTo(written.length);
  places[length] = start + written.length;
  return (offset) => places[Math.min(offset, length)] ?? start;
};

const moved = (span: Span, offsets: Offsets): Span => ({ start: offsets(span.start), end: offsets(span.end) });

/** The same tree with the places of the file. Every node is plain data, so one walk does for all kinds. */
const move = (node: unknown, offsets: Offsets): unknown => {
  if (Array.isArray(node)) return node.map((item) => move(item, offsets));
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [
      key,
      key === 'span' ? moved(value as Span, offsets) : move(value, offsets),
    ]),
  );
};
