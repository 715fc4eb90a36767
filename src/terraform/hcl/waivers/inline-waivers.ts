import type { Diagnostic } from '../../../model/diagnostic.ts';
import type { InlineWaiver, InlineWaivers } from '../../../model/waiver.ts';
import type { ModuleConfig } from '../evaluate/configuration.ts';
import { placeAt } from '../lines.ts';
import type { ParsedFile, Span } from '../syntax.ts';
import { type Comment, findComments } from './find-comments.ts';
import { type WrittenWaiver, readWaiver } from './read-waiver.ts';

/** A module of a configuration, with the address of every call of it, each with a dot behind it; empty for the root. */
export type CalledModule = { readonly config: ModuleConfig; readonly prefixes: readonly string[] };

/** The waivers that stand in the comments of a configuration. */
export const readInlineWaivers = (modules: readonly CalledModule[]): InlineWaivers => {
  const all = modules.flatMap(({ config, prefixes }) =>
    config.files.flatMap((parsed) => findComments(parsed).map((comment) => readComment(comment, parsed, prefixes))),
  );
  return {
    waivers: all.flatMap(({ waivers }) => waivers),
    diagnostics: all.flatMap(({ diagnostics }) => diagnostics),
  };
};

const readComment = (comment: Comment, { file }: ParsedFile, prefixes: readonly string[]): InlineWaivers => {
  const read = readWaiver(comment.text);
  if (!read.ok) return refuse(read.summary, form, file, spanIn(comment, read.span));
  const covered = coveredBy(comment.block, prefixes);
  if (covered === null)
    return refuse('This waiver stands at no resource, data source or module.', place, file, comment.span);
  const waivers = read.waiver.policies.map(({ name, span }): InlineWaiver => {
    const { line, column } = placeAt(file, spanIn(comment, span));
    return { ...said(read.waiver), policy: name, origin: { file: file.path, line, column }, ...covered };
  });
  return { waivers, diagnostics: [] };
};

const said = ({ expires, reason, owner }: WrittenWaiver) =>
  ({ kind: 'inline', reason, expires, owner, user: null }) as const;

const spanIn = ({ span, isExact }: Comment, within: Span): Span =>
  isExact ? { start: span.start + within.start, end: span.start + within.end } : span;

type Covered = Pick<InlineWaiver, 'address' | 'addresses' | 'covers'>;

const coveredBy = (block: Comment['block'], prefixes: readonly string[]): Covered | null => {
  if (block === null) return null;
  const name = nameOf(block);
  const addresses = name === null ? [] : prefixes.map((prefix) => `${prefix}${name}`);
  const [address] = addresses;
  return address === undefined ? null : { address, addresses, covers: block.type === 'data' ? 'origin' : 'resource' };
};

const nameOf = ({ type, labels }: NonNullable<Comment['block']>): string | null => {
  const [first = '', second = ''] = labels.map(({ text }) => text);
  switch (type) {
    case 'resource':
      return `${first}.${second}`;
    case 'data':
      return `data.${first}.${second}`;
    case 'module':
      return `module.${first}.**`;
    default:
      return null;
  }
};

const form = [
  'It waives nothing as it is. Write it so:',
  '  # rds-auth-policy:ignore POLICY until=YYYY-MM-DD reason="Why"',
].join('\n');

const place = 'It waives nothing there. Put it right above the block, on the line of its header, or into it.';

/** A warning: what could not be read waives nothing, so that no answer is missing, and what it was for is found again. */
const refuse = (summary: string, detail: string, file: ParsedFile['file'], span: Span): InlineWaivers => {
  const { line, column, endLine, endColumn } = placeAt(file, span);
  const origin: Diagnostic['origin'] = { file: file.path, line, column, endLine, endColumn };
  return { waivers: [], diagnostics: [{ severity: 'warning', code: 'waiver-invalid', summary, detail, origin }] };
};
