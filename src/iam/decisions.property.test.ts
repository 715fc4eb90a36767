import { describe, expect, test } from '@jest/globals';
import type { IamPolicyDocument } from '../model/iam.ts';
import type { Tri } from '../model/value.ts';
import { type IamRequest, evaluate, isAllowed } from './evaluate.ts';
import { opaqueDocument, parseDocument } from './parse-document.ts';
import type { ContextKey } from './request-context.ts';
import { askResourcePolicy, decideResource } from './resource-policy.ts';

/** The same numbers in every run, so that a failure can be looked at: mulberry32. */
const randomFrom = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
};

type Random = () => number;

const pick = <T>(random: Random, items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;

const shuffled = <T>(random: Random, items: readonly T[]): readonly T[] =>
  items
    .map((item) => ({ item, place: random() }))
    .sort((one, other) => one.place - other.place)
    .map(({ item }) => item);

type Statement = { readonly Effect: string; readonly [element: string]: unknown };

const head = 'arn:aws:rds-db:us-east-1:123456789012:dbuser:';
const actions = ['rds-db:connect', 'rds-db:*', '*', 's3:*', 'RDS-DB:Con*'];
const resources = ['*', `${head}db-ABC/app`, `${head}db-*/app`, `${head}db-ABC/admin`, `${head}prx-*`, `${head}*`];
/** `aws:here` is x, `aws:gone` is absent, and of any other key nothing is known. */
const conditions = [
  {},
  {},
  { StringEquals: { 'aws:here': 'x' } },
  { StringNotEquals: { 'aws:here': 'x' } },
  { StringEquals: { 'aws:gone': 'x' } },
  { StringNotEquals: { 'aws:gone': 'x' } },
  { StringEquals: { 'aws:open': 'x' } },
];

const statementOf = (random: Random): Statement => ({
  Effect: random() < 0.7 ? 'Allow' : 'Deny',
  [random() < 0.8 ? 'Action' : 'NotAction']: pick(random, actions),
  [random() < 0.8 ? 'Resource' : 'NotResource']: pick(random, resources),
  Condition: pick(random, conditions),
});

const listOf = <T>(random: Random, most: number, make: (random: Random) => T): readonly T[] =>
  Array.from({ length: Math.ceil(random() * most) }, () => make(random));

const documentOf = (statements: readonly Statement[]): IamPolicyDocument => {
  const origin = { address: 'aws_iam_policy.p', path: 'policy' };
  return (
    parseDocument(JSON.stringify({ Version: '2012-10-17', Statement: statements }), origin) ?? opaqueDocument(origin)
  );
};

const request: IamRequest = {
  action: 'rds-db:connect',
  resource: {
    arn: {
      partition: 'aws',
      service: 'rds-db',
      region: 'us-east-1',
      account: '123456789012',
      resource: ['dbuser:db-ABC/app'],
    },
    relation: () => 'unknown',
  },
  context: (key): ContextKey => (key === 'aws:here' ? { value: 'x' } : key === 'aws:gone' ? 'absent' : 'unknown'),
};

const allowed = (documents: readonly (readonly Statement[])[]): Tri =>
  isAllowed(evaluate(documents.map(documentOf), request));

/** What the words of AWS come to, with regular expressions and for one way that the open key may turn out. */
const answerOf = (statements: readonly Statement[], open: boolean): boolean => {
  const covers = (pattern: unknown, text: string, flags: string): boolean =>
    new RegExp(`^${String(pattern).replaceAll('*', '.*')}$`, flags).test(text);
  const matches = (statement: Statement): boolean => {
    const action = covers(statement['Action'] ?? statement['NotAction'], 'rds-db:connect', 'i');
    const resource = covers(statement['Resource'] ?? statement['NotResource'], `${head}db-ABC/app`, '');
    const condition = JSON.stringify(statement['Condition']);
    const holds = condition.includes('aws:open') ? open : !/Not.*here|StringEquals.*gone/.test(condition);
    return action === 'Action' in statement && resource === 'Resource' in statement && holds;
  };
  const found = statements.filter(matches).map(({ Effect }) => Effect);
  return found.includes('Allow') && !found.includes('Deny');
};

const rank = (answer: Tri): number => (answer === 'unknown' ? 1 : answer ? 2 : 0);

const runs = Array.from({ length: 600 }, (_, seed) => {
  const random = randomFrom(seed);
  return { random, documents: listOf(random, 4, (inner) => listOf(inner, 3, statementOf)) };
});

describe('an explicit Deny, wherever it stands', () => {
  test('the generated policies come to every answer', () => {
    const counts = runs.reduce((sum, { documents }) => sum.set(allowed(documents), true), new Map<Tri, boolean>());
    expect(new Set(counts.keys())).toEqual(new Set([true, false, 'unknown']));
  });

  test('neither the order of documents and statements, nor how they are spread, changes an answer', () => {
    for (const { random, documents } of runs) {
      const answer = allowed(documents);
      const mixed = shuffled(random, documents).map((statements) => shuffled(random, statements));
      expect([documents, allowed(mixed), allowed([shuffled(random, documents.flat())])]).toEqual([
        documents,
        answer,
        answer,
      ]);
    }
  });

  test('takes every Allow back, and no Deny ever gives one', () => {
    for (const { random, documents } of runs) {
      const everything = { Effect: 'Deny', Action: '*', Resource: '*' };
      expect(allowed(shuffled(random, [...documents, [everything]]))).toBe(false);
      const more = { ...statementOf(random), Effect: 'Deny' };
      expect(rank(allowed([...documents, [more]]))).toBeLessThanOrEqual(rank(allowed(documents)));
    }
  });

  test('the answer is what each way that the open key may turn out comes to', () => {
    for (const { documents } of runs) {
      const ways = [true, false].map((open) => answerOf(documents.flat(), open));
      const answer = allowed(documents);
      if (answer !== 'unknown') expect([documents, ...ways]).toEqual([documents, answer, answer]);
      if (!JSON.stringify(documents).includes('aws:open')) expect([documents, answer]).toEqual([documents, ways[0]]);
    }
  });
});

describe('a permissions boundary', () => {
  const caller = { arn: undefined, name: 'p', account: undefined, bounded: true, refersTo: () => false } as const;
  const bounded = (identity: readonly (readonly Statement[])[], boundary: readonly Statement[]): Tri => {
    const { allow, deny } = evaluate(identity.map(documentOf), request);
    const stand = { granted: allow, deny, boundary: allowed([boundary]) };
    return decideResource(stand, askResourcePolicy([], caller, request), false);
  };
  const pairs = runs.map(({ random, documents }) => ({
    random,
    documents,
    boundary: listOf(random, 3, statementOf),
  }));

  test('leaves what both allow, and it does not matter which is which', () => {
    for (const { documents, boundary } of pairs) {
      const both = bounded([documents.flat()], boundary);
      expect([documents, boundary, bounded([boundary], documents.flat())]).toEqual([documents, boundary, both]);
      expect(rank(both)).toBe(Math.min(rank(allowed(documents)), rank(allowed([boundary]))));
    }
  });

  test('of everything leaves all, one of nothing leaves nothing, and none of them adds', () => {
    for (const { documents, boundary } of pairs) {
      const answer = allowed(documents);
      expect(bounded(documents, [{ Effect: 'Allow', Action: '*', Resource: '*' }])).toBe(answer);
      expect(bounded(documents, [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }])).toBe(false);
      expect(rank(bounded(documents, boundary))).toBeLessThanOrEqual(rank(answer));
    }
  });
});
