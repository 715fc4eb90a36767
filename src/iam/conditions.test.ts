import { describe, expect, test } from '@jest/globals';
import type { IamCondition } from '../model/iam.ts';
import { known, unknown } from '../model/value.ts';
import { conditionsHold } from './conditions.ts';
import type { ContextKey } from './request-context.ts';

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
    ['ForAllValues:StringNotEquals', true],
    ['ForAllValues:StringEqualsIfExists', true],
    ['ForAnyValue:StringEqualsIfExists', 'unknown'],
    ['NumericNotEquals', true],
    ['DateNotEquals', true],
    ['ArnNotLike', true],
    ['NotIpAddressIfExists', true],
    ['stringnotequals', true],
    ['STRINGEQUALSIFEXISTS', true],
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

test.each(['StringEquals', 'StringNotEquals', 'StringEqualsIfExists', 'Null', 'ForAllValues:StringLike'])(
  '%s on a key of which nothing is documented is open',
  (operator) => expect(conditionsHold([condition(operator, 'aws:x', 'true')], always('unknown'))).toBe('unknown'),
);

describe('a key whose value is known', () => {
  const via = (key: string): ContextKey =>
    key === 'kms:viaservice' ? { value: 'secretsmanager.us-east-1.amazonaws.com' } : 'unknown';
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
    ['StringNotEqualsIfExists', ['secretsmanager.us-east-1.amazonaws.com'], false],
    ['StringNotEquals', ['x', 'y'], true],
    ['StringNotEquals', ['x', 'secretsmanager.us-east-1.amazonaws.com'], false],
    ['ForAnyValue:StringEquals', ['secretsmanager.us-east-1.amazonaws.com'], true],
    ['ForAllValues:StringLike', ['secretsmanager.*'], true],
    ['ForAllValues:StringNotLike', ['secretsmanager.*'], false],
    ['StringEquals', ['${aws:x}'], 'unknown'],
    ['StringEqualsIgnoreCase', ['${aws:x}'], 'unknown'],
    ['StringLike', ['secretsmanager.${aws:x}'], 'unknown'],
    ['StringLike', ['ec2.${aws:x}'], false],
    ['StringEquals', [], false],
    ['StringNotEquals', [], true],
    ['Invented', ['x'], 'unknown'],
  ])('%s %j: %s', (operator, values, holds) => {
    expect(conditionsHold([condition(operator, 'kms:ViaService', ...values)], via)).toBe(holds);
  });

  test.each([
    ['StringEquals', 'unknown'],
    ['StringNotEquals', 'unknown'],
    ['Null', 'unknown'],
  ])('%s with a value that is known after apply decides nothing', (operator, holds) => {
    expect(conditionsHold([{ operator, key: 'kms:ViaService', values: [unknown(origin)] }], via)).toBe(holds);
  });

  test('one of its values that is right decides, whatever the others will be', () => {
    const right = known('secretsmanager.us-east-1.amazonaws.com', origin);
    const values = [unknown(origin), right];
    expect(conditionsHold([{ operator: 'StringEquals', key: 'kms:ViaService', values }], via)).toBe(true);
    expect(conditionsHold([{ operator: 'StringNotEquals', key: 'kms:ViaService', values }], via)).toBe(false);
  });

  test('true and false as words', () => {
    const secure = always({ value: 'true' });
    expect(conditionsHold([condition('Bool', 'aws:SecureTransport', 'True')], secure)).toBe(true);
    expect(conditionsHold([condition('Bool', 'aws:SecureTransport', 'false')], secure)).toBe(false);
    expect(conditionsHold([condition('BoolIfExists', 'aws:SecureTransport', 'false')], secure)).toBe(false);
  });

  test('keys are looked up without regard to case', () => {
    const asked: string[] = [];
    conditionsHold([condition('Null', 'AWS:SourceVPC', 'true')], (key) => {
      asked.push(key);
      return 'absent';
    });
    expect(asked).toEqual(['aws:sourcevpc']);
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
