import { leavesRunOpen } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import { isMissingModule, lacksModules } from './missing-modules.ts';

/**
 * With `--unknown=fail` what is mandatory and undecided is as bad as what fails; and a module that could not be looked at
 * is an error, as no finding stands for it.
 */
export const withUnknown = (report: Report, unknown: 'report' | 'fail'): Report => {
  if (unknown === 'report') return report;
  if (lacksModules(report)) return { ...report, verdict: 'error', diagnostics: report.diagnostics.map(asError) };
  const isUndecided = report.findings.some(leavesRunOpen);
  return report.verdict === 'pass' && isUndecided ? { ...report, verdict: 'fail' } : report;
};

const asError = (diagnostic: Report['diagnostics'][number]): Report['diagnostics'][number] =>
  isMissingModule(diagnostic) ? { ...diagnostic, severity: 'error' } : diagnostic;
