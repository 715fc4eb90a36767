import type { Diagnostic } from '../model/diagnostic.ts';
import type { Finding } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import type { ReportContext, Reporter } from './context.ts';
import { excuseText } from './excused.ts';
import { findingText, withAddress, withoutFences } from './finding-text.ts';
import { type Result, type Suite, type TestCase, writeSuites } from './junit/suites.ts';
import { type Look, lookOf } from './look.ts';
import { judgedInput, nameOf } from './pretty/headline.ts';
import { placeOf } from './pretty/place.ts';
import { printable } from './printable.ts';
import { standingOf } from './standing.ts';
import { firstLineOf } from './text.ts';

const program = 'rds-auth-policy';

/** JUnit XML: a test for each finding, and a passed one for each policy that found nothing. */
export const renderJunit: Reporter = (reports, context) =>
  writeSuites(
    reports
      .map((report) => printable(report, { unicode: true }))
      .flatMap((report) => suitesOf(report, context, reports.length > 1)),
  );

/** What was judged, and apart from it what kept that from being judged. */
const suitesOf = (report: Report, context: ReportContext, isOneOfMany: boolean): readonly Suite[] => {
  const documents = report.input.map(({ path }) => path);
  const look = lookOf({ ...context, color: false, unicode: true }, documents);
  const plan = nameOf(judgedInput(report)?.path ?? '');
  // A test is told apart by its name alone.
  const suffix = isOneOfMany && plan !== '' ? ` (${plan})` : '';
  const named = ({ name, ...rest }: TestCase): TestCase => ({ ...rest, name: `${name}${suffix}` });
  const sets = new Map(report.policies.map(({ id, set }) => [id, set]));
  const found = report.findings.map((finding) => findingCase(finding, sets.get(finding.policy), look));
  const suites = [
    { name: plan || program, cases: [...found, ...passedCases(report)].map(named) },
    {
      name: plan === '' ? `${program} diagnostics` : `${plan} diagnostics`,
      cases: report.diagnostics.map((diagnostic) => named(diagnosticCase(diagnostic, documents))),
    },
  ];
  return suites.filter(({ cases }) => cases.length > 0);
};

const classOf = (set: string | undefined): string => (set === undefined ? program : `${program}.${set}`);

const findingCase = (finding: Finding, set: string | undefined, look: Look): TestCase => ({
  classname: classOf(set),
  name: `${finding.policy}: ${finding.address}`,
  result: resultOf(finding, look),
});

/**
 * A test that is skipped is listed by everybody, with its reason, and fails nothing: so is whatever does not fail the
 * run. A passed one would show no text.
 */
const resultOf = (finding: Finding, look: Look): Result => {
  const { outcome, severity, address, message } = finding;
  const said = withAddress(address, firstLineOf(message) || finding.policy);
  const text = findingText(finding, look);
  switch (standingOf(finding, look)) {
    case 'fails':
      return outcome === 'fail'
        ? { kind: 'failure', type: severity, message: said, text }
        : { kind: 'error', type: 'undecided', message: `Undecided: ${said}`, text: `Undecided.\n\n${text}` };
    case 'advice':
      return skipped(`Advice (${severity}), fails nothing: ${said}`, text);
    case 'undecided':
      return skipped(`Undecided: ${said}`, text);
    default:
      return skipped(excuseText(finding), text);
  }
};

/** GitLab shows the text and no message, Jenkins and Azure DevOps the message. */
const skipped = (message: string, text: string): Result => ({
  kind: 'skipped',
  message,
  text: `${message}\n\n${text}`,
});

/** A policy that crashed has not found nothing. */
const passedCases = ({ policies, findings, diagnostics }: Report): readonly TestCase[] => {
  const spoke = new Set([...findings, ...diagnostics].map(({ policy }) => policy));
  return policies.filter(({ id }) => !spoke.has(id)).map(({ id, set }) => ({ classname: classOf(set), name: id }));
};

const diagnosticCase = (diagnostic: Diagnostic, documents: readonly string[]): TestCase => {
  const { severity, code, summary, detail, origin = {} } = diagnostic;
  const place = placeOf(origin.file === '-' ? { ...origin, file: 'standard input' } : origin, documents);
  const text = [place, summary, detail === undefined ? '' : withoutFences(detail)].filter((part) => part !== '');
  return {
    classname: `${program}.diagnostics`,
    // Without a position: a test is known again by its name, and lines move.
    name: [code, nameOf(origin.file ?? ''), origin.address ?? '', firstLineOf(summary)]
      .filter((part) => part !== '')
      .join(': '),
    result:
      severity === 'error'
        ? { kind: 'error', type: code, message: summary, text: text.join('\n') }
        : skipped(`Warning: ${summary}`, text.join('\n')),
  };
};
