import { describe, expect, test } from '@jest/globals';
import { adaptFile, testRows } from '../adapt-plan.test-support.ts';

describe('secrets of a first plan', () => {
  /** Nothing is set. */
  const empty = {
    judged: true,
    managed: true,
    origin: '@',
    region: 'known("eu-west-1")@region',
    account: 'absent@arn',
    name: 'unknown(.name)=${.name}@name',
    arn: 'unknown(.arn)=${.arn}@arn',
    kmsKey: 'absent@kms_key_id',
    resourcePolicy: null,
    lookup: [],
  };

  testRows(adaptFile('secret/plan.json').model.secrets, empty, [
    ['empty resource', 'aws_secretsmanager_secret.empty', {}],
    ['"" in the configuration', 'aws_secretsmanager_secret.empty_strings', { name: 'known("orders/empty")@name' }],
    [
      'known',
      'aws_secretsmanager_secret.known',
      {
        name: 'known("orders/app")@name',
        kmsKey: 'known("alias/orders")@kms_key_id',
        resourcePolicy: {
          statements: [
            {
              sid: null,
              effect: 'known("Deny")@policy',
              actions: ['any of', 'known("*")@policy', 'complete'],
              resources: ['any of', 'known("*")@policy', 'complete'],
              principals: { negated: false, entries: [{ type: '*', id: 'known("*")@policy' }] },
              conditions: [],
              origin: '@policy',
            },
          ],
          complete: true,
          references: [],
          trailEnds: [],
          origin: '@policy',
        },
      },
    ],
    [
      'a policy that is none',
      'aws_secretsmanager_secret.no_policy',
      {
        name: 'known("orders/no-policy")@name',
        resourcePolicy: { statements: [], complete: false, references: [], trailEnds: [], origin: '@policy' },
      },
    ],
    [
      'reference, policy from a data source',
      'aws_secretsmanager_secret.reference',
      {
        name: 'unknown(.name)=orders/${computed(.name)}@name',
        kmsKey: 'unknown(aws_kms_key.a.arn)@kms_key_id',
        resourcePolicy: {
          statements: [
            {
              sid: null,
              effect: 'known("Allow")@data.aws_iam_policy_document.a statement[0].effect',
              actions: [
                'any of',
                'known("secretsmanager:GetSecretValue")@data.aws_iam_policy_document.a statement[0].actions[0]',
                'complete',
              ],
              resources: [
                'any of',
                'unknown(aws_kms_key.a.arn)@data.aws_iam_policy_document.a statement[0].resources[0]',
                'complete',
              ],
              principals: {
                negated: false,
                entries: [
                  {
                    type: 'AWS',
                    id: 'known("arn:aws:iam::123456789012:role/proxy")@data.aws_iam_policy_document.a statement[0].principals[0].identifiers[0]',
                  },
                ],
              },
              conditions: [],
              origin: '@data.aws_iam_policy_document.a statement[0]',
            },
          ],
          complete: true,
          references: [],
          trailEnds: [],
          origin: '@policy',
        },
      },
    ],
    [
      'unknown',
      'aws_secretsmanager_secret.unknown',
      {
        name: 'unknown(terraform_data.later.output)@name',
        kmsKey: 'unknown(terraform_data.later.output)@kms_key_id',
        resourcePolicy: {
          statements: [],
          complete: false,
          references: ['terraform_data.later.output'],
          trailEnds: [],
          origin: '@policy',
        },
      },
    ],
    [
      'data source, by reference',
      'data.aws_secretsmanager_secret.by_reference',
      {
        managed: false,
        arn: 'unknown(aws_secretsmanager_secret.empty.arn)@arn',
        kmsKey: 'unknown(.kms_key_id)=${.kms_key_id}@kms_key_id',
        resourcePolicy: { statements: [], complete: false, references: ['.policy'], trailEnds: [], origin: '@policy' },
        lookup: ['unknown(aws_secretsmanager_secret.empty.arn)@arn', 'unknown(.name)=${.name}@name'],
      },
    ],
    [
      'data source, by name',
      'data.aws_secretsmanager_secret.by_name',
      {
        managed: false,
        account: 'known("123456789012")@arn',
        name: 'known("legacy")@name',
        arn: 'known("arn:aws:secretsmanager:eu-west-1:123456789012:secret:legacy-hIEHI4")@arn',
        kmsKey: 'known("arn:aws:kms:eu-west-1:123456789012:key/bdda4898-5b02-406d-a148-86b9832b0b0b")@kms_key_id',
        lookup: [
          'known("arn:aws:secretsmanager:eu-west-1:123456789012:secret:legacy-hIEHI4")@arn',
          'known("legacy")@name',
        ],
      },
    ],
  ]);
});

