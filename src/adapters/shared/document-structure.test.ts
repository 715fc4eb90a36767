import { describe, expect, test } from '@jest/globals';
import { readDocument } from '../../iam/parse-document.ts';
import type { Hole, Place, Symbolic } from '../../terraform/hcl/symbolic.ts';
import {
  asSensitive,
  attributeOf,
  fromJson,
  list,
  lost,
  map,
  scalar,
  textFrom,
  unknownFrom,
  withPlace,
} from '../../terraform/hcl/values.ts';
import type { Json } from '../../terraform/json.ts';
import { render } from '../adapt-plan.test-support.ts';
import { readStructure } from './document-structure.ts';

const origin = { address: 'aws_iam_policy.p', path: 'policy' };
const arn = { resource: 'aws_secretsmanager_secret.a', path: 'arn' };
const hole: Hole = { exactly: arn, references: [arn], trailEnds: [] };
const action = 'secretsmanager:GetSecretValue';

const object = (entries: { readonly [key: string]: Symbolic }): Symbolic => map(new Map(Object.entries(entries)));
const statement = (parts: { readonly [key: string]: Symbolic } = {}): Symbolic =>
  object({ Effect: scalar('Allow'), Action: scalar(action), Resource: scalar('*'), ...parts });
const document = (...statements: readonly Symbolic[]): Symbolic =>
  object({ Version: scalar('2012-10-17'), Statement: list(statements) });

const read = (value: Symbolic): unknown => {
  const found = readStructure(value, origin);
  return found === null ? null : render(found.document, origin.address);
};

const plain = (value: Json): unknown => {
  const found = readDocument(JSON.stringify(value), origin);
  return found === null ? null : render(found.document, origin.address);
};

describe('a structure in which everything is known is read as its text is', () => {
  const base = { Effect: 'Allow', Action: action, Resource: '*' };
  test.each<[string, Json]>([
    ['one statement', { Statement: base }],
    ['a list of them', { Version: '2012-10-17', Statement: [base, { ...base, Sid: 'two' }] }],
    ['an empty Sid', { Statement: [{ ...base, Sid: '' }] }],
    ['NotAction and NotResource', { Statement: [{ Effect: 'Deny', NotAction: ['a:b', 'c:d'], NotResource: 'arn:x' }] }],
    ['a null among them', { Statement: [{ ...base, NotAction: null }] }],
    ['no effect', { Statement: [{ Action: action, Resource: '*' }] }],
    ['anyone', { Statement: [{ ...base, Principal: '*' }] }],
    ['principals', { Statement: [{ ...base, Principal: { AWS: ['1', 2], Service: 'rds.amazonaws.com' } }] }],
    ['NotPrincipal', { Statement: [{ ...base, NotPrincipal: { AWS: '1' } }] }],
    ['conditions', { Statement: [{ ...base, Condition: { StringEquals: { a: ['x', true], b: 'y' } } }] }],
    ['no conditions', { Statement: [{ ...base, Condition: null }] }],
    ['conditions that are none', { Statement: [{ ...base, Condition: { StringEquals: 'x' } }] }],
    ['a list', [base]],
    ['no statement', { Version: '2012-10-17' }],
    ['an empty list', { Statement: [] }],
    ['a text as statement', { Statement: ['x'] }],
    ['a number as action', { Statement: [{ ...base, Action: 1 }] }],
    ['an object as resource', { Statement: [{ ...base, Resource: {} }] }],
    ['an object as principal', { Statement: [{ ...base, Principal: { AWS: {} } }] }],
    ['a number as effect', { Statement: [{ ...base, Effect: 1 }] }],
  ])('%s', (_, value) => expect(read(fromJson(value))).toEqual(plain(value)));
});

const whole = (parts: object): { readonly statements: readonly object[]; readonly [key: string]: unknown } => ({
  statements: [
    {
      sid: null,
      effect: 'known("Allow")@policy',
      actions: ['any of', `known("${action}")@policy`, 'complete'],
      resources: ['any of', 'known("*")@policy', 'complete'],
      principals: null,
      conditions: [],
      origin: '@policy',
      ...parts,
    },
  ],
  complete: true,
  references: [],
  trailEnds: [],
  origin: '@policy',
});

const open = { references: [arn], trailEnds: ['var.more'] };
const itself = 'aws_secretsmanager_secret.a.arn';

