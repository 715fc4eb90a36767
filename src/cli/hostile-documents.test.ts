import { describe } from '@jest/globals';
import { type Row, testRows } from '../testing/hostile-rows.ts';
import { genuine } from '../testing/mutations.ts';

// A genuine state whose deciding policy document is something else.

const state = genuine('testdata/lifecycle/mistake-role-cannot-read-secret/state.json');

const statement = { Effect: 'Allow', Action: 'rds-db:connect', Resource: '*' };
const documentOf = (value: unknown): string => JSON.stringify({ Version: '2012-10-17', Statement: value });
const policies: readonly (readonly [name: string, policy: unknown])[] = [
  ['is empty', ''],
  ['is no JSON', 'Allow everything'],
  ['is cut', '{"Statement":[{"Effect":'],
  ['is a list', '[]'],
  ['is a number in a text', '7'],
  ['is null in a text', 'null'],
  ['is an object without a statement', '{}'],
  ['is a number', 7],
  ['is an object', {}],
  ['has no statements', documentOf([])],
  ['has statements that are null', documentOf([null])],
  ['has a text for a statement', documentOf('Allow')],
  ['has a number for an action', documentOf({ ...statement, Action: 7 })],
  ['has an object for an action', documentOf({ ...statement, Action: { toString: 1 } })],
  ['has a list in a list of actions', documentOf({ ...statement, Action: [['rds-db:connect']] })],
  ['has null for a resource', documentOf({ ...statement, Resource: [null] })],
  ['has an object for an effect', documentOf({ ...statement, Effect: { toString: 1 } })],
  ['has a text for a condition', documentOf({ ...statement, Condition: 'none' })],
  [
    'has an object for a value of a condition',
    documentOf({ ...statement, Condition: { Bool: { k: { valueOf: 1 } } } }),
  ],
  [
    'has 5,000 lists for a resource',
    documentOf('LIST').replace(
      '"LIST"',
      `[{"Effect":"Allow","Action":"*","Resource":${'['.repeat(5000)}${']'.repeat(5000)}}]`,
    ),
  ],
  [
    'has 100,000 objects for a condition',
    `{"Statement":[{"Effect":"Allow","Condition":${'{"a":'.repeat(1e5)}1${'}'.repeat(1e5)}}]}`,
  ],
  ['has a key __proto__', '{"__proto__":{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}}'],
  ['has statements under constructor', '{"constructor":[{"Effect":"Allow","Action":"*","Resource":"*"}]}'],
];

const deciding = 'state aws_iam_role_policy.proxy_secrets: values.policy';
const documents: readonly Row[] = policies.map(([name, policy]) => [
  `a policy that ${name}`,
  state,
  state.put(deciding, policy),
  'judged',
]);

const reads = (resource: unknown): string =>
  documentOf({ Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: resource });
const other = { ...statement, Action: 's3:Get*' };

const oddDocuments: readonly Row[] = [
  [
    'a condition under __proto__',
    state,
    state.put(
      deciding,
      `{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"__proto__":{"toString":"1"}}}]}`,
    ),
    'judged',
  ],
  ['a resource of 1 MB', state, state.put(deciding, reads('x'.repeat(1e6))), 'judged'],
  ['a resource of 150,000 wildcards', state, state.put(deciding, reads(`${'*?'.repeat(75_000)}x!`)), 'judged'],
  ['1 MB of resources', state, state.put(deciding, reads(Array.from({ length: 1e5 }, (_, i) => `a:${i}`))), 'judged'],
  [
    '2,000 resources',
    state,
    state.put(deciding, reads(Array.from({ length: 2000 }, (_, i) => `arn:aws:s3:::${i}`))),
    'same',
  ],
  ['2,000 statements', state, state.put(deciding, documentOf(Array.from({ length: 2000 }, () => other))), 'same'],
  ['lone surrogates and NUL in a resource', state, state.put(deciding, reads('arn:\ud800\u0000*')), 'same'],
];

describe('policy documents', () => testRows([...documents, ...oddDocuments]));
