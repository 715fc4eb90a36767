import {
  type Fault,
  type Parser,
  complain,
  isWord,
  nextSpan,
  peek,
  previousEnd,
  read,
  spanOf,
  startAt,
  take,
  textAt,
} from './parser.ts';
import { recover } from './recover.ts';
import type { LoopNames, TemplatePart } from './template-parts.ts';
import * as token from './tokens.ts';

const noKeyword: Fault = [
  'Invalid template directive',
  'A template directive keyword ("if", "for", etc) is expected at the beginning of a %{ sequence.',
];
const unknownKeyword: Fault = [
  'Invalid template control keyword',
  'This is not a valid template control keyword: they are if, else, endif, for and endfor.',
];
const invalidFor = (detail: string): Fault => ["Invalid 'for' directive", detail];
const noName = invalidFor("For directive requires variable name after 'for'.");
const noValueName = invalidFor('For directive requires value variable name after comma.');
const noIn = invalidFor("For directive requires 'in' keyword after names.");

type Read = { readonly part: TemplatePart; readonly trims: boolean };

/** `%{ if … }` and its like, its opener read already. */
export const parseDirective = (parser: Parser, open: number): Read | undefined => {
  const start = startAt(parser, open);
  if (peek(parser) !== token.name) return skip(parser, noKeyword);
  const at = read(parser);
  const keyword = textAt(parser, at);
  const content = parseContent(parser, keyword, at);
  if (content === undefined) return undefined;
  let trims = false;
  if (peek(parser) === token.closeSequence) trims = textAt(parser, read(parser)).startsWith('~');
  else skip(parser, extraIn(keyword));
  return { part: { ...content, span: { start, end: previousEnd(parser) } }, trims };
};

const extraIn = (keyword: string): Fault => [
  `Extra characters in ${keyword} marker`,
  'Expected a closing brace to end the sequence, but found extra characters.',
];

/** Goes behind the sequence, which stands for nothing. */
const skip = (parser: Parser, fault: Fault): undefined => {
  complain(parser, fault, nextSpan(parser));
  recover(parser, token.closeSequence);
  return undefined;
};

const parseContent = (parser: Parser, keyword: string, at: number): TemplatePart | undefined => {
  const span = spanOf(parser, at);
  switch (keyword) {
    case 'else':
    case 'endif':
    case 'endfor':
      return { kind: keyword, span };
    case 'if':
      return { kind: 'if', condition: parser.expression(parser), span };
    case 'for': {
      const names = parseNames(parser);
      return names === undefined ? undefined : { kind: 'for', ...names, collection: parser.expression(parser), span };
    }
    default:
      complain(parser, unknownKeyword, span);
      recover(parser, token.closeSequence);
      return undefined;
  }
};

const parseNames = (parser: Parser): LoopNames | undefined => {
  if (peek(parser) !== token.name) return skip(parser, noName);
  const first = textAt(parser, read(parser));
  let second: string | null = null;
  if (take(parser, token.comma)) {
    if (peek(parser) !== token.name) return skip(parser, noValueName);
    second = textAt(parser, read(parser));
  }
  if (!isWord(parser, 'in')) return skip(parser, noIn);
  read(parser);
  return second === null ? { keyName: null, valueName: first } : { keyName: first, valueName: second };
};
