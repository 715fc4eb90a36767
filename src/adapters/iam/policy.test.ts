import { describe } from '@jest/globals';
import { adaptFile, testRows } from '../adapt-plan.test-support.ts';

describe('inline policies', () => {
  /** Nothing but the required arguments is set. */
  const empty = {
    judged: true,
    managed: true,
    origin: '@',
    document: {
      statements: [
        {
          sid: null,
          effect: 'known("Deny")@policy',
          actions: ['any of', 'known("*")@policy', 'complete'],
          resources: ['any of', 'known("*")@policy', 'complete'],
          principals: null,
          conditions: [],
          origin: '@policy',
        },
      ],
      complete: true,
      references: [],
      trailEnds: [],
      origin: '@policy',
    },
    arn: 'absent@policy',
    name: 'unknown(.name)=${.name}@name',
    holder: { kind: 'role', name: 'known("legacy")@role' },
  };

  testRows(
    adaptFile('iam-policy/plan.json').model.policyCarriers.filter(({ address }) => !address.includes('aws_iam_policy')),
    empty,
    [
      ['empty resource, role', 'aws_iam_role_policy.empty', {}],
      [
        'reference through a module output, role',
        'aws_iam_role_policy.reference',
        {
          document: {
            statements: [
              {
                sid: null,
                effect: 'known("Allow")@module.document.data.aws_iam_policy_document.this statement[0].effect',
                actions: [
                  'any of',
                  'known("rds-db:connect")@module.document.data.aws_iam_policy_document.this statement[0].actions[0]',
                  'complete',
                ],
                resources: [
                  'any of',
                  'unknown(aws_iam_user.a.arn)@module.document.data.aws_iam_policy_document.this statement[0].resources[0]',
                  'complete',
                ],
                principals: null,
                conditions: [],
                origin: '@module.document.data.aws_iam_policy_document.this statement[0]',
              },
            ],
            complete: true,
            references: [],
            trailEnds: [],
            origin: '@policy',
          },
          holder: { kind: 'role', name: 'unknown(aws_iam_role.a.id)@role' },
        },
      ],
      [
        'unknown, role',
        'aws_iam_role_policy.unknown',
        {
          document: {
            statements: [],
            complete: false,
            references: ['terraform_data.later.output'],
            trailEnds: [],
            origin: '@policy',
          },
          name: 'unknown(terraform_data.later.output)@name',
          holder: { kind: 'role', name: 'unknown(terraform_data.later.output)@role' },
        },
      ],
      ['empty resource, user', 'aws_iam_user_policy.empty', { holder: { kind: 'user', name: 'known("legacy")@user' } }],
      [
        'reference through a module output, user',
        'aws_iam_user_policy.reference',
        {
          document: {
            statements: [
              {
                sid: null,
                effect: 'known("Allow")@module.document.data.aws_iam_policy_document.this statement[0].effect',
                actions: [
                  'any of',
                  'known("rds-db:connect")@module.document.data.aws_iam_policy_document.this statement[0].actions[0]',
                  'complete',
                ],
                resources: [
                  'any of',
                  'unknown(aws_iam_user.a.arn)@module.document.data.aws_iam_policy_document.this statement[0].resources[0]',
                  'complete',
                ],
                principals: null,
                conditions: [],
                origin: '@module.document.data.aws_iam_policy_document.this statement[0]',
              },
            ],
            complete: true,
            references: [],
            trailEnds: [],
            origin: '@policy',
          },
          holder: { kind: 'user', name: 'unknown(aws_iam_user.a.id)@user' },
        },
      ],
      [
        'unknown, user',
        'aws_iam_user_policy.unknown',
        {
          document: {
            statements: [],
            complete: false,
            references: ['terraform_data.later.output'],
            trailEnds: [],
            origin: '@policy',
          },
          holder: { kind: 'user', name: 'unknown(terraform_data.later.output)@user' },
        },
      ],
      [
        'empty resource, group',
        'aws_iam_group_policy.empty',
        { holder: { kind: 'group', name: 'known("legacy")@group' } },
      ],
      [
        'reference through a module output, group',
        'aws_iam_group_policy.reference',
        {
          document: {
            statements: [
              {
                sid: null,
                effect: 'known("Allow")@module.document.data.aws_iam_policy_document.this statement[0].effect',
                actions: [
                  'any of',
                  'known("rds-db:connect")@module.document.data.aws_iam_policy_document.this statement[0].actions[0]',
                  'complete',
                ],
                resources: [
                  'any of',
                  'unknown(aws_iam_user.a.arn)@module.document.data.aws_iam_policy_document.this statement[0].resources[0]',
                  'complete',
                ],
                principals: null,
                conditions: [],
                origin: '@module.document.data.aws_iam_policy_document.this statement[0]',
              },
            ],
            complete: true,
            references: [],
            trailEnds: [],
            origin: '@policy',
          },
          holder: { kind: 'group', name: 'unknown(aws_iam_group.a.id)@group' },
        },
      ],
      [
        'unknown, group',
        'aws_iam_group_policy.unknown',
        {
          document: {
            statements: [],
            complete: false,
            references: ['terraform_data.later.output'],
            trailEnds: [],
            origin: '@policy',
          },
          holder: { kind: 'group', name: 'unknown(terraform_data.later.output)@group' },
        },
      ],
    ],
  );
});

