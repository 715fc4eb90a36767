import { type Frame, afterSecret, frame, trustIn } from './frames.ts';
import {
  type Trust,
  holdsPolicy,
  holdsSensitive,
  isLabelled,
  isShown,
  isShownKey,
  isShownLabel,
  isShownNumber,
} from './harmless.ts';
import { type Token, depthOf, endOfCode, scan } from './scan.ts';
import { type Hidden, merged } from './spans.ts';

type Reading = {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly frames: Frame[];
  readonly hidden: Hidden[];
  readonly sensitive: readonly string[];
  /** A JSON document: there are no bare words in it, and no blocks. */
  readonly isJson: boolean;
  /** How many frames there were when reading began. */
  readonly base: number;
};

/** Nobody writes texts in texts to that depth, and reading them takes a call for each. */
const deepest = 50;

/**
 * What of a configuration an excerpt leaves out: texts and numbers, unless they are certainly harmless, and comments.
 * Code is shown, and so are references within a text. A text that is damaged shows less, not more.
 */
export const conceal = (file: string, text: string, sensitive: readonly string[]): readonly Hidden[] => {
  const isJson = /\.json$/i.test(file);
  const tokens = scan(text, { json: isJson });
  if (depthOf(tokens) > deepest) return [{ start: 0, end: text.length }];
  const reading: Reading = {
    text,
    tokens,
    frames: [frame(isJson ? 'list' : 'body')],
    hidden: [],
    sensitive,
    isJson,
    base: 1,
  };
  readAll(reading);
  return merged(reading.hidden);
};

const readAll = (reading: Reading): void => {
  for (let index = 0; index < reading.tokens.length; ) index = read(reading, index);
};

const top = ({ frames }: Reading): Frame => frames.at(-1) ?? frame('within');

const textOf = ({ text, tokens }: Reading, index: number): string => {
  const token = tokens[index];
  return token === undefined ? '' : text.slice(token.start, token.end);
};

/** Reads one piece, or a whole text with all that is in it; the result is the index of what follows. */
const read = (reading: Reading, index: number): number => {
  const token = reading.tokens[index];
  if (token === undefined) return index + 1;
  switch (token.kind) {
    case 'open':
    case 'heredoc':
      return readText(reading, index);
    case 'newline':
      endLine(top(reading));
      break;
    case 'comment':
      hideComment(reading, token);
      break;
    case 'word':
      readWord(reading, token);
      break;
    case 'number':
      readNumber(reading, index, token);
      break;
    case 'sign':
      readSign(reading, index);
      break;
    default:
      // A piece of a text without its beginning: that cannot be, so nothing of it is shown.
      reading.hidden.push(token);
  }
  return index + 1;
};

const endLine = (current: Frame): void => {
  if (current.kind === 'body' || current.kind === 'object') current.key = '';
  current.pending = '';
  current.first = '';
};

const commentMark = /(?:#|\/[/*])[^\S\n]*/y;

const hideComment = ({ text, hidden }: Reading, { start, end }: Token): void => {
  commentMark.lastIndex = start;
  hidden.push({ start: start + (commentMark.exec(text)?.[0].length ?? 0), end });
};

const readWord = (reading: Reading, token: Token): void => {
  const word = reading.text.slice(token.start, token.end);
  const current = top(reading);
  if (current.first === '') current.first = word;
  current.pending = word;
  const isCode = !reading.isJson || reading.frames.slice(reading.base).some(({ kind }) => kind === 'within');
  if (!isCode && !/^(?:true|false|null)$/.test(word)) reading.hidden.push(token);
};

const readNumber = (reading: Reading, index: number, token: Token): void => {
  const isIndex = textOf(reading, index - 1) === '[' && textOf(reading, index + 1) === ']' && !reading.isJson;
  const isLegacyIndex = textOf(reading, index - 1) === '.';
  if (isIndex || isLegacyIndex) return;
  const number = reading.text.slice(token.start, token.end);
  if (!isShownNumber(number, trustIn(reading.frames, reading.isJson)) || holdsSensitive(number, reading.sensitive))
    reading.hidden.push(token);
};

const readSign = (reading: Reading, index: number): void => {
  const current = top(reading);
  const sign = textOf(reading, index);
  if (sign === '=' || (sign === ':' && isKeyColon(current))) current.key = current.pending;
  else if (sign === ',' && (current.kind === 'object' || current.kind === 'list')) current.key = '';
  else if (sign === '{' || sign === '[' || sign === '(') reading.frames.push(opened(reading, index, sign));
  else if (/^[}\])]$/.test(sign) && reading.frames.length > 1 && current.kind !== 'within') reading.frames.pop();
  if (sign !== '.') top(reading).pending = '';
};

/** In a conditional the colon comes where there is a key already, and in lists no key is written. */
const isKeyColon = ({ kind, key }: Frame): boolean => kind === 'object' && key === '';

