import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { HtmlValidate } from 'html-validate';
import type { Report } from '../../model/report.ts';
import { errorReport } from '../error-report.ts';
import { renderHtml } from '../html.ts';
import { empty, named, passing, plain, report } from '../report.test-support.ts';
import { sourced, withSource } from '../source.test-support.ts';
import { html } from './markup.ts';
import { prose } from './text.ts';

const render = (...reports: readonly Report[]): string => renderHtml(reports, plain);
const strict = { ...plain, unknown: 'fail' } as const;

const failure = errorReport(
  [
    {
      severity: 'error',
      code: 'input-not-found',
      summary: 'There is no such file.',
      detail: 'Look:\n  ls',
      origin: { file: 'p.json' },
    },
  ],
  [],
  '1.2.3',
);

const waiver = {
  kind: 'configuration',
  reason: 'Moved <soon>.',
  expires: '2027-03-31',
  owner: 'data-platform',
  origin: { file: 'rds-auth-policy.yaml', line: 4, column: 5 },
} as const;

const waived: Report = {
  ...report,
  findings: report.findings.map((finding, index) => ({
    ...finding,
    ...(index === 1 ? { waiver } : { baseline: index === 0 ? ('unchanged' as const) : ('new' as const) }),
  })),
};

const validator = new HtmlValidate({
  root: true,
  extends: ['html-validate:recommended', 'html-validate:document', 'html-validate:a11y'],
  rules: { 'no-inline-style': 'error' },
});

const texts = (markup: string): string =>
  markup
    .replace(/<(script|style)>[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]*>/g, '')
    .replace(/\s+/g, ' ');

describe('the page is valid HTML', () => {
  test.each<readonly [string, readonly Report[]]>([
    ['of a plan', [report]],
    ['of a plan with source', [sourced]],
    ['of several plans', [report, passing, report]],
    ['of waived findings', [waived]],
    ['of a plan without database and proxy', [empty]],
    ['of an error', [failure]],
    ['of no report', []],
    ['of hostile names', [named('"><script>alert(1)</script>&amp;\u202e')]],
  ])('%s', async (_, reports) => {
    const result = await validator.validateString(renderHtml(reports, withSource));
    expect(
      result.results.flatMap(({ messages }) =>
        messages.map(({ ruleId, message, line }) => `${line}: ${ruleId}: ${message}`),
      ),
    ).toEqual([]);
  });
});

