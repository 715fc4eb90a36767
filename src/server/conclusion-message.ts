import { type Diagnostic, isError } from '../model/diagnostic.ts';
import { type Finding, failsRun, leavesRunOpen } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import { isHeld, isWaived } from '../report/excused.ts';
import { withAddress } from '../report/finding-text.ts';
import { plainWay } from '../report/markdown/ways.ts';
import { byUrgency } from '../report/pretty/findings.ts';
import { emptySentence, headlineOf, isAnswered, isEmpty, summaryOf } from '../report/pretty/headline.ts';
import { bestOf, placeOf, shortPlaceOf } from '../report/pretty/place.ts';
import { firstLineOf } from '../report/text.ts';
import { longestMessage } from './result.ts';

/**
 * The verdict in one text. It is all that there is where nobody takes outcomes and reports are not kept, so it names what
 * has to be mended, as far as there is room.
 */
export const conclusionMessage = (report: Report, notes: readonly string[]): string => {
  if (isEmpty(report)) return [emptySentence(report), ...notes].join(' ');
  const errors = report.diagnostics.filter(isError).map(errorSentence);
  const answered = isAnswered(report);
  const counts = answered ? [...undecidedSentence(report), summaryOf(report)[1] ?? ''] : [];
  // They say that the plan was judged, and nothing was.
  const beside = answered ? notes : [];
  const first = [
    headlineOf(report),
    ...(report.verdict === 'error' ? errors.slice(0, 3) : []),
    ...counts,
    ...beside,
    ...otherSource(report),
  ];
  return fitted(first.join(' '), report.verdict === 'pass' ? [] : [...brokenWays(report), ...findingsToMend(report)]);
};

/** A working directory that is another workspace's: nothing in it says anything of this plan. */
const otherSource = ({ diagnostics }: Report): readonly string[] =>
  diagnostics.filter(({ code }) => code === 'source-differs').map(({ summary }) => summary);

/** `main.tf:2: Invalid multi-line string.` */
export const errorSentence = ({ summary, origin }: Diagnostic): string => {
  const place = placeOf(origin ?? {}, []);
  return `${place === '' ? '' : `${place}: `}${firstLineOf(summary)}`;
};

/** The headline has counted the rest. */
const undecidedSentence = ({ summary }: Report): readonly string[] => {
  const { reachable, unreachable, unknown } = summary.connections;
  if (unknown === 0 || reachable + unreachable === 0) return [];
  return [`${unknown} ${unknown === 1 ? 'is' : 'are'} undecided.`];
};

const mostWays = 3;

const brokenWays = ({ connections }: Report): readonly string[] =>
  connections
    .filter(({ verdict }) => verdict === 'unreachable')
    .slice(0, mostWays)
    .map((way) => {
      const legs = way.legs.filter(({ status }) => status === 'broken').map(({ leg }) => leg);
      return `Cannot log in: ${plainWay(way)}: ${legs.join(', ')}.`;
    });

const findingsToMend = ({ findings }: Report): readonly string[] => {
  const open = findings.filter((finding) => !isWaived(finding) && !isHeld(finding));
  const failed = open.filter(failsRun);
  return byUrgency(failed.length > 0 ? failed : open.filter(leavesRunOpen)).map(findingSentence);
};

/** `aws_iam_role_policy.app (main.tf:12): names …` */
const findingSentence = ({ address, message, origins }: Finding): string => {
  const place = shortPlaceOf(bestOf(origins) ?? {});
  const sentence = firstLineOf(message);
  const said = place === '' ? withAddress(address, sentence) : `${address} (${place}): ${sentence}`;
  return /[.!?:]$/.test(said) ? said : `${said}.`;
};

/** For what else is said in it, and that some were left out. */
const spare = 100;

const fitted = (text: string, sentences: readonly string[]): string => {
  let whole = text;
  for (const [index, sentence] of sentences.entries()) {
    if (whole.length + 1 + sentence.length > longestMessage - spare)
      return `${whole} And ${sentences.length - index} more.`;
    whole = `${whole} ${sentence}`;
  }
  return whole;
};
