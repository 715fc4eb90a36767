import type { Report } from '../model/report.ts';
import type { Surroundings } from '../model/surroundings.ts';
import type { ExcerptOf } from './excerpt/index.ts';

/** How a text may look. Nothing else about the outside reaches a reporter. */
export type ReportContext = {
  readonly color: boolean;
  readonly unicode: boolean;
  /** Columns. */
  readonly width: number;
  readonly verbose: boolean;
  readonly quiet: boolean;
  /** `fail`: what is mandatory and undecided fails the run. Left out: it does not. */
  readonly unknown?: 'report' | 'fail';
  /** Lines of the source, where it was read. Only texts for people quote them: what programs read holds no source. */
  readonly excerptOf?: ExcerptOf;
  /** The name of an input as from the root of the repository, for code hosts. Left out: as it was typed. */
  readonly inRepository?: (path: string) => string;
  /** What drawings show beside each report. */
  readonly surroundings?: ReadonlyMap<Report, Surroundings>;
};

/** Writes the reports of one run, one for each plan. */
export type Reporter = (reports: readonly Report[], context: ReportContext) => string;
