import { expect, test } from '@jest/globals';
import { adaptFile, render } from '../adapt-plan.test-support.ts';

const located = (file: string, id: string) => {
  const { principals, secrets } = adaptFile(file).model;
  return [...principals, ...secrets].find((entity) => entity.id === id);
};

test.each([
  [
    'a variable that is a part of the name',
    'location/plan.json',
    'aws_iam_role.composed',
    'unknown()@region',
    'absent@arn',
  ],
  [
    'the default provider',
    'location/plan.json',
    'aws_iam_role.default',
    'known("eu-west-1")@region',
    'known("111111111111")@arn',
  ],
  ['a provider without arguments', 'location/plan.json', 'aws_iam_role.none', 'unknown()@region', 'absent@arn'],
  [
    'a provider that is known after apply',
    'location/plan.json',
    'aws_iam_role.unknown',
    'unknown()@region',
    'known("123456789012")@arn',
  ],
  [
    "a variable, and the caller's identity",
    'location/plan.json',
    'aws_iam_role.variable',
    'known("eu-central-1")@region',
    'known("123456789012")@arn',
  ],
  [
    'inherited in a module',
    'location/plan.json',
    'module.inherits.aws_iam_role.this',
    'known("eu-west-1")@region',
    'known("111111111111")@arn',
  ],
  [
    'a provider in the module: its own variable',
    'location/plan.json',
    'module.own.aws_iam_role.this',
    'known("ap-south-1")@region',
    'absent@arn',
  ],
  [
    'passed to a module',
    'location/plan.json',
    'module.passed.aws_iam_role.this',
    'known("eu-central-1")@region',
    'known("123456789012")@arn',
  ],
  [
    "empty resource: the provider's",
    'location-v6/plan.json',
    'aws_secretsmanager_secret.empty',
    'known("eu-west-1")@region',
    'absent@arn',
  ],
  [
    'its own region',
    'location-v6/plan.json',
    'aws_secretsmanager_secret.known',
    'known("us-east-2")@region',
    'absent@arn',
  ],
  [
    'reference',
    'location-v6/plan.json',
    'aws_secretsmanager_secret.reference',
    'unknown(aws_secretsmanager_secret.unknown.region)@region',
    'absent@arn',
  ],
  [
    'unknown',
    'location-v6/plan.json',
    'aws_secretsmanager_secret.unknown',
    'unknown(terraform_data.later.output)@region',
    'absent@arn',
  ],
  [
    'the role that the provider assumes, by a variable',
    'location-assumed/plan.json',
    'aws_iam_role.default',
    'known("eu-west-1")@region',
    'known("333344445555")@arn',
  ],
  [
    'the last of several roles',
    'location-assumed/plan.json',
    'aws_iam_role.chained',
    'known("eu-west-1")@region',
    'known("444455556666")@arn',
  ],
  [
    'a role whose account is a part of a text',
    'location-assumed/plan.json',
    'aws_iam_role.composed',
    'known("eu-west-1")@region',
    'absent@arn',
  ],
  [
    'the account of an ARN',
    'location-v6/plan.json',
    'data.aws_secretsmanager_secret.known',
    'known("eu-west-1")@region',
    'known("333333333333")@arn',
  ],
])('%s', (_, file, id, region, account) => {
  const entity = located(file, id);
  expect({ region: render(entity?.region, id), account: render(entity?.account, id) }).toEqual({ region, account });
});

test('the identity of the caller is no part of the model itself', () => {
  expect(JSON.stringify(adaptFile('location/plan.json').model)).not.toContain('aws_caller_identity');
});
