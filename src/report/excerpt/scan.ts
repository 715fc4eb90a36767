/** A piece of a configuration text; `start` inclusive, `end` exclusive, in UTF-16 units. */
export type Token = {
  readonly kind:
    | 'newline'
    | 'comment'
    | 'word'
    | 'number'
    | 'sign'
    /** The quote, or `<<EOT` with its line break, that begins a text. */
    | 'open'
    | 'heredoc'
    /** Literal text within quotes or a heredoc; never longer than its line. */
    | 'text'
    /** The end of a text. Empty where the line ended before the quote came. */
    | 'close'
    /** `${` or `%{` within a text, and the brace that ends it. */
    | 'enter'
    | 'leave';
  readonly start: number;
  readonly end: number;
};

type Mode =
  | { readonly kind: 'code'; depth: number }
  | { readonly kind: 'quoted' }
  | { readonly kind: 'heredoc'; readonly marker: string };

const blank = /[^\S\n]+/y;
const inCode: readonly (readonly [Token['kind'], RegExp])[] = [
  ['newline', /\n/y],
  ['comment', /#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y],
  ['word', /[\p{ID_Start}_][\p{ID_Continue}-]*/uy],
  ['number', /\d[\w.]*/y],
  ['heredoc', /<<-?[\p{ID_Start}_][\p{ID_Continue}-]*[^\S\n]*\n/uy],
  ['open', /"/y],
  ['sign', /=>|==|!=|<=|>=|[\s\S]/uy],
];
const quotedText = /(?:\\[^\n]|\$\$\{|%%\{|[^"\\\n$%]|[$%](?!\{)|\\(?=\n|$))+/y;
const heredocText = /(?:\$\$\{|%%\{|[^\n$%]|[$%](?!\{))+/y;
const enter = /[$%]\{~?/y;
/** In JSON the quotes within `${…}` are escaped: only what has none is read as code there. */
const plainEnter = /[$%]\{(?=[^"\\{}\n]*\})/y;
const anyEnter = /[$%]\{/y;

const at = (pattern: RegExp, text: string, position: number): number => {
  pattern.lastIndex = position;
  return pattern.test(text) ? pattern.lastIndex : -1;
};

/**
 * Takes a configuration to pieces, as far as is needed to tell what is written between quotes from what is code. Whatever
 * it is given, it ends, and the pieces are in order. What is no piece is a blank or a line break of a heredoc.
 */
export const scan = (text: string, { json = false }: { readonly json?: boolean } = {}): readonly Token[] => {
  const tokens: Token[] = [];
  const modes: Mode[] = [{ kind: 'code', depth: 0 }];
  let position = 0;
  while (position < text.length) {
    const mode = modes.at(-1) ?? { kind: 'code', depth: 0 };
    const token = mode.kind === 'code' ? codeToken(text, position, mode, modes) : textToken(text, position, mode, json);
    if (token === undefined) position = Math.max(position + 1, at(blank, text, position));
    else {
      tokens.push(token);
      changeMode(token, text, modes);
      position = token.end;
    }
  }
  return tokens;
};

const codeToken = (text: string, position: number, mode: Mode & { kind: 'code' }, modes: readonly Mode[]) => {
  if (at(blank, text, position) >= 0) return undefined;
  for (const [kind, pattern] of inCode) {
    const end = at(pattern, text, position);
    if (end < 0) continue;
    const ends = kind === 'sign' && text[position] === '}' && mode.depth === 0 && modes.length > 1;
    if (kind === 'sign') mode.depth = Math.max(0, mode.depth + (braces[text[position] ?? ''] ?? 0));
    return { kind: ends ? 'leave' : kind, start: position, end } as const;
  }
  return undefined;
};

const braces: Readonly<Record<string, number>> = { '{': 1, '}': -1 };

const textToken = (
  text: string,
  position: number,
  mode: Exclude<Mode, { kind: 'code' }>,
  json: boolean,
): Token | undefined => {
  if (mode.kind === 'heredoc') {
    const end = endOfHeredoc(text, position, mode.marker);
    if (end >= 0) return { kind: 'close', start: position, end };
    if (text[position] === '\n') return undefined;
  } else if (text[position] === '"') return { kind: 'close', start: position, end: position + 1 };
  else if (text[position] === '\n') return { kind: 'close', start: position, end: position };
  const entered = at(json ? plainEnter : enter, text, position);
  if (entered >= 0) return { kind: 'enter', start: position, end: entered };
  const end = at(mode.kind === 'heredoc' ? heredocText : quotedText, text, position);
  return { kind: 'text', start: position, end: end < 0 ? Math.max(position + 1, at(anyEnter, text, position)) : end };
};

/** Where the line that ends a heredoc ends; -1 where this is no such line. */
const endOfHeredoc = (text: string, position: number, marker: string): number => {
  if (text[position - 1] !== '\n') return -1;
  const lineEnd = text.indexOf('\n', position);
  const end = lineEnd < 0 ? text.length : lineEnd;
  return text.slice(position, end).trim() === marker ? end : -1;
};

const changeMode = ({ kind, start, end }: Token, text: string, modes: Mode[]): void => {
  if (kind === 'open') modes.push({ kind: 'quoted' });
  else if (kind === 'heredoc')
    modes.push({ kind: 'heredoc', marker: text.slice(start, end).replace(/^<<-?|\s+$/g, '') });
  else if (kind === 'enter') modes.push({ kind: 'code', depth: 0 });
  else if (kind === 'close' || kind === 'leave') modes.pop();
};

/** The index of the brace that ends the code which begins at `entered`. */
export const endOfCode = (tokens: readonly Token[], entered: number): number => {
  let depth = 0;
  for (let index = entered; index < tokens.length; index += 1) {
    const kind = tokens[index]?.kind;
    if (kind === 'enter') depth += 1;
    if (kind === 'leave') depth -= 1;
    if (depth === 0) return index;
  }
  return tokens.length;
};

/** How deep texts stand within the code of texts. */
export const depthOf = (tokens: readonly Token[]): number => {
  let depth = 0;
  let deepest = 0;
  for (const { kind } of tokens) {
    if (kind === 'enter') depth += 1;
    if (kind === 'leave') depth -= 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
};
