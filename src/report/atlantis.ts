import type { Finding } from '../model/finding.ts';
import { hashOf } from '../model/hash.ts';
import type { Report } from '../model/report.ts';
import { standingsOf } from './annotations/counts.ts';
import type { ReportContext, Reporter } from './context.ts';
import { judgedInput, nameOf } from './pretty/headline.ts';
import { placeOf } from './pretty/place.ts';
import { printable } from './printable.ts';
import { type Standing, standingOf } from './standing.ts';
import { firstLineOf, plural } from './text.ts';

const program = 'rds-auth-policy';

/** Bitbucket takes comments of 32,768 bytes. */
const mostLines = 50;
/** Bytes. */
const longestLine = 500;

/**
 * What Atlantis reads with `custom_policy_check`. It looks for a verdict in the text: `FAIL` where that begins, a count of
 * failures as conftest writes it, and, before version 0.39, the letters "fail" anywhere. So nothing that a user has named
 * reaches the text of a run that passes, unless it is free of those letters.
 */
export const renderAtlantis: Reporter = (reports, context) => {
  const shown = reports.map((report) => printable(report, { unicode: true }));
  const failures = shown.flatMap((report) => [
    ...errorLines(report),
    ...linesOf('FAIL', 'fails', report, context, shown.length > 1),
  ]);
  const warnings = shown.flatMap((report) => linesOf('WARN', 'advice', report, context, shown.length > 1));
  const counts = countsOf(shown, context);
  const lines = failures.length > 0 ? failedLines(failures, warnings, counts) : passedLines(warnings, counts);
  // The count of conftest, below an empty line, or the verdict.
  const close = failures.length > 0 ? -2 : -1;
  return [...lines.slice(0, close), ...remarkLine(shown), ...lines.slice(close)].map((line) => `${line}\n`).join('');
};

/** Warnings about what was read are counted: their words may hold what Atlantis takes for a verdict. */
const remarkLine = (reports: readonly Report[]): readonly string[] => {
  const warnings = reports.flatMap(({ diagnostics }) => diagnostics.filter(({ severity }) => severity === 'warning'));
  if (warnings.length === 0) return [];
  const them = warnings.length === 1 ? 'it' : 'them';
  return [`${program}: ${plural(warnings.length, 'remark')} about what was read; the format pretty shows ${them}.`];
};

const failedLines = (
  failures: readonly string[],
  warnings: readonly string[],
  { passed, advice, undecided, waived }: Counts,
): readonly string[] => {
  const tests = passed + advice + undecided + failures.length + waived;
  const listed = cut('FAIL', failures, mostLines);
  const conftest = [
    plural(tests, 'test'),
    `${passed} passed`,
    plural(advice + undecided, 'warning'),
    plural(failures.length, 'failure'),
    plural(waived, 'exception'),
  ];
  const room = Math.max(0, mostLines - failures.length);
  return [...listed, ...cut('WARN', warnings, room), '', conftest.join(', ')];
};

const passedLines = (warnings: readonly string[], { ways, advice, undecided, waived }: Counts): readonly string[] => {
  const harmless = warnings.filter((line) => !saysFail(line));
  const parts = [
    `${plural(ways, 'way')} in checked`,
    '0 violations',
    ...(advice === 0 ? [] : [plural(advice, 'warning')]),
    ...(undecided === 0 ? [] : [`${undecided} undecided`]),
    ...(waived === 0 ? [] : [`${waived} waived`]),
  ];
  return [
    ...cut('WARN', harmless, mostLines),
    ...moreLine('WARN', warnings.length - harmless.length),
    `PASS - ${program}: ${parts.join(', ')}`,
  ];
};

/**
 * Sorted, and as many as there is room for. Approvals may be kept for lines that were approved before, so what is not
 * listed has a line that changes when it changes.
 */
