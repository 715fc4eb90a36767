import { expect, test } from '@jest/globals';
import { isConstant } from './json-syntax.ts';

const references = ['aws_iam_role.proxy.arn', 'aws_iam_role.proxy'];

test.each([
  ['a constant', { constant_value: 'orders' }, true],
  ['a constant that looks like a template', { constant_value: '${aws:username}' }, true],
  ['null', { constant_value: null }, true],
  ['a constant beside an empty list', { constant_value: 'orders', references: [] }, true],
  ['a template', { constant_value: '${aws_iam_role.proxy.arn}', references }, false],
  ['a list of templates', { constant_value: ['${aws_iam_role.proxy.arn}'], references }, false],
  ['references', { references }, false],
  ['nothing', {}, false],
  ['what is no expression', 3, false],
])('%s: %j is %p', (_, expression, expected) => {
  expect(isConstant(expression)).toBe(expected);
});
