import { describe } from '@jest/globals';
import { adaptFile, testRows } from '../adapt-plan.test-support.ts';

describe('attachments to one', () => {
  /** Nothing but the required arguments is set. */
  const empty = {
    judged: true,
    managed: true,
    origin: '@',
    policyArn: 'known("arn:aws:iam::aws:policy/ReadOnlyAccess")@policy_arn',
    policyName: 'absent@policy_arn',
    holders: [{ kind: 'role', name: 'known("legacy")@role' }],
  };

  testRows(
    adaptFile('iam-attachment/plan.json').model.policyAttachments.filter(
      ({ address }) => !address.includes('aws_iam_policy_attachment'),
    ),
    empty,
    [
      ['empty resource, role', 'aws_iam_role_policy_attachment.empty', {}],
      [
        'reference',
        'aws_iam_role_policy_attachment.reference["one"]',
        {
          policyArn: 'unknown(aws_iam_policy.a.arn)@policy_arn',
          holders: [{ kind: 'role', name: 'unknown(aws_iam_role.each["one"].id)@role' }],
        },
      ],
      [
        'reference',
        'aws_iam_role_policy_attachment.reference["two"]',
        {
          policyArn: 'unknown(aws_iam_policy.a.arn)@policy_arn',
          holders: [{ kind: 'role', name: 'unknown(aws_iam_role.each["two"].id)@role' }],
        },
      ],
      [
        'unknown, role',
        'aws_iam_role_policy_attachment.unknown',
        {
          policyArn: 'unknown(terraform_data.later.output)@policy_arn',
          holders: [{ kind: 'role', name: 'unknown(terraform_data.later.output)@role' }],
        },
      ],
      [
        'empty resource, user',
        'aws_iam_user_policy_attachment.empty',
        { holders: [{ kind: 'user', name: 'known("legacy")@user' }] },
      ],
      [
        'reference, user',
        'aws_iam_user_policy_attachment.reference',
        {
          policyArn: 'unknown(aws_iam_policy.a.id)@policy_arn',
          holders: [{ kind: 'user', name: 'unknown(aws_iam_user.a.name)@user' }],
        },
      ],
      [
        'unknown, user',
        'aws_iam_user_policy_attachment.unknown',
        {
          policyArn: 'unknown(terraform_data.later.output)@policy_arn',
          holders: [{ kind: 'user', name: 'unknown(terraform_data.later.output)@user' }],
        },
      ],
      [
        'empty resource, group',
        'aws_iam_group_policy_attachment.empty',
        { holders: [{ kind: 'group', name: 'known("legacy")@group' }] },
      ],
      [
        'reference, group',
        'aws_iam_group_policy_attachment.reference',
        {
          policyArn: 'unknown(aws_iam_policy.a.arn)@policy_arn',
          holders: [{ kind: 'group', name: 'unknown(aws_iam_group.a.name)@group' }],
        },
      ],
      [
        'unknown, group',
        'aws_iam_group_policy_attachment.unknown',
        {
          policyArn: 'unknown(terraform_data.later.output)@policy_arn',
          holders: [{ kind: 'group', name: 'unknown(terraform_data.later.output)@group' }],
        },
      ],
    ],
  );
});

describe('attachments to many', () => {
  /** Nothing but the required arguments is set. */
  const empty = {
    judged: true,
    managed: true,
    origin: '@',
    policyArn: 'known("arn:aws:iam::aws:policy/ReadOnlyAccess")@policy_arn',
    policyName: 'absent@policy_arn',
    holders: [],
  };

  testRows(
    adaptFile('iam-attachment/plan.json').model.policyAttachments.filter(({ address }) =>
      address.includes('aws_iam_policy_attachment'),
    ),
    empty,
    [
      ['empty resource', 'aws_iam_policy_attachment.empty', {}],
      [
        'known',
        'aws_iam_policy_attachment.known',
        {
          holders: [
            { kind: 'role', name: 'known("one")@roles[0]' },
            { kind: 'role', name: 'known("two")@roles[1]' },
          ],
        },
      ],
      [
        'reference, splat',
        'aws_iam_policy_attachment.reference',
        {
          policyArn: 'unknown(aws_iam_policy.a.arn)@policy_arn',
          holders: [
            { kind: 'role', name: 'unknown(one of aws_iam_role.each["one"])@roles[0]' },
            { kind: 'role', name: 'unknown(one of aws_iam_role.each["two"])@roles[1]' },
            { kind: 'user', name: 'unknown(aws_iam_user.a.name)@users[0]' },
            { kind: 'group', name: 'known("legacy")@groups[0]' },
            { kind: 'group', name: 'unknown(aws_iam_group.a.name)@groups[1]' },
          ],
        },
      ],
      [
        'unknown, and through a local',
        'aws_iam_policy_attachment.unknown',
        {
          policyArn: 'unknown(terraform_data.later.output)@policy_arn',
          holders: [
            { kind: 'role', name: 'unknown(terraform_data.later.output)@roles' },
            { kind: 'user', name: 'unknown(ends local.names)@users' },
          ],
        },
      ],
    ],
  );
});

describe('members of groups', () => {
  testRows(adaptFile('iam-attachment/plan.json').model.groupMemberships, {}, [
    [
      'empty resource, of a user',
      'aws_iam_user_group_membership.empty',
      {
        judged: true,
        managed: true,
        origin: '@',
        users: ['known("legacy")@user', 'complete@user'],
        groups: ['known("readers")@groups[0]', 'complete@groups'],
      },
    ],
    [
      'reference, of a user',
      'aws_iam_user_group_membership.reference',
      {
        judged: true,
        managed: true,
        origin: '@',
        users: ['unknown(aws_iam_user.a.name)@user', 'complete@user'],
        groups: ['unknown(aws_iam_group.a.name)@groups[0]', 'complete@groups'],
      },
    ],
    [
      'unknown, of a user',
      'aws_iam_user_group_membership.unknown',
      {
        judged: true,
        managed: true,
        origin: '@',
        users: ['unknown(terraform_data.later.output)@user', 'complete@user'],
        groups: ['unknown(terraform_data.later.output)@groups', 'incomplete@groups'],
      },
    ],
    [
      'empty resource, of a group',
      'aws_iam_group_membership.empty',
      {
        judged: true,
        managed: true,
        origin: '@',
        users: ['known("reader")@users[0]', 'complete@users'],
        groups: ['known("legacy")@group', 'complete@group'],
      },
    ],
    [
      'reference, of a group',
      'aws_iam_group_membership.reference',
      {
        judged: true,
        managed: true,
        origin: '@',
        users: ['unknown(aws_iam_user.a.name)@users[0]', 'complete@users'],
        groups: ['unknown(aws_iam_group.a.name)@group', 'complete@group'],
      },
    ],
    [
      'unknown, of a group',
      'aws_iam_group_membership.unknown',
      {
        judged: true,
        managed: true,
        origin: '@',
        users: ['unknown(terraform_data.later.output)@users', 'incomplete@users'],
        groups: ['unknown(terraform_data.later.output)@group', 'complete@group'],
      },
    ],
  ]);
});
