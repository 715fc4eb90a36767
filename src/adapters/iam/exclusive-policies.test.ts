import { describe } from '@jest/globals';
import { adaptFile, testRows } from '../adapt-plan.test-support.ts';

describe('exclusive lists of policies', () => {
  const empty = {
    judged: true,
    managed: true,
    origin: '@',
    holder: { kind: 'role', name: 'known("legacy")@role_name' },
    covers: 'inline',
    policies: ['complete@policy_names'],
  };
  testRows(adaptFile('iam-exclusive/plan.json').model.exclusivePolicies, empty, [
    ['empty resource', 'aws_iam_role_policies_exclusive.empty', {}],
    [
      'reference',
      'aws_iam_role_policies_exclusive.reference',
      {
        holder: { kind: 'role', name: 'unknown(aws_iam_role.a.name)@role_name' },
        policies: [
          'known("known")@policy_names[0]',
          'unknown(aws_iam_role_policy.a.name)@policy_names[1]',
          'complete@policy_names',
        ],
      },
    ],
    [
      'unknown',
      'aws_iam_role_policies_exclusive.unknown',
      {
        holder: { kind: 'role', name: 'unknown(terraform_data.later.output)@role_name' },
        policies: ['unknown(terraform_data.later.output)@policy_names', 'incomplete@policy_names'],
      },
    ],
    [
      'reference',
      'aws_iam_role_policy_attachments_exclusive.reference',
      {
        holder: { kind: 'role', name: 'unknown(aws_iam_role.a.name)@role_name' },
        covers: 'attached',
        policies: ['unknown(aws_iam_policy.a.arn)@policy_arns[0]', 'complete@policy_arns'],
      },
    ],
    [
      'known',
      'aws_iam_user_policies_exclusive.known',
      {
        holder: { kind: 'user', name: 'known("legacy")@user_name' },
        policies: ['known("known")@policy_names[0]', 'complete@policy_names'],
      },
    ],
    [
      'known',
      'aws_iam_user_policy_attachments_exclusive.known',
      {
        holder: { kind: 'user', name: 'known("legacy")@user_name' },
        covers: 'attached',
        policies: ['known("arn:aws:iam::aws:policy/ReadOnlyAccess")@policy_arns[0]', 'complete@policy_arns'],
      },
    ],
    [
      'known',
      'aws_iam_group_policies_exclusive.known',
      {
        holder: { kind: 'group', name: 'known("legacy")@group_name' },
        policies: ['known("known")@policy_names[0]', 'complete@policy_names'],
      },
    ],
    [
      'unknown',
      'aws_iam_group_policy_attachments_exclusive.unknown',
      {
        holder: { kind: 'group', name: 'unknown(terraform_data.later.output)@group_name' },
        covers: 'attached',
        policies: ['unknown(terraform_data.later.output)@policy_arns[0]', 'complete@policy_arns'],
      },
    ],
  ]);
});
