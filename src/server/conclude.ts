import { type Diagnostic, isError } from '../model/diagnostic.ts';
import type { Report } from '../model/report.ts';
import { printable } from '../report/printable.ts';
import { conclusionMessage } from './conclusion-message.ts';
import { conclusionOutcomes } from './conclusion-outcomes.ts';
import type { Result } from './result.ts';

/** What a caller is told of a report. `notes` are sentences on what could not be read beside the plan. */
export const conclude = (found: Report, notes: readonly string[], url: string | undefined): Result => {
  const shown = printable(found, { unicode: true });
  const report = { ...shown, diagnostics: shown.diagnostics.map(sentHere) };
  return {
    status: report.verdict === 'pass' ? 'passed' : 'failed',
    message: conclusionMessage(report, notes),
    ...(url === undefined ? {} : { url }),
    outcomes: conclusionOutcomes(report, url),
  };
};

/** A result without a report. */
export const withoutReport = (message: string): Result => ({ status: 'failed', message, outcomes: [] });

/** How the file is called in which a plan is judged. */
export const planFile = 'plan.json';

const aboutTheFile: ReadonlySet<string> = new Set([
  'input-empty',
  'input-not-found',
  'input-unreadable',
  'input-unsupported',
  'nothing-to-check',
  'plan-malformed',
]);

const sentWrong =
  'HCP Terraform sent something that is no plan as Terraform writes it. Run again; if it happens again, tell whoever keeps this run task.';

/** Nobody who reads this has the file, nor a place to type what makes another. */
const sentHere = (diagnostic: Diagnostic): Diagnostic => {
  const { code, origin } = diagnostic;
  if (origin?.file !== planFile) return diagnostic;
  const { file: _, ...rest } = origin;
  const advice = isError(diagnostic) && aboutTheFile.has(code) ? { detail: sentWrong } : {};
  return { ...diagnostic, summary: `The plan: ${diagnostic.summary}`, ...advice, origin: rest };
};
