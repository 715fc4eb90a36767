import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { IamPatterns, IamPolicyDocument, IamStatement } from '../model/iam.ts';
import { type Reference, type Tri, known, unknown } from '../model/value.ts';
import type { ArnTarget } from './arn-target.ts';
import { type IamRequest, evaluate, isAllowed } from './evaluate.ts';
import { opaqueDocument, parseDocument } from './parse-document.ts';
import type { ContextKey } from './request-context.ts';
import { type Shape, anyCharacter, anyText } from './shape.ts';

const origin = { address: 'aws_iam_role_policy.p', path: 'policy' };

type Row = {
  readonly name: string;
  readonly source: string;
  readonly documents: readonly unknown[];
  readonly action: string;
  readonly resource: string;
  /** The resource does not exist yet: each `?` in it is a character, and `*` a text, that only AWS will tell. */
  readonly later?: true;
  readonly keys: Readonly<Record<string, string>>;
  readonly allowed: Tri;
};

const rows: readonly Row[] = JSON.parse(readFileSync('testdata/iam/decisions.json', 'utf8'));

const shapeOf = (text: string): Shape =>
  text
    .split(/([?*])/)
    .filter((part) => part !== '')
    .map((part) => (part === '?' ? anyCharacter : part === '*' ? anyText : part));

const targetOf = (arn: string, later = false): ArnTarget => {
  const [, partition, service = '', region, account, ...rest] = arn.split(':');
  const resource = rest.join(':');
  return {
    partition,
    service,
    region,
    account: account || undefined,
    resource: later ? shapeOf(resource) : [resource],
  };
};

const requestOf = ({ action, resource, later, keys }: Row): IamRequest => ({
  action,
  resource: { arn: targetOf(resource, later), relation: () => 'unknown' },
  context: (key): ContextKey => {
    const value = keys[key];
    if (value === undefined) return 'unknown';
    return value === 'absent' ? 'absent' : { value };
  },
});

const parsed = (document: unknown): IamPolicyDocument => {
  const found = parseDocument(JSON.stringify(document), origin);
  if (found === null) throw new Error('not a policy document');
  return found;
};

describe('the decision table', () => {
  test.each(rows.map((row) => [row.name, row] as const))('%s', (_, row) => {
    expect(isAllowed(evaluate(row.documents.map(parsed), requestOf(row)))).toBe(row.allowed);
  });

  test('every row rests on a page of AWS, and has a name of its own', () => {
    expect(rows.filter(({ source }) => !source.startsWith('https://docs.aws.amazon.com/'))).toEqual([]);
    expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
  });
});

describe('what is not known', () => {
  const request: IamRequest = {
    action: 'secretsmanager:GetSecretValue',
    resource: {
      arn: { service: 'secretsmanager', resource: ['secret:orders/app-'] },
      relation: ({ resource }: Reference) =>
        resource.endsWith('.app') ? 'itself' : resource.startsWith('local') ? 'unknown' : 'other',
    },
    context: () => 'unknown',
  };
  const allow = (...references: readonly Reference[]): IamPolicyDocument => ({
    statements: [
      {
        sid: null,
        effect: known('Allow', origin),
        actions: { negated: false, patterns: [known('secretsmanager:GetSecretValue', origin)], complete: true },
        resources: { negated: false, patterns: [unknown(origin, references)], complete: true },
        principals: null,
        conditions: [],
        origin,
      },
    ],
    complete: true,
    references: [],
    trailEnds: [],
    origin,
  });
  const reference = (resource: string): Reference => ({ resource, path: 'arn' });

  test.each([
    ['a reference to the resource itself', [reference('aws_secretsmanager_secret.app')], true],
    ['a reference to another', [reference('aws_secretsmanager_secret.billing')], false],
    [
      'a reference to one of several',
      [reference('aws_secretsmanager_secret.billing'), reference('aws_secretsmanager_secret.app')],
      true,
    ],
    ['a trail that ends', [reference('local.x')], 'unknown'],
    ['no reference at all', [], 'unknown'],
  ] as const)('%s: %s', (_, references, answer) => {
    expect(isAllowed(evaluate([allow(...references)], request))).toBe(answer);
  });

  test('a reference to the resource is used whole, and says so', () => {
    const [match] = evaluate([allow(reference('aws_secretsmanager_secret.app'))], request).allows;
    expect(match?.whole).toBe(true);
  });

  test('a document that nobody can read may allow, and may deny', () => {
    const decision = evaluate([opaqueDocument(origin), allow(reference('aws_secretsmanager_secret.app'))], request);
    expect([decision.allow, decision.deny, isAllowed(decision)]).toEqual([true, 'unknown', 'unknown']);
  });
});

