import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { validateXML } from 'xmllint-wasm';
import type { Finding } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import type { ReportContext } from './context.ts';
import { errorReport } from './error-report.ts';
import { writeSuites } from './junit/suites.ts';
import { renderJunit } from './junit.ts';
import { empty, named, passing, plain, report } from './report.test-support.ts';

const schema = readFileSync(new URL('../../testdata/schemas/junit.xsd', import.meta.url), 'utf8');

const expectValid = async (contents: string): Promise<void> => {
  const { errors } = await validateXML({
    xml: { fileName: 'junit.xml', contents },
    schema: { fileName: 'junit.xsd', contents: schema },
  });
  expect(errors).toEqual([]);
};

const render = async (reports: readonly Report[], context: Partial<ReportContext> = {}): Promise<string> => {
  const xml = renderJunit(reports, { ...plain, ...context });
  await expectValid(xml);
  return xml;
};

const failure = errorReport(
  [{ severity: 'error', code: 'input-unreadable', summary: 'It is no JSON.', detail: 'Look.', origin: { file: 'p' } }],
  [],
  '1.2.3',
);
const of = (changed: Partial<Finding>): Report => ({
  ...report,
  diagnostics: [],
  policies: [],
  findings: report.findings.slice(1, 2).map((finding) => ({ ...finding, ...changed })),
});

const waiver = {
  kind: 'configuration',
  reason: 'Moves in spring.',
  expires: '2027-03-31',
  owner: 'data',
  origin: { file: 'c.yaml' },
} as const;

/** Name and result of each test. */
const casesOf = (xml: string): readonly (readonly [string, string])[] =>
  [...xml.matchAll(/<testcase [^>]*name="([^"]*)" time="0"(?:\/>|>\n\s+<(\w+))/g)].map(
    ([, name = '', kind = 'passed']) => [name, kind],
  );

