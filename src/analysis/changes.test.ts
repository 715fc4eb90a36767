import { describe, expect, test } from '@jest/globals';
import type { Change, Connection, Verdict } from '../model/connection.ts';
import { compareConnections } from './changes.ts';

const connection = (verdict: Verdict, differences: Partial<Connection> = {}): Connection => ({
  id: `${verdict}-${differences.user ?? 'app'}`,
  path: 'iam-proxy-rds',
  database: 'aws_db_instance.main',
  proxy: 'aws_db_proxy.main',
  user: 'app',
  principal: 'aws_iam_role.orders',
  verdict,
  legs: [],
  assumptions: [],
  ...differences,
});

const shortly = ({ kind, user, before, after }: Change): string => `${kind} ${user}: ${before} → ${after}`;
const changes = (before: readonly Connection[], after: readonly Connection[]): readonly string[] =>
  compareConnections(before, after).map(shortly);

describe('one connection, before and after', () => {
  test.each<[before: Verdict | null, after: Verdict | null, kind: string | null]>([
    [null, null, null],
    ['reachable', 'reachable', null],
    ['unreachable', 'unreachable', null],
    ['unknown', 'unknown', null],
    ['reachable', 'unreachable', 'breaks'],
    ['unknown', 'unreachable', 'breaks'],
    ['unreachable', 'reachable', 'heals'],
    ['reachable', 'unknown', 'undecided'],
    ['unreachable', 'unknown', 'undecided'],
    ['unknown', 'reachable', 'decided'],
    [null, 'reachable', 'appears'],
    [null, 'unreachable', 'appears'],
    ['reachable', null, 'goes'],
  ])('%s, then %s: %s', (before, after, kind) => {
    const one = (verdict: Verdict | null): readonly Connection[] => (verdict === null ? [] : [connection(verdict)]);
    expect(changes(one(before), one(after))).toEqual(kind === null ? [] : [`${kind} app: ${before} → ${after}`]);
  });
});

describe('a user or principal that one moment does not know', () => {
  test.each<[title: string, before: Connection[], after: Connection[], said: string[]]>([
    [
      'the user is known after apply',
      [connection('reachable')],
      [connection('unknown', { user: null })],
      ['undecided null: reachable → unknown'],
    ],
    [
      'the principal is known after apply',
      [connection('reachable')],
      [connection('unknown', { principal: null })],
      ['undecided app: reachable → unknown'],
    ],
    [
      'each stands for one alone',
      [connection('reachable'), connection('reachable', { user: 'jobs' })],
      [connection('unknown', { user: null })],
      ['undecided null: reachable → unknown', 'goes jobs: reachable → null'],
    ],
    [
      'what names the same is the same first of all',
      [connection('reachable'), connection('reachable', { user: 'jobs' })],
      [connection('unknown', { user: null }), connection('reachable')],
      ['undecided null: reachable → unknown'],
    ],
    [
      'another user is another connection',
      [connection('reachable')],
      [connection('reachable', { user: 'jobs' })],
      ['goes app: reachable → null', 'appears jobs: null → reachable'],
    ],
    [
      'another way in is another connection',
      [connection('reachable', { path: 'password-proxy-rds' })],
      [connection('unknown', { user: null })],
      ['appears null: null → unknown', 'goes app: reachable → null'],
    ],
  ])('%s', (_, before, after, said) => {
    expect(changes(before, after)).toEqual(said);
  });
});

test('says of what goes the id that it had', () => {
  const gone = connection('reachable', { id: 'old' });
  expect(compareConnections([gone], []).map((change) => change.connection)).toEqual(['old']);
});
