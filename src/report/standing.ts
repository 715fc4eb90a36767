import { type Finding, failsRun, leavesRunOpen } from '../model/finding.ts';
import type { ReportContext } from './context.ts';
import { isHeld, isWaived } from './excused.ts';

/** What a finding means for the run: only what `fails` makes it fail. `known` is in the baseline already. */
export type Standing = 'fails' | 'advice' | 'undecided' | 'waived' | 'known';

export const standingOf = (finding: Finding, { unknown }: Pick<ReportContext, 'unknown'>): Standing => {
  if (isWaived(finding)) return 'waived';
  if (isHeld(finding)) return 'known';
  if (failsRun(finding) || (unknown === 'fail' && leavesRunOpen(finding))) return 'fails';
  return finding.outcome === 'fail' ? 'advice' : 'undecided';
};

/** What fails the run, be it for want of an answer, and advice. */
export const isToMend = (finding: Finding, context: ReportContext): boolean => {
  const standing = standingOf(finding, context);
  return standing === 'fails' || standing === 'advice';
};

/** What is undecided and may stay so. */
export const isLeftOpen = (finding: Finding, context: ReportContext): boolean =>
  standingOf(finding, context) === 'undecided';
