import { describe } from '@jest/globals';
import { adaptFile, testRows } from '../adapt-plan.test-support.ts';

describe('roles of a first plan', () => {
  /** Nothing but the required argument is set. */
  const empty = {
    judged: true,
    managed: true,
    origin: '@',
    region: 'known("eu-west-1")@region',
    account: 'absent@arn',
    kind: 'role',
    name: 'unknown(.name)=${.name}@name',
    arn: 'unknown(.arn)=${.arn}@arn',
    trust: {
      statements: [
        {
          sid: null,
          effect: 'known("Allow")@assume_role_policy',
          actions: ['any of', 'known("sts:AssumeRole")@assume_role_policy', 'complete'],
          resources: ['any of', 'complete'],
          principals: {
            negated: false,
            entries: [{ type: 'Service', id: 'known("rds.amazonaws.com")@assume_role_policy' }],
          },
          conditions: [],
          origin: '@assume_role_policy',
        },
      ],
      complete: true,
      references: [],
      trailEnds: [],
      origin: '@assume_role_policy',
    },
    boundary: 'absent@permissions_boundary',
    managedPolicyArns: ['complete@managed_policy_arns'],
  };

  testRows(
    adaptFile('iam-principal/plan.json').model.principals.filter(({ address }) => address.includes('aws_iam_role')),
    empty,
    [
      ['empty resource', 'aws_iam_role.empty', {}],
      [
        'a dynamic block',
        'aws_iam_role.dynamic',
        {
          name: 'known("dynamic")@name',
          trust: {
            statements: [
              {
                sid: null,
                effect: 'known("Allow")@assume_role_policy',
                actions: ['any of', 'known("sts:AssumeRole")@assume_role_policy', 'complete'],
                resources: ['any of', 'complete'],
                principals: { negated: false, entries: [{ type: '*', id: 'known("*")@assume_role_policy' }] },
                conditions: [],
                origin: '@assume_role_policy',
              },
            ],
            complete: true,
            references: [],
            trailEnds: [],
            origin: '@assume_role_policy',
          },
        },
      ],
      [
        'a dynamic block, known after apply',
        'aws_iam_role.dynamic_unknown',
        {
          name: 'known("dynamic-unknown")@name',
          trust: {
            statements: [
              {
                sid: null,
                effect: 'known("Allow")@assume_role_policy',
                actions: ['any of', 'known("sts:AssumeRole")@assume_role_policy', 'complete'],
                resources: ['any of', 'complete'],
                principals: { negated: false, entries: [{ type: '*', id: 'known("*")@assume_role_policy' }] },
                conditions: [],
                origin: '@assume_role_policy',
              },
            ],
            complete: true,
            references: [],
            trailEnds: [],
            origin: '@assume_role_policy',
          },
        },
      ],
      [
        '"", [] and {} in the configuration',
        'aws_iam_role.empty_values',
        { name: 'known("empty-values")@name', trust: null },
      ],
      [
        'known',
        'aws_iam_role.known',
        {
          name: 'known("known")@name',
          trust: { statements: [], complete: false, references: [], trailEnds: [], origin: '@assume_role_policy' },
          boundary: 'known("arn:aws:iam::123456789012:policy/boundary")@permissions_boundary',
          managedPolicyArns: [
            'known("arn:aws:iam::aws:policy/ReadOnlyAccess")@managed_policy_arns[0]',
            'complete@managed_policy_arns',
          ],
        },
      ],
      [
        'reference',
        'aws_iam_role.reference',
        {
          trust: {
            statements: [
              {
                sid: null,
                effect: 'known("Allow")@data.aws_iam_policy_document.trust statement[0].effect',
                actions: [
                  'any of',
                  'known("sts:AssumeRole")@data.aws_iam_policy_document.trust statement[0].actions[0]',
                  'complete',
                ],
                resources: ['any of', 'complete'],
                principals: {
                  negated: false,
                  entries: [
                    {
                      type: 'Service',
                      id: 'unknown(terraform_data.later.output)@data.aws_iam_policy_document.trust statement[0].principals[0].identifiers[0]',
                    },
                  ],
                },
                conditions: [],
                origin: '@data.aws_iam_policy_document.trust statement[0]',
              },
            ],
            complete: true,
            references: [],
            trailEnds: [],
            origin: '@assume_role_policy',
          },
          boundary: 'unknown(aws_iam_policy.a.arn)@permissions_boundary',
          managedPolicyArns: ['unknown(aws_iam_policy.a.arn)@managed_policy_arns[0]', 'complete@managed_policy_arns'],
        },
      ],
      [
        'unknown',
        'aws_iam_role.unknown',
        {
          name: 'unknown(terraform_data.later.output)@name',
          trust: {
            statements: [],
            complete: false,
            references: ['terraform_data.later.output'],
            trailEnds: [],
            origin: '@assume_role_policy',
          },
          boundary: 'unknown(terraform_data.later.output)@permissions_boundary',
          managedPolicyArns: [
            'unknown(terraform_data.later.output)@managed_policy_arns',
            'incomplete@managed_policy_arns',
          ],
        },
      ],
      [
        'data source, later',
        'data.aws_iam_role.later',
        {
          managed: false,
          name: 'unknown(aws_iam_role.empty.name)@name',
          trust: {
            statements: [],
            complete: false,
            references: ['.assume_role_policy'],
            trailEnds: [],
            origin: '@assume_role_policy',
          },
          boundary: 'unknown(.permissions_boundary)=${.permissions_boundary}@permissions_boundary',
        },
      ],
      [
        'data source, known',
        'data.aws_iam_role.known',
        {
          managed: false,
          account: 'known("123456789012")@arn',
          name: 'known("legacy")@name',
          arn: 'known("arn:aws:iam::123456789012:role/legacy")@arn',
          trust: {
            statements: [
              {
                sid: null,
                effect: 'known("Allow")@assume_role_policy',
                actions: ['any of', 'known("sts:AssumeRole")@assume_role_policy', 'complete'],
                resources: ['any of', 'complete'],
                principals: {
                  negated: false,
                  entries: [{ type: 'Service', id: 'known("ec2.amazonaws.com")@assume_role_policy' }],
                },
                conditions: [],
                origin: '@assume_role_policy',
              },
            ],
            complete: true,
            references: [],
            trailEnds: [],
            origin: '@assume_role_policy',
          },
        },
      ],
    ],
  );
});

