import type { Comparison, FindingChange } from '../../model/comparison.ts';
import { clausesOf } from '../changes.ts';
import { isWaived } from '../excused.ts';
import { plural } from '../text.ts';

/** What is different, in one sentence. */
export const sentenceOf = ({ changes, matrix, findings }: Comparison): string => {
  const of = (kind: FindingChange['kind']): number => findings.filter((change) => change.kind === kind).length;
  const rows = new Set(matrix.map(({ database, proxy }) => `${database}\0${proxy}`)).size;
  const parts = [
    ...clausesOf(changes),
    ...(rows === 0 ? [] : [`changes the settings of ${plural(rows, 'row')}`]),
    ...(of('appears') === 0 ? [] : [`has ${plural(of('appears'), 'new finding')}`]),
    ...(of('goes') === 0 ? [] : [`has lost ${plural(of('goes'), 'finding')}`]),
    ...(of('differs') === 0 ? [] : [`has ${plural(of('differs'), 'other finding')}`]),
  ];
  return parts.length === 0 ? 'There is no difference.' : `The second ${parts.join(', ')}.`;
};

/** What becomes of a finding, in a word or two. */
export const wordsOf = (change: FindingChange): string =>
  change.kind !== 'goes' && isWaived(change.finding) ? `${becomes(change)}, waived` : becomes(change);

const becomes = ({ kind, before, after }: FindingChange): string => {
  const outcomes = { fail: 'fails', unknown: 'undecided' } as const;
  if (kind === 'appears') return after === 'unknown' ? 'new, undecided' : 'new';
  if (kind === 'goes') return 'gone';
  const [was, is] = [before, after].map((outcome) => (outcome === null ? '' : outcomes[outcome]));
  return was === is ? `${is} as before, weighed otherwise` : `was ${was}, now ${is}`;
};
