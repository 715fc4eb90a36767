import { describe, expect, test } from '@jest/globals';
import type { Finding } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import { renderAtlantis } from './atlantis.ts';
import type { ReportContext } from './context.ts';
import { errorReport } from './error-report.ts';
import { empty, named, passing, plain, report } from './report.test-support.ts';

const render = (reports: readonly Report[], context: Partial<ReportContext> = {}): string =>
  renderAtlantis(reports, { ...plain, ...context });
const linesOf = (...reports: readonly Report[]): readonly string[] => render(reports).slice(0, -1).split('\n');

const mandatory = report.findings[1] as Finding;
const of = (...changed: readonly Partial<Finding>[]): Report => ({
  ...report,
  diagnostics: [],
  findings: changed.map((change) => ({ ...mandatory, ...change })),
});
const many = (count: number, changed: Partial<Finding> = {}): Report =>
  of(...Array.from({ length: count }, (_, index) => ({ ...changed, address: `aws_db_proxy.p${index}` })));

const conftest = /^\d+ tests?, \d+ passed, \d+ warnings?, \d+ failures?, \d+ exceptions?$/;
const waiver = { kind: 'inline', reason: 'Later.', expires: '2027-03-31', owner: null, origin: {} } as const;

describe('violations', () => {
  test('are lines that begin with FAIL, sorted, without counters; the last line counts as conftest does', () => {
    expect(linesOf(report)).toEqual([
      "FAIL - reachability - connect-arn-not-resource-id aws_iam_role_policy.orders_connect: The statement names the proxy's name; IAM compares its resource id (prx-…).",
      'WARN - security - aa-advice aws_db_proxy.main: require_tls is not set',
      'rds-auth-policy: 1 remark about what was read; the format pretty shows it.',
      '',
      '5 tests, 1 passed, 3 warnings, 1 failure, 0 exceptions',
    ]);
    const lines = linesOf(of({ address: 'b' }, { address: 'a' }, { address: 'C' }));
    expect(lines.slice(0, 3)).toEqual([...lines.slice(0, 3)].sort());
  });

  test.each([
    [of({}), '5 tests, 4 passed, 0 warnings, 1 failure, 0 exceptions'],
    [{ ...of({}), policies: [] }, '1 test, 0 passed, 0 warnings, 1 failure, 0 exceptions'],
    [
      { ...of({}, { enforcement: 'advisory' }, { waiver }), policies: [] },
      '3 tests, 0 passed, 1 warning, 1 failure, 1 exception',
    ],
    [
      { ...of({}, {}, { baseline: 'unchanged' }, { waiver }), policies: [] },
      '4 tests, 0 passed, 0 warnings, 2 failures, 2 exceptions',
    ],
  ] as const)('are counted in the forms of conftest', (one, line) => {
    expect(linesOf(one).at(-1)).toBe(line);
    expect(line).toMatch(conftest);
  });

  test('do not depend on the order of findings', () => {
    const all = many(70);
    expect(render([{ ...all, findings: [...all.findings].reverse() }])).toBe(render([all]));
  });

  test('are at most fifty; what is not listed has a line that changes with it', () => {
    const lines = linesOf(many(300));
    expect(lines.filter((line) => line.startsWith('FAIL - reachability'))).toHaveLength(50);
    const others = (one: Report): string => linesOf(one).find((line) => line.includes('not listed:')) ?? '';
    expect(others(many(300))).toMatch(/^FAIL - rds-auth-policy - others, not listed: [0-9a-f]{16}$/);
    expect(others(many(300))).not.toBe(others(many(301)));
    expect(others(many(300))).not.toBe(others(many(300, { message: 'Another.' })));
    expect(lines.slice(-3)).toEqual([
      'and 250 more violations, not listed',
      '',
      expect.stringMatching(/ 300 failures,/),
    ]);
    expect(linesOf(many(50)).join('\n')).not.toContain('not listed');
    const long = many(300, { message: 'x'.repeat(10_000) });
    expect(Buffer.byteLength(render([long]))).toBeLessThan(32_768);
    const wide = render([many(300, { message: '語'.repeat(10_000) })]);
    expect(Buffer.byteLength(wide)).toBeLessThan(32_768);
    expect(wide).toMatch(/語… [0-9a-f]{16}$/m);
    expect(wide).not.toContain('\ufffd');
  });

  test('name their resource once', () => {
    const [line] = linesOf(of({ address: 'aws_db_proxy.main', message: 'aws_db_proxy.main does not wait for it.' }));
    expect(line).toBe('FAIL - reachability - connect-arn-not-resource-id aws_db_proxy.main: does not wait for it.');
  });

  test('of several plans say which', () => {
    expect(linesOf(of({}), of({})).slice(0, 2)).toEqual([
      expect.stringMatching(/^FAIL .* \(plan\.json\)$/),
      expect.stringMatching(/^FAIL .* \(plan\.json\)$/),
    ]);
  });

  test('undecided is one where that fails the run', () => {
    expect(render([of({ outcome: 'unknown' })], { unknown: 'fail' })).toMatch(/^FAIL - .*: undecided: The statement/);
    expect(render([of({ outcome: 'unknown' })])).toMatch(/^PASS - .*, 1 undecided\n$/);
  });

  test('errors are some as well', () => {
    const failure = errorReport(
      [{ severity: 'error', code: 'input-unreadable', summary: 'x', origin: { file: '-' } }],
      [],
      '1',
    );
    expect(linesOf(failure)).toEqual([
      'FAIL - rds-auth-policy - input-unreadable standard input: x',
      '',
      '1 test, 0 passed, 0 warnings, 1 failure, 0 exceptions',
    ]);
  });
});

