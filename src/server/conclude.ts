import { type Diagnostic, isError } from '../model/diagnostic.ts';
import { type Finding, failsRun } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import { lookOf } from '../report/look.ts';
import { code as codeSpan } from '../report/markdown/escape.ts';
import { findingItem } from '../report/markdown/findings.ts';
import { blocksOf } from '../report/markdown/text.ts';
import { byUrgency } from '../report/pretty/findings.ts';
import { emptySentence, headlineOf, isEmpty, summaryOf } from '../report/pretty/headline.ts';
import { printable } from '../report/printable.ts';
import type { Outcome, Result, Tag } from './result.ts';

/** What a caller is told of a report. `notes` are sentences on what could not be read beside the plan. */
export const conclude = (found: Report, notes: readonly string[], url: string | undefined): Result => {
  const report = printable(found, { unicode: true });
  const errors = report.diagnostics.filter(isError);
  const open = byUrgency(report.findings.filter(({ waiver }) => waiver === null));
  const address = url === undefined ? {} : { url };
  return {
    status: report.verdict === 'pass' ? 'passed' : 'failed',
    message: [...sentencesOf(report, errors), ...notes].join(' '),
    ...address,
    outcomes: [...errors.map((error) => errorOutcome(error, url)), ...findingOutcomes(report, open, url)],
  };
};

/** A result without a report. */
export const withoutReport = (message: string): Result => ({ status: 'failed', message, outcomes: [] });

const sentencesOf = (report: Report, errors: readonly Diagnostic[]): readonly string[] => {
  if (report.verdict === 'error') return [headlineOf(report), ...errors.slice(0, 3).map(({ summary }) => summary)];
  if (isEmpty(report)) return [emptySentence(report)];
  return [headlineOf(report), ...summaryOf(report)];
};

const errorOutcome = ({ code, summary, detail, origin }: Diagnostic, url: string | undefined): Outcome => ({
  id: code,
  description: summary,
  body: [
    ...blocksOf(detail === undefined ? summary : `${summary}\n${detail}`, { language: 'sh' }),
    ...(origin?.file === undefined ? [] : [codeSpan(origin.file)]),
  ].join('\n\n'),
  ...(url === undefined ? {} : { url }),
  tags: { Status: { label: 'Error', level: 'error' } },
});

const findingOutcomes = (report: Report, findings: readonly Finding[], url: string | undefined): readonly Outcome[] => {
  const policies = new Map(report.policies.map((policy) => [policy.id, policy]));
  const context = { color: false, unicode: true, width: 80, verbose: true, quiet: false };
  const look = lookOf(
    context,
    report.input.map(({ path }) => path),
  );
  return findings.map((finding) => ({
    id: finding.policy,
    description: finding.message.includes(finding.address) ? finding.message : `${finding.address}: ${finding.message}`,
    body: findingItem(finding, policies, look),
    ...(url === undefined ? {} : { url: `${url}#finding-${finding.id}` }),
    tags: { Status: statusOf(finding), Severity: severityOf(finding) },
  }));
};

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
