import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { marked } from 'marked';
import { runMain, scenario } from './run.test-support.ts';

const working = scenario('row-tls-on-proxy-iam-required-rds-iam-on');
const broken = scenario('mistake-tls-off');
const lifecycle = 'testdata/lifecycle/brownfield';

describe('diff', () => {
  test.each([
    [working, broken, 1, 'The second breaks 1 way in'],
    [broken, working, 0, 'The second heals 1 way in'],
    [`${lifecycle}/state.json`, `${lifecycle}/update-plan.json`, 1, 'The second breaks 1 way in'],
    [`${lifecycle}/state.json`, `${lifecycle}/noop-plan.json`, 0, 'There is no difference.'],
  ])('%s %s', async (before, after, code, sentence) => {
    const run = await runMain(['diff', before, after, '--set', 'reachability']);
    expect([run.code, run.stderr]).toEqual([code, '']);
    expect(run.stdout).toContain(sentence);
  });

  test('says what differs, worst first', async () => {
    const { stdout } = await runMain(['diff', working, broken, '--set', 'reachability']);
    expect(stdout.match(/^\S.*$/gm)?.slice(-3)).toEqual(['Ways in', 'Settings', 'Findings']);
    expect(stdout).toContain('✗ breaks');
    expect(stdout).toContain('    iam-proxy-rds       open → unusable');
    expect(stdout).toContain('✗ new  proxy-iam-requires-tls · high · mandatory · aws_db_proxy.main');
  });

  describe('by a configuration', () => {
    const cases = 'policies/security/database-public-with-password/cases';
    const plans = [`${cases}/pass-unset/plan.json`, `${cases}/fail-instance/plan.json`];
    const only = ['--only', 'database-public-with-password'];
    const mandatory =
      'rules: [{ policy: database-public-with-password, enforcement: mandatory, select: { workspace: prod } }]\n';
    const waiver = 'waivers: [{ policy: "database-*", address: "**", reason: Until the move., expires: 2026-06-15 }]\n';
    let root = '';
    beforeAll(() => {
      root = mkdtempSync(join(tmpdir(), 'diff-'));
    });
    afterAll(() => rmSync(root, { recursive: true }));

    const by = (text: string, day: string, ...more: readonly string[]) => {
      writeFileSync(join(root, 'c.yaml'), text);
      const argv = ['diff', ...plans, ...only, '--config', join(root, 'c.yaml'), '--workspace', 'prod', ...more];
      return runMain(argv, { now: () => new Date(`${day}T12:00:00Z`) });
    };

    test.each([
      ['nothing', '', '2026-06-15', [], 0, 'new  database-public-with-password · high · advisory'],
      ['a rule', mandatory, '2026-06-15', [], 1, 'new  database-public-with-password · high · mandatory'],
      ['a rule for another workspace', mandatory.replace('prod', 'dev'), '2026-06-15', [], 0, '· advisory'],
      ['a waiver', mandatory + waiver, '2026-06-15', [], 0, 'new, waived  database-public-with-password'],
      ['a waiver that is over', mandatory + waiver, '2026-06-16', [], 1, 'new  database-public-with-password'],
      ['no waivers', mandatory + waiver, '2026-06-15', ['--no-waivers'], 1, 'new  database-public-with-password'],
    ])('%s', async (_, text, day, more, code, words) => {
      const run = await by(text, day, ...more);
      expect(run.stdout).toContain(words);
      expect([run.code, run.stderr]).toEqual([code, '']);
    });
  });

  test('as JSON has the keys of a report', async () => {
    const { stdout } = await runMain(['diff', working, broken, '--format', 'json']);
    const document = JSON.parse(stdout);
    expect(Object.keys(document).sort()).toEqual(
      ['after', 'before', 'changes', 'diagnostics', 'findings', 'matrix', 'schemaVersion', 'tool', 'verdict'].sort(),
    );
    expect(document.findings[0].finding.policy).toBeDefined();
    expect(document.before[0].path).toBe(working);
  });

  test('as Markdown has its headings and lists', async () => {
    const { stdout } = await runMain(['diff', working, broken, '--format', 'markdown']);
    const headings = marked.lexer(stdout).flatMap((token) => (token.type === 'heading' ? [token.text] : []));
    expect(headings.slice(1)).toEqual(['Ways in', 'Findings', 'Settings']);
  });

  test('without Unicode says the same in words', async () => {
    const { stdout } = await runMain(['diff', working, broken], { env: { LANG: 'C' } });
    expect([...stdout].every((character) => character.charCodeAt(0) < 128)).toBe(true);
  });

  test.each([
    [['diff', working], 'takes two PLANs'],
    [['diff', working, broken, working], 'takes two PLANs'],
    [['diff', working, 'missing.json'], 'There is no such file'],
    [['diff', working, broken, '--baseline', 'x'], 'no meaning for diff'],
    [['diff', working, broken, '--format', 'sarif'], 'no meaning for diff, which takes pretty'],
    [['diff', working, broken, '--output', 'json=x'], 'has no meaning for diff'],
  ])('%j is a mistake', async (argv, words) => {
    const { code, stderr } = await runMain(argv);
    expect(code).toBe(2);
    expect(stderr).toContain(words);
  });
});
