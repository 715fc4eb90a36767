import type { Diagnostic } from '../model/diagnostic.ts';
import type { Report } from '../model/report.ts';
import type { ReportContext } from './context.ts';
import { isAbsolutePath } from './paths.ts';

/**
 * The report for a code host, which reads names of files from the root of the repository: the inputs are called as from
 * there, however somebody has typed them. Files of the source are called so already.
 */
export const located = (report: Report, { inRepository }: Pick<ReportContext, 'inRepository'>): Report => {
  if (inRepository === undefined) return report;
  const names = new Map(report.input.map(({ path }) => [path, inRepository(path)]));
  const nameOf = (file: string): string => names.get(file) ?? (isAbsolutePath(file) ? inRepository(file) : file);
  const place = (diagnostic: Diagnostic): Diagnostic => {
    const { origin } = diagnostic;
    return origin?.file === undefined
      ? diagnostic
      : { ...diagnostic, origin: { ...origin, file: nameOf(origin.file) } };
  };
  return {
    ...report,
    input: report.input.map((input) => ({ ...input, path: nameOf(input.path) })),
    diagnostics: report.diagnostics.map(place),
  };
};
