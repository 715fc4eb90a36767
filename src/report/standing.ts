import { type Finding, failsRun } from '../model/finding.ts';
import type { ReportContext } from './context.ts';

/** What a finding means for the run: only what `fails` makes it fail. `known` is in the baseline already. */
export type Standing = 'fails' | 'advice' | 'undecided' | 'waived' | 'known';

export const standingOf = (finding: Finding, { unknown }: Pick<ReportContext, 'unknown'>): Standing => {
  const { waiver, baseline, outcome, enforcement } = finding;
  if (waiver !== null) return 'waived';
  if (baseline === 'unchanged') return 'known';
  if (outcome === 'fail') return failsRun(finding) ? 'fails' : 'advice';
  return unknown === 'fail' && enforcement === 'mandatory' ? 'fails' : 'undecided';
};
