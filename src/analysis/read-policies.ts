import { covers } from '../iam/shape.ts';
import type { PolicyCarrier } from '../model/auth-model.ts';
import type { Value } from '../model/value.ts';

/** Whether two policies are one: a data source of which nobody can say what it reads may read what is managed here. */
export const mayBeSame = (one: PolicyCarrier, other: PolicyCarrier): boolean =>
  !(one.managed && other.managed) && mayBeEqual(one.name, other.name) && mayBeEqual(one.arn, other.arn);

/** Whether a data source may read the policy of an ARN. */
export const mayHaveArn = ({ managed, name, arn }: PolicyCarrier, text: string): boolean =>
  !managed && mayBe(arn, text) && mayBe(name, text.slice(text.lastIndexOf('/') + 1));

const mayBeEqual = (one: Value<string>, other: Value<string>): boolean => {
  if (one.kind === 'known') return mayBe(other, one.value);
  return other.kind !== 'known' || mayBe(one, other.value);
};

const mayBe = (value: Value<string>, text: string): boolean => {
  if (value.kind === 'known') return value.value === text;
  const { template } = value.kind === 'unknown' ? value : { template: undefined };
  const pattern = template?.map((part) => (typeof part === 'string' ? part : '*')).join('') ?? '*';
  return covers(pattern, [text]) !== false;
};
