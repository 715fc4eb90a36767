import { managedPolicyArn } from '../iam/managed-policies.ts';
import type { PolicyCarrier } from '../model/auth-model.ts';
import { type Reference, type Value, literal } from '../model/value.ts';
import type { Join } from './join.ts';
import { providerPlace } from './provider-place.ts';

/** A data source that says which policy it reads, and not what is in it, is as good as the ARN of one out of view. */
export const unlessUnseen = (join: Join<PolicyCarrier>): Join<PolicyCarrier> =>
  join.kind === 'one' && isUnseen(join.entity) ? { kind: 'outside', text: textOf(join.entity) } : join;

/** What is asked for by a value that nobody gave may be any policy: that stays open. */
const isUnseen = ({ managed, document, arn, name }: PolicyCarrier): boolean =>
  !managed && !document.complete && (isGiven(arn) || isGiven(name));

/** A text, or one of which only the account or the partition is not known. */
const isGiven = (value: Value<string>): boolean => {
  if (value.kind !== 'unknown') return value.kind === 'known';
  const { template = [], references, trailEnds } = value;
  return template.length > 1 && trailEnds.length === 0 && references.every(isPlace);
};

const isPlace = (reference: Reference): boolean => providerPlace(reference) !== undefined;

const textOf = ({ address, arn, name }: PolicyCarrier): string => {
  const text = literal(name);
  return literal(arn) ?? (text === undefined ? null : managedPolicyArn(text)) ?? address;
};
