import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Format, formats } from '../report/index.ts';
import { regimes, summaryLine } from '../testing/atlantis-regimes.ts';
import { runMain } from '../testing/run-main.ts';

// Every format says the same of a run, in its text and by the exit code.

const scenario = (name: string): string => `testdata/scenarios/${name}/plan.json`;
const undecided = [scenario('undecided-both-schemes'), '--no-source'];

type Verdict = 'pass' | 'fail' | 'error';
type Row = {
  readonly name: string;
  readonly words: readonly string[];
  readonly verdict: Verdict;
  /** How many findings fail the run; left out where the formats count what is undecided as well. */
  readonly count?: number;
};

const rows: readonly Row[] = [
  { name: 'nothing found', words: [scenario('row-no-proxy-rds-iam-off')], verdict: 'pass', count: 0 },
  { name: 'one finding', words: [scenario('mistake-tls-off')], verdict: 'fail', count: 1 },
  { name: '300 findings', words: ['testdata/reports/many/plan.json'], verdict: 'fail', count: 300 },
  { name: 'undecided', words: undecided, verdict: 'pass', count: 0 },
  { name: 'undecided, which fails', words: [...undecided, '--unknown=fail'], verdict: 'fail' },
  {
    name: 'a pass and a failure',
    words: [scenario('row-no-proxy-rds-iam-off'), scenario('mistake-tls-off')],
    verdict: 'fail',
    count: 1,
  },
  { name: 'no such file', words: ['none.json'], verdict: 'error' },
  { name: 'a plan and no such file', words: [scenario('mistake-tls-off'), 'none.json'], verdict: 'error' },
  { name: 'no such option', words: [scenario('mistake-tls-off'), '--nonsense'], verdict: 'error' },
  { name: 'no such policy', words: [scenario('mistake-tls-off'), '--only', 'nonsense'], verdict: 'error' },
];
/** One set of policies: what others find in these plans is no matter here. */
const runs = rows.map((row) => ({ ...row, words: [...row.words, '--set', 'reachability'] }));

const worst = (verdicts: readonly string[]): string =>
  verdicts.includes('error') ? 'error' : verdicts.includes('fail') ? 'fail' : 'pass';

type Sarif = {
  readonly runs: readonly {
    readonly invocations: readonly { readonly executionSuccessful: boolean }[];
    readonly results?: readonly { readonly kind: string; readonly properties: { readonly enforcement: string } }[];
  }[];
};

const verdictInSarif = ({ runs: all }: Sarif): string => {
  if (all.some(({ invocations }) => invocations.some(({ executionSuccessful }) => !executionSuccessful)))
    return 'error';
  const results = all.flatMap((run) => run.results ?? []);
  const fails = results.some(({ kind, properties }) => kind === 'fail' && properties.enforcement === 'mandatory');
  return fails ? 'fail' : 'pass';
};

const verdictInJunit = (text: string): string => {
  if (/<testcase classname="rds-auth-policy\.diagnostics"[^>]*>\s*<error/.test(text)) return 'error';
  return /<testsuites [^>]*failures="0" errors="0"/.test(text) ? 'pass' : 'fail';
};

type Issue = { readonly check_name: string; readonly description: string; readonly severity: string };

const verdictInCodeQuality = (issues: readonly Issue[]): string => {
  if (issues.some(({ description }) => description.startsWith('Error: '))) return 'error';
  return issues.some(({ severity }) => severity === 'critical' || severity === 'blocker') ? 'fail' : 'pass';
};

