import { expect, test } from '@jest/globals';
import { known, unknown } from '../model/value.ts';
import { classifyActions } from './connect-action.ts';

const origin = { address: 'aws_iam_policy.p', path: 'policy' };
const actions = (texts: readonly string[], negated = false) => ({
  negated,
  patterns: texts.map((text) => known(text, origin)),
  complete: true,
});

test.each([
  [['rds-db:connect'], 'connect'],
  [['RDS-DB:Connect'], 'connect'],
  [['rds-db:*'], 'connect'],
  [['rds-*:con*'], 'connect'],
  [['s3:GetObject', 'rds-db:connect'], 'connect'],
  [['rds:connect', 'rds-db:connect'], 'connect'],
  [['*'], 'any'],
  [['rds:connect'], 'misspelt'],
  [['rds:db-connect'], 'misspelt'],
  [['rds-db:conect'], 'misspelt'],
  [['rds_db:connect'], 'misspelt'],
  [['rds:*'], 'none'],
  [['rds:DescribeDBProxies'], 'none'],
  [['execute-api:ManageConnections'], 'none'],
  [[], 'none'],
])('%j is %s', (texts, kind) => {
  expect(classifyActions(actions(texts)).kind).toBe(kind);
});

test('NotAction of something else is an administrator, of rds-db:connect it is not', () => {
  expect(classifyActions(actions(['iam:*'], true)).kind).toBe('any');
  expect(classifyActions(actions(['rds-db:*'], true)).kind).toBe('none');
});

test('an action that is known after apply may be any', () => {
  expect(classifyActions({ negated: false, patterns: [unknown(origin)], complete: true }).kind).toBe('unknown');
  expect(classifyActions({ negated: false, patterns: [], complete: false }).kind).toBe('unknown');
});
