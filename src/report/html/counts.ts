import type { Finding } from '../../model/finding.ts';
import { isFailing, isHeld, isUndecided, isWaived } from '../excused.ts';
import { plural } from '../text.ts';

/** Of a list of findings, how many are what. What a waiver or the baseline excuses is counted by itself, as in every other format. */
export const countsOf = (findings: readonly Finding[]): readonly string[] => {
  const count = (is: (finding: Finding) => boolean): number => findings.filter(is).length;
  const [failed, undecided, waived, held] = [count(isFailing), count(isUndecided), count(isWaived), count(isHeld)];
  return [
    ...(failed === 0 ? [] : [plural(failed, 'finding')]),
    ...(undecided === 0 ? [] : [`${plural(undecided, 'check')} undecided`]),
    ...(waived === 0 ? [] : [`${plural(waived, 'finding')} waived`]),
    ...(held === 0 ? [] : [`${plural(held, 'finding')} in the baseline`]),
  ];
};
