import { describe } from '@jest/globals';
import { adaptFile, testRows } from '../adapt-plan.test-support.ts';

describe('permission sets', () => {
  const empty = {
    judged: true,
    managed: true,
    origin: '@',
    region: 'known("eu-west-1")@region',
    account: 'absent@arn',
    kind: 'permission-set',
    name: 'known("empty")@name',
    arn: 'unknown(.arn)=${.arn}@arn',
    trust: null,
    boundary: 'absent@',
    managedPolicyArns: ['complete@'],
  };
  testRows(adaptFile('ssoadmin/plan.json').model.principals, empty, [
    ['empty resource', 'aws_ssoadmin_permission_set.empty', {}],
    ['unknown', 'aws_ssoadmin_permission_set.unknown', { name: 'unknown(terraform_data.later.output)@name' }],
    ['a data source', 'data.aws_ssoadmin_permission_set.read', { managed: false }],
  ]);
});

describe('inline policies of permission sets', () => {
  const empty = {
    judged: true,
    managed: true,
    origin: '@',
    document: {
      statements: [
        {
          sid: null,
          effect: 'known("Deny")@inline_policy',
          actions: ['any of', 'known("*")@inline_policy', 'complete'],
          resources: ['any of', 'known("*")@inline_policy', 'complete'],
          principals: null,
          conditions: [],
          origin: '@inline_policy',
        },
      ],
      complete: true,
      references: [],
      trailEnds: [],
      origin: '@inline_policy',
    },
    arn: 'absent@inline_policy',
    name: 'absent@inline_policy',
    holder: { kind: 'permission-set', name: 'known("arn:aws:sso:::permissionSet/ssoins-1/ps-1")@permission_set_arn' },
  };
  testRows(
    adaptFile('ssoadmin/plan.json').model.policyCarriers.filter(({ holder }) => holder !== null),
    empty,
    [
      ['empty resource', 'aws_ssoadmin_permission_set_inline_policy.empty', {}],
      [
        'reference',
        'aws_ssoadmin_permission_set_inline_policy.reference',
        {
          document: {
            statements: [
              {
                sid: null,
                effect: 'known("Allow")@data.aws_iam_policy_document.a statement[0].effect',
                actions: [
                  'any of',
                  'known("rds-db:connect")@data.aws_iam_policy_document.a statement[0].actions[0]',
                  'complete',
                ],
                resources: [
                  'any of',
                  'unknown(aws_iam_policy.a.arn)@data.aws_iam_policy_document.a statement[0].resources[0]',
                  'complete',
                ],
                principals: null,
                conditions: [],
                origin: '@data.aws_iam_policy_document.a statement[0]',
              },
            ],
            complete: true,
            references: [],
            trailEnds: [],
            origin: '@inline_policy',
          },
          holder: { kind: 'permission-set', name: 'unknown(aws_ssoadmin_permission_set.empty.arn)@permission_set_arn' },
        },
      ],
      [
        'unknown',
        'aws_ssoadmin_permission_set_inline_policy.unknown',
        {
          document: {
            statements: [],
            complete: false,
            references: ['terraform_data.later.output'],
            trailEnds: [],
            origin: '@inline_policy',
          },
          holder: { kind: 'permission-set', name: 'unknown(terraform_data.later.output)@permission_set_arn' },
        },
      ],
    ],
  );
});

describe('policies attached to permission sets', () => {
  const empty = {
    judged: true,
    managed: true,
    origin: '@',
    policyArn: 'known("arn:aws:iam::aws:policy/ReadOnlyAccess")@managed_policy_arn',
    policyName: 'absent@managed_policy_arn',
    holders: [
      { kind: 'permission-set', name: 'known("arn:aws:sso:::permissionSet/ssoins-1/ps-1")@permission_set_arn' },
    ],
  };
  testRows(adaptFile('ssoadmin/plan.json').model.policyAttachments, empty, [
    ['empty resource', 'aws_ssoadmin_managed_policy_attachment.empty', {}],
    [
      'reference',
      'aws_ssoadmin_managed_policy_attachment.reference',
      {
        policyArn: 'unknown(aws_iam_policy.a.arn)@managed_policy_arn',
        holders: [
          { kind: 'permission-set', name: 'unknown(aws_ssoadmin_permission_set.empty.arn)@permission_set_arn' },
        ],
      },
    ],
    [
      'unknown',
      'aws_ssoadmin_managed_policy_attachment.unknown',
      {
        policyArn: 'unknown(terraform_data.later.output)@managed_policy_arn',
        holders: [{ kind: 'permission-set', name: 'unknown(terraform_data.later.output)@permission_set_arn' }],
      },
    ],
    [
      'known, by name',
      'aws_ssoadmin_customer_managed_policy_attachment.empty',
      {
        policyArn: 'absent@customer_managed_policy_reference',
        policyName: 'known("orders")@customer_managed_policy_reference[0].name',
      },
    ],
    [
      'reference',
      'aws_ssoadmin_customer_managed_policy_attachment.reference',
      {
        policyArn: 'absent@customer_managed_policy_reference',
        policyName: 'unknown(aws_iam_policy.a.name)@customer_managed_policy_reference[0].name',
        holders: [
          { kind: 'permission-set', name: 'unknown(aws_ssoadmin_permission_set.empty.arn)@permission_set_arn' },
        ],
      },
    ],
    [
      'unknown',
      'aws_ssoadmin_customer_managed_policy_attachment.unknown',
      {
        policyArn: 'absent@customer_managed_policy_reference',
        policyName: 'unknown(terraform_data.later.output)@customer_managed_policy_reference[0].name',
        holders: [{ kind: 'permission-set', name: 'unknown(terraform_data.later.output)@permission_set_arn' }],
      },
    ],
  ]);
});

describe('boundaries of permission sets', () => {
  const empty = {
    judged: true,
    managed: true,
    origin: '@',
    holder: { kind: 'permission-set', name: 'known("arn:aws:sso:::permissionSet/ssoins-1/ps-1")@permission_set_arn' },
    policyArn: 'known("arn:aws:iam::aws:policy/ReadOnlyAccess")@permissions_boundary[0].managed_policy_arn',
    policyName: 'absent@permissions_boundary[0].managed_policy_arn',
  };
  testRows(adaptFile('ssoadmin/plan.json').model.boundaryAttachments, empty, [
    ['empty resource', 'aws_ssoadmin_permissions_boundary_attachment.empty', {}],
    [
      'reference',
      'aws_ssoadmin_permissions_boundary_attachment.reference',
      {
        holder: { kind: 'permission-set', name: 'unknown(aws_ssoadmin_permission_set.empty.arn)@permission_set_arn' },
        policyArn: 'absent@permissions_boundary[0].customer_managed_policy_reference',
        policyName: 'unknown(aws_iam_policy.a.name)@permissions_boundary[0].customer_managed_policy_reference[0].name',
      },
    ],
    [
      'unknown',
      'aws_ssoadmin_permissions_boundary_attachment.unknown',
      {
        holder: { kind: 'permission-set', name: 'unknown(terraform_data.later.output)@permission_set_arn' },
        policyArn: 'unknown(terraform_data.later.output)@permissions_boundary[0].managed_policy_arn',
      },
    ],
  ]);
});
