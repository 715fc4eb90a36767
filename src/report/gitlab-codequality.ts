import type { Finding } from '../model/finding.ts';
import { hashOf } from '../model/hash.ts';
import type { Severity } from '../model/policy.ts';
import type { Report } from '../model/report.ts';
import type { Origin } from '../model/value.ts';
import type { ReportContext, Reporter } from './context.ts';
import { excuseText } from './excused.ts';
import { withAddress } from './finding-text.ts';
import { located } from './located.ts';
import { isWindows, relativePath } from './paths.ts';
import { judgedInput } from './pretty/headline.ts';
import { bestOf } from './pretty/place.ts';
import { printable, printableJson } from './printable.ts';
import { standingOf } from './standing.ts';
import { firstLineOf } from './text.ts';

type Degree = 'info' | 'minor' | 'major' | 'critical' | 'blocker';

type Issue = {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: Degree;
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
};

const degrees: Readonly<Record<Severity, Degree>> = {
  critical: 'blocker',
  high: 'critical',
  medium: 'major',
  low: 'minor',
  info: 'info',
};

/** The Code Quality report of GitLab: an array, empty where nothing is wrong. */
export const renderGitlabCodequality: Reporter = (reports, context) => {
  const issues = reports
    .map((report) => printable(located(report, context), { unicode: true }))
    .flatMap((report) => [
      ...report.findings.map((finding) => [ofFinding(finding, report, context), report] as const),
      ...diagnosticsOf(report).map((issue) => [issue, report] as const),
    ]);
  return `${printableJson(JSON.stringify(distinct(issues), null, 2))}\n`;
};

const ofFinding = (finding: Finding, report: Report, context: ReportContext): Issue => {
  const { address, message, policy, fingerprint, origins } = finding;
  const standing = standingOf(finding, context);
  const isOpen = finding.outcome === 'unknown';
  const note =
    standing === 'waived' || standing === 'known' ? `${excuseText(finding)} – ` : isOpen ? 'Undecided: ' : '';
  return {
    description: `${note}${withAddress(address, firstLineOf(message))}`,
    check_name: isOpen ? `${policy}/undecided` : policy,
    fingerprint,
    severity: degreeOf(finding, context),
    location: locationOf(bestOf(origins), report),
  };
};

/** What does not fail the run is never as bad as what does. */
const degreeOf = (finding: Finding, context: ReportContext): Degree => {
  const degree = degrees[finding.severity];
  switch (standingOf(finding, context)) {
    case 'fails':
      return degree;
    case 'advice':
      return degree === 'blocker' || degree === 'critical' ? 'major' : degree;
    default:
      return 'info';
  }
};

const diagnosticsOf = (report: Report): readonly Issue[] =>
  report.diagnostics.map(({ severity, code, summary, origin = {} }) => ({
    description: `${severity === 'error' ? 'Error' : 'Warning'}: ${firstLineOf(summary)}`,
    check_name: code,
    fingerprint: hashOf(code, origin.file ?? '', origin.address ?? '', origin.path ?? '', summary),
    severity: severity === 'error' ? 'blocker' : 'minor',
    location: locationOf(origin, report),
  }));

const locationOf = (origin: Partial<Origin> | undefined, report: Report): Issue['location'] => {
  const isPlaced = origin?.file !== undefined;
  const path = isPlaced ? origin.file : (judgedInput(report)?.path ?? '');
  return { path: pathOf(path ?? ''), lines: { begin: (isPlaced ? origin.line : undefined) ?? 1 } };
};

/** GitLab wants a path, and a relative one: of a file that is elsewhere, its name. */
const pathOf = (path: string): string => {
  const name = (isWindows(path) ? path.replaceAll('\\', '/') : path).split('/').at(-1) ?? '';
  return relativePath(path) ?? (/^(?:-|\.{0,2})$/.test(name) ? 'plan.json' : name);
};

/** GitLab takes issues with the same fingerprint for one: those of two plans are told apart by their plans. */
const distinct = (issues: readonly (readonly [issue: Issue, report: Report])[]): readonly Issue[] => {
  const counts = new Map<string, number>();
  for (const [{ fingerprint }] of issues) counts.set(fingerprint, (counts.get(fingerprint) ?? 0) + 1);
  const taken = new Set<string>();
  return issues.map(([issue, report]) => {
    const isShared = (counts.get(issue.fingerprint) ?? 0) > 1;
    let fingerprint = isShared ? hashOf(issue.fingerprint, judgedInput(report)?.path ?? '') : issue.fingerprint;
    while (taken.has(fingerprint)) fingerprint = hashOf(fingerprint, 'again');
    taken.add(fingerprint);
    return { ...issue, fingerprint };
  });
};