/** The verdict as a reader of that format takes it from the text; undefined for what that cannot say. */
const readers: Readonly<Partial<Record<Format, (text: string) => string | undefined>>> = {
  json: (text) => worst([JSON.parse(text)].flat().map(({ verdict }) => verdict)),
  markdown: (text) =>
    worst([...text.matchAll(/^## \S+ (PASS|FAIL|ERROR)/gmu)].map(([, word = '']) => word.toLowerCase())),
  sarif: (text) => verdictInSarif(JSON.parse(text)),
  junit: verdictInJunit,
  github: (text) =>
    worst([...text.matchAll(/^rds-auth-policy: (PASS|FAIL|ERROR)\b/gm)].map(([, word = '']) => word.toLowerCase())),
  'gitlab-codequality': (text) => verdictInCodeQuality(JSON.parse(text)),
  azuredevops: (text) =>
    /^##vso\[task\.complete result=(?:Failed|Succeeded\w*);\]rds-auth-policy: (\w+)$/m.exec(text)?.[1]?.toLowerCase(),
};

/** SARIF has nowhere to say that undecided fails. */
const isSayable = (format: Format, words: readonly string[]): boolean =>
  format !== 'sarif' || !words.includes('--unknown=fail');

const exitCodes: Readonly<Record<Verdict, number>> = { pass: 0, fail: 1, error: 2 };

describe.each(runs)('$name', ({ words, verdict }) => {
  test.each(formats)('in %s', async (format) => {
    const { code, stdout, stderr } = await runMain([...words, '--format', format]);
    expect(code).toBe(format === 'atlantis' && verdict === 'fail' ? 0 : exitCodes[verdict]);
    expect(stderr === '').toBe(verdict !== 'error');
    const read = readers[format];
    if (read !== undefined && isSayable(format, words)) expect(read(stdout)).toBe(verdict);
  });

  test.each(regimes)('to Atlantis $versions', async ({ read }) => {
    const { code, stdout, stderr } = await runMain([...words, '--format', 'atlantis']);
    const answer = read({ output: stderr + stdout, exitCode: code, policySets: true });
    expect(answer === 'passes').toBe(verdict === 'pass');
    // Approvals are for what fails, and not for what has no answer.
    if (verdict === 'fail') expect(answer).toBe('fails');
    expect(summaryLine.test(stdout)).toBe(verdict !== 'pass');
    expect(stdout.startsWith('FAIL - ')).toBe(verdict !== 'pass');
  });
});

describe('how many fail', () => {
  const counted = runs.flatMap(({ count, ...row }) => (count === undefined ? [] : [{ ...row, count }]));
  const sum = (text: string, pattern: RegExp): number =>
    [...text.matchAll(pattern)].reduce((total, [, count]) => total + Number(count), 0);

  test.each(counted)('$name', async ({ words, count }) => {
    const textOf = async (format: Format): Promise<string> => (await runMain([...words, '--format', format])).stdout;
    expect(sum(await textOf('junit'), /<testsuites [^>]*failures="(\d+)"/g)).toBe(count);
    expect(sum(await textOf('github'), /(\d+) findings? fails? the run/g)).toBe(count);
    expect(sum(await textOf('atlantis'), /, (\d+) failures?, /g)).toBe(count);
    const issues: readonly Issue[] = JSON.parse(await textOf('gitlab-codequality'));
    expect(issues.filter(({ severity }) => ['critical', 'blocker'].includes(severity))).toHaveLength(count);
    expect((await textOf('azuredevops')).match(/type=error/g) ?? []).toHaveLength(count);
    expect((await textOf('github')).match(/^::error /gm) ?? []).toHaveLength(Math.min(count, 10));
  });
});

describe('files', () => {
  let directory = '';
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'verdicts-'));
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  test('of all formats are written at once, and hold what would be printed', async () => {
    const plan = scenario('mistake-tls-off');
    const outputs = formats.flatMap((format) => ['--output', `${format}=${join(directory, format)}`]);
    const { code } = await runMain([plan, ...outputs]);
    expect(code).toBe(1);
    for (const format of formats) {
      const { stdout } = await runMain([plan, '--format', format]);
      expect([format, readFileSync(join(directory, format), 'utf8')]).toEqual([format, stdout]);
    }
  });

  test('none decides the exit code', async () => {
    const output = `atlantis=${join(directory, 'a')}`;
    expect((await runMain([scenario('mistake-tls-off'), '--output', output])).code).toBe(1);
  });

  test('the summary of a step is appended to, others are replaced', async () => {
    const plan = scenario('mistake-tls-off');
    const summary = join(directory, 'summary.md');
    const words = [plan, '--output', `markdown=${summary}`];
    const { stdout } = await runMain([plan, '--format', 'markdown']);
    for (let times = 0; times < 2; times += 1) await runMain(words, '', { GITHUB_STEP_SUMMARY: summary });
    expect(readFileSync(summary, 'utf8')).toBe(stdout + stdout);
    await runMain(words);
    expect(readFileSync(summary, 'utf8')).toBe(stdout);
    const { code, stderr } = await runMain([plan, '--output', `markdown=${directory}`], '', {
      GITHUB_STEP_SUMMARY: directory,
    });
    expect([code, stderr]).toEqual([2, expect.stringContaining('It is a directory.')]);
  });
});

describe('the plan of Atlantis', () => {
  const plan = scenario('mistake-tls-off');

  test('is the one that SHOWFILE names', async () => {
    const given = await runMain([plan, '--format', 'atlantis']);
    expect(await runMain(['--format', 'atlantis'], '', { SHOWFILE: plan })).toEqual(given);
    expect(await runMain(['--format', 'atlantis', plan], '', { SHOWFILE: 'none.json' })).toEqual(given);
  });

  test.each([{}, { SHOWFILE: '' }])('has to be somewhere: %j', async (env) => {
    const { code, stdout, stderr } = await runMain(['--format', 'atlantis'], '', env);
    expect(code).toBe(2);
    expect(stdout).toMatch(/^FAIL - rds-auth-policy - usage-invalid: There is no PLAN, and SHOWFILE is not set/);
    expect(stderr).toMatch(/^error: There is no PLAN/);
  });

  test('is asked for by no other format', async () => {
    expect((await runMain(['--format', 'json'], '', { SHOWFILE: plan })).code).toBe(2);
  });
});
