import { describe, expect, test } from '@jest/globals';
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
    [['diff', working, broken, '--format', 'sarif'], 'no meaning for diff, which takes pretty'],
    [['diff', working, broken, '--output', 'json=x'], 'has no meaning for diff'],
  ])('%j is a mistake', async (argv, words) => {
    const { code, stderr } = await runMain(argv);
    expect(code).toBe(2);
    expect(stderr).toContain(words);
  });
});
