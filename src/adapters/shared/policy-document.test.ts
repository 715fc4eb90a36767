import { describe } from '@jest/globals';
import { adaptFile, testRows } from '../adapt-plan.test-support.ts';

describe('documents that a plan rebuilds from their data sources', () => {
  /** One statement with nothing but a resource, so that the text is known after apply. */
  const empty = {
    judged: true,
    managed: true,
    origin: '@',
    document: {
      statements: [
        {
          sid: null,
          effect: 'known("Allow")@data.aws_iam_policy_document.empty statement[0].effect',
          actions: ['any of', 'complete'],
          resources: [
            'any of',
            'unknown(aws_secretsmanager_secret.a.arn)@data.aws_iam_policy_document.empty statement[0].resources[0]',
            'complete',
          ],
          principals: null,
          conditions: [],
          origin: '@data.aws_iam_policy_document.empty statement[0]',
        },
      ],
      complete: true,
      references: [],
      trailEnds: [],
      origin: '@policy',
    },
    arn: 'unknown(.arn)=${.arn}@arn',
    name: 'known("empty")@name',
    holder: null,
  };

  testRows(adaptFile('policy-document/plan.json').model.policyCarriers, empty, [
    ['empty resource', 'aws_iam_policy.empty', {}],
    [
      'a dynamic block',
      'aws_iam_policy.dynamic',
      {
        document: {
          statements: [
            {
              sid: null,
              effect: 'known("Allow")@data.aws_iam_policy_document.dynamic statement[0].effect',
              actions: [
                'any of',
                'known("secretsmanager:GetSecretValue")@data.aws_iam_policy_document.dynamic statement[0].actions[0]',
                'complete',
              ],
              resources: [
                'any of',
                'unknown()@data.aws_iam_policy_document.dynamic statement[0].resources[0]',
                'complete',
              ],
              principals: null,
              conditions: [],
              origin: '@data.aws_iam_policy_document.dynamic statement[0]',
            },
            {
              sid: null,
              effect: 'known("Allow")@data.aws_iam_policy_document.dynamic statement[1].effect',
              actions: [
                'any of',
                'known("secretsmanager:GetSecretValue")@data.aws_iam_policy_document.dynamic statement[1].actions[0]',
                'complete',
              ],
              resources: [
                'any of',
                'unknown()@data.aws_iam_policy_document.dynamic statement[1].resources[0]',
                'complete',
              ],
              principals: null,
              conditions: [],
              origin: '@data.aws_iam_policy_document.dynamic statement[1]',
            },
          ],
          complete: true,
          references: [],
          trailEnds: [],
          origin: '@policy',
        },
        name: 'known("dynamic")@name',
      },
    ],
    [
      'a dynamic block, known after apply',
      'aws_iam_policy.dynamic_unknown',
      {
        document: { statements: [], complete: false, references: [], trailEnds: [], origin: '@policy' },
        name: 'known("dynamic-unknown")@name',
      },
    ],
    [
      'for_each',
      'aws_iam_policy.each["one"]',
      {
        document: {
          statements: [
            {
              sid: null,
              effect: 'known("Allow")@data.aws_iam_policy_document.each["one"] statement[0].effect',
              actions: [
                'any of',
                'known("secretsmanager:GetSecretValue")@data.aws_iam_policy_document.each["one"] statement[0].actions[0]',
                'complete',
              ],
              resources: [
                'any of',
                'unknown(aws_secretsmanager_secret.each["one"].arn)@data.aws_iam_policy_document.each["one"] statement[0].resources[0]',
                'complete',
              ],
              principals: null,
              conditions: [],
              origin: '@data.aws_iam_policy_document.each["one"] statement[0]',
            },
          ],
          complete: true,
          references: [],
          trailEnds: [],
          origin: '@policy',
        },
        name: 'known("one")@name',
      },
    ],
    [
      'for_each',
      'aws_iam_policy.each["two"]',
      {
        document: {
          statements: [
            {
              sid: null,
              effect: 'known("Allow")@data.aws_iam_policy_document.each["two"] statement[0].effect',
              actions: [
                'any of',
                'known("secretsmanager:GetSecretValue")@data.aws_iam_policy_document.each["two"] statement[0].actions[0]',
                'complete',
              ],
              resources: [
                'any of',
                'unknown(aws_secretsmanager_secret.each["two"].arn)@data.aws_iam_policy_document.each["two"] statement[0].resources[0]',
                'complete',
              ],
              principals: null,
              conditions: [],
              origin: '@data.aws_iam_policy_document.each["two"] statement[0]',
            },
          ],
          complete: true,
          references: [],
          trailEnds: [],
          origin: '@policy',
        },
        name: 'known("two")@name',
      },
    ],
    [
      'one of two',
      'aws_iam_policy.either',
      {
        document: {
          statements: [],
          complete: false,
          references: [
            'terraform_data.later.output',
            'data.aws_iam_policy_document.reference.json',
            'data.aws_iam_policy_document.empty.json',
          ],
          trailEnds: [],
          origin: '@policy',
        },
        name: 'known("either")@name',
      },
    ],
    [
      'known while planning: the text itself',
      'aws_iam_policy.known',
      {
        document: {
          statements: [
            {
              sid: 'Known',
              effect: 'known("Allow")@policy',
              actions: ['any of', 'known("secretsmanager:GetSecretValue")@policy', 'complete'],
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
        name: 'known("known")@name',
      },
    ],
    [
      'an older version: `${` is text',
      'aws_iam_policy.old',
      {
        document: {
          statements: [
            {
              sid: null,
              effect: 'known("Allow")@data.aws_iam_policy_document.old statement[0].effect',
              actions: ['any of', 'complete'],
              resources: [
                'any of',
                'known("user/${$}{aws:username}")@data.aws_iam_policy_document.old statement[0].resources[0]',
                'unknown(aws_secretsmanager_secret.a.arn)@data.aws_iam_policy_document.old statement[0].resources[1]',
                'complete',
              ],
              principals: null,
              conditions: [],
              origin: '@data.aws_iam_policy_document.old statement[0]',
            },
          ],
          complete: true,
          references: [],
          trailEnds: [],
          origin: '@policy',
        },
        name: 'known("old")@name',
      },
    ],
    [
      'an older version, merged into a newer one',
      'aws_iam_policy.old_merged',
      {
        document: {
          statements: [
            {
              sid: null,
              effect: 'known("Allow")@data.aws_iam_policy_document.old_merged source_policy_documents[0]',
              actions: [
                'any of',
                'known("s3:*")@data.aws_iam_policy_document.old_merged source_policy_documents[0]',
                'complete',
              ],
              resources: [
                'any of',
                'known("user/${aws:username}")@data.aws_iam_policy_document.old_merged source_policy_documents[0]',
                'complete',
              ],
              principals: null,
              conditions: [],
              origin: '@data.aws_iam_policy_document.old_merged source_policy_documents[0]',
            },
            {
              sid: null,
              effect: 'known("Allow")@data.aws_iam_policy_document.old_merged statement[0].effect',
              actions: ['any of', 'complete'],
              resources: [
                'any of',
                'unknown(aws_secretsmanager_secret.a.arn)@data.aws_iam_policy_document.old_merged statement[0].resources[0]',
                'complete',
              ],
              principals: null,
              conditions: [],
              origin: '@data.aws_iam_policy_document.old_merged statement[0]',
            },
          ],
          complete: true,
          references: [],
          trailEnds: [],
          origin: '@policy',
        },
        name: 'known("old-merged")@name',
      },
    ],
    [
      'through a local',
      'aws_iam_policy.local',
      {
        document: { statements: [], complete: false, references: [], trailEnds: ['local.json'], origin: '@policy' },
        name: 'known("local")@name',
      },
    ],
    [
      'merged: the later statement of one sid stays',
      'aws_iam_policy.merged',
      {
        document: {
          statements: [
            {
              sid: null,
              effect: 'known("Deny")@data.aws_iam_policy_document.reference statement[1].effect',
              actions: [
                'any of',
                'known("secretsmanager:GetSecretValue")@data.aws_iam_policy_document.reference statement[1].actions[0]',
                'complete',
              ],
              resources: [
                'any of',
                'unknown(one of aws_secretsmanager_secret.each["one"])@data.aws_iam_policy_document.reference statement[1].resources[0]',
                'unknown(one of aws_secretsmanager_secret.each["two"])@data.aws_iam_policy_document.reference statement[1].resources[1]',
                'complete',
              ],
              principals: {
                negated: false,
                entries: [
                  {
                    type: 'AWS',
                    id: 'unknown(aws_iam_role.a.arn)@data.aws_iam_policy_document.reference statement[1].principals[0].identifiers[0]',
                  },
                ],
              },
              conditions: [
                {
                  operator: 'StringNotEquals',
                  key: 'aws:PrincipalTag/team',
                  values: [
                    'known("${aws:username}")@data.aws_iam_policy_document.reference statement[1].condition[0].values[0]',
                    'unknown(aws_iam_role.a.name)@data.aws_iam_policy_document.reference statement[1].condition[0].values[1]',
                  ],
                },
              ],
              origin: '@data.aws_iam_policy_document.reference statement[1]',
            },
            {
              sid: 'Known',
              effect: 'known("Allow")@data.aws_iam_policy_document.merged source_policy_documents[1]',
              actions: [
                'any of',
                'known("secretsmanager:GetSecretValue")@data.aws_iam_policy_document.merged source_policy_documents[1]',
                'complete',
              ],
              resources: [
                'any of',
                'known("*")@data.aws_iam_policy_document.merged source_policy_documents[1]',
                'complete',
              ],
              principals: null,
              conditions: [],
              origin: '@data.aws_iam_policy_document.merged source_policy_documents[1]',
            },
            {
              sid: 'Read',
              effect: 'known("Allow")@data.aws_iam_policy_document.merged statement[0].effect',
              actions: [
                'any of',
                'known("secretsmanager:ListSecrets")@data.aws_iam_policy_document.merged statement[0].actions[0]',
                'complete',
              ],
              resources: [
                'any of',
                'known("*")@data.aws_iam_policy_document.merged statement[0].resources[0]',
                'complete',
              ],
              principals: null,
              conditions: [],
              origin: '@data.aws_iam_policy_document.merged statement[0]',
            },
            {
              sid: null,
              effect: 'known("Allow")@data.aws_iam_policy_document.empty statement[0].effect',
              actions: ['any of', 'complete'],
              resources: [
                'any of',
                'unknown(aws_secretsmanager_secret.a.arn)@data.aws_iam_policy_document.empty statement[0].resources[0]',
                'complete',
              ],
              principals: null,
              conditions: [],
              origin: '@data.aws_iam_policy_document.empty statement[0]',
            },
          ],
          complete: true,
          references: [],
          trailEnds: [],
          origin: '@policy',
        },
        name: 'known("merged")@name',
      },
    ],
    [
      'merged, known after apply',
      'aws_iam_policy.merged_unknown',
      {
        document: {
          statements: [],
          complete: false,
          references: ['terraform_data.later.output'],
          trailEnds: [],
          origin: '@policy',
        },
        name: 'known("merged-unknown")@name',
      },
    ],
    [
      'dynamic blocks in a statement, known after apply',
      'aws_iam_policy.nested_dynamic_unknown',
      {
        document: {
          statements: [
            {
              sid: null,
              effect: 'known("Allow")@data.aws_iam_policy_document.nested_dynamic_unknown statement[0].effect',
              actions: [
                'any of',
                'known("sts:AssumeRole")@data.aws_iam_policy_document.nested_dynamic_unknown statement[0].actions[0]',
                'complete',
              ],
              resources: [
                'any of',
                'known("*")@data.aws_iam_policy_document.nested_dynamic_unknown statement[0].resources[0]',
                'complete',
              ],
              principals: {
                negated: false,
                entries: [
                  {
                    type: 'AWS',
                    id: 'unknown()@data.aws_iam_policy_document.nested_dynamic_unknown statement[0].principals',
                  },
                  {
                    type: 'Service',
                    id: 'unknown()@data.aws_iam_policy_document.nested_dynamic_unknown statement[0].principals',
                  },
                ],
              },
              conditions: null,
              origin: '@data.aws_iam_policy_document.nested_dynamic_unknown statement[0]',
            },
          ],
          complete: true,
          references: [],
          trailEnds: [],
          origin: '@policy',
        },
        name: 'known("nested-dynamic-unknown")@name',
      },
    ],
    [
      'reference',
      'aws_iam_policy.reference',
      {
        document: {
          statements: [
            {
              sid: 'Read',
              effect: 'known("Allow")@data.aws_iam_policy_document.reference statement[0].effect',
              actions: [
                'any of',
                'known("secretsmanager:DescribeSecret")@data.aws_iam_policy_document.reference statement[0].actions[0]',
                'known("secretsmanager:GetSecretValue")@data.aws_iam_policy_document.reference statement[0].actions[1]',
                'complete',
              ],
              resources: [
                'any of',
                'known("arn:aws:secretsmanager:*:*:secret:${aws:username}/*")@data.aws_iam_policy_document.reference statement[0].resources[0]',
                'unknown(aws_secretsmanager_secret.a.arn)@data.aws_iam_policy_document.reference statement[0].resources[1]',
                'complete',
              ],
              principals: null,
              conditions: [],
              origin: '@data.aws_iam_policy_document.reference statement[0]',
            },
            {
              sid: null,
              effect: 'known("Deny")@data.aws_iam_policy_document.reference statement[1].effect',
              actions: [
                'any of',
                'known("secretsmanager:GetSecretValue")@data.aws_iam_policy_document.reference statement[1].actions[0]',
                'complete',
              ],
              resources: [
                'any of',
                'unknown(one of aws_secretsmanager_secret.each["one"])@data.aws_iam_policy_document.reference statement[1].resources[0]',
                'unknown(one of aws_secretsmanager_secret.each["two"])@data.aws_iam_policy_document.reference statement[1].resources[1]',
                'complete',
              ],
              principals: {
                negated: false,
                entries: [
                  {
                    type: 'AWS',
                    id: 'unknown(aws_iam_role.a.arn)@data.aws_iam_policy_document.reference statement[1].principals[0].identifiers[0]',
                  },
                ],
              },
              conditions: [
                {
                  operator: 'StringNotEquals',
                  key: 'aws:PrincipalTag/team',
                  values: [
                    'known("${aws:username}")@data.aws_iam_policy_document.reference statement[1].condition[0].values[0]',
                    'unknown(aws_iam_role.a.name)@data.aws_iam_policy_document.reference statement[1].condition[0].values[1]',
                  ],
                },
              ],
              origin: '@data.aws_iam_policy_document.reference statement[1]',
            },
          ],
          complete: true,
          references: [],
          trailEnds: [],
          origin: '@policy',
        },
        name: 'known("reference")@name',
      },
    ],
    [
      'every element of a text',
      'aws_iam_policy.text',
      {
        document: {
          statements: [
            {
              sid: null,
              effect: 'known("Allow")@policy',
              actions: ['none of', 'known("iam:*")@policy', 'complete'],
              resources: ['none of', 'known("a")@policy', 'known("b")@policy', 'complete'],
              principals: { negated: false, entries: [{ type: '*', id: 'known("*")@policy' }] },
              conditions: [],
              origin: '@policy',
            },
            {
              sid: 'Two',
              effect: 'known("Deny")@policy',
              actions: ['any of', 'known("s3:*")@policy', 'complete'],
              resources: ['any of', 'known("*")@policy', 'complete'],
              principals: {
                negated: false,
                entries: [
                  { type: 'AWS', id: 'known("a")@policy' },
                  { type: 'AWS', id: 'known("b")@policy' },
                  { type: 'Service', id: 'known("c")@policy' },
                ],
              },
              conditions: [
                { operator: 'Bool', key: 'aws:c', values: ['known("true")@policy'] },
                { operator: 'StringLike', key: 'aws:a', values: ['known("x")@policy', 'known("y")@policy'] },
                { operator: 'StringLike', key: 'aws:b', values: ['known("z")@policy'] },
              ],
              origin: '@policy',
            },
            {
              sid: null,
              effect: 'known("Allow")@policy',
              actions: ['any of', 'known("*")@policy', 'complete'],
              resources: ['any of', 'known("*")@policy', 'complete'],
              principals: { negated: true, entries: [{ type: 'AWS', id: 'known("d")@policy' }] },
              conditions: [],
              origin: '@policy',
            },
          ],
          complete: true,
          references: [],
          trailEnds: [],
          origin: '@policy',
        },
        name: 'known("text")@name',
      },
    ],
    [
      'unknown',
      'aws_iam_policy.unknown',
      {
        document: {
          statements: [
            {
              sid: null,
              effect: 'unknown(terraform_data.later.output)@data.aws_iam_policy_document.unknown statement[0].effect',
              actions: [
                'any of',
                'unknown(terraform_data.later.output)@data.aws_iam_policy_document.unknown statement[0].actions',
                'incomplete',
              ],
              resources: [
                'any of',
                'unknown(terraform_data.later.output)@data.aws_iam_policy_document.unknown statement[0].resources',
                'incomplete',
              ],
              principals: {
                negated: false,
                entries: [
                  { type: 'AWS', id: 'unknown()@data.aws_iam_policy_document.unknown statement[0].principals[0]' },
                  { type: 'Service', id: 'unknown()@data.aws_iam_policy_document.unknown statement[0].principals[0]' },
                ],
              },
              conditions: null,
              origin: '@data.aws_iam_policy_document.unknown statement[0]',
            },
            {
              sid: 'Negated',
              effect: 'known("Allow")@data.aws_iam_policy_document.unknown statement[1].effect',
              actions: [
                'none of',
                'unknown(terraform_data.later.output)@data.aws_iam_policy_document.unknown statement[1].not_actions',
                'incomplete',
              ],
              resources: [
                'none of',
                'unknown(terraform_data.later.output)@data.aws_iam_policy_document.unknown statement[1].not_resources[0]',
                'complete',
              ],
              principals: {
                negated: true,
                entries: [
                  {
                    type: 'AWS',
                    id: 'unknown(terraform_data.later.output)@data.aws_iam_policy_document.unknown statement[1].not_principals[0].identifiers[0]',
                  },
                ],
              },
              conditions: [
                {
                  operator: 'StringEquals',
                  key: 'aws:PrincipalTag/team',
                  values: [
                    'unknown(terraform_data.later.output)@data.aws_iam_policy_document.unknown statement[1].condition[0].values',
                  ],
                },
              ],
              origin: '@data.aws_iam_policy_document.unknown statement[1]',
            },
          ],
          complete: true,
          references: [],
          trailEnds: [],
          origin: '@policy',
        },
        name: 'known("unknown")@name',
      },
    ],
  ]);
});
