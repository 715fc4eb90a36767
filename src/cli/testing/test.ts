import type { TestReport } from '../../model/policy-test.ts';
import { renderProblems } from '../../report/pretty/diagnostics.ts';
import { loadTestReporter } from '../../report/testing/index.ts';
import { contextFor } from '../appearance.ts';
import type { Invocation } from '../invocation.ts';
import type { Streams } from '../streams.ts';
import { runSuite } from './run-suite.ts';

/** Runs the cases of policies. 0: all passed; 1: one failed, or too few outcomes have a case; 2: not all could run. */
export const testPolicies = async (invocation: Invocation, streams: Streams, version: string): Promise<number> => {
  const { words, format, testing } = invocation;
  const report = await runSuite(words.length === 0 ? ['.'] : words, testing.run, streams, version);
  const render = await loadTestReporter(format);
  const wishes = { coverage: testing.coverage, threshold: testing.threshold };
  streams.stdout.write(render(report, contextFor(streams.stdout, streams.env, invocation), wishes));
  if (report.diagnostics.length > 0) {
    streams.stderr.write(renderProblems(report.diagnostics, contextFor(streams.stderr, streams.env, invocation)));
  }
  return exitCodeOf(report, testing.threshold);
};

const exitCodeOf = ({ summary, coverage, diagnostics }: TestReport, threshold: number | null): number => {
  if (diagnostics.length > 0) return 2;
  return summary.failed > 0 || (threshold !== null && coverage.percent < threshold) ? 1 : 0;
};
