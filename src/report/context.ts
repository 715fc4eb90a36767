import type { Report } from '../model/report.ts';

/** How a text may look. Nothing else about the outside reaches a reporter. */
export type ReportContext = {
  readonly color: boolean;
  readonly unicode: boolean;
  /** Columns. */
  readonly width: number;
  readonly verbose: boolean;
  readonly quiet: boolean;
};

/** Writes the reports of one run, one for each plan. */
export type Reporter = (reports: readonly Report[], context: ReportContext) => string;
