import type { TestReport } from '../../model/policy-test.ts';
import type { ReportContext } from '../context.ts';

/** What of the coverage was asked for. */
export type CoverageWishes = {
  readonly coverage: boolean;
  /** Percent that must be reached; null where nobody asked for any. */
  readonly threshold: number | null;
};

/** Writes the results of cases. */
export type TestReporter = (report: TestReport, context: ReportContext, wishes: CoverageWishes) => string;
