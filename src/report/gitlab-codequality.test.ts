import { describe, expect, test } from '@jest/globals';
import type { Finding } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import type { ReportContext } from './context.ts';
import { errorReport } from './error-report.ts';
import { renderGitlabCodequality } from './gitlab-codequality.ts';
import { empty, named, passing, plain, report } from './report.test-support.ts';

type Issue = {
  description: string;
  check_name: string;
  fingerprint: string;
  severity: string;
  location: { path: string; lines: { begin: number } };
};

const issuesOf = (reports: readonly Report[], context: Partial<ReportContext> = {}): readonly Issue[] => {
  const text = renderGitlabCodequality(reports, { ...plain, ...context });
  expect(text.startsWith('[')).toBe(true);
  return JSON.parse(text);
};
const of = (changed: Partial<Finding>): Report => ({
  ...report,
  diagnostics: [],
  findings: report.findings.slice(1, 2).map((finding) => ({ ...finding, ...changed })),
});
const severityOf = (changed: Partial<Finding>, context: Partial<ReportContext> = {}) =>
  issuesOf([of(changed)], context)[0]?.severity;
const pathOf = (path: string): string | undefined => {
  const input = report.input.slice(0, 1).map((each) => ({ ...each, path }));
  return issuesOf([{ ...of({ origins: [] }), input }])[0]?.location.path;
};
const failure = errorReport(
  [{ severity: 'error', code: 'input-unreadable', summary: 'It is no JSON.', origin: { file: 'p.json', line: 3 } }],
  [],
  '1',
);
const waiver = { kind: 'inline', reason: 'Later.', expires: '2027-03-31', owner: null, origin: {} } as const;

describe('Code Quality', () => {
  test('is an empty array where nothing is wrong', () => {
    expect([passing, empty].map((one) => renderGitlabCodequality([one], plain))).toEqual(['[]\n', '[]\n']);
  });

  test('has an issue for each finding, and each error and warning', () => {
    expect(issuesOf([of({})])).toEqual([
      {
        description:
          "aws_iam_role_policy.orders_connect: The statement names the proxy's name; IAM compares its resource id (prx-…).",
        check_name: 'connect-arn-not-resource-id',
        fingerprint: 'f1f1',
        severity: 'critical',
        location: { path: 'main.tf', lines: { begin: 88 } },
      },
    ]);
    expect(issuesOf([failure])).toMatchObject([
      {
        description: 'Error: It is no JSON.',
        check_name: 'input-unreadable',
        severity: 'blocker',
        location: { path: 'p.json', lines: { begin: 3 } },
      },
    ]);
    expect(issuesOf([report])).toHaveLength(report.findings.length + report.diagnostics.length);
  });

  test.each([
    [{ severity: 'critical' }, 'blocker'],
    [{ severity: 'high' }, 'critical'],
    [{ severity: 'medium' }, 'major'],
    [{ severity: 'low' }, 'minor'],
    [{ severity: 'info' }, 'info'],
    [{ severity: 'critical', enforcement: 'advisory' }, 'major'],
    [{ severity: 'high', enforcement: 'advisory' }, 'major'],
    [{ severity: 'low', enforcement: 'advisory' }, 'minor'],
    [{ outcome: 'unknown' }, 'info'],
    [{ waiver }, 'info'],
    [{ baseline: 'unchanged' }, 'info'],
  ] as const)('what is %j is %s', (changed, severity) => {
    expect(severityOf(changed)).toBe(severity);
  });

  test('what is waived, known or undecided says so', () => {
    const said = (changed: Partial<Finding>) => issuesOf([of(changed)])[0]?.description;
    expect(said({ waiver })).toMatch(/^Waived until 2027-03-31: Later\. – aws_iam/);
    expect(said({ baseline: 'unchanged' })).toMatch(/^In the baseline – aws_iam/);
    expect(said({ outcome: 'unknown' })).toMatch(/^Undecided: aws_iam/);
    expect(severityOf({ outcome: 'unknown' }, { unknown: 'fail' })).toBe('critical');
  });

  test.each([
    ['plan.json', 'plan.json'],
    ['./infra//plan.json', 'infra/plan.json'],
    ['infra\\plan.json', 'infra/plan.json'],
    ['/tmp/x/plan.json', 'plan.json'],
    ['C:\\x\\plan.json', 'plan.json'],
    ['../../plan.json', 'plan.json'],
    ['-', 'plan.json'],
    ['..', 'plan.json'],
    ['', 'plan.json'],
  ])('the path of %j is relative', (path, shown) => {
    expect(pathOf(path)).toBe(shown);
  });

  test('fingerprints stay, and are told apart where two plans share them', () => {
    const prints = (...reports: readonly Report[]) => issuesOf(reports).map(({ fingerprint }) => fingerprint);
    const other = { ...of({}), input: report.input.slice(1).map((input) => ({ ...input, role: 'judged' as const })) };
    expect(prints(of({}))).toEqual(['f1f1']);
    expect(prints(of({}), of({ fingerprint: 'f3f3' }))).toEqual(['f1f1', 'f3f3']);
    const both = prints(of({}), other);
    expect(new Set(both).size).toBe(2);
    expect(prints(other, of({}))).toEqual([...both].reverse());
    expect(new Set(prints(of({}), of({}), of({}))).size).toBe(3);
    expect(new Set(prints(report, report, failure, failure)).size).toBe(2 * (report.findings.length + 1) + 2);
  });

  test.each(['\ufeff', '##vso[task.complete]', '[[ATTACHMENT|x]]', '\u001b[31m', '\ud800'])(
    'a name like %j is harmless',
    (name) => {
      const text = renderGitlabCodequality([named(name)], plain);
      expect(text).not.toMatch(/\p{Cs}|\ufeff|(?!\n)\p{Cc}|##vso|\[\[ATTACH/u);
      for (const { location } of issuesOf([named(name)])) {
        expect(location.lines.begin).toBeGreaterThanOrEqual(1);
        expect(location.path).toMatch(/^(?!\.?\/)./);
      }
    },
  );
});
