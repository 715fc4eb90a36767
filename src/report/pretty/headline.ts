import type { Report } from '../../model/report.ts';
import type { Look } from '../look.ts';
import { hang, plural, wrap } from '../text.ts';

const verdicts = {
  pass: ['PASS', 'green'],
  fail: ['FAIL', 'red'],
  error: ['ERROR', 'red'],
} as const;

export const isEmpty = ({ verdict, summary, findings }: Report): boolean =>
  verdict === 'pass' && summary.databases === 0 && summary.proxies === 0 && findings.length === 0;

const judgedInput = ({ input }: Report): Report['input'][number] | undefined =>
  input.find(({ role }) => role === 'judged');

export const nameOf = (path: string): string => (path === '-' ? 'standard input' : path);

const factsOf = (report: Report): readonly string[] => {
  const { databases, proxies } = report.summary;
  const terraform = judgedInput(report)?.terraformVersion;
  const contexts = report.input.filter(({ role }) => role === 'context').length;
  return [
    ...(terraform === null || terraform === undefined ? [] : [`Terraform ${terraform}`]),
    plural(databases, 'database'),
    plural(proxies, 'proxy', 'proxies'),
    ...(contexts === 0 ? [] : [plural(contexts, 'context file')]),
  ];
};

/** The verdict line: what was judged, and how it came out. */
export const renderVerdict = (report: Report, look: Look): readonly string[] => {
  const [word, color] = verdicts[report.verdict];
  const label = `${look.bold(look[color](word))}  `;
  const indent = word.length + 2;
  const judged = judgedInput(report);
  const name = judged === undefined ? '' : nameOf(judged.path) + (judged.source === null ? '' : ` + ${judged.source}`);
  if (isEmpty(report))
    return hang(label, indent, `${name}: no database and no proxy, so nothing to check.`, look.width);
  const facts = factsOf(report).join(look.dot);
  if (indent + name.length + 3 + facts.length <= look.width) return [`${label}${look.bold(name)}   ${look.dim(facts)}`];
  return [`${label}${look.bold(name)}`, ...hang(' '.repeat(indent), indent, facts, look.width).map(look.dim)];
};

/** One sentence that says what the verdict means. */
export const renderHeadline = (report: Report, look: Look): readonly string[] =>
  report.verdict === 'error'
    ? wrap('The question could not be answered.', look.width)
    : wrap(sentenceOf(report), look.width).map((line) => look.bold(line));

const sentenceOf = (report: Report): string => {
  const { reachable, unreachable, unknown } = report.summary.connections;
  const all = reachable + unreachable + unknown;
  if (unreachable > 0) return brokenSentence(report, unreachable, all);
  const failed = report.findings.filter(
    ({ outcome, enforcement }) => outcome === 'fail' && enforcement === 'mandatory',
  );
  if (failed.length > 0) return `${plural(failed.length, 'mandatory check fails', 'mandatory checks fail')}.`;
  if (report.verdict === 'fail')
    return 'Nothing is broken, but mandatory checks are undecided, and that was not to pass.';
  if (unknown > 0)
    return `Nothing is broken; ${unknown} of ${plural(all, 'way')} in ${unknown === 1 ? 'is' : 'are'} undecided.`;
  return workingSentence(all);
};

const workingSentence = (all: number): string => {
  if (all === 0) return 'No way in is meant to be used.';
  return all === 1 ? 'The one way in works.' : `All ${all} ways in work.`;
};

const brokenSentence = ({ input, changes }: Report, unreachable: number, all: number): string => {
  const thing = input.some(({ role, kind }) => role === 'judged' && kind === 'state-json') ? 'state' : 'plan';
  const breaks = changes.filter(({ before, after }) => before === 'reachable' && after === 'unreachable').length;
  const now = `${unreachable} of ${plural(all, 'way')} in cannot work.`;
  return breaks === 0
    ? now
    : `This ${thing} breaks ${plural(breaks, 'way')} in that ${breaks === 1 ? 'works' : 'work'} today. ${now}`;
};

/** The last line: all counts. */
export const renderSummary = (report: Report, look: Look): readonly string[] => {
  const { reachable, unreachable, unknown } = report.summary.connections;
  const works = `${plural(reachable, 'way')} in ${reachable === 1 ? 'works' : 'work'}`;
  const not = `${unreachable} ${unreachable === 1 ? 'does' : 'do'} not`;
  const sentences = [`${works}, ${not}, ${unknown} undecided.`, findingCounts(report)];
  const line = sentences.join('   ');
  return (line.length <= look.width ? [line] : sentences).map(look.dim);
};

const findingCounts = ({ findings }: Report): string => {
  const failed = findings.filter(({ outcome }) => outcome === 'fail');
  const mandatory = failed.filter(({ enforcement }) => enforcement === 'mandatory').length;
  const undecided = findings.length - failed.length;
  const counts = `${plural(failed.length, 'finding')}${enforcementOf(mandatory, failed.length)}`;
  return undecided === 0 ? `${counts}.` : `${counts}; ${plural(undecided, 'check')} undecided.`;
};

const enforcementOf = (mandatory: number, all: number): string => {
  if (all === 0) return '';
  if (mandatory === all) return all === 1 ? ', mandatory' : ', all mandatory';
  return mandatory === 0 ? ', advisory' : `, ${mandatory} mandatory`;
};
