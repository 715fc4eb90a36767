import { describe, expect, test } from '@jest/globals';
import { compareReports } from './compare-reports.ts';
import { type Finding, failsRun } from './model/finding.ts';
import type { Report } from './model/report.ts';
import { checkWithSource } from './testing/check-source.ts';

const scenario = (name: string): Report =>
  checkWithSource(`testdata/scenarios/${name}/plan.json`, `testdata/scenarios/${name}/config`);
const working = scenario('row-tls-on-proxy-iam-required-rds-iam-on');
const broken = scenario('mistake-tls-off');

const failing = broken.findings.find(failsRun) as Finding;
const withFinding = (finding: Partial<Finding> | null): Report => ({
  ...broken,
  connections: [],
  findings: finding === null ? [] : [{ ...failing, ...finding }],
});

describe('two reports', () => {
  test('that are equal have no difference', () => {
    const { verdict, changes, matrix, findings } = compareReports(broken, broken);
    expect({ verdict, changes, matrix, findings }).toEqual({ verdict: 'pass', changes: [], matrix: [], findings: [] });
  });

  test('of which the second is worse', () => {
    const { verdict, changes, matrix, findings } = compareReports(working, broken);
    expect(verdict).toBe('fail');
    expect(changes.map(({ kind, path, before, after }) => [kind, path, before, after])).toEqual([
      ['breaks', 'iam-proxy-rds', 'reachable', 'unreachable'],
    ]);
    expect(matrix.map(({ proxy, path, before, after }) => [proxy, path, before, after])).toEqual([
      ['aws_db_proxy.main', 'password-proxy-rds', 'closed', 'unusable'],
      ['aws_db_proxy.main', 'iam-proxy-rds', 'open', 'unusable'],
    ]);
    const mandatory = findings.filter(({ finding }) => finding.enforcement === 'mandatory');
    expect(mandatory.map(({ kind, finding }) => [kind, finding.policy])).toEqual([['appears', failing.policy]]);
  });

  test('of which the second is better', () => {
    const { verdict, changes, findings } = compareReports(broken, working);
    expect([verdict, changes[0]?.kind]).toEqual(['pass', 'heals']);
    expect(findings.find(({ finding }) => finding.policy === failing.policy)?.kind).toBe('goes');
  });

  test('of which one has a proxy that the other has not: its row is new', () => {
    const { matrix } = compareReports(scenario('row-no-proxy-rds-iam-on'), working);
    expect(matrix.map(({ before }) => before)).toEqual(matrix.map(() => null));
    expect(matrix).toHaveLength(5);
  });

  test('of which one has no answer are none', () => {
    expect(compareReports(working, { ...broken, verdict: 'error' }).verdict).toBe('error');
  });
});

const waiver = { kind: 'configuration', reason: 'x', expires: '2030-01-01', owner: null, origin: {} } as const;

test.each<[string, Partial<Finding> | null, Partial<Finding> | null, string | undefined, string]>([
  ['a new failure', null, {}, 'appears', 'fail'],
  ['a new advice', null, { enforcement: 'advisory' }, 'appears', 'pass'],
  ['a new one that is undecided', null, { outcome: 'unknown' }, 'appears', 'pass'],
  ['a new one that is waived', null, { waiver }, 'appears', 'pass'],
  ['one that is gone', {}, null, 'goes', 'pass'],
  ['one that is decided', { outcome: 'unknown' }, {}, 'differs', 'fail'],
  ['one whose waiver has ended', { waiver }, {}, 'differs', 'fail'],
  ['one that is waived now', {}, { waiver }, 'differs', 'pass'],
  ['one in other words', {}, { message: 'other' }, undefined, 'pass'],
])('%s', (_, before, after, kind, verdict) => {
  const comparison = compareReports(withFinding(before), withFinding(after));
  expect([comparison.findings[0]?.kind, comparison.verdict]).toEqual([kind, verdict]);
});