describe('managed policies', () => {
  /** Nothing but the required argument is set. */
  const empty = {
    judged: true,
    managed: true,
    origin: '@',
    document: {
      statements: [
        {
          sid: null,
          effect: 'known("Allow")@policy',
          actions: ['any of', 'known("s3:*")@policy', 'complete'],
          resources: ['any of', 'known("*")@policy', 'complete'],
          principals: null,
          conditions: [],
          origin: '@policy',
        },
      ],
      complete: true,
      references: [],
      trailEnds: [],
      origin: '@policy',
    },
    arn: 'unknown(.arn)=${.arn}@arn',
    name: 'unknown(.name)=${.name}@name',
    holder: null,
  };

  testRows(
    adaptFile('iam-policy/plan.json').model.policyCarriers.filter(({ address }) => address.includes('aws_iam_policy')),
    empty,
    [
      ['empty resource', 'aws_iam_policy.empty', {}],
      [
        '"" in the configuration',
        'aws_iam_policy.empty_string',
        {
          document: { statements: [], complete: false, references: [], trailEnds: [], origin: '@policy' },
          name: 'known("empty-string")@name',
        },
      ],
      [
        'a text that is no policy',
        'aws_iam_policy.known',
        {
          document: { statements: [], complete: false, references: [], trailEnds: [], origin: '@policy' },
          name: 'known("known")@name',
        },
      ],
      [
        'a text of which nothing but the references is left',
        'aws_iam_policy.reference',
        {
          document: {
            statements: [],
            complete: false,
            references: ['aws_iam_role.a.arn'],
            trailEnds: [],
            origin: '@policy',
          },
        },
      ],
      [
        'unknown',
        'aws_iam_policy.unknown',
        {
          document: {
            statements: [],
            complete: false,
            references: ['terraform_data.later.output'],
            trailEnds: [],
            origin: '@policy',
          },
          name: 'unknown(terraform_data.later.output)@name',
        },
      ],
      [
        'data source, by name',
        'data.aws_iam_policy.by_name',
        {
          managed: false,
          document: { statements: [], complete: false, references: ['.policy'], trailEnds: [], origin: '@policy' },
          name: 'unknown(aws_iam_policy.unknown.name)@name',
        },
      ],
      [
        'data source, by ARN',
        'data.aws_iam_policy.by_arn',
        {
          managed: false,
          document: {
            statements: [
              {
                sid: null,
                effect: 'known("Allow")@policy',
                actions: ['any of', 'known("s3:GetObject")@policy', 'complete'],
                resources: ['any of', 'known("*")@policy', 'complete'],
                principals: null,
                conditions: [],
                origin: '@policy',
              },
            ],
            complete: true,
            references: [],
            trailEnds: [],
            origin: '@policy',
          },
          arn: 'known("arn:aws:iam::aws:policy/ReadOnlyAccess")@arn',
          name: 'known("ReadOnlyAccess")@name',
        },
      ],
    ],
  );
});
