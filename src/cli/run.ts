import { type DetectedDocument, type Report, type ReportInput, check } from '../index.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { errorReport } from '../report/error-report.ts';
import type { Invocation } from './invocation.ts';
import { loadPolicies } from './load-policies.ts';
import { type Progress, progressFor } from './progress.ts';
import { type Read, findContext, readDocument } from './read-documents.ts';
import type { Streams } from './streams.ts';
import { writeReports } from './write-reports.ts';

/** Reads, judges, reports. The result is the exit code. */
export const run = async (invocation: Invocation, streams: Streams, version: string): Promise<number> => {
  const context = await findContext(invocation);
  const files = [...invocation.plans, ...context.files];
  const progress = progressFor(files, () => streams.stderr, invocation.quiet);
  const reports = await judge(invocation, context, { streams, version, progress });
  progress.clear();
  const failures = await writeReports(reports, invocation, streams);
  return Math.max(...reports.map((report) => exitCodeOf(report, invocation)), failures > 0 ? 2 : 0);
};

type Surroundings = { readonly streams: Streams; readonly version: string; readonly progress: Progress };

type Context = { readonly files: readonly string[]; readonly diagnostics: readonly Diagnostic[] };

/** One report for each plan, in their order. */
const judge = async (
  invocation: Invocation,
  found: Context,
  { streams, version, progress }: Surroundings,
): Promise<readonly Report[]> => {
  const { policies, diagnostics } = await loadPolicies(invocation.policies);
  const plans: Read[] = [];
  for (const path of invocation.plans) plans.push(await readDocument(path, streams, progress));
  const context: Read[] = [];
  for (const path of found.files) context.push(await readDocument(path, streams, progress));
  // Without a policy or a context that was asked for, every verdict could be another one.
  const obstacles = [...diagnostics, ...found.diagnostics, ...context.flatMap(diagnosticOf)].filter(isError);
  const completing = [...plans, ...context].flatMap(documentOf);
  return plans.map((plan) => {
    if (!plan.ok) return errorReport([plan.diagnostic, ...obstacles], [], version);
    if (obstacles.length > 0) return errorReport(obstacles, [inputOf(plan.document)], version);
    progress.show(`judging ${plan.document.path}`);
    const documents = { judged: plan.document, context: completing.filter((other) => other !== plan.document) };
    const { sets, only, skip } = invocation;
    return withUnknown(check(documents, policies, { sets, only, skip, toolVersion: version }), invocation);
  });
};

const documentOf = (read: Read): readonly DetectedDocument[] => (read.ok ? [read.document] : []);
const diagnosticOf = (read: Read): readonly Diagnostic[] => (read.ok ? [] : [read.diagnostic]);
const isError = ({ severity }: Diagnostic): boolean => severity === 'error';

const inputOf = ({ path, kind, terraformVersion }: DetectedDocument): ReportInput => ({
  path,
  kind,
  terraformVersion,
  source: null,
  role: 'judged',
});

/** With `--unknown=fail` what is mandatory and undecided is as bad as what fails. */
const withUnknown = (report: Report, { unknown }: Invocation): Report => {
  const isUndecided = report.findings.some(
    ({ outcome, enforcement }) => outcome === 'unknown' && enforcement === 'mandatory',
  );
  return unknown === 'fail' && report.verdict === 'pass' && isUndecided ? { ...report, verdict: 'fail' } : report;
};

/** Anything but a report that says pass or fail is no answer; the settings alone are neither right nor wrong. */
const exitCodeOf = ({ verdict, diagnostics }: Report, { command }: Invocation): number => {
  if (verdict === 'error' || diagnostics.some(isError)) return 2;
  return verdict === 'fail' && command === 'check' ? 1 : 0;
};
