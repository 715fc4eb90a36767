import { describe, expect, test } from '@jest/globals';
import { type Judged, contradictionsBetween } from './contradictions-between.ts';

const row = { database: 'aws_db_instance.main', proxy: 'aws_db_proxy.main' };
const connection = {
  ...row,
  path: 'iam-proxy-rds',
  user: 'app',
  principal: 'aws_iam_role.orders',
  verdict: 'reachable',
  assumptions: ['the client connects with TLS'],
} as const;
const finding = { policy: 'proxy-without-target', address: 'aws_db_proxy.main', outcome: 'fail' } as const;
const usedWhole = { ...connection, assumptions: ['reference used whole: aws_iam_role_policy.orders policy'] };

const judged = (parts: Partial<Judged>): Judged => ({
  matrix: [{ ...row, paths: { 'iam-proxy-rds': 'open', 'password-proxy-rds': 'closed' } }],
  connections: [connection],
  findings: [finding],
  ...parts,
});

const nothing = judged({ matrix: [], connections: [], findings: [] });

const planted: readonly (readonly [what: string, before: Judged, after: Judged, expected: readonly string[]])[] = [
  [
    'a cell turns',
    judged({}),
    judged({ matrix: [{ ...row, paths: { 'iam-proxy-rds': 'unusable', 'password-proxy-rds': 'closed' } }] }),
    ['cell aws_db_instance.main | aws_db_proxy.main | iam-proxy-rds: open became unusable'],
  ],
  [
    'a cell becomes undecided',
    judged({}),
    judged({ matrix: [{ ...row, paths: { 'iam-proxy-rds': 'open', 'password-proxy-rds': 'unknown' } }] }),
    ['cell aws_db_instance.main | aws_db_proxy.main | password-proxy-rds: closed became unknown'],
  ],
  [
    'a row goes',
    judged({ matrix: [{ ...row, proxy: null, paths: { 'iam-rds': 'open' } }] }),
    judged({}),
    ['cell aws_db_instance.main |  | iam-rds: open became missing'],
  ],
  [
    'the database comes into view, and the proxy offers something else',
    judged({ matrix: [{ database: null, proxy: row.proxy, paths: { 'iam-proxy-rds': 'closed' } }] }),
    judged({}),
    [' | aws_db_proxy.main | iam-proxy-rds: closed became open'].map((text) => `cell ${text}`),
  ],
  [
    'reachable turns into unreachable',
    judged({}),
    judged({ connections: [{ ...connection, verdict: 'unreachable' }] }),
    [
      'connection iam-proxy-rds | aws_db_instance.main | aws_db_proxy.main | app | aws_iam_role.orders: reachable became unreachable',
    ],
  ],
  [
    'unreachable becomes undecided',
    judged({ connections: [{ ...connection, verdict: 'unreachable' }] }),
    judged({ connections: [{ ...connection, verdict: 'unknown' }] }),
    [
      'connection iam-proxy-rds | aws_db_instance.main | aws_db_proxy.main | app | aws_iam_role.orders: unreachable became unknown',
    ],
  ],
  [
    'a connection goes',
    judged({}),
    judged({ connections: [{ ...connection, user: 'other' }] }),
    [
      'connection iam-proxy-rds | aws_db_instance.main | aws_db_proxy.main | app | aws_iam_role.orders: reachable became missing',
    ],
  ],
  [
    'no user that the text shows keeps the verdict',
    judged({ connections: [{ ...connection, user: null }] }),
    judged({ connections: ['app', 'batch'].map((user) => ({ ...connection, user, verdict: 'unreachable' as const })) }),
    [
      'connection iam-proxy-rds | aws_db_instance.main | aws_db_proxy.main |  | aws_iam_role.orders: reachable became unreachable',
    ],
  ],
  [
    'a failure goes',
    judged({}),
    judged({ findings: [] }),
    ['finding proxy-without-target aws_db_proxy.main: no longer fails'],
  ],
  [
    'a failure becomes undecided',
    judged({}),
    judged({ findings: [{ ...finding, outcome: 'unknown' }] }),
    ['finding proxy-without-target aws_db_proxy.main: no longer fails'],
  ],
  [
    'a failure moves to another instance',
    judged({}),
    judged({ findings: [{ ...finding, address: 'aws_db_proxy.main[0]' }] }),
    ['finding proxy-without-target aws_db_proxy.main: no longer fails'],
  ],
];

describe('finds that', () => {
  test.each(planted)('%s', (_, planAlone, withSource, expected) => {
    expect(contradictionsBetween(planAlone, withSource)).toEqual(expected);
  });
});

const allowed: readonly (readonly [what: string, before: Judged, after: Judged])[] = [
  ['nothing changes', judged({}), judged({})],
  ['all is new', nothing, judged({})],
  [
    'what was undecided is decided',
    judged({
      matrix: [{ ...row, paths: { 'iam-proxy-rds': 'unknown' } }],
      connections: [{ ...connection, verdict: 'unknown' }],
      findings: [{ ...finding, outcome: 'unknown' }],
    }),
    judged({ findings: [] }),
  ],
  [
    'what was undecided goes',
    judged({ connections: [{ ...connection, user: null, verdict: 'unknown' }], findings: [], matrix: [] }),
    nothing,
  ],
  [
    'what rests on a reference used whole turns, the cell too',
    judged({ connections: [usedWhole] }),
    judged({
      matrix: [{ ...row, paths: { 'iam-proxy-rds': 'unusable', 'password-proxy-rds': 'closed' } }],
      connections: [{ ...connection, verdict: 'unreachable' }],
    }),
  ],
  [
    'users come in place of one that was hidden',
    judged({ connections: [{ ...connection, user: null, principal: null }] }),
    judged({ connections: [connection, { ...connection, user: 'batch', verdict: 'unreachable' }] }),
  ],
  [
    'the database comes into view',
    judged({ matrix: [{ database: null, proxy: row.proxy, paths: { 'iam-proxy-rds': 'open' } }] }),
    judged({}),
  ],
  ['a failure comes', judged({ findings: [] }), judged({})],
];

describe('finds nothing where', () => {
  test.each(allowed)('%s', (_, planAlone, withSource) => {
    expect(contradictionsBetween(planAlone, withSource)).toEqual([]);
  });
});
