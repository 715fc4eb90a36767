import { didYouMean } from '../../../model/suggest.ts';
import type { Span } from '../syntax.ts';

/** What one comment says, with its places relative to the text. */
export type WrittenWaiver = {
  readonly policies: readonly { readonly name: string; readonly span: Span }[];
  readonly expires: string;
  readonly reason: string;
  readonly owner: string | null;
};

export type WaiverRead =
  | { readonly ok: true; readonly waiver: WrittenWaiver }
  | { readonly ok: false; readonly summary: string; readonly span: Span };

const start = /^rds-auth-policy:ignore(?=\s|$)/;
/** What somebody who meant a waiver may well have written. */
const nearly = /^rds-auth-policy(?::|[\s-]*ignore\b)/i;

/** Whether a line of a comment is meant as a waiver: it begins with the name of the program, and not as a sentence does. */
export const isWaiver = (line: string): boolean => nearly.test(line);

const keys = ['until', 'reason', 'owner'] as const;
type Key = (typeof keys)[number];

type Part =
  | { readonly kind: 'policy'; readonly text: string; readonly span: Span }
  | { readonly kind: 'key'; readonly key: string; readonly text: string; readonly span: Span }
  | { readonly kind: 'unclosed'; readonly span: Span };

const parts = /([A-Za-z][\w-]*)=("(?:[^"\\]|\\.)*"|[^\s"]*)|("[^"]*$)|[^\s,]+/gy;
const betweenParts = /[\s,]*/y;

/** `rds-auth-policy:ignore POLICY[, POLICY] until=YYYY-MM-DD reason="…" [owner=…]` */
export const readWaiver = (line: string): WaiverRead => {
  const begin = start.exec(line)?.[0];
  if (begin === undefined) {
    return fault('This looks like a waiver, and does not begin as one.', { start: 0, end: line.length });
  }
  return waiverOf(partsOf(line, begin.length), { start: 0, end: line.length });
};

const fault = (summary: string, span: Span): WaiverRead => ({ ok: false, summary, span });

const partsOf = (line: string, from: number): readonly Part[] => {
  const found: Part[] = [];
  let at = from;
  for (;;) {
    betweenParts.lastIndex = at;
    at += betweenParts.exec(line)?.[0].length ?? 0;
    parts.lastIndex = at;
    const match = parts.exec(line);
    if (match === null) return found;
    const [text, key, value = '', unclosed] = match;
    at += text.length;
    const span = { start: match.index, end: at };
    if (unclosed !== undefined || line.slice(at).startsWith('"')) return [...found, { kind: 'unclosed', span }];
    found.push(key === undefined ? { kind: 'policy', text, span } : { kind: 'key', key, text: unquoted(value), span });
  }
};

const unquoted = (value: string): string =>
  (value.startsWith('"') ? value.slice(1, -1).replaceAll(/\\(.)/g, '$1') : value).trim();

const waiverOf = (all: readonly Part[], whole: Span): WaiverRead => {
  const wrong = all.map((part, index) => partFault(part, all.slice(0, index))).find((one) => one !== undefined);
  if (wrong !== undefined) return wrong;
  const policies = all.flatMap((part) => (part.kind === 'policy' ? [{ name: part.text, span: part.span }] : []));
  const valueOf = (key: Key) => all.find((part) => part.kind === 'key' && part.key === key);
  const [until, reason, owner] = keys.map(valueOf);
  if (policies.length === 0) return fault('This waiver names no policy.', whole);
  if (until?.kind !== 'key') return fault('This waiver has no last day.', whole);
  if (!isDay(until.text)) return fault('The last day of this waiver is no day of the form YYYY-MM-DD.', until.span);
  if (reason?.kind !== 'key' || reason.text === '') return fault('This waiver gives no reason.', reason?.span ?? whole);
  const named = owner?.kind === 'key' && owner.text !== '' ? owner.text : null;
  return { ok: true, waiver: { policies, expires: until.text, reason: reason.text, owner: named } };
};

const partFault = (part: Part, before: readonly Part[]): WaiverRead | undefined => {
  if (part.kind === 'unclosed') return fault('A quote is opened in this waiver and not closed.', part.span);
  const given = before.flatMap((other) => (other.kind === 'key' ? [other.key] : []));
  if (part.kind === 'policy') {
    const summary =
      'A word stands behind the names of the policies in this waiver: texts of several words need quotes.';
    return given.length > 0 ? fault(summary, part.span) : undefined;
  }
  if (!keys.some((key) => key === part.key)) {
    return fault(`Waivers have until, reason and owner, and no other key${didYouMean(part.key, keys)}`, part.span);
  }
  return given.includes(part.key) ? fault('A key stands twice in this waiver.', part.span) : undefined;
};

/** A day that the calendar has. */
const isDay = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;
