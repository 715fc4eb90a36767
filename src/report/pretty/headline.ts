import { failsRun } from '../../model/finding.ts';
import type { Report } from '../../model/report.ts';
import { changeSentence, isAllNew } from '../changes.ts';
import { excusedSentence, isFailing, isHeld, isUndecided, isWaived } from '../excused.ts';
import type { Look } from '../look.ts';
import { lacksModules } from '../missing-modules.ts';
import { hang, plural, wrap } from '../text.ts';

const verdicts = {
  pass: ['PASS', 'green'],
  fail: ['FAIL', 'red'],
  error: ['ERROR', 'red'],
} as const;

export const isEmpty = ({ verdict, summary, findings, changes }: Report): boolean =>
  verdict === 'pass' && summary.databases + summary.proxies + findings.length + changes.length === 0;

export const judgedInput = ({ input }: Report): Report['input'][number] | undefined =>
  input.find(({ role }) => role === 'judged');

export const nameOf = (path: string): string => (path === '-' ? 'standard input' : path);

/** What was judged: the document, and the text that was read beside it, or within it. */
export const judgedNames = ({ path, kind, source }: Report['input'][number]): readonly string[] => {
  const name = nameOf(path);
  if (kind === 'configuration') return [asFolder(name)];
  if (source === null) return [name];
  return source === path ? [name] : [name, asFolder(source)];
};

const asFolder = (path: string): string => (/[/\\]$/.test(path) ? path : `${path}/`);

/** What the names leave open. */
export const sourceNote = ({ path, kind, source }: Report['input'][number], { diagnostics }: Report): string => {
  if (kind === 'configuration') return ' (source alone)';
  const isWithout = diagnostics.some(({ code, origin }) => code === 'plan-values-unavailable' && origin?.file === path);
  if (source === path) return isWithout ? ' (its configuration alone)' : ' (with its configuration)';
  return isWithout ? ' (without its values)' : '';
};

/** Whether something was judged, be it that a policy could not be. */
export const isAnswered = ({ verdict, findings, connections, matrix }: Report): boolean =>
  verdict !== 'error' || findings.length + connections.length + matrix.length > 0;

export const factsOf = (report: Report): readonly string[] => {
  // What could not be read may well have databases.
  if (!isAnswered(report)) return [];
  const { databases, proxies } = report.summary;
  const terraform = judgedInput(report)?.terraformVersion;
  const contexts = report.input.filter(({ role }) => role === 'context').length;
  return [
    ...(terraform === null || terraform === undefined ? [] : [`Terraform ${terraform}`]),
    plural(databases, 'database'),
    plural(proxies, 'proxy', 'proxies'),
    ...(contexts === 0 ? [] : [plural(contexts, 'context file')]),
    ...configurationFacts(report),
  ];
};

/** Enough of the hash to tell one configuration from another. */
export const configurationFacts = ({ configuration: { path, hash } }: Report): readonly string[] =>
  path === null ? [] : [hash === null ? path : `${path} (${hash.slice(0, 'sha256:'.length + 12)})`];

/** The verdict line: what was judged, and how it came out. */
export const renderVerdict = (report: Report, look: Look): readonly string[] => {
  const [word, color] = verdicts[report.verdict];
  const label = `${look.bold(look[color](word))}  `;
  const indent = word.length + 2;
  const judged = judgedInput(report);
  const name = judged === undefined ? '' : `${judgedNames(judged).join(' + ')}${sourceNote(judged, report)}`;
  if (isEmpty(report)) return hang(label, indent, `${name}: ${nothingToCheck(report)}`, look.width);
  const facts = factsOf(report).join(look.dot);
  if (facts === '') return hang(label, indent, name, look.width);
  if (indent + name.length + 3 + facts.length <= look.width) return [`${label}${look.bold(name)}   ${look.dim(facts)}`];
  return [`${label}${look.bold(name)}`, ...hang(' '.repeat(indent), indent, facts, look.width).map(look.dim)];
};

const nothingToCheck = (report: Report): string => {
  const sentence = emptySentence(report);
  return [sentence.charAt(0).toLowerCase() + sentence.slice(1), ...configurationFacts(report)].join('   ');
};

