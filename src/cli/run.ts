import { type Checked, type DetectedDocument, type Report, checkWithTexts } from '../index.ts';
import { type Diagnostic, isError } from '../model/diagnostic.ts';
import { errorReport } from '../report/error-report.ts';
import { withUnknown } from '../report/unknown-fails.ts';
import { checkOptions } from './check-options.ts';
import { gather } from './gather.ts';
import type { Invocation } from './invocation.ts';
import { loadPolicies } from './load-policies.ts';
import type { Streams } from './streams.ts';
import { writeReports } from './write-reports.ts';

/** Reads, judges, reports. The result is the exit code. */
export const run = async (invocation: Invocation, streams: Streams, version: string): Promise<number> => {
  const checked = await judge(invocation, streams, version);
  const failures = await writeReports(checked, invocation, streams);
  return Math.max(...checked.map(({ report }) => exitCodeOf(report, invocation)), failures > 0 ? 2 : 0);
};

/** One report for each plan, in their order. */
const judge = async (invocation: Invocation, streams: Streams, version: string): Promise<readonly Checked[]> => {
  const { policies, diagnostics, faults } = await loadPolicies(invocation);
  const baselines = await loadBaselines(invocation, streams);
  const { plans, progress } = await gather(invocation, streams, [...diagnostics, ...baselines.diagnostics]);
  const all: Checked[] = [];
  for (const plan of plans) {
    if (!plan.ok) {
      all.push({
        report: errorReport(plan.diagnostics, plan.input, version, invocation.configuration),
        ...(plan.texts === undefined ? {} : { texts: plan.texts }),
      });
      continue;
    }
    progress.show(`judging ${plan.documents.judged.path}`);
    const options = await checkOptions(invocation, plan.documents, streams, version);
    const checked = await checkWithTexts(plan.documents, policies, options);
    const report = baselines.judge(withFaults(checked.report, faults), plan.documents.judged);
    all.push({ ...checked, report: withUnknown(report, invocation.unknown) });
  }
  progress.clear();
  return all;
};

type Baselines = {
  readonly diagnostics: readonly Diagnostic[];
  readonly judge: (report: Report, document: DetectedDocument) => Report;
};

/** What only a run with a baseline needs is loaded here. */
const loadBaselines = async (invocation: Invocation, streams: Streams): Promise<Baselines> => {
  const isAsked = invocation.baseline !== undefined || invocation.newBaseline !== undefined;
  if (!isAsked) return { diagnostics: [], judge: (report) => report };
  return (await import('./baselines.ts')).openBaselines(invocation, streams);
};

/** Without a policy that was asked for the verdict could be another one; what the others found is said all the same. */
const withFaults = (report: Report, faults: readonly Diagnostic[]): Report =>
  faults.length === 0 ? report : { ...report, verdict: 'error', diagnostics: [...faults, ...report.diagnostics] };

/** Anything but a report that says pass or fail is no answer; the settings alone are neither right nor wrong. */
const exitCodeOf = ({ verdict, diagnostics }: Report, { command, format }: Invocation): number => {
  if (verdict === 'error' || diagnostics.some(isError)) return 2;
  // Atlantis reads the verdict in the text, and drops the text of a program that says it with its exit code.
  return verdict === 'fail' && command === 'check' && format !== 'atlantis' ? 1 : 0;
};