const cut = (word: 'FAIL' | 'WARN', lines: readonly string[], room: number): readonly string[] => {
  const sorted = [...lines].sort();
  const rest = sorted.slice(room);
  const digest =
    word === 'FAIL' && rest.length > 0 ? [`FAIL - ${program} - others, not listed: ${hashOf(...rest)}`] : [];
  return [...sorted.slice(0, room).map(clip), ...digest, ...moreLine(word, rest.length)];
};

const moreLine = (word: 'FAIL' | 'WARN', count: number): readonly string[] =>
  count === 0 ? [] : [`and ${plural(count, `more ${word === 'FAIL' ? 'violation' : 'warning'}`)}, not listed`];

/** What was cut off has a digest: an approval of this line is none of another one that begins alike. */
const clip = (line: string): string => {
  const bytes = new TextEncoder().encode(line);
  if (bytes.length <= longestLine) return line;
  const end = `… ${hashOf(line)}`;
  const room = longestLine - new TextEncoder().encode(end).length;
  // What is left of a character that is cut in two goes as well.
  const kept = new TextDecoder().decode(bytes.subarray(0, room)).replace(/\ufffd$/, '');
  return `${kept}${end}`;
};

/** Go makes an i of U+0130, a capital I with a dot, where JavaScript makes two characters of it. */
const saysFail = (text: string): boolean => text.replaceAll('\u0130', 'i').toLowerCase().includes('fail');

/** Atlantis puts the text between fences. */
const withoutFence = (text: string): string => text.replace(/`{3,}/g, (run) => "'".repeat(run.length));

const linesOf = (
  word: 'FAIL' | 'WARN',
  standing: Standing,
  report: Report,
  context: ReportContext,
  isOneOfMany: boolean,
): readonly string[] => {
  const sets = new Map(report.policies.map(({ id, set }) => [id, set]));
  const plan = isOneOfMany ? ` (${nameOf(judgedInput(report)?.path ?? '')})` : '';
  const lineOf = ({ policy, address, outcome, message }: Finding): string => {
    const undecided = outcome === 'unknown' ? 'undecided: ' : '';
    const set = sets.get(policy) ?? program;
    const said = withoutAddress(address, firstLineOf(message));
    return withoutFence(`${word} - ${set} - ${policy} ${address}: ${undecided}${said}${plan}`);
  };
  return report.findings.filter((finding) => standingOf(finding, context) === standing).map(lineOf);
};

/** Many sentences begin with the address, which stands before them already. */
const withoutAddress = (address: string, sentence: string): string =>
  address !== '' && sentence.startsWith(`${address} `) ? sentence.slice(address.length + 1) : sentence;

const errorLines = (report: Report): readonly string[] =>
  report.diagnostics.flatMap(({ severity, code, summary, origin = {} }) => {
    if (severity !== 'error') return [];
    const documents = report.input.map(({ path }) => path);
    const place = placeOf(origin.file === '-' ? { ...origin, file: 'standard input' } : origin, documents);
    return [withoutFence(`FAIL - ${program} - ${code}${place === '' ? '' : ` ${place}`}: ${summary}`)];
  });

type Counts = Readonly<Record<'ways' | 'passed' | 'advice' | 'undecided' | 'waived', number>>;

const countsOf = (reports: readonly Report[], context: ReportContext): Counts => {
  const standings = reports.map((report) => standingsOf(report, context));
  const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
  return {
    ways: sum(reports.map(({ connections }) => connections.length)),
    passed: sum(reports.map(passedPolicies)),
    advice: sum(standings.map(({ advice }) => advice)),
    undecided: sum(standings.map(({ undecided }) => undecided)),
    waived: sum(standings.map(({ waived, known }) => waived + known)),
  };
};

const passedPolicies = ({ policies, findings, diagnostics }: Report): number => {
  const spoke = new Set([...findings, ...diagnostics].map(({ policy }) => policy));
  return policies.filter(({ id }) => !spoke.has(id)).length;
};
