import type { IamPolicyDocument } from '../../model/iam.ts';
import type { Origin } from '../../model/value.ts';
import type { View } from '../../terraform/values.ts';
import type { AdapterContext } from './adapter.ts';

/** A document that refers to nothing grants nothing that could be found: whoever reads the report must know of it. */
export const reportUnseen = (
  context: AdapterContext,
  { resource }: View,
  { complete, references, trailEnds }: IamPolicyDocument,
  origin: Origin,
): void => {
  if (complete || references.length > 0 || trailEnds.length === 0) return;
  context.report({
    severity: 'warning',
    code: 'iam-document-undecided',
    summary:
      resource.mayBeMissing === true
        ? `${origin.address}: what ${origin.path} allows is not judged, for nobody can say whether it exists: what count or for_each comes to is not known.`
        : `${origin.address}: what ${origin.path} allows cannot be seen, for it is made of ${trailEnds.join(', ')}.`,
    detail:
      'Give the value of the variable (--var-file), or the directory with the file that is read (--source). Until then no login is found in it, and what rests on it stays undecided.',
    origin,
  });
};
