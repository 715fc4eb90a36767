import type { Report } from '../../model/report.ts';
import type { ReportContext } from '../context.ts';
import { printable } from '../printable.ts';
import { buildGraph } from './build.ts';
import { foldGraph } from './fold.ts';
import type { Graph } from './model.ts';

/** A report with what is drawn of it. */
export type Drawn = { readonly report: Report; readonly graph: Graph };

/** What is alike is one box, unless all is asked for. */
export const drawnOf = (
  report: Report,
  { surroundings, verbose }: Pick<ReportContext, 'surroundings' | 'verbose'>,
): Drawn => {
  const printed = printable(report, { unicode: true });
  const around = surroundings?.get(report);
  const graph = buildGraph(printed, around === undefined ? undefined : printable(around, { unicode: true }));
  return { report: printed, graph: verbose ? graph : foldGraph(graph) };
};
