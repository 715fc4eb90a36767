import { describe, expect, test } from '@jest/globals';
import type { IamCondition } from '../model/iam.ts';
import { known, unknown } from '../model/value.ts';
import { type ContextKey, conditionsHold } from './conditions.ts';

const origin = { address: 'aws_iam_policy.p', path: 'policy' };

const condition = (operator: string, key: string, ...values: readonly string[]): IamCondition => ({
  operator,
  key,
  values: values.map((value) => known(value, origin)),
});

const always = (answer: ContextKey) => (): ContextKey => answer;

describe('a key that the request does not carry', () => {
  test.each([
    ['StringEquals', false],
    ['StringLike', false],
    ['IpAddress', false],
    ['Bool', false],
    ['ArnLike', false],
    ['NumericLessThan', false],
    ['StringNotEquals', true],
    ['StringNotLike', true],
    ['StringNotEqualsIgnoreCase', true],
    ['NotIpAddress', true],
    ['ArnNotEquals', true],
    ['StringEqualsIfExists', true],
    ['IpAddressIfExists', true],
    ['ForAllValues:StringEquals', true],
    ['ForAnyValue:StringEquals', false],
    ['ForAnyValue:StringNotEquals', false],
  ])('%s: %s', (operator, holds) => {
    expect(conditionsHold([condition(operator, 'aws:SourceIp', '10.0.0.0/8')], always('absent'))).toBe(holds);
  });

  test.each([
    ['true', true],
    ['false', false],
  ])('Null %s: %s', (value, holds) => {
    expect(conditionsHold([condition('Null', 'aws:SourceVpc', value)], always('absent'))).toBe(holds);
    expect(conditionsHold([condition('Null', 'aws:SourceVpc', value)], always({ value: 'vpc-1' }))).toBe(!holds);
  });
});

describe('a key whose value is known', () => {
  const via = always({ value: 'secretsmanager.us-east-1.amazonaws.com' });
  test.each([
    ['StringEquals', ['secretsmanager.us-east-1.amazonaws.com'], true],
    ['StringEquals', ['secretsmanager.eu-west-1.amazonaws.com'], false],
    ['StringEquals', ['x', 'secretsmanager.us-east-1.amazonaws.com'], true],
    ['StringEqualsIgnoreCase', ['SecretsManager.US-EAST-1.amazonaws.com'], true],
    ['StringLike', ['secretsmanager.*.amazonaws.com'], true],
    ['StringNotEquals', ['secretsmanager.us-east-1.amazonaws.com'], false],
    ['StringNotLike', ['ec2.*'], true],
    ['StringEqualsIfExists', ['secretsmanager.us-east-1.amazonaws.com'], true],
    ['NumericEquals', ['1'], 'unknown'],
  ])('%s %j: %s', (operator, values, holds) => {
    expect(conditionsHold([condition(operator, 'kms:ViaService', ...values)], via)).toBe(holds);
  });

  test('a value that is known after apply decides nothing', () => {
    const open: IamCondition = { operator: 'StringEquals', key: 'kms:ViaService', values: [unknown(origin)] };
    expect(conditionsHold([open], via)).toBe('unknown');
  });
});

test('all conditions must hold; one that fails decides, one that is open leaves it open', () => {
  const fails = condition('StringEquals', 'a', 'x');
  const holds = condition('StringNotEquals', 'a', 'x');
  const mixed = (key: string): ContextKey => (key === 'open' ? 'unknown' : 'absent');
  expect(conditionsHold([], always('unknown'))).toBe(true);
  expect(conditionsHold([holds, holds], mixed)).toBe(true);
  expect(conditionsHold([holds, fails], mixed)).toBe(false);
  expect(conditionsHold([condition('StringEquals', 'open', 'x'), holds], mixed)).toBe('unknown');
  expect(conditionsHold([condition('StringEquals', 'open', 'x'), fails], mixed)).toBe(false);
  expect(conditionsHold(null, mixed)).toBe('unknown');
});
