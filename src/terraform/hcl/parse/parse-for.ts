import type { Expression, Span } from '../syntax.ts';
import {
  type Fault,
  type Parser,
  complain,
  invalid,
  isLost,
  isWord,
  kindAt,
  nextSpan,
  peek,
  previousEnd,
  read,
  report,
  spanOf,
  startAt,
  take,
  textAt,
} from './parser.ts';
import { recover } from './recover.ts';
import * as token from './tokens.ts';

const fault = (detail: string): Fault => ["Invalid 'for' expression", detail];

const faults = {
  name: fault("For expression requires variable name after 'for'."),
  valueName: fault('For expression requires value variable name after comma.'),
  in: fault("For expression requires the 'in' keyword after its name declarations."),
  colon: fault('For expression requires a colon after the collection expression.'),
  extra: fault("Extra characters after the end of the 'for' expression."),
  key: fault('Key expression is not valid when building a tuple.'),
  grouped: fault('Grouping ellipsis (...) cannot be used when building a tuple.'),
  noKey: fault('Key expression is required when building an object.'),
};

type Names = { readonly keyName: string | null; readonly valueName: string };

/** `for` with its bracket read already; line breaks are blanks. */
export const parseFor = (parser: Parser, open: number): Expression => {
  const closer = kindAt(parser, open) === token.openBrace ? token.closeBrace : token.closeBracket;
  const start = startAt(parser, open);
  read(parser);
  const { troubles } = parser;
  const names = parseNames(parser);
  const collection = names === undefined ? undefined : parser.expression(parser);
  const broken = isLost(parser, troubles);
  if (names === undefined || collection === undefined || broken || !expectColon(parser)) {
    recover(parser, closer);
    return invalid(start, previousEnd(parser));
  }
  return parseResult(parser, { ...names, collection, start, closer });
};

const expectColon = (parser: Parser): boolean => {
  if (take(parser, token.colon)) return true;
  complain(parser, faults.colon, nextSpan(parser));
  return false;
};

const parseNames = (parser: Parser): Names | undefined => {
  const first = parseName(parser, faults.name);
  if (first === undefined) return undefined;
  const second = take(parser, token.comma) ? parseName(parser, faults.valueName) : null;
  if (second === undefined) return undefined;
  if (!isWord(parser, 'in')) {
    complain(parser, faults.in, nextSpan(parser));
    return undefined;
  }
  read(parser);
  return second === null ? { keyName: null, valueName: first } : { keyName: first, valueName: second };
};

const parseName = (parser: Parser, missing: Fault): string | undefined => {
  if (peek(parser) === token.name) return textAt(parser, read(parser));
  complain(parser, missing, nextSpan(parser));
  return undefined;
};

type Head = Names & { readonly collection: Expression; readonly start: number; readonly closer: number };
type Result = {
  readonly key: Expression | null;
  readonly value: Expression;
  readonly ellipsis: Span | undefined;
  readonly condition: Expression | null;
};

const parseResult = (parser: Parser, { start, closer, ...head }: Head): Expression => {
  const result = parseKeyAndValue(parser);
  if (result === undefined) {
    recover(parser, closer);
    return invalid(start, previousEnd(parser));
  }
  if (!take(parser, closer)) {
    complain(parser, faults.extra, nextSpan(parser));
    recover(parser, closer);
  }
  checkForm(parser, result, closer === token.closeBrace);
  const { key, value, condition } = result;
  const span = { start, end: previousEnd(parser) };
  return { kind: 'for', ...head, key, value, condition, grouped: result.ellipsis !== undefined, span };
};

const parseKeyAndValue = (parser: Parser): Result | undefined => {
  const { troubles } = parser;
  const first = parser.expression(parser);
  const hasKey = take(parser, token.fatArrow);
  const value = hasKey ? parser.expression(parser) : first;
  if (isLost(parser, troubles)) return undefined;
  const ellipsis = peek(parser) === token.ellipsis ? spanOf(parser, read(parser)) : undefined;
  const condition = parseCondition(parser);
  if (isLost(parser, troubles)) return undefined;
  return { key: hasKey ? first : null, value, ellipsis, condition };
};

const parseCondition = (parser: Parser): Expression | null => {
  if (!isWord(parser, 'if')) return null;
  read(parser);
  return parser.expression(parser);
};

const checkForm = (parser: Parser, { key, value, ellipsis }: Result, inBraces: boolean): void => {
  if (inBraces && key === null) report(parser, faults.noKey, value.span);
  if (!inBraces && key !== null) report(parser, faults.key, key.span);
  if (!inBraces && ellipsis !== undefined) report(parser, faults.grouped, ellipsis);
};
