import type { Report } from '../../model/report.ts';
import type { ReportContext } from '../context.ts';
import { isAnswered, judgedInput, nameOf } from '../pretty/headline.ts';
import { type Standing, standingOf } from '../standing.ts';
import { plural } from '../text.ts';

/** How many findings there are of each standing. */
export const standingsOf = ({ findings }: Report, context: ReportContext): Readonly<Record<Standing, number>> => {
  const counts = { fails: 0, advice: 0, undecided: 0, waived: 0, known: 0 };
  for (const finding of findings) counts[standingOf(finding, context)] += 1;
  return counts;
};

/** The verdict and all counts on one line, which no name of the user begins. */
export const closingLine = (report: Report, context: ReportContext): string => {
  const { fails, advice, undecided, waived, known } = standingsOf(report, context);
  const path = judgedInput(report)?.path;
  const name = path === undefined ? ',' : ` ${nameOf(path)}:`;
  const parts = [
    fails === 1 ? '1 finding fails the run' : `${fails} findings fail the run`,
    ...(advice === 0 ? [] : [`${advice} advisory`]),
    ...(undecided === 0 ? [] : [`${undecided} undecided`]),
    ...(waived === 0 ? [] : [`${waived} waived`]),
    ...(known === 0 ? [] : [`${known} in the baseline`]),
  ];
  const errors = report.diagnostics.filter(({ severity }) => severity === 'error').length;
  const failures = report.verdict === 'error' ? [plural(errors, 'error')] : [];
  const said = [...(isAnswered(report) ? parts : ['no answer']), ...failures].join(', ');
  return `rds-auth-policy: ${report.verdict.toUpperCase()}${name} ${said}.`;
};
