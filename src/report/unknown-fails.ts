import { leavesRunOpen } from '../model/finding.ts';
import type { Report } from '../model/report.ts';

/** With `--unknown=fail` what is mandatory and undecided is as bad as what fails. */
export const withUnknown = (report: Report, unknown: 'report' | 'fail'): Report => {
  const isUndecided = report.findings.some(leavesRunOpen);
  return unknown === 'fail' && report.verdict === 'pass' && isUndecided ? { ...report, verdict: 'fail' } : report;
};
