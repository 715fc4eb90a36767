import { describe, expect, test } from '@jest/globals';
import { marked } from 'marked';
import type { Report } from '../model/report.ts';
import { errorReport } from './error-report.ts';
import { expectGolden } from './golden.test-support.ts';
import { code, fenced, link, prose } from './markdown/escape.ts';
import { renderMatrixMarkdown } from './markdown/matrix.ts';
import { renderMarkdown } from './markdown.ts';
import { empty, named, passing, plain, report } from './report.test-support.ts';

const render = (...reports: readonly Report[]): string => renderMarkdown(reports, plain);
const toHtml = (markdown: string): string => marked.parse(markdown, { gfm: true, async: false });

describe('the whole text', () => {
  test('of a plan', () => expectGolden('markdown.md', render(report)));
  test('verbose', () => expectGolden('markdown-verbose.md', renderMarkdown([report], { ...plain, verbose: true })));
  test('quiet', () => expectGolden('markdown-quiet.md', renderMarkdown([report], { ...plain, quiet: true })));
  test('of settings', () => expectGolden('markdown-matrix.md', renderMatrixMarkdown([report], plain)));

  test('of a plan without database and proxy', () => {
    expect(render(empty)).toBe('## ✅ PASS `plan.json`\n\nNo database and no proxy, so nothing to check.\n');
    const configuration = { path: 'c.yaml', hash: null };
    expect(toHtml(render({ ...empty, configuration }))).toContain('<p><code>c.yaml</code></p>\n<p>No database');
    expect(renderMatrixMarkdown([empty], plain)).toBe('## Settings of `plan.json`\n\nNo database and no proxy.\n');
  });

  test('of an error', () => {
    const failure = errorReport(
      [
        {
          severity: 'error',
          code: 'input-not-found',
          summary: 'There is no such file.',
          detail: 'Look:\n  ls',
          origin: { file: '-' },
        },
      ],
      [],
      '1.2.3',
    );
    const said = '**error:** `standard input`: There is no such file.\n\nLook:\n\n```sh\nls\n```\n';
    expect(render(failure)).toBe(`## ⚠️ ERROR\n\n**The question could not be answered.**\n\n${said}`);
    expect(renderMatrixMarkdown([failure], plain)).toBe(`## Settings\n\n${said}`);
  });

  test('several plans, one after the other', () => {
    expect(render(passing, empty)).toBe(`${render(passing)}\n${render(empty)}`);
  });

  test('neither colour nor the character set of a terminal changes it', () => {
    expect(renderMarkdown([report], { ...plain, color: true, unicode: false, width: 40 })).toBe(render(report));
  });
});

