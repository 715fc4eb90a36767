import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { IamPolicyDocument } from '../model/iam.ts';
import { type Reference, type Tri, known, unknown } from '../model/value.ts';
import type { ArnTarget } from './arn-target.ts';
import type { ContextKey } from './conditions.ts';
import { type IamRequest, evaluate, isAllowed } from './evaluate.ts';
import { opaqueDocument, parseDocument } from './parse-document.ts';

const origin = { address: 'aws_iam_role_policy.p', path: 'policy' };

type Row = {
  readonly name: string;
  readonly source: string;
  readonly documents: readonly unknown[];
  readonly action: string;
  readonly resource: string;
  readonly keys: Readonly<Record<string, string>>;
  readonly allowed: Tri;
};

const rows: readonly Row[] = JSON.parse(readFileSync('testdata/iam/decisions.json', 'utf8'));

const targetOf = (arn: string): ArnTarget => {
  const [, partition, service = '', region, account, ...rest] = arn.split(':');
  return { partition, service, region, account, resource: [rest.join(':')] };
};

const requestOf = ({ action, resource, keys }: Row): IamRequest => ({
  action,
  resource: { arn: targetOf(resource), relation: () => 'unknown' },
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

  test('every row rests on a page of AWS', () => {
    expect(rows.filter(({ source }) => !source.startsWith('https://docs.aws.amazon.com/'))).toEqual([]);
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

test.each(['', 'text', '[]', '{}', '{"Statement":[]}', '{"Statement":["x"]}', '{"Statement":'])(
  '%j is no policy document',
  (text) => expect(parseDocument(text, origin)).toBeNull(),
);