const opened = (reading: Reading, index: number, sign: string): Frame => {
  const { kind, key, first } = top(reading);
  if (sign === '{') return kind === 'body' && key === '' ? frame('body', first) : frame('object');
  if (sign === '[') return frame('list');
  const isCall = reading.tokens[index - 1]?.kind === 'word';
  return frame('call', isCall ? textOf(reading, index - 1) : '');
};

/** A text from its quote to the one that ends it: judged as a whole, and the code in it by itself. */
const readText = (reading: Reading, index: number): number => {
  const { tokens, frames, hidden } = reading;
  const parts: Token[] = [];
  const code: (readonly [from: number, to: number])[] = [];
  let next = index + 1;
  while (next < tokens.length && tokens[next]?.kind !== 'close') {
    const token = tokens[next] as Token;
    if (token.kind !== 'enter') parts.push(token);
    else {
      const end = endOfCode(tokens, next);
      code.push([next + 1, end]);
      next = end;
    }
    next += 1;
  }
  judge(reading, index, next, parts);
  for (const [from, to] of code) {
    const depth = frames.length;
    frames.push(frame('within'));
    for (let inner = from; inner < to; ) inner = read(reading, inner);
    frames.length = depth;
  }
  // The line ended before the quote came: nobody knows which part of it was meant to be text.
  const [close, open] = [tokens[next], tokens[index]];
  const isTorn = open?.kind === 'open' && (close === undefined || close.start === close.end);
  if (isTorn && open !== undefined) hidden.push({ start: firstQuote(reading, open), end: lineEnd(reading.text, open) });
  return next + 1;
};

const lineEnd = (text: string, { start }: Token): number => {
  const end = text.indexOf('\n', start);
  return end < 0 ? text.length : end;
};

const firstQuote = ({ text }: Reading, { start }: Token): number =>
  text.indexOf('"', text.lastIndexOf('\n', start - 1) + 1);

const judge = (reading: Reading, index: number, close: number, parts: readonly Token[]): void => {
  const { text, tokens, hidden, sensitive } = reading;
  const open = tokens[index] as Token;
  const current = top(reading);
  const trust = trustIn(reading.frames, reading.isJson);
  if (open.kind === 'heredoc') {
    if (trust !== 'none' && holdsPolicy(current.key)) hidden.push(...hiddenInPolicy(reading, open.end, close));
    else hidden.push(...parts);
    return;
  }
  const whole = joined(reading, index, close, parts);
  const role = roleOf(reading, index, close);
  if (role === 'key') current.pending = whole;
  if (!isReadable(whole, role, afterSecret(text, open) ? 'none' : trust) || holdsSensitive(whole, sensitive))
    hidden.push(...parts);
};

const isReadable = (text: string, role: Role, trust: Trust): boolean => {
  if (text === '' || role === 'label') return isShownLabel(text);
  if (role === 'key') return isShownKey(text, trust) || isLabelled(text);
  return role === 'value' && isShown(text, trust);
};

/** The text with `{}` for what is interpolated. */
const joined = ({ text, tokens }: Reading, index: number, close: number, parts: readonly Token[]): string => {
  let end = tokens[index]?.end ?? 0;
  let whole = '';
  for (const part of parts) {
    whole += `${part.start > end ? '{}' : ''}${text.slice(part.start, part.end)}`;
    end = part.end;
  }
  return `${whole}${(tokens[close]?.start ?? end) > end ? '{}' : ''}`;
};

type Role = 'label' | 'key' | 'value' | 'stray';

/** The label of a block, the key of an object or an instance, or a value; `stray`: what stands where no text can. */
const roleOf = (reading: Reading, index: number, close: number): Role => {
  const { kind, key, first } = top(reading);
  const [before, after] = [textOf(reading, index - 1), textOf(reading, close + 1)];
  if (kind === 'body' && key === '') return isLabelled(first) ? 'label' : 'stray';
  if (kind === 'object' && key === '') return after === ':' || after === '=' ? 'key' : 'stray';
  const isInstanceKey = !reading.isJson && before === '[' && after === ']' && isIndexed(reading.tokens[index - 2]);
  return isInstanceKey ? 'key' : 'value';
};

const isIndexed = (token: Token | undefined): boolean => token?.kind === 'word';

/** A policy document that is written as JSON is read like one. */
const hiddenInPolicy = (reading: Reading, start: number, close: number): readonly Hidden[] => {
  const end = reading.tokens[close]?.start ?? reading.text.length;
  const body = reading.text.slice(start, end);
  const frames = [...reading.frames.map((one) => ({ ...one })), frame('list')];
  const inner: Reading = {
    ...reading,
    text: body,
    tokens: scan(body),
    frames,
    hidden: [],
    isJson: true,
    base: frames.length,
  };
  readAll(inner);
  return inner.hidden.map((one) => ({ start: one.start + start, end: one.end + start }));
};
