import { expect, test } from '@jest/globals';
import { evaluate, isAllowed } from './evaluate.ts';
import { managedPolicy } from './managed-policies.ts';

const origin = { address: 'aws_iam_role.a', path: 'managed_policy_arns[0]' };

test.each([
  ['arn:aws:iam::aws:policy/AdministratorAccess', 'rds-db:connect', true],
  ['arn:aws-cn:iam::aws:policy/AdministratorAccess', 'iam:CreateUser', true],
  ['arn:aws-us-gov:iam::aws:policy/PowerUserAccess', 'rds-db:connect', true],
  ['arn:aws:iam::aws:policy/PowerUserAccess', 'kms:Decrypt', true],
  ['arn:aws:iam::aws:policy/PowerUserAccess', 'iam:CreateUser', false],
  ['arn:aws:iam::aws:policy/SecretsManagerReadWrite', 'secretsmanager:GetSecretValue', true],
  ['arn:aws:iam::aws:policy/SecretsManagerReadWrite', 'kms:Decrypt', false],
  ['arn:aws:iam::aws:policy/SecretsManagerReadWrite', 'rds-db:connect', false],
  ['arn:aws:iam::aws:policy/AWSDenyAll', 'rds-db:connect', false],
  ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole', 'secretsmanager:GetSecretValue', false],
  ['arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole', 'rds-db:connect', false],
  ['arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy', 'kms:Decrypt', false],
  ['arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore', 'rds-db:connect', false],
])('%s: %s is %s', (arn, action, allowed) => {
  const document = managedPolicy(arn, origin);
  const answer = evaluate(document === null ? [] : [document], {
    action,
    resource: {
      arn: { partition: 'aws', service: 'x', region: '', account: '', resource: ['y'] },
      relation: () => 'other',
    },
    context: () => 'absent',
  });
  expect(document?.origin).toEqual(origin);
  expect(isAllowed(answer)).toBe(allowed);
});

test('AWSDenyAll denies', () => {
  const document = managedPolicy('arn:aws:iam::aws:policy/AWSDenyAll', origin);
  expect(document?.statements.map(({ effect }) => effect.kind === 'known' && effect.value)).toEqual(['Deny']);
});

test.each([
  'arn:aws:iam::aws:policy/AmazonRedshiftFullAccess',
  'arn:aws:iam::aws:policy/AWSLambdaBasicExecutionRole',
  'arn:aws:iam::aws:policy/job-function/AdministratorAccess',
  'arn:aws:iam::123456789012:policy/AdministratorAccess',
  'AdministratorAccess',
  'arn:aws:iam::aws:policy/constructor',
])('%s is not known', (arn) => {
  expect(managedPolicy(arn, origin)).toBeNull();
});