describe('a pass', () => {
  test.each([
    [passing, 'PASS - rds-auth-policy: 1 way in checked, 0 violations\n'],
    [empty, 'PASS - rds-auth-policy: 0 ways in checked, 0 violations\n'],
    [of({ waiver }, { baseline: 'unchanged' }), 'PASS - rds-auth-policy: 3 ways in checked, 0 violations, 2 waived\n'],
    [
      { ...named('failover'), findings: [], diagnostics: [] },
      'PASS - rds-auth-policy: 3 ways in checked, 0 violations\n',
    ],
  ])('is one line without any name', (one, text) => {
    expect(render([one])).toBe(text);
  });

  test('counts warnings of the tool, in words that are no failure', () => {
    const failing = report.diagnostics.map((one) => ({ ...one, summary: 'FAIL: 1 failure' }));
    expect(linesOf({ ...of({ waiver }), diagnostics: [...failing, ...failing] })).toEqual([
      'rds-auth-policy: 2 remarks about what was read; the format pretty shows them.',
      'PASS - rds-auth-policy: 3 ways in checked, 0 violations, 1 waived',
    ]);
  });

  test('with advice shows it, but for what an old Atlantis would take for a failure', () => {
    const advice = (address: string) => ({ enforcement: 'advisory', address }) as const;
    expect(linesOf(of(advice('aws_db_proxy.a'), advice('aws_db_proxy.failover'), advice('x["3 failures"]')))).toEqual([
      expect.stringMatching(/^WARN - reachability - connect-arn-not-resource-id aws_db_proxy\.a: /),
      'and 2 more warnings, not listed',
      'PASS - rds-auth-policy: 3 ways in checked, 0 violations, 3 warnings',
    ]);
    expect(linesOf(many(70, { enforcement: 'advisory' }))).toHaveLength(52);
  });
});

test.each(['```', '`````\nFAIL', '\u001b[31m', '\nFAIL - x', '1 failure', '\u2028FAIL', '::error::x'])(
  'a name like %j neither ends the fence nor begins a line',
  (name) => {
    for (const one of [named(name), { ...named(name), findings: named(name).findings.slice(0, 1), diagnostics: [] }]) {
      const text = render([one]);
      expect(text).not.toMatch(/```|(?!\n)\p{Cc}|\u2028/u);
      for (const line of text.trimEnd().split('\n'))
        expect(line).toMatch(/^(?:FAIL|WARN|PASS) - |^rds-auth-policy: \d+ remark|^$|^and \d|^\d+ tests?, /);
    }
  },
);
