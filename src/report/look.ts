import type { ReportContext } from './context.ts';

type Paint = (text: string) => string;

/** Marks, lines and colours of a text. Without Unicode every mark is a word. */
export type Look = ReportContext & {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly red: Paint;
  readonly green: Paint;
  readonly yellow: Paint;
  readonly cyan: Paint;
  readonly marks: Readonly<Record<Mark, string>>;
  /** Names of the inputs, the judged one first, as `Origin.document` counts them. */
  readonly documents: readonly string[];
  /** Between facts on one line. */
  readonly dot: string;
};

export type Mark = 'ok' | 'broken' | 'unknown' | 'assumed' | 'advice';

const unicodeMarks: Look['marks'] = { ok: '✓', broken: '✗', unknown: '?', assumed: '·', advice: '!' };
const wordMarks: Look['marks'] = {
  ok: 'ok',
  broken: 'BROKEN',
  unknown: 'undecided',
  assumed: 'assumed',
  advice: 'advice',
};

// Node's util.styleText would look at the process for what is wanted; a reporter must not.
const painter =
  (isOn: boolean, open: number, close: number): Paint =>
  (text) =>
    isOn && text !== '' ? `\u001b[${open}m${text}\u001b[${close}m` : text;

export const lookOf = (context: ReportContext, documents: readonly string[] = []): Look => ({
  ...context,
  documents,
  bold: painter(context.color, 1, 22),
  dim: painter(context.color, 2, 22),
  red: painter(context.color, 31, 39),
  green: painter(context.color, 32, 39),
  yellow: painter(context.color, 33, 39),
  cyan: painter(context.color, 36, 39),
  marks: context.unicode ? unicodeMarks : wordMarks,
  dot: context.unicode ? ' · ' : ', ',
});

const paintOf = { ok: 'green', broken: 'red', unknown: 'yellow', assumed: 'dim', advice: 'yellow' } as const;

export const paintMark = (look: Look, mark: Mark, text = look.marks[mark]): string => look[paintOf[mark]](text);

/** Lines below their title; nothing where there are none. */
export const titled = (title: string, lines: readonly string[], look: Look): readonly string[] =>
  lines.length === 0 ? [] : [look.bold(title), ...lines];