describe('JUnit', () => {
  test.each([
    ['a report of everything', [report]],
    ['one that passes', [passing]],
    ['one of nothing', [empty]],
    ['an error', [failure]],
    ['several', [report, passing, failure]],
    ['the same twice', [report, report]],
    ['hostile names', [named(`]]>"'&<a>\u0000\u001b\ud800\ufffe[[ATTACHMENT|x]]`)]],
    ['names that are empty', [named('')]],
    ['no report', []],
  ])('of %s is what readers take, with counts that agree', async (_, reports) => {
    const xml = await render(reports);
    const cases = casesOf(xml);
    const [, tests, failures, errors] =
      /<testsuites [^>]*tests="(\d+)" failures="(\d+)" errors="(\d+)"/.exec(xml) ?? [];
    const count = (kind: string): number => cases.filter((one) => one[1] === kind).length;
    expect([tests, failures, errors].map(Number)).toEqual([cases.length, count('failure'), count('error')]);
    const ofSuites = (name: string): number =>
      [...xml.matchAll(new RegExp(`<testsuite [^>]*${name}="(\\d+)"`, 'g'))].reduce(
        (sum, one) => sum + Number(one[1]),
        0,
      );
    expect(['tests', 'failures', 'errors', 'skipped'].map(ofSuites)).toEqual([
      cases.length,
      count('failure'),
      count('error'),
      count('skipped'),
    ]);
    expect(xml).not.toMatch(/system-out|\[\[ATTACHMENT/);
  });

  test('has a test for each finding, and one for each policy that found nothing', async () => {
    expect(casesOf(await render([report]))).toEqual([
      ['aa-advice: aws_db_proxy.main', 'skipped'],
      ['connect-arn-not-resource-id: aws_iam_role_policy.orders_connect', 'failure'],
      ['connect-arn-wrong-scope: aws_iam_role_policy.reporting', 'skipped'],
      ['connect-user-without-secret: aws_iam_role_policy.reporting', 'skipped'],
      ['proxy-without-target', 'passed'],
      [
        'plan-errored: plan.json: Terraform stopped with an error while it made this plan, so parts of it are missing.',
        'skipped',
      ],
    ]);
  });

  test.each([
    ['mandatory', {}, '<failure message="aws_iam_role_policy.orders_connect: The statement names'],
    [
      'advisory',
      { enforcement: 'advisory' },
      '<skipped message="Advice (high), fails nothing: aws_iam_role_policy.orders_connect: The statement names',
    ],
    [
      'undecided',
      { outcome: 'unknown' },
      '<skipped message="Undecided: aws_iam_role_policy.orders_connect: The statement names',
    ],
    ['waived', { waiver }, '<skipped message="Waived until 2027-03-31 by data: Moves in spring. (c.yaml)">'],
    ['in the baseline', { baseline: 'unchanged' }, '<skipped message="In the baseline">'],
    ['new to the baseline', { baseline: 'new' }, '<failure message="'],
  ] as const)('what is %s', async (_, changed, shown) => {
    expect(await render([of(changed)])).toContain(shown);
  });

  test('the words of a waiver do nothing', async () => {
    const reason = '##vso[task.complete]\n::error::x ]]><a> [[ATTACHMENT|x]] \u001b[31m';
    const xml = await render([of({ waiver: { ...waiver, reason, owner: reason } })]);
    expect(xml).toContain('Waived until 2027-03-31');
    expect(xml).not.toMatch(/##vso|^\s*::|\]\]>|<a>|\[\[ATTACH|(?!\n)\p{Cc}/mu);
  });

  test('undecided is an error where that fails the run, if mandatory and not waived', async () => {
    const kind = async (changed: Partial<Finding>) => casesOf(await render([of(changed)], { unknown: 'fail' }))[0]?.[1];
    expect(await kind({ outcome: 'unknown' })).toBe('error');
    expect(await kind({ outcome: 'unknown', enforcement: 'advisory' })).toBe('skipped');
    expect(await kind({ outcome: 'unknown', waiver })).toBe('skipped');
    expect(await kind({ outcome: 'unknown', baseline: 'unchanged' })).toBe('skipped');
    expect(await kind({ outcome: 'unknown', baseline: 'new' })).toBe('error');
  });

  test('shows places, edit and reason', async () => {
    const xml = await render([of({})]);
    expect(xml).toContain('aws_iam_role_policy.orders_connect.policy (main.tf:88)\n\nThe statement names');
    expect(xml).toMatch(/\n\nFix: In the statement of .*:\n {2}"arn:aws:rds-db:[^\n]*\n\nWhy: A proxy has/);
  });

  test('a policy that has crashed has not passed', async () => {
    const crash = { severity: 'error', code: 'policy-crashed', summary: 'x', policy: 'proxy-without-target' } as const;
    const cases = casesOf(await render([{ ...report, verdict: 'error', diagnostics: [crash] }]));
    expect(cases.slice(-1)).toEqual([['policy-crashed: x', 'error']]);
    expect(cases.filter((one) => one[1] === 'passed')).toEqual([]);
  });

  test('names of diagnostics do not move with the lines', async () => {
    const wrong = (line: number) =>
      ['Key a is not known.', 'Key b is not known.'].map((summary, index) => ({
        severity: 'error' as const,
        code: 'policy-invalid' as const,
        summary,
        origin: { file: 'p/policy.yaml', line: line + index },
      }));
    const namesAt = async (line: number) =>
      casesOf(await render([{ ...failure, diagnostics: wrong(line) }])).map(([name]) => name);
    expect(await namesAt(1)).toEqual([
      'policy-invalid: p/policy.yaml: Key a is not known.',
      'policy-invalid: p/policy.yaml: Key b is not known.',
    ]);
    expect(await namesAt(7)).toEqual(await namesAt(1));
  });

  test('tests of several plans are told apart', async () => {
    const names = casesOf(await render([report, { ...report, input: [] }, report])).map(([name]) => name);
    expect(names).toContain('proxy-without-target (plan.json)');
    expect(names).toContain('proxy-without-target (plan.json) (2)');
    expect(new Set(names).size).toBe(names.length);
  });

  test('the schema refuses what readers would', async () => {
    const xml = writeSuites([{ name: 'a', cases: [{ classname: 'b', name: 'c' }] }]);
    await expectValid(xml);
    for (const wrong of [xml.replace(' name="c"', ''), xml.replace('</testsuite>', '<system-out/></testsuite>')])
      await expect(expectValid(wrong)).rejects.toThrow();
  });
});
