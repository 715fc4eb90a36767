import type { Finding } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import type { Waiver } from '../model/waiver.ts';
import { plural } from './text.ts';

/** Findings that a waiver or a baseline excuses: they are there, and do not count against the run. */
export const isExcused = ({ waiver, baseline }: Finding): boolean => waiver !== null || baseline === 'unchanged';

export const isFailing = (finding: Finding): boolean => finding.outcome === 'fail' && !isExcused(finding);

export const isUndecided = (finding: Finding): boolean => finding.outcome === 'unknown' && !isExcused(finding);

export const isWaived = ({ waiver }: Finding): boolean => waiver !== null;

/** What only the baseline excuses. */
export const isHeld = (finding: Finding): boolean => isExcused(finding) && !isWaived(finding);

/** `waived until 2027-03-31 by data: Why. (main.tf:3)`, the owner and the place where they are known. */
export const waiverText = ({ expires, owner, reason, origin }: Waiver): string => {
  const place = [origin.file, origin.line].filter((part) => part !== undefined).join(':');
  return `waived until ${expires}${owner === null ? '' : ` by ${owner}`}: ${reason}${place === '' ? '' : ` (${place})`}`;
};

/** How many findings do not count; undefined where all do. */
export const excusedSentence = ({ findings }: Report): string | undefined => {
  const [waived, held] = [findings.filter(isWaived).length, findings.filter(isHeld).length];
  const inBaseline = held === 1 ? 'is in the baseline' : 'are in the baseline';
  if (waived === 0) return held === 0 ? undefined : `${plural(held, 'finding')} ${inBaseline}.`;
  const first = `${plural(waived, 'finding')} ${waived === 1 ? 'is' : 'are'} waived`;
  return held === 0 ? `${first}.` : `${first}, ${held} ${inBaseline}.`;
};
