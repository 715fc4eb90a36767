import { describe, expect, test } from '@jest/globals';
import { adaptFile, renderAlias, testRows } from '../adapt-plan.test-support.ts';

describe('keys of a first plan', () => {
  /** Nothing is set: the default policy. */
  const empty = {
    judged: true,
    managed: true,
    origin: '@',
    region: 'known("eu-west-1")@region',
    account: 'absent@arn',
    arn: 'unknown(.arn)=${.arn}@arn',
    keyId: 'unknown(.key_id)=${.key_id}@key_id',
    policy: null,
    policyInView: true,
  };

  testRows(adaptFile('kms-key/plan.json').model.kmsKeys, empty, [
    ['empty resource', 'aws_kms_key.empty', {}],
    ['"" in the configuration', 'aws_kms_key.empty_string', {}],
    [
      'known',
      'aws_kms_key.known',
      {
        policy: {
          statements: [
            {
              sid: null,
              effect: 'known("Allow")@policy',
              actions: ['any of', 'known("kms:*")@policy', 'complete'],
              resources: ['any of', 'known("*")@policy', 'complete'],
              principals: {
                negated: false,
                entries: [{ type: 'AWS', id: 'known("arn:aws:iam::123456789012:root")@policy' }],
              },
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
      'reference, policy from a data source',
      'aws_kms_key.reference',
      {
        policy: {
          statements: [
            {
              sid: null,
              effect: 'known("Allow")@data.aws_iam_policy_document.a statement[0].effect',
              actions: ['any of', 'known("kms:*")@data.aws_iam_policy_document.a statement[0].actions[0]', 'complete'],
              resources: ['any of', 'known("*")@data.aws_iam_policy_document.a statement[0].resources[0]', 'complete'],
              principals: {
                negated: false,
                entries: [
                  {
                    type: 'AWS',
                    id: 'unknown(aws_iam_role.a.arn)@data.aws_iam_policy_document.a statement[0].principals[0].identifiers[0]',
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
      'aws_kms_key.unknown',
      {
        policy: {
          statements: [],
          complete: false,
          references: ['terraform_data.later.output'],
          trailEnds: [],
          origin: '@policy',
        },
      },
    ],
    [
      'data source, later',
      'data.aws_kms_key.later',
      { managed: false, keyId: 'unknown(aws_kms_key.empty.key_id)@key_id', policyInView: false },
    ],
    [
      'data source, known',
      'data.aws_kms_key.known',
      {
        managed: false,
        account: 'known("123456789012")@arn',
        arn: 'known("arn:aws:kms:eu-west-1:123456789012:key/a5c9dbcb-c312-45c1-a865-3388e9886ac2")@arn',
        keyId: 'known("alias/legacy")@key_id',
        policyInView: false,
      },
    ],
  ]);
});

describe('policies of keys', () => {
  testRows(adaptFile('kms-key/plan.json').model.kmsKeyPolicies, {}, [
    [
      'known',
      'aws_kms_key_policy.known',
      {
        judged: true,
        managed: true,
        origin: '@',
        keyId: 'known("1234abcd-12ab-34cd-56ef-1234567890ab")@key_id',
        document: {
          statements: [
            {
              sid: null,
              effect: 'known("Allow")@policy',
              actions: ['any of', 'known("kms:Decrypt")@policy', 'complete'],
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
      },
    ],
    [
      'reference',
      'aws_kms_key_policy.reference',
      {
        judged: true,
        managed: true,
        origin: '@',
        keyId: 'unknown(aws_kms_key.empty.key_id)@key_id',
        document: {
          statements: [
            {
              sid: null,
              effect: 'known("Allow")@data.aws_iam_policy_document.a statement[0].effect',
              actions: ['any of', 'known("kms:*")@data.aws_iam_policy_document.a statement[0].actions[0]', 'complete'],
              resources: ['any of', 'known("*")@data.aws_iam_policy_document.a statement[0].resources[0]', 'complete'],
              principals: {
                negated: false,
                entries: [
                  {
                    type: 'AWS',
                    id: 'unknown(aws_iam_role.a.arn)@data.aws_iam_policy_document.a statement[0].principals[0].identifiers[0]',
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
      'aws_kms_key_policy.unknown',
      {
        judged: true,
        managed: true,
        origin: '@',
        keyId: 'unknown(terraform_data.later.output)@key_id',
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

describe('grants', () => {
  testRows(adaptFile('kms-key/plan.json').model.kmsGrants, {}, [
    [
      'known',
      'aws_kms_grant.known',
      {
        judged: true,
        managed: true,
        origin: '@',
        keyId: 'known("1234abcd-12ab-34cd-56ef-1234567890ab")@key_id',
        grantee: 'known("arn:aws:iam::123456789012:role/proxy")@grantee_principal',
        operations: ['known("Decrypt")@operations[0]', 'complete@operations'],
        constrained: false,
      },
    ],
    [
      'reference',
      'aws_kms_grant.reference',
      {
        judged: true,
        managed: true,
        origin: '@',
        keyId: 'unknown(aws_kms_key.empty.key_id)@key_id',
        grantee: 'unknown(aws_iam_role.a.arn)@grantee_principal',
        operations: [
          'known("Encrypt")@operations[0]',
          'unknown(terraform_data.later.output)@operations[1]',
          'complete@operations',
        ],
        constrained: false,
      },
    ],
    [
      'unknown',
      'aws_kms_grant.unknown',
      {
        judged: true,
        managed: true,
        origin: '@',
        keyId: 'unknown(terraform_data.later.output)@key_id',
        grantee: 'unknown(terraform_data.later.output)@grantee_principal',
        operations: ['unknown(terraform_data.later.output)@operations', 'incomplete@operations'],
        constrained: false,
      },
    ],
  ]);
});

describe('keys of a state', () => {
  testRows(adaptFile('applied/state.json').model.kmsKeys, {}, [
    [
      'the default policy, as AWS writes it',
      'aws_kms_key.default_policy',
      {
        judged: true,
        managed: true,
        origin: '@',
        region: 'known("eu-west-1")@region',
        account: 'known("123456789012")@arn',
        arn: 'known("arn:aws:kms:eu-west-1:123456789012:key/1a89a86f-3db8-4aa0-a71d-f2c7959852a5")@arn',
        keyId: 'known("1a89a86f-3db8-4aa0-a71d-f2c7959852a5")@key_id',
        policy: {
          statements: [
            {
              sid: 'Enable IAM User Permissions',
              effect: 'known("Allow")@policy',
              actions: ['any of', 'known("kms:*")@policy', 'complete'],
              resources: ['any of', 'known("*")@policy', 'complete'],
              principals: {
                negated: false,
                entries: [{ type: 'AWS', id: 'known("arn:aws:iam::123456789012:root")@policy' }],
              },
              conditions: [],
              origin: '@policy',
            },
          ],
          complete: true,
          references: [],
          trailEnds: [],
          origin: '@policy',
        },
        policyInView: true,
      },
    ],
  ]);
});

test('an alias stands for its key', () => {
  expect(adaptFile('kms-key/plan.json').model.aliases.map(renderAlias)).toEqual([
    'aws_kms_alias.known.arn = known("1234abcd-12ab-34cd-56ef-1234567890ab")@target_key_id',
    'aws_kms_alias.known.name = known("1234abcd-12ab-34cd-56ef-1234567890ab")@target_key_id',
    'aws_kms_alias.known.id = known("1234abcd-12ab-34cd-56ef-1234567890ab")@target_key_id',
    'aws_kms_alias.known.target_key_arn = known("1234abcd-12ab-34cd-56ef-1234567890ab")@target_key_id',
    'aws_kms_alias.known.target_key_id = known("1234abcd-12ab-34cd-56ef-1234567890ab")@target_key_id',
    'aws_kms_alias.reference.arn = unknown(aws_kms_key.empty.id)@target_key_id',
    'aws_kms_alias.reference.name = unknown(aws_kms_key.empty.id)@target_key_id',
    'aws_kms_alias.reference.id = unknown(aws_kms_key.empty.id)@target_key_id',
    'aws_kms_alias.reference.target_key_arn = unknown(aws_kms_key.empty.id)@target_key_id',
    'aws_kms_alias.reference.target_key_id = unknown(aws_kms_key.empty.id)@target_key_id',
    'aws_kms_alias.unknown.arn = unknown(terraform_data.later.output)@target_key_id',
    'aws_kms_alias.unknown.name = unknown(terraform_data.later.output)@target_key_id',
    'aws_kms_alias.unknown.id = unknown(terraform_data.later.output)@target_key_id',
    'aws_kms_alias.unknown.target_key_arn = unknown(terraform_data.later.output)@target_key_id',
    'aws_kms_alias.unknown.target_key_id = unknown(terraform_data.later.output)@target_key_id',
  ]);
});
