import { describe, expect, test } from '@jest/globals';
import type { Report } from '../model/report.ts';
import { passing, report } from './report.test-support.ts';
import { waysToDecide } from './undecided.ts';

const state: Report['input'] = report.input.map((input) => ({ ...input, kind: 'state-json' }));
const judgeState = expect.stringMatching(/known after apply.*\n {2}terraform show -json > state\.json\n/);
const giveSource = expect.stringContaining('--source');
const giveContext = expect.stringContaining('--context');

const because = (reason: string): Report => {
  const [finding] = report.findings.filter(({ outcome }) => outcome === 'unknown');
  if (finding === undefined) throw new Error('the report has no undecided check');
  return { ...report, connections: [], findings: [{ ...finding, message: reason }] };
};

describe('what is undecided says what decides it', () => {
  test.each([
    ['secret_string is known after apply', [judgeState]],
    ['which user logs in to aws_db_proxy.main is not in the plan', [giveSource]],
    ['the plan keeps nothing more of its policy', [giveSource]],
    ['the plan keeps nothing more of it, and the rest is known after apply', [giveSource, judgeState]],
    ['the proxy is not in view', [giveContext]],
    ['iam_database_authentication_enabled is not shown by the data source', [giveContext]],
    ['the database is not in view, and its version is known after apply', [judgeState, giveContext]],
    ['AWS contradicts itself about MariaDB 10.6', []],
  ])('%s', (reason, expected) => expect(waysToDecide(because(reason))).toEqual(expected));

  test('a leg of an undecided way in counts as a check does', () => {
    expect(waysToDecide({ ...report, findings: [] })).toContainEqual(giveSource);
  });

  test('of a state, no apply is to come', () => {
    expect(waysToDecide({ ...because('secret_string is known after apply'), input: state })).toEqual([]);
  });

  test('where the source was read, only applying decides the rest', () => {
    const withSource = report.input.map((input) => ({ ...input, source: 'config' }));
    const reason = 'the plan keeps nothing more of its policy';
    expect(waysToDecide({ ...because(reason), input: withSource })).toEqual([judgeState]);
  });

  test('nothing where all is decided', () => expect(waysToDecide(passing)).toEqual([]));
});
