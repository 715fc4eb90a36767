import type { Connection } from '../model/connection.ts';
import { type Diagnostic, isError } from '../model/diagnostic.ts';
import { type Finding, failsRun } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import { legsOfFinding } from '../report/explain/bearing.ts';
import { type Look, lookOf } from '../report/look.ts';
import { code as codeSpan } from '../report/markdown/escape.ts';
import { findingItem } from '../report/markdown/findings.ts';
import { blocksOf } from '../report/markdown/text.ts';
import { plainWay, wayItem } from '../report/markdown/ways.ts';
import { byUrgency } from '../report/pretty/findings.ts';
import { placeOf, shortPlaceOf } from '../report/pretty/place.ts';
import { errorSentence } from './conclusion-message.ts';
import type { Outcome, Tag } from './result.ts';

/** Findings must have room beside them. */
const mostWays = 100;

/** What keeps the question from being answered, then who cannot log in, then what was found, the worst first. */
export const conclusionOutcomes = (report: Report, url: string | undefined): readonly Outcome[] => {
  const context = { color: false, unicode: true, width: 80, verbose: true, quiet: false };
  const look = lookOf(
    context,
    report.input.map(({ path }) => path),
  );
  const to = (anchor: string): Pick<Outcome, 'url'> => (url === undefined ? {} : { url: `${url}${anchor}` });
  const ways = report.connections
    .filter(({ verdict }) => verdict === 'unreachable')
    .map((way) => ({ ...wayOutcome(way, report, look), ...to(`#connection-${way.id}`) }));
  const open = byUrgency(report.findings.filter(({ waiver }) => waiver === null));
  const policies = new Map(report.policies.map((policy) => [policy.id, policy]));
  const findings = open.map((finding) => ({
    ...findingOutcome(finding, findingItem(finding, policies, look)),
    ...to(`#finding-${finding.id}`),
  }));
  const of = (isOne: (diagnostic: Diagnostic) => boolean): readonly Outcome[] =>
    report.diagnostics.filter(isOne).map((one) => ({ ...diagnosticOutcome(one), ...to('') }));
  const warnings = of((one) => !isError(one));
  return [...of(isError), ...ways.slice(0, mostWays), ...findings, ...ways.slice(mostWays), ...warnings];
};

const diagnosticOutcome = (diagnostic: Diagnostic): Outcome => {
  const { code, summary, detail, origin = {} } = diagnostic;
  const place = placeOf(origin, []);
  return {
    id: code,
    description: errorSentence(diagnostic),
    body: [
      ...blocksOf(detail === undefined ? summary : `${summary}\n${detail}`, { language: 'sh' }),
      ...(place === '' ? [] : [codeSpan(place)]),
    ].join('\n\n'),
    tags: { Status: isError(diagnostic) ? { label: 'Error', level: 'error' } : { label: 'Warning', level: 'warning' } },
  };
};

/** Policies and legs read the same judgements: the finding at a broken leg has the edit that mends it. */
const wayOutcome = (way: Connection, { findings, verdict }: Report, look: Look): Outcome => {
  const broken = way.legs.filter(({ status }) => status === 'broken');
  const reasons = broken.map(({ leg, reason, origin }) => {
    const place = shortPlaceOf(origin ?? {});
    return `${leg}: ${reason}${place === '' || reason.includes(place) ? '' : ` (${place})`}`;
  });
  const about = findings.filter((finding) => legsOfFinding(finding, way, () => []).length > 0);
  return {
    id: `way-in-${way.id}`,
    description: `${plainWay(way)} cannot log in: ${reasons.join('; ')}`,
    body: wayItem(way, about, look),
    // Where all of its findings are waived, it is known and no reason to fail.
    tags: { Status: { label: 'Cannot log in', level: verdict === 'pass' ? 'warning' : 'error' } },
  };
};

const findingOutcome = (finding: Finding, body: string): Outcome => ({
  id: finding.policy,
  description: finding.message.includes(finding.address) ? finding.message : `${finding.address}: ${finding.message}`,
  body,
  tags: { Status: statusOf(finding), Severity: severityOf(finding) },
});

const statusOf = (finding: Finding): Tag => {
  if (failsRun(finding)) return { label: 'Failed', level: 'error' };
  if (finding.outcome === 'unknown') return { label: 'Undecided', level: 'info' };
  return { label: 'Advice', level: 'warning' };
};

const severityLevels = { critical: 'error', high: 'error', medium: 'warning', low: 'info', info: 'none' } as const;

const severityOf = ({ severity }: Finding): Tag => ({
  label: severity.charAt(0).toUpperCase() + severity.slice(1),
  level: severityLevels[severity],
});
