import { readJson } from '../parse/json-reader.ts';
import { scanComments } from '../parse/scan.ts';
import type { Block, Expression, ParsedFile, SourceText, Span } from '../syntax.ts';
import { isWaiver } from './read-waiver.ts';

/** A line of a comment that is meant as a waiver. */
export type Comment = {
  readonly text: string;
  /** In JSON that of the whole text: what is in it is escaped. */
  readonly span: Span;
  readonly isExact: boolean;
  /** The block that it stands at; null where it stands at none. */
  readonly block: Pick<Block, 'type' | 'labels' | 'header'> | null;
};

const word = /rds-auth-policy/i;

/** The comments of a file that are meant as waivers. Nothing is read of a file that does not name this program. */
export const findComments = (parsed: ParsedFile): readonly Comment[] => {
  if (!word.test(parsed.file.text)) return [];
  return parsed.syntax === 'json' ? inJson(parsed.file) : inNative(parsed);
};

const inNative = ({ file, body }: ParsedFile): readonly Comment[] => {
  const comments = scanComments(file.text);
  const lines = lineTable(file.text, comments);
  return comments.flatMap((comment) =>
    waiverLines(file.text, comment).map((line) => ({
      ...line,
      isExact: true,
      block: blockAt(body.blocks, comment, lines),
    })),
  );
};

/** The lines of a comment without its signs. */
const waiverLines = (text: string, { start, end }: Span): readonly { readonly text: string; readonly span: Span }[] => {
  const isBlock = text.startsWith('/*', start);
  const lines = text.slice(start, isBlock ? end - 2 : end).split('\n');
  let at = start;
  return lines.flatMap((line) => {
    const begin = at + (/^[\s#/*]*/.exec(line)?.[0].length ?? 0);
    const said = text.slice(begin, at + line.length).trimEnd();
    at += line.length + 1;
    return isWaiver(said) ? [{ text: said, span: { start: begin, end: begin + said.length } }] : [];
  });
};

type Lines = {
  readonly lineOf: (offset: number) => number;
  /** Whether a line holds comments and nothing else. */
  readonly isComment: (line: number) => boolean;
};

const lineTable = (text: string, comments: readonly Span[]): Lines => {
  const breaks = [...text.matchAll(/\n/g)].map(({ index }) => index);
  const lineOf = (offset: number): number => {
    let [low, high] = [0, breaks.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((breaks[middle] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const bare = new Set<number>();
  for (const { start, end } of comments) {
    const first = lineOf(start);
    const before = text.slice((breaks[first - 1] ?? -1) + 1, start);
    const isAlone = before.trim() === '' || bare.has(first);
    for (let line = first; line <= lineOf(end); line += 1) if (isAlone || line > first) bare.add(line);
  }
  return { lineOf, isComment: (line) => bare.has(line) };
};

/** The block around a comment, that on its line, or that right below it and the comments that follow. */
const blockAt = (blocks: readonly Block[], { start, end }: Span, { lineOf, isComment }: Lines): Block | null => {
  const around = blocks.find(({ span }) => span.start <= start && end <= span.end);
  if (around !== undefined) return around;
  const line = lineOf(start);
  const headed = (wanted: number): Block | undefined => blocks.find(({ header }) => lineOf(header.start) === wanted);
  const beside = headed(line);
  if (beside !== undefined) return beside;
  if (!isComment(line)) return null;
  let below = lineOf(end) + 1;
  while (isComment(below) && headed(below) === undefined) below += 1;
  return headed(below) ?? null;
};

/** How many labels the blocks have that a waiver may stand at. */
const labelCounts: Readonly<Record<string, number>> = { resource: 2, data: 2, module: 1 };

/** A property `"//"` in the object of a block, or of a block within it: a text, or a list of texts. */
const inJson = (file: SourceText): readonly Comment[] =>
  propertiesOf(readJson(file.text).value).flatMap(({ name, item }) =>
    name === commentKey ? texts(item.value, null) : below(item.value, name, labelCounts[name] ?? 0, []),
  );

const commentKey = '//';

const below = (value: Expression, type: string, left: number, labels: Block['labels']): readonly Comment[] =>
  propertiesOf(value).flatMap(({ name, item }) => {
    const { span } = item.key;
    if (name === commentKey) return texts(item.value, null);
    if (left === 0) return within(item.value, null);
    const more = [...labels, { text: name, span }];
    return left === 1
      ? within(item.value, { type, labels: more, header: span })
      : below(item.value, type, left - 1, more);
  });

const within = (value: Expression, block: Comment['block']): readonly Comment[] =>
  propertiesOf(value).flatMap(({ name, item }) =>
    name === commentKey ? texts(item.value, block) : within(item.value, block),
  );

type Property = { readonly name: string; readonly item: Extract<Expression, { kind: 'object' }>['items'][number] };

const propertiesOf = (value: Expression): readonly Property[] => {
  if (value.kind === 'tuple') return value.items.flatMap(propertiesOf);
  if (value.kind !== 'object') return [];
  return value.items.map((item) => ({ name: item.key.kind === 'literal' ? String(item.key.value) : '', item }));
};

const texts = (value: Expression, block: Comment['block']): readonly Comment[] => {
  if (value.kind === 'tuple') return value.items.flatMap((item) => texts(item, block));
  if (value.kind !== 'literal' || typeof value.value !== 'string') return [];
  const text = value.value.replace(/^[\s#/*]*/, '').trimEnd();
  return isWaiver(text) ? [{ text, span: value.span, isExact: false, block }] : [];
};
