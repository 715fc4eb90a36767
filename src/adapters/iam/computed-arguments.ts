import type { ProviderKnowledge } from '../../terraform/source.ts';

/** Lists and blocks that the provider fills in for resources. Scalars need none: what is computed is asked for as such. */
const computed = new Set([
  'vpc_security_group_ids',
  'security_groups',
  'managed_policy_arns',
  'master_user_secret',
  'ingress',
  'egress',
  'inline_policy',
  'cidr_block_associations',
]);

/** Nearly all that a data source does not ask for it answers; this one only writes down what it is given. */
const answersOfDocument = new Set(['json', 'minified_json', 'id']);

export const computes: ProviderKnowledge['computes'] = (mode, type, argument) => {
  if (mode === 'managed') return computed.has(argument);
  return type !== 'aws_iam_policy_document' || answersOfDocument.has(argument);
};