describe('users and groups of a first plan', () => {
  /** Nothing but the required argument is set. */
  const empty = {
    judged: true,
    managed: true,
    origin: '@',
    region: 'known("eu-west-1")@region',
    account: 'absent@arn',
    kind: 'user',
    name: 'known("empty")@name',
    arn: 'unknown(.arn)=${.arn}@arn',
    trust: null,
    boundary: 'absent@permissions_boundary',
    managedPolicyArns: ['complete@managed_policy_arns'],
  };

  testRows(
    adaptFile('iam-principal/plan.json').model.principals.filter(({ address }) => !address.includes('aws_iam_role')),
    empty,
    [
      ['empty resource', 'aws_iam_user.empty', {}],
      [
        'reference',
        'aws_iam_user.reference',
        { name: 'known("reference")@name', boundary: 'unknown(aws_iam_policy.a.arn)@permissions_boundary' },
      ],
      [
        'unknown',
        'aws_iam_user.unknown',
        {
          name: 'unknown(terraform_data.later.output)@name',
          boundary: 'unknown(terraform_data.later.output)@permissions_boundary',
        },
      ],
      [
        'data source, later',
        'data.aws_iam_user.later',
        {
          managed: false,
          name: 'unknown(aws_iam_user.unknown.name)@user_name',
          boundary: 'unknown(.permissions_boundary)=${.permissions_boundary}@permissions_boundary',
        },
      ],
      [
        'data source, known',
        'data.aws_iam_user.known',
        {
          managed: false,
          account: 'known("123456789012")@arn',
          name: 'known("legacy")@user_name',
          arn: 'known("arn:aws:iam::123456789012:user/legacy")@arn',
        },
      ],
      ['empty resource, group', 'aws_iam_group.empty', { kind: 'group' }],
      [
        'reference, group',
        'aws_iam_group.reference',
        { kind: 'group', name: 'unknown(aws_iam_user.unknown.name)@name' },
      ],
      ['unknown, group', 'aws_iam_group.unknown', { kind: 'group', name: 'unknown(terraform_data.later.output)@name' }],
      [
        'data source, known, group',
        'data.aws_iam_group.known',
        {
          managed: false,
          account: 'known("123456789012")@arn',
          kind: 'group',
          name: 'known("legacy")@group_name',
          arn: 'known("arn:aws:iam::123456789012:group/legacy")@arn',
        },
      ],
    ],
  );
});

