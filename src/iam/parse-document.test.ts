import { describe, expect, test } from '@jest/globals';
import type { IamStatement } from '../model/iam.ts';
import { known } from '../model/value.ts';
import { opaqueDocument, parseDocument } from './parse-document.ts';

const origin = { address: 'aws_iam_policy.p', path: 'policy' };
const text = (value: string) => known(value, origin);
const of = (...values: readonly string[]) => ({ negated: false, patterns: values.map(text), complete: true });
const noneOf = (...values: readonly string[]) => ({ ...of(...values), negated: true });

const statement = (element: object): IamStatement | undefined =>
  parseDocument(JSON.stringify({ Statement: element }), origin)?.statements[0];

const plain: IamStatement = {
  sid: null,
  effect: text(''),
  actions: of(),
  resources: of(),
  principals: null,
  conditions: [],
  origin,
};

describe('one statement', () => {
  test.each<[title: string, element: object, differences: Partial<IamStatement>]>([
    ['empty', {}, {}],
    ['sid', { Sid: 'Read' }, { sid: 'Read' }],
    ['empty sid', { Sid: '' }, {}],
    ['effect', { Effect: 'Allow' }, { effect: text('Allow') }],
    ['one action', { Action: 's3:Get*' }, { actions: of('s3:Get*') }],
    ['actions', { Action: ['a', 'b'] }, { actions: of('a', 'b') }],
    ['NotAction', { NotAction: ['a'] }, { actions: noneOf('a') }],
    ['NotAction, empty', { NotAction: [] }, { actions: noneOf() }],
    ['one resource', { Resource: '*' }, { resources: of('*') }],
    ['NotResource', { NotResource: 'r' }, { resources: noneOf('r') }],
    ['everybody', { Principal: '*' }, { principals: { negated: false, entries: [{ type: '*', id: text('*') }] } }],
    [
      'principals',
      { Principal: { AWS: ['1', '2'], Service: 'rds.amazonaws.com' } },
      {
        principals: {
          negated: false,
          entries: [
            { type: 'AWS', id: text('1') },
            { type: 'AWS', id: text('2') },
            { type: 'Service', id: text('rds.amazonaws.com') },
          ],
        },
      },
    ],
    [
      'NotPrincipal',
      { NotPrincipal: { AWS: '1' } },
      { principals: { negated: true, entries: [{ type: 'AWS', id: text('1') }] } },
    ],
    ['no principal in it', { Principal: {} }, { principals: { negated: false, entries: [] } }],
    [
      'conditions',
      {
        Condition: {
          StringLike: { 'aws:a': ['x', 'y'], 'aws:b': 'z' },
          Bool: { 'aws:c': true },
          Null: { 'aws:d': [] },
        },
      },
      {
        conditions: [
          { operator: 'StringLike', key: 'aws:a', values: [text('x'), text('y')] },
          { operator: 'StringLike', key: 'aws:b', values: [text('z')] },
          { operator: 'Bool', key: 'aws:c', values: [text('true')] },
          { operator: 'Null', key: 'aws:d', values: [] },
        ],
      },
    ],
    ['no conditions', { Condition: {} }, {}],
    ['conditions that are a list', { Condition: [{ Bool: { 'aws:c': true } }] }, { conditions: null }],
    ['conditions that are a text', { Condition: 'true' }, { conditions: null }],
    ['an operator without a key', { Condition: { Bool: 'true' } }, { conditions: null }],
  ])('%s', (_, element, differences) => expect(statement(element)).toEqual({ ...plain, ...differences }));
});

describe('a document', () => {
  test.each([
    ['one statement', '{"Version":"2012-10-17","Statement":{"Sid":"a"}}', ['a']],
    ['several', ' {"Statement":[{"Sid":"a"},{"Sid":"b"}]} ', ['a', 'b']],
    ['two with one sid', '{"Statement":[{"Sid":"a"},{"Sid":"a"}]}', ['a', 'a']],
  ])('%s', (_, json, sids) => {
    const document = parseDocument(json, origin);
    expect(document?.statements.map(({ sid }) => sid)).toEqual(sids);
    expect(document).toMatchObject({ complete: true, references: [], trailEnds: [], origin });
  });

  test.each([
    ['no JSON', 'canary'],
    ['JSON that is cut off', '{"Statement":[{"Effect":"Allow"}'],
    ['null', 'null'],
    ['a text', '"Statement"'],
    ['a list of statements', '[{"Effect":"Allow"}]'],
    ['no statement', '{"Version":"2012-10-17"}'],
    ['null as the statement', '{"Statement":null}'],
    ['one good statement and one bad', '{"Statement":[{"Effect":"Allow"},"Deny"]}'],
  ])('%s is none', (_, json) => expect(parseDocument(json, origin)).toBeNull());

  test('that nobody can read refers to what its text is made of', () => {
    const references = [{ resource: 'aws_db_proxy.main', path: 'arn' }];
    expect(opaqueDocument(origin, references, ['local.x'])).toEqual({
      statements: [],
      complete: false,
      references,
      trailEnds: ['local.x'],
      origin,
    });
  });
});
