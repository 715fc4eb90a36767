import type { Verdict } from '../../model/connection.ts';
import { type Look, type Mark, titled } from '../look.ts';
import { hang, layOut } from '../text.ts';
import type { InPlan } from './explanation.ts';

export type Block = readonly string[];

export const verdictMarks: Readonly<Record<Verdict, Mark>> = {
  reachable: 'ok',
  unreachable: 'broken',
  unknown: 'unknown',
};

/** Paragraphs, with their code as it is. */
export const prose = (text: string, look: Look): Block =>
  layOut(text, look.width).map(({ line, isCode }) => (isCode ? look.bold(line) : line));

/** Sentences, each with a sign before it, and the code in them below. */
export const bullets = (texts: readonly string[], look: Look): Block =>
  texts.flatMap((text) =>
    layOut(text, look.width - 2).map(({ line, isCode }, index) => {
      const start = index === 0 ? `${look.dim(look.unicode ? '·' : '-')} ` : '  ';
      return `${start}${isCode ? look.bold(line) : line}`;
    }),
  );

/** Names and addresses, indented. */
export const list = (texts: readonly string[], look: Look): Block =>
  texts.flatMap((text) => hang('  ', 2, text, look.width));

const labelWidth = 9;

/** `label    text`, of which nothing is said where the text is empty. */
export const labelled = (
  rows: readonly (readonly [label: string, text: string])[],
  look: Look,
  width = labelWidth,
): Block =>
  rows.flatMap(([label, text]) =>
    text === '' ? [] : hang(`${look.cyan(label.padEnd(width))}  `, width + 2, text, look.width),
  );

/** Where the subject shows in a plan, with what to type to read on. */
export const renderPlans = (plans: readonly InPlan[], look: Look): readonly Block[] =>
  plans.map(({ plan, connections, findings }) =>
    titled(
      `In ${plan}`,
      [
        ...connections.flatMap(({ id, path, user, principal, verdict }) =>
          list(
            [
              `${id}  ${verdict}  ${path}${user === null ? '' : `, user ${user}`}${principal === null ? '' : `, ${principal}`}`,
            ],
            look,
          ),
        ),
        ...findings.flatMap(({ id, address, outcome, waiver }) =>
          list(
            [`${id}  ${outcome === 'fail' ? 'fails' : 'undecided'}${waiver === null ? '' : ', waived'}  ${address}`],
            look,
          ),
        ),
        ...(connections.length + findings.length === 0 ? ['  nothing'] : []),
      ],
      look,
    ),
  );