describe('unknown parts', () => {
  test.each<[string, Symbolic, object]>([
    [
      'an attribute as it stands',
      statement({ Resource: attributeOf(arn) }),
      { resources: ['any of', `unknown(${itself})=\${${itself}}@policy`, 'complete'] },
    ],
    [
      'a text around it',
      statement({ Resource: textFrom([hole, '-*']) }),
      { resources: ['any of', `unknown(${itself})=\${${itself}}-*@policy`, 'complete'] },
    ],
    [
      'one piece of an ARN',
      statement({ Resource: attributeOf({ ...arn, path: 'arn[6]' }) }),
      { resources: ['any of', `unknown(${itself}[6])=\${${itself}[6]}@policy`, 'complete'] },
    ],
    [
      'an attribute that holds several',
      statement({ Resource: attributeOf({ resource: 'aws_x.y', path: 'arns' }) }),
      { resources: ['any of', 'unknown(aws_x.y.arns)=${aws_x.y.arns}@policy', 'incomplete'] },
    ],
    [
      'something computed',
      statement({ Resource: unknownFrom(open) }),
      {
        resources: ['any of', `unknown(${itself}; ends var.more)=\${computed(${itself})}@policy`, 'incomplete'],
      },
    ],
    [
      'a list with an unknown element',
      statement({ Action: list([scalar('a:b'), attributeOf(arn)]) }),
      { actions: ['any of', 'known("a:b")@policy', `unknown(${itself})=\${${itself}}@policy`, 'complete'] },
    ],
    [
      'a list that may hold more or less: nobody knows whether the statement matches',
      statement({ Resource: list([scalar('*')], 'list', open) }),
      {
        resources: ['any of', 'known("*")@policy', `unknown(${itself}; ends var.more)@policy`, 'incomplete'],
        mayBeMissing: true,
      },
    ],
    [
      'the effect',
      statement({ Effect: lost('var.effect') }),
      { effect: 'unknown(ends var.effect)=${computed()}@policy' },
    ],
    ['the Sid', statement({ Sid: lost('var.sid') }), {}],
    [
      'the principals',
      statement({ Principal: unknownFrom(open) }),
      {
        principals: {
          negated: false,
          entries: ['AWS', 'Service'].map((type) => ({ type, id: `unknown(${itself}; ends var.more)@policy` })),
        },
      },
    ],
    [
      'one principal',
      statement({ Principal: object({ AWS: textFrom(['arn:aws:iam::', hole, ':root']) }) }),
      {
        principals: {
          negated: false,
          entries: [{ type: 'AWS', id: `unknown(${itself})=arn:aws:iam::\${${itself}}:root@policy` }],
        },
      },
    ],
    ['the conditions', statement({ Condition: unknownFrom(open) }), { conditions: null }],
    [
      'conditions that may be more',
      statement({ Condition: map(new Map([['StringEquals', object({ a: scalar('x') })]]), 'object', open) }),
      { conditions: null },
    ],
    [
      'a value of a condition',
      statement({ Condition: object({ StringEquals: object({ a: attributeOf(arn) }) }) }),
      { conditions: [{ operator: 'StringEquals', key: 'a', values: [`unknown(${itself})=\${${itself}}@policy`] }] },
    ],
    [
      'what is sensitive',
      statement({ Resource: asSensitive(scalar('canary-1')), Action: asSensitive(textFrom(['canary-2', hole])) }),
      {
        actions: ['any of', `unknown(${itself})@policy`, 'complete'],
        resources: ['any of', 'unknown()@policy', 'complete'],
      },
    ],
  ])('%s', (_, value, parts) => expect(read(document(value))).toEqual(whole(parts)));

  const opaque = { statements: [], complete: false, references: [itself], trailEnds: ['var.more'], origin: '@policy' };

  test.each<[string, Symbolic, object]>([
    ['the document', unknownFrom(open), opaque],
    ['all statements', object({ Statement: unknownFrom(open) }), opaque],
    ['one statement', document(statement(), unknownFrom(open)), { ...whole({}), ...opaque, statements: 1 }],
    [
      'a statement that may hold more or less',
      document(map(new Map([['Effect', scalar('Allow')]]), 'object', open)),
      opaque,
    ],
    ['a document that may hold more or less', map(new Map([['Statement', statement()]]), 'object', open), opaque],
  ])('%s: what it comes from may be anything', (_, value, expected) => {
    const found = read(value) as { statements: readonly unknown[] };
    const statements =
      'statements' in expected && expected.statements === 1 ? found.statements.length : found.statements;
    expect({ ...found, statements }).toEqual(expected);
  });

  test('a list of statements that may hold more or less', () => {
    const value = object({ Statement: list([statement()], 'list', open) });
    const { statements } = whole({ conditions: [], mayBeMissing: true });
    expect(read(value)).toEqual({ ...opaque, statements });
  });
});

describe('the version', () => {
  test.each<[string, Symbolic | undefined, string]>([
    ['none', undefined, '2008-10-17'],
    ['known', scalar('2012-10-17'), '2012-10-17'],
    ['no text', scalar(1), '2008-10-17'],
    ['known after apply: what may be a variable is one', lost('var.version'), '2012-10-17'],
  ])('%s', (_, version, expected) => {
    const value = object({ Statement: statement(), ...(version === undefined ? {} : { Version: version }) });
    expect(readStructure(value, origin)?.version).toBe(expected);
  });
});

test('every part says where it was written', () => {
  const place = (line: number): Place => ({ file: 'main.tf', line, column: 5, endLine: line, endColumn: 9 });
  const written = withPlace(statement({ Resource: list([withPlace(scalar('x'), place(4)), scalar('y')]) }), place(2));
  const [found] = readStructure(document(written), origin)?.document.statements ?? [];
  expect(found?.origin).toEqual({ ...origin, ...place(2) });
  expect(found?.effect.origin).toEqual({ ...origin, ...place(2) });
  expect(found?.resources.patterns.map((pattern) => pattern.origin.line)).toEqual([4, 2]);
});
