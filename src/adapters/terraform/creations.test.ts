import { describe, expect, test } from '@jest/globals';
import { adaptFile, testRows } from '../adapt-plan.test-support.ts';

describe('what a first plan creates', () => {
  /** It waits for nothing of that. */
  const empty = { judged: true, managed: true, origin: '@', waitsFor: [], complete: true };

  testRows(adaptFile('creations/plan.json').model.creations, empty, [
    ['empty resource', 'aws_db_proxy_target.empty', {}],
    ['unknown', 'aws_db_proxy_target.unknown', {}],
    [
      'reference, through another resource',
      'aws_db_proxy_target.waits',
      { waitsFor: ['aws_iam_role_policy.a', 'aws_secretsmanager_secret_version.a'] },
    ],
    ['a local value, which the plan does not keep', 'aws_db_proxy_target.behind_local', { complete: false }],
    ['a version', 'aws_secretsmanager_secret_version.a', {}],
    ['an instance of a policy', 'aws_iam_role_policy.a["keys"]', {}],
    ['another instance', 'aws_iam_role_policy.a["secrets"]', {}],
  ]);
});

test.each(['secret-version/plan.json', 'applied/state.json'])('%s registers no target: nothing', (file) => {
  expect(adaptFile(file).model.creations).toEqual([]);
});
