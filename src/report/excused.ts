import type { Finding } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import type { Waiver } from '../model/waiver.ts';
import { firstLineOf, plural } from './text.ts';

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

/** Why a finding does not count, on one line. */
export const excuseText = ({ waiver }: Finding): string => {
  if (waiver === null) return 'In the baseline';
  const text = waiverText({ ...waiver, reason: firstLineOf(waiver.reason) });
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
};

/** How many findings do not count, and what became of the baseline; undefined where all do. */
export const excusedSentence = ({ findings, baseline }: Report): string | undefined => {
  const [waived, held, gone] = [
    findings.filter(isWaived).length,
    findings.filter(isHeld).length,
    baseline?.gone.length ?? 0,
  ];
  const parts = [
    ...(waived === 0 ? [] : [`${plural(waived, 'finding')} ${isOrAre(waived)} waived`]),
    ...(held === 0 ? [] : [`${waived === 0 ? plural(held, 'finding') : held} ${isOrAre(held)} in the baseline`]),
    ...(gone === 0 ? [] : [`${gone} of the baseline ${isOrAre(gone)} gone`]),
  ];
  return parts.length === 0 ? undefined : `${parts.join(', ')}.`;
};

const isOrAre = (count: number): string => (count === 1 ? 'is' : 'are');
