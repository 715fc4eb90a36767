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

/** Build runners show ten of each level. One of them is for what the program has to say of itself. */
const reserved = 9;

/**
 * The worst findings of all plans first, then what the program has to say of itself, which is the worst only where there
 * are no findings. What is waived or known already has none.
 */
export const annotationsOf = (reports: readonly Report[], context: ReportContext): readonly Annotation[] => {
  const said = reports.flatMap(ofDiagnostics);
  const found = ofFindings(reports, context);
  return levels.flatMap((level) => {
    const of = (some: readonly Annotation[]) => some.filter((annotation) => annotation.level === level);
    const [findings, [first = [], ...others]] = [of(found), of(said).map((one) => [one])];
    return [...findings.slice(0, reserved), ...first, ...findings.slice(reserved), ...others.flat()];
  });
};

const ofFindings = (reports: readonly Report[], context: ReportContext): readonly Annotation[] => {
  const owners = reports.flatMap((report) => report.findings.map((finding) => [finding, report] as const));
  const reportOf = new Map(owners);
  return byUrgency([...reportOf.keys()]).flatMap((finding) => {
    const level = levelOf[standingOf(finding, context)];
    const report = reportOf.get(finding);
    return level === undefined || report === undefined ? [] : [ofFinding(finding, level, report)];
  });
};

/** One for each file and code: what is wrong in a file often has one cause, and each of them takes the place of a finding. */
const ofDiagnostics = (report: Report): readonly Annotation[] => {
  const groups = new Map<string, Diagnostic[]>();
  for (const diagnostic of report.diagnostics) {
    const { severity, code, origin } = diagnostic;
    const key = JSON.stringify([severity, code, origin?.file ?? groups.size]);
    groups.set(key, [...(groups.get(key) ?? []), diagnostic]);
  }
  return [...groups.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [ofDiagnostic(first, others.length, report)],
  );
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

const ofDiagnostic = (diagnostic: Diagnostic, others: number, report: Report): Annotation => {
  const { severity, code, summary, detail = '', origin = {} } = diagnostic;
  const documents = report.input.map(({ path }) => path);
  const place = placeOf(origin.file === '-' ? { ...origin, file: 'standard input' } : origin, documents);
  const alike = others === 0 ? '' : ` And ${others} more of this kind in this file.`;
  return {
    level: severity,
    rule: code,
    title: code,
    headline: `${place === '' ? '' : `${place}: `}${firstLineOf(summary)}${alike}`,
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
