import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Finding } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import type { Waiver } from '../model/waiver.ts';
import { excusedSentence, waiverText } from './excused.ts';
import { expectGolden } from './golden.test-support.ts';
import { renderJson } from './json.ts';
import { renderMarkdown } from './markdown.ts';
import { renderPretty } from './pretty.ts';
import { named, passing, plain, report } from './report.test-support.ts';
import { renderSarif } from './sarif.ts';

const inline: Waiver = {
  kind: 'inline',
  reason: 'The old client has no TLS, and it goes in spring.',
  expires: '2027-03-31',
  owner: 'orders',
  origin: { file: 'main.tf', line: 87, column: 26 },
};
const configured: Waiver = {
  ...inline,
  kind: 'configuration',
  owner: null,
  origin: { file: 'rds-auth-policy.yaml', line: 3 },
};

const changes: Readonly<Record<string, Partial<Finding>>> = {
  f1: { waiver: inline, users: ['app'] },
  f2: { baseline: 'unchanged' },
  'u-connect-arn-wrong-scope': { waiver: configured },
};

const all = (finding: Finding): Finding => ({ ...finding, baseline: 'new', ...changes[finding.id] });
const excused: Report = { ...report, verdict: 'pass', findings: report.findings.map(all) };

const held = (count: number): Report => ({
  ...passing,
  findings: Array.from({ length: count }, (_, index) => ({
    ...(report.findings[0] as Finding),
    address: `aws_db_proxy.p${index}`,
    baseline: 'unchanged',
  })),
});

describe('the whole text', () => {
  test('pretty', () => expectGolden('excused-80.txt', renderPretty([excused], plain)));
  test('pretty, verbose', () =>
    expectGolden('excused-80-verbose.txt', renderPretty([excused], { ...plain, verbose: true })));
  test('markdown', () => expectGolden('excused.md', renderMarkdown([excused], plain)));
});

describe('what is excused', () => {
  test.each([
    ['pretty', renderPretty],
    ['markdown', renderMarkdown],
  ])('is said before anything else, also where nothing else is: %s', (_, render) => {
    const sentence = '2 findings are waived, 1 is in the baseline.';
    for (const quiet of [true, false]) {
      const text = render([excused], { ...plain, quiet }).replaceAll(/\s+/g, ' ');
      expect(text).toContain(sentence);
    }
  });

  test('has no edit, unless all is asked for', () => {
    const edit = 'In the statement of aws_iam_role_policy.orders_connect';
    expect(renderPretty([excused], { ...plain, width: 200 })).not.toContain(edit);
    expect(renderPretty([excused], { ...plain, verbose: true, width: 200 })).toContain(edit);
    expect(renderPretty([report], { ...plain, width: 200 })).toContain(edit);
  });

  test('does not hide that a way in cannot work', () => {
    expect(renderPretty([excused], plain)).toContain('✗ aws_iam_role.orders');
  });

  test.each<[number, string | undefined]>([
    [0, undefined],
    [1, '1 finding is in the baseline.'],
    [12, '12 findings are in the baseline.'],
  ])('%d in the baseline', (count, sentence) => {
    expect(excusedSentence(held(count))).toBe(sentence);
    const text = renderPretty([held(count)], plain);
    expect([...text.matchAll(/aws_db_proxy\.p\d+/g)]).toHaveLength(Math.min(count, 10));
    expect(text.includes(`and ${count - 10} more`)).toBe(count > 10);
  });

  test('is text, whatever a reason holds', () => {
    const reason = '::error::x\u001b[31m <script> [a](http://x) ##vso[task]';
    const one = { ...excused, findings: excused.findings.map((f) => ({ ...f, waiver: { ...inline, reason } })) };
    for (const render of [renderPretty, renderMarkdown, renderSarif, renderJson]) {
      const text = render([one], plain);
      expect(text).not.toContain('\u001b');
      expect(text).not.toMatch(/(^|\s)::error/);
      expect(text).not.toContain('##vso[');
    }
    expect(renderMarkdown([one], plain).replaceAll(/`[^`]*`/g, '')).not.toMatch(/<script>|\]\(http/);
    expect(waiverText({ ...inline, reason: 'x', origin: {} })).toBe('waived until 2027-03-31 by orders: x');
  });

  test('every name may be anything', () => {
    const odd = named('a\u202eb');
    const one = {
      ...odd,
      findings: odd.findings.map((finding) => ({ ...finding, waiver: inline, users: ['a\u202eb'] })),
    };
    expect(renderPretty([one], plain)).not.toContain('\u202e');
    expect(renderMarkdown([one], plain)).not.toContain('\u202e');
  });
});

test('JSON is of its schema', () => {
  const schema = JSON.parse(readFileSync(new URL('../../schemas/report.schema.json', import.meta.url), 'utf8'));
  const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(schema);
  validate(JSON.parse(renderJson([excused], plain)));
  expect(validate.errors).toBeNull();
});

describe('SARIF', () => {
  const schema = JSON.parse(readFileSync(new URL('../../testdata/schemas/sarif-2.1.0.json', import.meta.url), 'utf8'));
  const validate = new Ajv({ allErrors: true, strict: false, validateFormats: false }).compile(schema);
  const resultsOf = (one: Report): readonly Record<string, unknown>[] => {
    const sarif = JSON.parse(renderSarif([one], plain));
    validate(sarif);
    expect(validate.errors).toBeNull();
    return sarif.runs[0].results;
  };

  test('waived results are suppressed where the waiver stands, and the others are not', () => {
    const found = resultsOf(excused).map(({ ruleId, suppressions }) => [ruleId, suppressions]);
    const justification =
      'waived until 2027-03-31 by orders: The old client has no TLS, and it goes in spring. (main.tf:87)';
    const region = { startLine: 87, startColumn: 26, endLine: 87, endColumn: 27 };
    expect(Object.fromEntries(found)).toMatchObject({
      'connect-arn-not-resource-id': [
        {
          kind: 'inSource',
          status: 'accepted',
          justification,
          location: { physicalLocation: { artifactLocation: { uri: 'main.tf', uriBaseId: '%SRCROOT%' }, region } },
        },
      ],
      'connect-arn-wrong-scope/undecided': [{ kind: 'external', status: 'accepted' }],
      'aa-advice': [],
      'connect-user-without-secret/undecided': [],
    });
  });

  test('say nothing of suppressions or a baseline where there is none', () => {
    const keys = new Set(resultsOf(report).flatMap((result) => Object.keys(result)));
    expect([...keys].filter((key) => ['suppressions', 'baselineState'].includes(key))).toEqual([]);
  });

  test('say what is new', () => {
    expect(resultsOf(excused).map(({ ruleId, baselineState }) => `${ruleId} ${baselineState}`)).toEqual([
      'connect-user-without-secret/undecided new',
      'connect-arn-not-resource-id new',
      'connect-arn-wrong-scope/undecided new',
      'aa-advice unchanged',
    ]);
  });
});