/** What there is to say of a report that is empty. */
export const emptySentence = (report: Report): string =>
  lacksModules(report)
    ? 'No database and no proxy in what could be read; modules that are not installed may hold some.'
    : 'No database and no proxy, so nothing to check.';

/** What the plan does to the ways in, and what the verdict means. */
export const renderHeadline = (report: Report, look: Look): readonly string[] =>
  report.verdict === 'error'
    ? wrap(headlineOf(report), look.width)
    : wrap(headlineOf(report), look.width).map((line) => look.bold(line));

export const headlineOf = (report: Report): string =>
  [
    changeSentence(report),
    report.verdict === 'error' ? errorSentence(report) : stateSentence(report),
    excusedSentence(report),
  ]
    .filter((sentence) => sentence !== undefined)
    .join(' ');

const errorSentence = (report: Report): string =>
  isAnswered(report)
    ? 'Not all that was asked could be judged: see the errors.'
    : 'The question could not be answered.';

/** What the changes have said already is not said again. */
const stateSentence = (report: Report): string | undefined => {
  const { reachable, unreachable, unknown } = report.summary.connections;
  const all = reachable + unreachable + unknown;
  if (unreachable > 0)
    return isSaid(report, unreachable) ? undefined : `${unreachable} of ${plural(all, 'way')} in cannot work.`;
  const failed = report.findings.filter(failsRun).length;
  if (failed > 0) return failedSentence(report, failed);
  if (report.verdict === 'fail')
    return 'Nothing is broken, but mandatory checks are undecided, and that was not to pass.';
  if (isAllNew(report)) return undefined;
  if (unknown > 0)
    return `Nothing is broken; ${unknown} of ${plural(all, 'way')} in ${unknown === 1 ? 'is' : 'are'} undecided.`;
  return all === 0 && report.changes.length > 0 ? 'None is left.' : workingSentence(all);
};

/** Ways in that all work may have been counted before. */
const failedSentence = (report: Report, failed: number): string =>
  `${isAllNew(report) ? 'But ' : ''}${plural(failed, 'mandatory check fails', 'mandatory checks fail')}.`;

/** Everything that cannot work is so by this plan. */
const isSaid = ({ changes }: Report, unreachable: number): boolean =>
  changes.filter(({ after }) => after === 'unreachable').length >= unreachable;

const workingSentence = (all: number): string => {
  if (all === 0) return 'No way in is meant to be used.';
  return all === 1 ? 'The one way in works.' : `All ${all} ways in work.`;
};

/** The last line: all counts. */
export const renderSummary = (report: Report, look: Look): readonly string[] => {
  const sentences = summaryOf(report);
  const line = sentences.join('   ');
  return (line.length <= look.width ? [line] : sentences).map(look.dim);
};

export const summaryOf = (report: Report): readonly string[] => {
  const { reachable, unreachable, unknown } = report.summary.connections;
  const works = `${plural(reachable, 'way')} in ${reachable === 1 ? 'works' : 'work'}`;
  const not = `${unreachable} ${unreachable === 1 ? 'does' : 'do'} not`;
  return [`${works}, ${not}, ${unknown} undecided.`, findingCounts(report)];
};

const findingCounts = ({ findings }: Report): string => {
  const failed = findings.filter(isFailing);
  const mandatory = failed.filter(failsRun).length;
  const [undecided, waived, held] = [isUndecided, isWaived, isHeld].map((is) => findings.filter(is).length);
  const counts = [
    `${plural(failed.length, 'finding')}${enforcementOf(mandatory, failed.length)}`,
    ...(waived === 0 ? [] : [`${waived} waived`]),
    ...(held === 0 ? [] : [`${held} in the baseline`]),
    ...(undecided === 0 ? [] : [`${plural(undecided ?? 0, 'check')} undecided`]),
  ];
  return `${counts.join('; ')}.`;
};

const enforcementOf = (mandatory: number, all: number): string => {
  if (all === 0) return '';
  if (mandatory === all) return all === 1 ? ', mandatory' : ', all mandatory';
  return mandatory === 0 ? ', advisory' : `, ${mandatory} mandatory`;
};
