import type { Expression, Span, TemplatePiece } from '../syntax.ts';
import { deepestNesting } from './limits.ts';
import type { Fault } from './parser.ts';
import type { TemplatePart } from './template-parts.ts';

/** A directive that is open, and what stands in it so far. */
type Frame = {
  readonly opener: Extract<TemplatePart, { readonly kind: 'if' | 'for' }> | undefined;
  pieces: TemplatePiece[];
  /** The pieces in front of `else`, once it is there. */
  before: TemplatePiece[] | undefined;
};

type Text = Extract<TemplatePart, { readonly kind: 'text' }>;

type Imbalance = { readonly fault: Fault; readonly span: Span };

const unexpected = (what: string, detail: string, span: Span): Imbalance => ({
  fault: [`Unexpected ${what}`, detail],
  span,
});

const isText = (part: TemplatePart | undefined): part is Text => part?.kind === 'text';

/** Neighbouring texts become one. An empty one stays: `" ${~ x}"` is a text, where `"${x}"` is x itself. */
const joinTexts = (parts: readonly TemplatePart[]): readonly TemplatePart[] => {
  if (!parts.some((part, at) => isText(part) && isText(parts[at + 1]))) return parts;
  const joined: TemplatePart[] = [];
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at];
    if (part === undefined) break;
    if (!isText(part) || !isText(parts[at + 1])) {
      joined.push(part);
      continue;
    }
    const texts: Text[] = [];
    for (let next: TemplatePart | undefined = part; isText(next); next = parts[at]) {
      texts.push(next);
      at += 1;
    }
    at -= 1;
    const span = { start: part.span.start, end: texts.at(-1)?.span.end ?? 0 };
    joined.push({ kind: 'text', text: texts.map(({ text }) => text).join(''), span });
  }
  return joined;
};

const isPiece = (part: TemplatePart): part is Extract<TemplatePart, TemplatePiece> =>
  part.kind === 'text' || part.kind === 'interpolation';

const newFrame = (opener: Frame['opener']): Frame => ({ opener, pieces: [], before: undefined });

const closedPiece = ({ opener, pieces, before }: Frame, end: number): TemplatePiece | undefined => {
  if (opener === undefined) return undefined;
  const span = { start: opener.span.start, end };
  if (opener.kind === 'for') {
    const { keyName, valueName, collection } = opener;
    return { kind: 'for', keyName, valueName, collection, body: pieces, span };
  }
  const [then, otherwise] = before === undefined ? [pieces, []] : [before, pieces];
  return { kind: 'if', condition: opener.condition, then, otherwise, span };
};

type Closer = Extract<TemplatePart, { readonly kind: 'else' | 'endif' | 'endfor' }>;

const imbalanceOf = ({ opener, before }: Frame, { kind, span }: Closer): Imbalance | undefined => {
  const refuse = (detail: string): Imbalance => unexpected(`${kind} directive`, detail, span);
  if (opener === undefined) return refuse('The control directives within this template are unbalanced.');
  if (kind === 'else') {
    if (opener.kind === 'for') return refuse('An else clause is not expected for a for directive.');
    return before === undefined ? undefined : refuse('Already in the else clause for the if before it.');
  }
  if (kind === `end${opener.kind}`) return undefined;
  return refuse(`Expecting an end${opener.kind} directive for the ${opener.kind} before it.`);
};

const close = (frames: Frame[], frame: Frame, closer: Closer): void => {
  if (closer.kind === 'else') {
    frame.before = frame.pieces;
    frame.pieces = [];
    return;
  }
  frames.pop();
  const piece = closedPiece(frame, closer.span.end);
  if (piece !== undefined) frames.at(-1)?.pieces.push(piece);
};

const tooDeep = (span: Span): Imbalance => ({
  fault: ['Nested too deeply', `More than ${deepestNesting} directives are within each other here; they are not read.`],
  span,
});

/** Puts one part where it belongs; gives what is wrong with it. */
const place = (frames: Frame[], part: TemplatePart): Imbalance | undefined => {
  const frame = frames.at(-1);
  if (frame === undefined) return undefined;
  if (part.kind === 'text' || part.kind === 'interpolation') {
    frame.pieces.push(part);
    return undefined;
  }
  if (part.kind === 'if' || part.kind === 'for') {
    if (frames.length > deepestNesting) return tooDeep(part.span);
    frames.push(newFrame(part));
    return undefined;
  }
  const imbalance = imbalanceOf(frame, part);
  if (imbalance === undefined) close(frames, frame, part);
  return imbalance;
};

/** Puts each directive's pieces into it. */
const toTree = (parts: readonly TemplatePart[], end: Span): readonly TemplatePiece[] | Imbalance => {
  const root = newFrame(undefined);
  const frames: Frame[] = [root];
  for (const part of parts) {
    const imbalance = place(frames, part);
    if (imbalance !== undefined) return imbalance;
  }
  const open = frames.at(-1)?.opener?.kind;
  if (open === undefined) return root.pieces;
  return unexpected('end of template', `The ${open} directive is missing its corresponding end${open} directive.`, end);
};

/** The whole template: a literal where it has nothing but text. */
export const assemble = (parts: readonly TemplatePart[], end: Span, span: Span): Expression | Imbalance => {
  const joined = joinTexts(parts);
  const pieces = joined.every(isPiece) ? joined : toTree(joined, end);
  if ('fault' in pieces) return pieces;
  const [first] = pieces;
  if (first === undefined) return { kind: 'literal', value: '', span };
  if (first.kind === 'text' && pieces.length === 1) return { kind: 'literal', value: first.text, span };
  return { kind: 'template', parts: pieces, span };
};