describe('policies of secrets', () => {
  testRows(adaptFile('secret/plan.json').model.secretPolicies, {}, [
    [
      'known',
      'aws_secretsmanager_secret_policy.known',
      {
        judged: true,
        managed: true,
        origin: '@',
        secretArn: 'known("arn:aws:secretsmanager:eu-west-1:123456789012:secret:orders/app-AbCdEf")@secret_arn',
        document: { statements: [], complete: false, references: [], trailEnds: [], origin: '@policy' },
      },
    ],
    [
      'reference',
      'aws_secretsmanager_secret_policy.reference',
      {
        judged: true,
        managed: true,
        origin: '@',
        secretArn: 'unknown(aws_secretsmanager_secret.empty.id)@secret_arn',
        document: {
          statements: [
            {
              sid: null,
              effect: 'known("Allow")@data.aws_iam_policy_document.a statement[0].effect',
              actions: [
                'any of',
                'known("secretsmanager:GetSecretValue")@data.aws_iam_policy_document.a statement[0].actions[0]',
                'complete',
              ],
              resources: [
                'any of',
                'unknown(aws_kms_key.a.arn)@data.aws_iam_policy_document.a statement[0].resources[0]',
                'complete',
              ],
              principals: {
                negated: false,
                entries: [
                  {
                    type: 'AWS',
                    id: 'known("arn:aws:iam::123456789012:role/proxy")@data.aws_iam_policy_document.a statement[0].principals[0].identifiers[0]',
                  },
                ],
              },
              conditions: [],
              origin: '@data.aws_iam_policy_document.a statement[0]',
            },
          ],
          complete: true,
          references: [],
          trailEnds: [],
          origin: '@policy',
        },
      },
    ],
    [
      'unknown',
      'aws_secretsmanager_secret_policy.unknown',
      {
        judged: true,
        managed: true,
        origin: '@',
        secretArn: 'unknown(terraform_data.later.output)@secret_arn',
        document: {
          statements: [],
          complete: false,
          references: ['terraform_data.later.output'],
          trailEnds: [],
          origin: '@policy',
        },
      },
    ],
  ]);
});

describe('secrets of a state', () => {
  testRows(adaptFile('applied/state.json').model.secrets, {}, [
    [
      'for_each',
      'aws_secretsmanager_secret.each["app"]',
      {
        judged: true,
        managed: true,
        origin: '@',
        region: 'known("eu-west-1")@region',
        account: 'known("123456789012")@arn',
        name: 'known("orders/app")@name',
        arn: 'known("arn:aws:secretsmanager:eu-west-1:123456789012:secret:orders/app-bhi56E")@arn',
        kmsKey: 'absent@kms_key_id',
        resourcePolicy: null,
        lookup: [],
      },
    ],
    [
      'for_each',
      'aws_secretsmanager_secret.each["report"]',
      {
        judged: true,
        managed: true,
        origin: '@',
        region: 'known("eu-west-1")@region',
        account: 'known("123456789012")@arn',
        name: 'known("orders/report")@name',
        arn: 'known("arn:aws:secretsmanager:eu-west-1:123456789012:secret:orders/report-2EeEbB")@arn',
        kmsKey: 'absent@kms_key_id',
        resourcePolicy: null,
        lookup: [],
      },
    ],
  ]);
});

test('a policy that is none is a diagnostic, which does not quote it', () => {
  const { diagnostics } = adaptFile('secret/plan.json');
  expect(diagnostics.map(({ severity, code, origin }) => ({ severity, code, origin }))).toEqual(
    ['aws_secretsmanager_secret.no_policy', 'aws_secretsmanager_secret_policy.known'].map((address) => ({
      severity: 'warning',
      code: 'iam-document-unparsable',
      origin: { address, path: 'policy' },
    })),
  );
  expect(JSON.stringify(diagnostics)).not.toContain('canary');
});