describe('inline policies of roles', () => {
  testRows(
    adaptFile('iam-principal/plan.json').model.policyCarriers.filter(({ address }) => address.includes('aws_iam_role')),
    {},
    [
      [
        'a dynamic block',
        'aws_iam_role.dynamic',
        {
          judged: true,
          managed: true,
          origin: '@',
          document: {
            statements: [],
            complete: false,
            references: [],
            trailEnds: [],
            origin: '@inline_policy[0].policy',
          },
          arn: 'absent@inline_policy',
          name: 'known("one")@inline_policy[0].name',
          holder: { kind: 'role', name: 'known("dynamic")@name' },
        },
      ],
      [
        'known',
        'aws_iam_role.known',
        {
          judged: true,
          managed: true,
          origin: '@',
          document: {
            statements: [
              {
                sid: null,
                effect: 'known("Allow")@inline_policy[0].policy',
                actions: ['any of', 'known("rds-db:connect")@inline_policy[0].policy', 'complete'],
                resources: ['any of', 'known("*")@inline_policy[0].policy', 'complete'],
                principals: null,
                conditions: [],
                origin: '@inline_policy[0].policy',
              },
            ],
            complete: true,
            references: [],
            trailEnds: [],
            origin: '@inline_policy[0].policy',
          },
          arn: 'absent@inline_policy',
          name: 'known("inline")@inline_policy[0].name',
          holder: { kind: 'role', name: 'known("known")@name' },
        },
      ],
      [
        'policy from a data source',
        'aws_iam_role.reference',
        {
          judged: true,
          managed: true,
          origin: '@',
          document: {
            statements: [
              {
                sid: null,
                effect: 'known("Allow")@data.aws_iam_policy_document.trust statement[0].effect',
                actions: [
                  'any of',
                  'known("sts:AssumeRole")@data.aws_iam_policy_document.trust statement[0].actions[0]',
                  'complete',
                ],
                resources: ['any of', 'complete'],
                principals: {
                  negated: false,
                  entries: [
                    {
                      type: 'Service',
                      id: 'unknown(terraform_data.later.output)@data.aws_iam_policy_document.trust statement[0].principals[0].identifiers[0]',
                    },
                  ],
                },
                conditions: [],
                origin: '@data.aws_iam_policy_document.trust statement[0]',
              },
            ],
            complete: true,
            references: [],
            trailEnds: [],
            origin: '@inline_policy[0].policy',
          },
          arn: 'absent@inline_policy',
          name: 'known("one")@inline_policy[0].name',
          holder: { kind: 'role', name: 'unknown(.name)=${.name}@name' },
        },
      ],
      [
        'a constant that the provider writes anew',
        'aws_iam_role.reference #2',
        {
          judged: true,
          managed: true,
          origin: '@',
          document: {
            statements: [
              {
                sid: null,
                effect: 'known("Deny")@inline_policy[1].policy',
                actions: ['any of', 'known("*")@inline_policy[1].policy', 'complete'],
                resources: ['any of', 'known("*")@inline_policy[1].policy', 'complete'],
                principals: null,
                conditions: [],
                origin: '@inline_policy[1].policy',
              },
            ],
            complete: true,
            references: [],
            trailEnds: [],
            origin: '@inline_policy[1].policy',
          },
          arn: 'absent@inline_policy',
          name: 'known("three")@inline_policy[1].name',
          holder: { kind: 'role', name: 'unknown(.name)=${.name}@name' },
        },
      ],
      [
        'a text of which nothing but the references is left',
        'aws_iam_role.reference #3',
        {
          judged: true,
          managed: true,
          origin: '@',
          document: {
            statements: [],
            complete: false,
            references: ['aws_iam_policy.a.arn'],
            trailEnds: [],
            origin: '@inline_policy[2].policy',
          },
          arn: 'absent@inline_policy',
          name: 'known("two")@inline_policy[2].name',
          holder: { kind: 'role', name: 'unknown(.name)=${.name}@name' },
        },
      ],
      [
        'unknown',
        'aws_iam_role.unknown',
        {
          judged: true,
          managed: true,
          origin: '@',
          document: {
            statements: [],
            complete: false,
            references: ['terraform_data.later.output'],
            trailEnds: [],
            origin: '@inline_policy[0].policy',
          },
          arn: 'absent@inline_policy',
          name: 'unknown(terraform_data.later.output)@inline_policy[0].name',
          holder: { kind: 'role', name: 'unknown(.name)=${.name}@name' },
        },
      ],
    ],
  );
});

describe('roles of a state', () => {
  testRows(adaptFile('applied/state.json').model.principals, {}, [
    [
      'all known',
      'aws_iam_role.proxy',
      {
        judged: true,
        managed: true,
        origin: '@',
        region: 'unknown()@region',
        account: 'known("123456789012")@arn',
        kind: 'role',
        name: 'known("proxy")@name',
        arn: 'known("arn:aws:iam::123456789012:role/proxy")@arn',
        trust: {
          statements: [
            {
              sid: null,
              effect: 'known("Allow")@assume_role_policy',
              actions: ['any of', 'known("sts:AssumeRole")@assume_role_policy', 'complete'],
              resources: ['any of', 'complete'],
              principals: {
                negated: false,
                entries: [{ type: 'Service', id: 'known("rds.amazonaws.com")@assume_role_policy' }],
              },
              conditions: [],
              origin: '@assume_role_policy',
            },
          ],
          complete: true,
          references: [],
          trailEnds: [],
          origin: '@assume_role_policy',
        },
        boundary: 'absent@permissions_boundary',
        managedPolicyArns: ['complete@managed_policy_arns'],
      },
    ],
  ]);
});