describe('names are harmless', () => {
  const names = [
    '<script>alert(1)</script>',
    '</code></summary></details><img src=x onerror=alert(1)>',
    'a|b| c \\| d',
    '`x` ``` y',
    '```\n<b>',
    '`',
    '\\',
    '[click](https://evil.example)',
    '![x](https://evil.example/x.png)',
    'https://evil.example www.evil.example mail@evil.example',
    '@octocat and @org/team, (@octocat)',
    '#1234, owner/repo#1, GH-12 and 0123456789abcdef0123456789abcdef01234567',
    '# heading',
    '1. one\n- two\n* three\n> four\n=== \n---',
    '*a* _b_ ~~c~~ __d__',
    '&lt;b&gt; &#64;octocat',
    '::error::x',
    '##vso[task.complete result=Failed]',
    '##teamcity[x]',
    '[[ATTACHMENT|/etc/passwd]]',
    '\u202egnp.exe\u0000\u001b[2J\u2028',
    ':smile: :+1:',
    '<!-- x',
    ' ',
    '',
    '(@octocat)',
    'client',
  ];
  const allowed = /^(?:h[234]|p|ul|li|table|thead|tbody|tr|th|td|code|pre|strong|details|summary|b|br|a)$/;

  test.each(names)('%j', (name) => {
    for (const text of [render(named(name)), renderMatrixMarkdown([named(name)], plain)]) {
      const html = toHtml(text);
      const tags = [...html.matchAll(/<\/?([A-Za-z!?][\w-]*)/g)].map(([, tag]) => tag ?? '');
      expect(tags.filter((tag) => !allowed.test(tag))).toEqual([]);
      const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, target]) => target);
      expect(links.filter((target) => !target?.startsWith('https://docs.aws.amazon.com/'))).toEqual([]);
      // What is in code is neither a mention, nor an issue, nor a picture for a code host.
      const outside = html
        .replace(/<pre>[\s\S]*?<\/pre>|<code>[\s\S]*?<\/code>|<a [\s\S]*?<\/a>/g, '')
        .replace(/&#39;|&quot;/g, "'");
      expect(outside).not.toMatch(/[@#`~*|\\[\]]|:\w+:|www|GH-|[0-9a-f]{7}|octocat|&(?:lt|gt|amp);/);
      expect(text).not.toMatch(/^\s*::|##(?:\[|vso|teamcity)|\[\[ATTACHMENT|(?!\n)\p{Cc}|[\u202e\u2028]/mu);
    }
  });

  test.each(names)('%j leaves the tables and folds whole', (name) => {
    const rows = (page: string): readonly number[] =>
      page.split('</tr>').map((row) => row.match(/<t[dh]/g)?.length ?? 0);
    const [usual, html] = [toHtml(render(named('x'))), toHtml(render(named(name)))];
    expect(rows(html)).toEqual(rows(usual));
    for (const tag of ['details', 'summary', 'table', 'h2', 'h3', 'h4'])
      expect([tag, html.split(`<${tag}>`).length]).toEqual([tag, usual.split(`<${tag}>`).length]);
  });

  test.each([
    ['a', '`a`'],
    ['a`b', '``a`b``'],
    ['`a', '`` `a ``'],
    ['a|b', '<code>a&#124;b</code>'],
    ['', '`""`'],
    [`${'a'.repeat(298)}😀bc`, `\`${'a'.repeat(298)}…\``],
  ])('code of %j', (name, written) => {
    expect(code(name)).toBe(written);
  });

  test.each([
    ['It is well, and (so they say) 200 of them.', 'It is well, and (so they say) 200 of them.'],
    ['aws_db_proxy.main has require_tls = false.', '`aws_db_proxy.main` has `require_tls = false`.'],
    ['aws_db_proxy.main has iam_auth = "REQUIRED".', '`aws_db_proxy.main` has `iam_auth = "REQUIRED"`.'],
    ['see (aws_db_proxy.main), f(x).', 'see (`aws_db_proxy.main`), `f(x)`.'],
    ['write `a b`, then', 'write `a b`, then'],
    ['1. one', '`1`. one'],
    ['- one', '`-` one'],
    ['', '…'],
    ['1234567 of 16.4', '`1234567` of `16.4`'],
  ])('prose of %j', (text, written) => {
    expect(prose(text)).toBe(written);
  });

  test('a fence is longer than any run of back-ticks within', () => {
    expect(fenced(['a', '````'], 'hcl')).toBe('`````hcl\na\n````\n`````');
  });

  test.each(['javascript:alert(1)', 'https://a/b)(c', 'https://a/<b>', 'x'])('%s is no link', (url) => {
    expect(link('x', url)).toBe(code(url));
  });
});

describe('the text fits into a comment', () => {
  const limit = 65_536;
  const times = <T>(items: readonly T[], count: number): readonly T[] =>
    Array.from({ length: count }, () => items).flat();

  const huge: Report = {
    ...report,
    changes: times(report.changes, 300),
    connections: times(report.connections, 300),
    findings: times(report.findings, 300),
    matrix: times(report.matrix, 300),
    diagnostics: times(report.diagnostics, 300),
  };

  test('when there is very much of everything', () => {
    const text = render(huge);
    expect(text.length).toBeLessThan(limit);
    expect(text.length).toBeGreaterThan(50_000);
    const cut = [...text.matchAll(/^(?:And )?\d+ (.*): `rds-auth-policy plan.json` shows all\.$/gm)];
    expect(cut.map(([, what]) => what)).toEqual([
      'more changes',
      'more broken ways in',
      'more findings',
      'more pieces of advice',
      'more undecided',
      'more ways in that work',
      'rows',
      'more messages',
    ]);
    expect(text.split('\n').at(-2)).toMatch(/^1 way in works, .* 600 checks undecided\.$/);
    // Nor is the note a row of the table above it.
    expect(toHtml(text)).toContain('<p>900 rows: <code>');
    expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
    expect(text.match(/^```/gm)?.length).toBeGreaterThan(10);
    expect((text.match(/^```/gm)?.length ?? 1) % 2).toBe(0);
    expect(renderMatrixMarkdown([huge], plain).length).toBeLessThan(limit);
  });

  test('when names are very long', () => {
    expect(render(named('a.b '.repeat(50_000))).length).toBeLessThan(limit);
  });

  test('room that one plan leaves is for another, wherever it stands', () => {
    const found = times(report.findings.slice(1, 2), 100);
    const long: Report = { ...passing, verdict: 'fail', findings: found };
    const shownIn = (text: string): number => text.match(/^#### /gm)?.length ?? 0;
    const alone = shownIn(render(long));
    expect(alone).toBeLessThan(100);
    for (const plans of [
      [long, passing, empty],
      [empty, passing, long],
    ]) {
      const text = render(...plans);
      expect(text.length).toBeGreaterThan(55_000);
      expect(text.length).toBeLessThan(limit);
      expect(shownIn(text)).toBeGreaterThan(0.9 * alone);
    }
  });

  test('when plans are very many', () => {
    const text = render(...times([report, passing], 500));
    expect(text.length).toBeLessThan(limit);
    expect(text).toContain('## And 941 more plans\n\n470 of them did not pass.');
    expect(text.match(/^## /gm)).toHaveLength(60);
  });

  test('a path that a shell would read is not offered to be typed', () => {
    const text = render({ ...report, input: report.input.map((input) => ({ ...input, path: '$(id).json' })) });
    expect(text).toContain('`rds-auth-policy explain c1 PLAN`');
    expect(text).not.toMatch(/rds-auth-policy [^`]*\$/);
  });
});
