import { type Stretch, literalStretch, partOf } from '../../made-from.ts';
import type { Hole } from '../../symbolic.ts';
import type { FunctionContext } from './context.ts';
import { isTextAttribute } from './filled.ts';
import type { Verb } from './format-verbs.ts';
import { isPlain } from './structure.ts';

const verbPattern = /%(?:%|([ +\-#0]*)(\d+)?(?:\.(\d+)?)?(?:\[(\d+)\])?([A-Za-z]))/g;

const holeMark = '\ue000';

/** Texts and verbs in turn; null where something after `%` is no verb. */
export const parsePattern = (pattern: Stretch): readonly (Stretch | Verb)[] | null => {
  const text = pattern.pieces.map((piece) => (typeof piece === 'string' ? piece : holeMark)).join('');
  const steps: (Stretch | Verb)[] = [];
  let end = 0;
  for (const found of text.matchAll(verbPattern)) {
    steps.push(partOf(pattern, end, found.index), parseVerb(found));
    end = found.index + found[0].length;
  }
  steps.push(partOf(pattern, end, text.length));
  return text.replaceAll(verbPattern, '').includes('%') ? null : steps;
};

const parseVerb = ([all, flags = '', width, precision, argument, letter = '']: RegExpMatchArray): Stretch | Verb => {
  if (all === '%%') return literalStretch('%');
  return {
    letter,
    flags,
    width: width === undefined ? null : Number(width),
    precision: all.includes('.') ? Number(precision ?? 0) : null,
    argument: argument === undefined ? null : Number(argument),
  };
};

/** Whether all verbs are seen: nothing that is not known yet holds a `%`. */
export const showsVerbs = ({ pieces }: Stretch, context: FunctionContext): boolean =>
  pieces.every((piece) => (typeof piece === 'string' ? isPlain(piece) : holdsNoVerb(piece, context)));

/** Such as `region`: see what `isTextAttribute` knows for the others. */
const wordName = /(?:^|[._])(?:region|partition)$/;

const holdsNoVerb = ({ exactly, without }: Hole, context: FunctionContext): boolean =>
  exactly !== undefined && (without !== undefined || wordName.test(exactly.path) || isTextAttribute(exactly, context));
