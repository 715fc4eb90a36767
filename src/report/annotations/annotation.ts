import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Finding } from '../../model/finding.ts';
import type { Report } from '../../model/report.ts';
import type { Origin } from '../../model/value.ts';
import type { ReportContext } from '../context.ts';
import { withAddress, withoutFences } from '../finding-text.ts';
import { relativePath } from '../paths.ts';
import { byUrgency, explainCommand } from '../pretty/findings.ts';
import { judgedInput } from '../pretty/headline.ts';
import { bestOf, placeOf } from '../pretty/place.ts';
import { type Standing, standingOf } from '../standing.ts';
import { firstLineOf } from '../text.ts';

export const levels = ['error', 'warning', 'notice'] as const;
export type Level = (typeof levels)[number];

/** A remark that a build runner shows beside a file. Only errors fail the run. */
export type Annotation = {
  readonly level: Level;
  /** The policy, or the code of the diagnostic. */
  readonly rule: string;
  readonly title: string;
  /** One line: where, and what was seen. */
  readonly headline: string;
  /** What to do about it, in several lines. */
  readonly help: string;
  /** Where all about it is. */
  readonly more: string;
  /** Relative to the repository; null where there is no such file. Without a line it is the plan. */
  readonly file: string | null;
  readonly region: Pick<Origin, 'line' | 'column' | 'endLine' | 'endColumn'>;
};

const levelOf: Readonly<Partial<Record<Standing, Level>>> = { fails: 'error', advice: 'warning', undecided: 'notice' };

/** The worst of all plans first. What is waived or known already has none. */
export const annotationsOf = (reports: readonly Report[], context: ReportContext): readonly Annotation[] => {
  const of = (wanted: Diagnostic['severity']): readonly Annotation[] =>
    reports.flatMap((report) =>
      report.diagnostics.flatMap((one) => (one.severity === wanted ? [ofDiagnostic(one, report)] : [])),
    );
  const owners = reports.flatMap((report) => report.findings.map((finding) => [finding, report] as const));
  const reportOf = new Map(owners);
  const found = byUrgency([...reportOf.keys()]).flatMap((finding) => {
    const level = levelOf[standingOf(finding, context)];
    const report = reportOf.get(finding);
    return level === undefined || report === undefined ? [] : [ofFinding(finding, level, report)];
  });
  const all = [...of('error'), ...found, ...of('warning')];
  return levels.flatMap((level) => all.filter((annotation) => annotation.level === level));
};

const ofFinding = (finding: Finding, level: Level, report: Report): Annotation => {
  const { policy, severity, outcome, address, message, remediation, origins } = finding;
  const undecided = outcome === 'unknown' ? 'Undecided: ' : '';
  const [first = '', ...more] = withoutFences(message).split('\n');
  const fix = remediation === '' ? '' : `${outcome === 'fail' ? 'Fix' : 'If so'}: ${withoutFences(remediation)}`;
  return {
    level,
    rule: policy,
    title: `${policy} (${severity})`,
    headline: `${undecided}${withAddress(address, first)}`,
    help: [more.join('\n'), fix].filter((part) => part !== '').join('\n'),
    more: `More: ${explainCommand(policy)}`,
    ...placed(bestOf(origins), report),
  };
};

const ofDiagnostic = (diagnostic: Diagnostic, report: Report): Annotation => {
  const { severity, code, summary, detail = '', origin = {} } = diagnostic;
  const documents = report.input.map(({ path }) => path);
  const place = placeOf(origin.file === '-' ? { ...origin, file: 'standard input' } : origin, documents);
  return {
    level: severity,
    rule: code,
    title: code,
    headline: place === '' ? firstLineOf(summary) : `${place}: ${firstLineOf(summary)}`,
    help: withoutFences(detail),
    more: '',
    ...placed(origin.file === undefined ? undefined : origin, report),
  };
};

/** The line in the source; else the plan, for a plan has no lines worth showing. */
const placed = (origin: Partial<Origin> | undefined, report: Report): Pick<Annotation, 'file' | 'region'> => {
  if (origin?.file === undefined) return { file: relativePath(judgedInput(report)?.path ?? ''), region: {} };
  const { file, line, column, endLine, endColumn } = origin;
  const shown = relativePath(file);
  return shown === null || line === undefined
    ? { file: shown, region: {} }
    : { file: shown, region: { line, ...defined({ column, endLine, endColumn }) } };
};

const defined = (region: { readonly [Key in keyof Annotation['region']]: number | undefined }): Annotation['region'] =>
  Object.fromEntries(Object.entries(region).filter(([, value]) => value !== undefined));