describe('what is said', () => {
  test('the verdict and what it means come first', () => {
    expect(texts(render(report))).toMatch(
      /✗ FAIL plan\.json This plan breaks 1 way in, makes 1 undecided, removes 1, /,
    );
    expect(texts(render(passing))).toContain('✓ PASS plan.json');
    expect(texts(render(empty))).toContain('No database and no proxy, so nothing to check.');
    expect(texts(render(failure))).toMatch(
      /! ERROR .*The question could not be answered\..*There is no such file\..*Look: ?ls/,
    );
  });

  test('how to mend it, with no heading where there is nothing to say', () => {
    const findings = report.findings.map((finding) => ({ ...finding, remediation: '' }));
    expect(texts(render(report))).toContain('How to mend it');
    expect(texts(render({ ...report, findings }))).not.toMatch(/How to mend it|If it is so/);
  });

  test('what the plan changes, before and after', () => {
    expect(texts(render(report))).toMatch(/breaks ?aws_iam_role\.orders .*?✓ works ?✗ cannot work/);
  });

  test('waived findings stay, with who waived them and why', () => {
    const text = texts(render(waived));
    expect(text).toContain('Waived by data-platform until 2027-03-31: Moved &lt;soon&gt;. rds-auth-policy.yaml:4');
    expect(text).toContain('The baseline holds it already, so it does not fail the run.');
    expect(render(waived).match(/<details class="finding [^>]* open>/g)).toBeNull();
    expect(text).toContain('· new');
  });

  test('what is waived or in the baseline is counted apart', () => {
    expect(texts(render(report))).toContain('2 findings, 1 of which fails the run');
    const text = texts(render(waived));
    expect(text).toContain('0 findings 2 checks are undecided 2 waived or in the baseline');
    expect(text).toContain('2 checks undecided, 1 finding waived, 1 finding in the baseline');
  });

  test('with --unknown fail, what is undecided and mandatory fails the run', () => {
    const findings: Report['findings'] = report.findings.map((finding) => ({ ...finding, outcome: 'unknown' }));
    const undecided: Report = { ...report, findings };
    const mandatory = findings.filter(({ enforcement }) => enforcement === 'mandatory').length;
    expect(mandatory).toBeGreaterThan(0);
    expect(mandatory).toBeLessThan(findings.length);
    const opened = (markup: string) => markup.match(/<details class="finding [^>]* open>/g)?.length ?? 0;
    const page = renderHtml([undecided], strict);
    expect(opened(page)).toBe(mandatory);
    expect(opened(render(undecided))).toBe(0);
    expect(texts(page)).toContain(`checks are undecided, ${mandatory} of which fail the run`);
    const states = [...page.matchAll(/<details class="finding [^>]* data-state="([^"]*)"/g)].map(([, state]) => state);
    expect(states).toEqual([
      ...Array.from({ length: mandatory }, () => 'fails the run'),
      ...Array.from({ length: findings.length - mandatory }, () => 'undecided'),
    ]);
  });

  test('source lines, with what is meant marked', () => {
    const page = renderHtml([sourced], withSource);
    expect(page).toContain('<mark>role_arn</mark>');
    expect(page).not.toContain('canary-');
  });
});

describe('an error', () => {
  const wrong = (file: string, line: number) =>
    ({ severity: 'error', code: 'policy-invalid', summary: `Unknown key k${line}.`, origin: { file, line } }) as const;
  const partly: Report = {
    ...report,
    verdict: 'error',
    changes: [],
    diagnostics: [wrong('own/a/policy.yaml', 1), wrong('own/b/policy.yaml', 4), wrong('own/b/policy.yaml', 7)],
  };

  test('where only policy files are wrong, the rest is told and counted', () => {
    const text = texts(render(partly));
    expect(text).toContain('2 policy files could not be read; the others were judged.');
    expect(text).not.toContain('The question could not be answered.');
    expect(text).toContain('1 way in cannot work 1 way in is undecided 1 way in works');
  });

  test('another error is not called a policy file', () => {
    const [first] = failure.diagnostics;
    expect(texts(render({ ...partly, diagnostics: first === undefined ? [] : [first] }))).toContain(
      '1 error kept a part from being judged; the rest was judged.',
    );
  });

  test('one card for each file', async () => {
    const page = render(partly);
    const [, notes = ''] = /<ul class="notes">([\s\S]*?)<\/section>/.exec(page) ?? [];
    expect(notes.match(/class="cause"/g)).toHaveLength(2);
    expect(texts(notes)).toMatch(/own\/b\/policy\.yaml 2 errors 4 Unknown key k4\. .*7 Unknown key k7\./);
    expect((await validator.validateString(page)).valid).toBe(true);
  });

  test('nothing is counted where nothing was judged', () => {
    expect(texts(render(failure))).not.toMatch(/\d+ (?:databases?|prox|ways? in|findings?)/);
    expect(texts(render(failure, passing))).toContain('– – – – –'.replaceAll(' ', ''));
  });
});

describe('a cause that is waived', () => {
  const excused: Report = { ...report, findings: report.findings.map((finding) => ({ ...finding, waiver })) };

  test('says so where it is told what breaks', () => {
    const [, causes = ''] = /<ol class="causes">([\s\S]*?)<\/ol>/.exec(render(excused)) ?? [];
    expect(causes).toContain('<li class="cause excused">');
    expect(texts(causes)).toContain('waived until 2027-03-31 by data-platform: Moved &lt;soon&gt;.');
    expect(render(report)).not.toContain('<li class="cause excused">');
  });
});

describe('the page is by itself', () => {
  const page = render(report, passing);
  const [policy = ''] = /default-src[^"]*/.exec(page) ?? [];

  test.each(['script', 'style'])('the hash of its %s is right', (element) => {
    const all = [...page.matchAll(new RegExp(`<${element}>([\\s\\S]*?)</${element}>`, 'g'))];
    expect(all).toHaveLength(1);
    const hash = createHash('sha256')
      .update(all[0]?.[1] ?? '')
      .digest('base64');
    expect(policy).toContain(`${element}-src &#39;sha256-${hash}&#39;`);
  });

  test('it refuses everything else', () => {
    expect(policy).toMatch(/^default-src &#39;none&#39;; /);
    expect(policy).not.toMatch(/unsafe|https?:|\*|data:/);
    expect(page).not.toMatch(/ style=| src=|<link|<img|@import|url\(/);
  });
});

describe('markup', () => {
  test('every text is escaped, in elements and in attributes', () => {
    expect(html`<a title="${'"\'<>&'}">${['<b>', 1, null, html`<i>${'&'}</i>`]}</a>`.markup).toBe(
      '<a title="&quot;&#39;&lt;&gt;&amp;">&lt;b&gt;1<i>&amp;</i></a>',
    );
  });

  test.each([
    ['names `a b` of aws_db_proxy.main; x', 'names <code>a b</code> of <code>aws_db_proxy.main</code>; x'],
    [
      'module.a["x y"].aws_db_proxy.main["k"] is',
      '<code>module.a[&quot;x y&quot;].aws_db_proxy.main[&quot;k&quot;]</code> is',
    ],
    ['data.aws_rds_cluster.a.', '<code>data.aws_rds_cluster.a</code>.'],
    ['plain <words>', 'plain &lt;words&gt;'],
  ])('%s', (text, markup) => {
    expect(html`${prose(text)}`.markup).toBe(markup);
  });
});
