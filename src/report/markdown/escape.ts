const longestName = 300;
const longestProse = 2000;

const clip = (text: string, length: number): string => {
  if (text.length <= length) return text;
  // Half of a character would be no character.
  return `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/u, '')}…`;
};

/** HTML in which nothing is left that Markdown, or a table of it, could read. */
const entities = (text: string): string => text.replace(/[^\p{L}\p{N} ]/gu, (sign) => `&#${sign.codePointAt(0)};`);

const longestRun = (text: string): number => Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));

/**
 * A name as a code span: there no Markdown, no HTML, no `@mention` and no `#123` is read. A bar would end the cell of a
 * table even there, so such a name is written in HTML.
 */
export const code = (text: string): string => {
  const name = clip(text.replace(/\s*\n\s*/g, ' '), longestName);
  if (name.trim() === '') return '`""`';
  if (name.includes('|')) return `<code>${entities(name)}</code>`;
  const fence = '`'.repeat(longestRun(name) + 1);
  const padding = /^[` ]|[` ]$/.test(name) ? ' ' : '';
  return `${fence}${padding}${name}${padding}${fence}`;
};

/** A name inside a line of HTML, as `<summary>` is. */
export const htmlCode = (text: string): string =>
  `<code>${clip(text, longestName).replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`)}</code>`;

// A word that means nothing to Markdown and to what makes links of addresses, issues and commits.
const word = /^\(?“?(?:\p{L}+(?:['’/-]\p{L}+)*|\d{1,6})”?[,;:.!?]?\)?[,;:.!?]?$/u;
// One number, or a number with a dot, where a line begins, would be a list.
const numbered = /^\d+[.)]/;

type Piece = { readonly before: string; readonly text: string; readonly after: string; readonly isCode: boolean };

const pieceOf = (token: string, index: number): Piece => {
  if (word.test(token) && !(index === 0 && numbered.test(token)))
    return { before: '', text: token, after: '', isCode: false };
  const quoted = /^`([^`]+)`([,;:.]?)$/.exec(token);
  if (quoted !== null) return { before: '', text: quoted[1] ?? '', after: quoted[2] ?? '', isCode: true };
  const [, opening = '', rest = ''] = /^(\(?)([\s\S]*)$/.exec(token) ?? [];
  const tail = rest.includes('(') ? /[,;:.]?$/ : /\)?[,;:.]?$/;
  const after = tail.exec(rest)?.[0] ?? '';
  const text = rest.slice(0, rest.length - after.length);
  // Punctuation alone is code as a whole: it could be a rule, a list or a heading.
  return text === ''
    ? { before: '', text: token, after: '', isCode: true }
    : { before: opening, text, after, isCode: true };
};

const endsWithEquals = /(?:^| )=$/;

/** `false` behind `require_tls =` is no word. */
const asValue = (piece: Piece): Piece => {
  const [, text, after = ''] = /^([\p{L}\d]+)([,;:.]?)$/u.exec(piece.text) ?? [];
  return piece.isCode || text === undefined ? piece : { before: '', text, after, isCode: true };
};

/** What belongs together, such as `iam_auth = "REQUIRED"`, is one span. */
const joined = (pieces: readonly Piece[]): readonly Piece[] => {
  const all: Piece[] = [];
  for (const piece of pieces) {
    const last = all.at(-1);
    const next = last !== undefined && endsWithEquals.test(last.text) ? asValue(piece) : piece;
    if (last?.isCode && next.isCode && last.after === '' && next.before === '')
      all[all.length - 1] = { ...last, text: `${last.text} ${next.text}`, after: next.after };
    else all.push(piece);
  }
  return all;
};

/**
 * A sentence on one line. Words stay words; everything else (addresses, ARNs, quoted values, whatever a plan holds)
 * is a code span, so that the names in it can do nothing.
 */
export const prose = (text: string): string => {
  const tokens = clip(text, longestProse).match(/`[^`]+`[,;:.]?|\S+/g) ?? [];
  // A list mark with nothing behind it would underline the line above, which makes a heading of that.
  if (tokens.length === 0) return '…';
  return joined(tokens.map(pieceOf))
    .map((piece) => (piece.isCode ? `${piece.before}${code(piece.text)}${piece.after}` : piece.text))
    .join(' ');
};

/** Code between fences that no line of it can end. */
export const fenced = (lines: readonly string[], language: string): string => {
  const fence = '`'.repeat(Math.max(3, longestRun(lines.join('\n')) + 1));
  return [`${fence}${language}`, ...lines, fence].join('\n');
};

/** A link to a page that a policy names; anything that is not a plain address is shown and leads nowhere. */
export const link = (label: string, url: string): string =>
  /^https:\/\/[\w.-]+(?:\/[\w./?=&%#~+-]*)?$/.test(url) ? `[${label}](${url})` : code(url);

/** A path within a command that somebody may copy into a shell. */
export const typed = (path: string): string => (/^[\w./:@%+=,-]+$/.test(path) ? path : 'PLAN');
