import type { Diagnostic } from '../model/diagnostic.ts';
import type { Report } from '../model/report.ts';
import type { Call, Given, Origin } from '../model/value.ts';
import type { ReportContext } from './context.ts';
import { isAbsolutePath } from './paths.ts';

/**
 * The report for a code host, which reads names of files from the root of the repository: the inputs are called as from
 * there, however somebody has typed them. Files of the source are called so already. What stands in a module that
 * Terraform has installed is at the place in the repository that makes it so.
 */
export const located = (report: Report, { inRepository }: Pick<ReportContext, 'inRepository'>): Report => {
  const findings = report.findings.map((finding) => ({ ...finding, origins: finding.origins.map(committed) }));
  if (inRepository === undefined) return { ...report, findings };
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
    findings,
    input: report.input.map((input) => ({ ...input, path: nameOf(input.path) })),
    diagnostics: report.diagnostics.map(place),
  };
};

/** Nobody commits what `terraform init` installs. */
const isInstalled = (file: string): boolean => /(?:^|[\\/])\.terraform[\\/]/.test(file);

const positionOf = ({ file, line, column, endLine, endColumn }: Call & Partial<Given>) => ({
  file,
  line,
  column,
  ...(endLine === undefined || endColumn === undefined ? {} : { endLine, endColumn }),
});

const committed = (origin: Origin): Origin => {
  const { address, path, document, file, given, calls = [] } = origin;
  if (file === undefined || !isInstalled(file)) return origin;
  const place = [...(given === undefined ? [] : [given]), ...calls].find((one) => !isInstalled(one.file));
  if (place === undefined) return origin;
  return { address, path, ...(document === undefined ? {} : { document }), ...positionOf(place) };
};
