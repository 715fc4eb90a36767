import { expect, test } from '@jest/globals';
import type { IamStatement } from '../model/iam.ts';
import { known } from '../model/value.ts';
import { unlessForOther } from './foreign-arns.ts';
import type { NamedEndpoint } from './grant-endpoint.ts';
import { fails, holds } from './judgement.ts';

const origin = { address: 'aws_iam_role_policy.connect', path: 'policy' };
const endpoint = {
  entity: { address: 'aws_db_instance.orders', id: 'aws_db_instance.orders' },
} as NamedEndpoint['endpoint'];
const actions = ['rds-db:connect', 'rds:DescribeDBInstances'].map((action) => known(action, origin));
const statement = { actions: { negated: false, patterns: actions, complete: true, origin } } as unknown as IamStatement;

test.each(['plan', 'configuration'] as const)(
  'whether an ARN is for another action is not in the %s',
  (judgedInput) => {
    const right = { endpoint, statement, namesResourceId: holds(''), inScope: holds('') };
    const foreign = { ...right, namesResourceId: fails('no resource id', [origin]) };
    const all = [right, foreign];
    const [grant] = unlessForOther({ model: { judgedInput } }, foreign, 'perhaps the endpoint', all);
    expect(grant?.namesResourceId).toMatchObject({
      holds: 'unknown',
      reason: `refers to the ARN of aws_db_instance.orders; whether that is for another action of the statement is not in the ${judgedInput}`,
    });
  },
);