describe('a request for any of several resources', () => {
  const request: IamRequest = {
    action: 'rds-db:connect',
    resource: {
      arn: targetOf('arn:aws:rds-db:us-east-1:123456789012:dbuser:db-ABC/somebody'),
      relation: () => 'unknown',
      widen: (pattern) => pattern.replace(/\/.*$/, '/*'),
    },
    context: () => 'unknown',
  };
  const named = 'arn:aws:rds-db:us-east-1:123456789012:dbuser:db-ABC/app';
  const answer = (statement: object): Tri[] => {
    const decision = evaluate([parsed({ Statement: { Action: 'rds-db:connect', ...statement } })], request);
    return [decision.allow, decision.deny];
  };

  test.each([
    ['an Allow of one covers some', { Effect: 'Allow', Resource: named }, [true, false]],
    [
      'an Allow of another endpoint covers none',
      { Effect: 'Allow', Resource: named.replace('ABC', 'DEF') },
      [false, false],
    ],
    ['an Allow of all but one covers some', { Effect: 'Allow', NotResource: named }, [true, false]],
    ['a Deny of one takes back no other', { Effect: 'Deny', Resource: named }, [false, false]],
    ['a Deny of all takes back', { Effect: 'Deny', Resource: named.replace('app', '*') }, [false, true]],
  ])('%s', (_, statement, expected) => expect(answer(statement)).toEqual(expected));
});

describe('what a match rests on', () => {
  const arn: ArnTarget = { service: 'rds-db', region: 'us-east-1', resource: ['dbuser:db-ABC/app'] };
  const request: IamRequest = {
    action: 'rds-db:connect',
    resource: { arn, relation: () => 'other' },
    context: () => 'absent',
  };
  const assumed = (...resources: readonly string[]): readonly boolean[] =>
    evaluate([parsed({ Statement: { Effect: 'Allow', Action: '*', Resource: resources } })], request).allows.map(
      (match) => match.assumed,
    );
  const own = 'arn:aws:rds-db:us-east-1:123456789012:dbuser:db-ABC/app';

  test.each([
    ['an account that nothing states', [own], [true]],
    ['a pattern that needs no account, beside it', [own, '*'], [false]],
    ['another region', [own.replace('us-east-1', 'eu-west-1')], []],
  ])('%s', (_, resources, expected) => expect(assumed(...resources)).toEqual(expected));
});

describe('statements of which a part is known after apply', () => {
  const request: IamRequest = {
    action: 'rds-db:connect',
    resource: { arn: targetOf('arn:aws:rds-db:us-east-1:123456789012:dbuser:db-ABC/app'), relation: () => 'other' },
    context: () => 'absent',
  };
  const list = (complete: boolean, ...patterns: IamPatterns['patterns']): IamPatterns => ({
    negated: false,
    patterns,
    complete,
  });
  const all = list(true, known('*', origin));
  const base: IamStatement = {
    sid: null,
    effect: known('Allow', origin),
    actions: all,
    resources: all,
    principals: null,
    conditions: [],
    origin,
  };
  const decide = (differences: Partial<IamStatement>): Tri[] => {
    const statements = [{ ...base, ...differences }];
    const decision = evaluate([{ statements, complete: true, references: [], trailEnds: [], origin }], request);
    return [decision.allow, decision.deny];
  };
  const open = unknown(origin, [{ resource: 'local', path: '' }]);

  test.each<[title: string, differences: Partial<IamStatement>, answers: Tri[]]>([
    ['nothing is', {}, [true, false]],
    ['the effect', { effect: unknown(origin) }, ['unknown', 'unknown']],
    ['one of the actions', { actions: list(true, open, known('rds-db:*', origin)) }, [true, false]],
    ['the only action', { actions: list(true, open) }, ['unknown', false]],
    ['how many actions', { actions: list(false, known('s3:*', origin)) }, ['unknown', false]],
    ['how many actions it takes out', { actions: { ...list(false), negated: true } }, ['unknown', false]],
    ['how many resources', { resources: list(false) }, ['unknown', false]],
    ['a resource that is another', { resources: list(true, open) }, [false, false]],
    [
      'a resource out of which the trail is lost',
      { resources: list(true, unknown(origin, [], ['local.x'])) },
      ['unknown', false],
    ],
    ['its conditions', { conditions: null }, ['unknown', false]],
    [
      'the effect of what does not match',
      { effect: unknown(origin), actions: list(true, known('s3:*', origin)) },
      [false, false],
    ],
  ])('%s', (_, differences, answers) => expect(decide(differences)).toEqual(answers));
});

test.each(['', 'text', '[]', '{}', '{"Statement":[]}', '{"Statement":["x"]}', '{"Statement":'])(
  '%j is no policy document',
  (text) => expect(parseDocument(text, origin)).toBeNull(),
);
