import { describe, expect, test } from '@jest/globals';
import type { Finding } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import type { ReportContext } from './context.ts';
import { errorReport } from './error-report.ts';
import { renderGithub } from './github.ts';
import { empty, named, passing, plain, report } from './report.test-support.ts';

type Command = { readonly name: string; readonly properties: Readonly<Record<string, string>>; readonly data: string };

const unescape = (text: string, pairs: readonly (readonly [string, string])[]): string =>
  pairs.reduce((all, [code, sign]) => all.replaceAll(code, sign), text);
const inData = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%25', '%'],
] as const;
const inProperty = [...inData.slice(0, 2), ['%3A', ':'], ['%2C', ','], ...inData.slice(2)] as const;

/** What the runner makes of a line: leading blanks are trimmed, then it looks for `::` at the start. */
const commandIn = (line: string): Command | null => {
  const [, name = '', properties = '', data = ''] = /^\s*::(\S*?)(?: (.*?))?::(.*)$/s.exec(line) ?? [];
  if (name === '') return null;
  const pairs = properties.split(',').map((pair) => {
    const [key = '', value = ''] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
    return [key, unescape(value, inProperty)] as const;
  });
  return { name, properties: Object.fromEntries(pairs), data: unescape(data, inData) };
};

const linesOf = (reports: readonly Report[], context: Partial<ReportContext> = {}): readonly string[] => {
  const text = renderGithub(reports, { ...plain, ...context });
  expect(text.endsWith('\n')).toBe(true);
  return text.slice(0, -1).split('\n');
};
const commandsOf = (...reports: readonly Report[]): readonly Command[] =>
  linesOf(reports).flatMap((line) => commandIn(line) ?? []);
const of = (changed: Partial<Finding>): Report => ({
  ...report,
  diagnostics: [],
  findings: report.findings.slice(1, 2).map((finding) => ({ ...finding, ...changed })),
});
const many = (count: number, changed: Partial<Finding> = {}): Report => ({
  ...report,
  findings: Array.from({ length: count }, (_, index) => ({
    ...(of(changed).findings[0] as Finding),
    address: `aws_db_proxy.p${index}`,
  })),
});

describe('workflow commands', () => {
  test('have file, line, column, title, what was seen, and the edit', () => {
    expect(commandsOf(of({}))).toEqual([
      {
        name: 'error',
        properties: { file: 'main.tf', line: '88', col: '3', title: 'connect-arn-not-resource-id (high)' },
        data: [
          "aws_iam_role_policy.orders_connect: The statement names the proxy's name; IAM compares its resource id (prx-…).",
          'Fix: In the statement of aws_iam_role_policy.orders_connect, write as resource:',
          '  "arn:aws:rds-db:us-east-1:123456789012:dbuser:$'.concat(
            '{element(split(":", aws_db_proxy.main.arn), 6)}/app"',
          ),
          'More: rds-auth-policy explain connect-arn-not-resource-id',
        ].join('\n'),
      },
    ]);
  });

  test.each([
    ['mandatory', {}, 'error'],
    ['advisory', { enforcement: 'advisory' }, 'warning'],
    ['undecided', { outcome: 'unknown' }, 'notice'],
    ['in the baseline', { baseline: 'unchanged' }, undefined],
  ] as const)('what is %s is the level %s', (_, changed, level) => {
    expect(commandsOf(of(changed))[0]?.name).toBe(level);
  });

  test('undecided is an error where that fails the run', () => {
    expect(linesOf([of({ outcome: 'unknown' })], { unknown: 'fail' })[0]).toMatch(/^::error .*::Undecided: /);
  });

  test.each([
    ['a plan below the repository', 'infra/./x/../plan.json', 'infra/plan.json'],
    ['one on Windows', 'infra\\plan.json', 'infra/plan.json'],
    ['one elsewhere', '/tmp/plan.json', undefined],
    ['one above', '../plan.json', undefined],
    ['standard input', '-', undefined],
  ])('without source the file is %s', (_, path, file) => {
    const input = report.input.slice(0, 1).map((each) => ({ ...each, path }));
    const [command] = commandsOf({ ...of({ origins: [] }), input });
    expect(command?.properties).toEqual({ ...(file === undefined ? {} : { file }), title: expect.any(String) });
  });

  test('columns are those of one line', () => {
    const at = { address: 'a', path: 'b', file: 'm.tf', line: 1, column: 2, endLine: 3, endColumn: 4 };
    expect(commandsOf(of({ origins: [at] }))[0]?.properties).toMatchObject({ line: '1', endLine: '3' });
    expect(commandsOf(of({ origins: [at] }))[0]?.properties).not.toHaveProperty('col');
    expect(commandsOf(of({ origins: [{ ...at, endLine: 1 }] }))[0]?.properties).toMatchObject({
      col: '2',
      endColumn: '4',
    });
  });

  test('ten of each level, over all plans, the worst first', () => {
    const worst = of({ severity: 'critical', address: 'aws_db_proxy.worst' });
    const advice = many(12, { enforcement: 'advisory' });
    const commands = commandsOf(many(20), worst, advice);
    const count = (name: string): number => commands.filter((command) => command.name === name).length;
    expect([count('error'), count('warning'), count('notice')]).toEqual([10, 10, 0]);
    const text = linesOf([many(20), worst, advice]).join('\n');
    expect(text).toContain('11 more errors, 4 more warnings not shown');
    expect(commands[0]?.data).toMatch(/^aws_db_proxy\.worst: /);
  });

  test('messages are cut before the runner would cut them', () => {
    const [command] = commandsOf(of({ message: `${'%'.repeat(4_000)}\ud83d\ude00` }));
    expect(command?.data.length).toBeLessThan(4_096);
    expect(command?.data).toMatch(/%…$/);
  });

  const wrongPolicy = (count: number, file: string): Report['diagnostics'] =>
    Array.from({ length: count }, (_, index) => ({
      severity: 'error',
      code: 'policy-invalid',
      summary: `Key ${index} is not known.`,
      origin: { file, line: index + 1 },
    }));

  test('a policy that is wrong takes one place, below what fails', () => {
    const both: Report = { ...of({}), verdict: 'error', diagnostics: wrongPolicy(12, 'policies/p/policy.yaml') };
    expect(commandsOf(both).map(({ name, properties }) => [name, properties['file']])).toEqual([
      ['error', 'main.tf'],
      ['error', 'policies/p/policy.yaml'],
    ]);
    expect(commandsOf(both)[1]?.data).toBe(
      'policies/p/policy.yaml:1: Key 0 is not known. And 11 more of this kind in this file.',
    );
    expect(linesOf([both]).at(-1)).toBe('rds-auth-policy: ERROR plan.json: 1 finding fails the run, 12 errors.');
  });

  test('of many findings and many errors, the last place is for an error', () => {
    const diagnostics = ['a', 'b'].flatMap((name) => wrongPolicy(1, `${name}.yaml`));
    const files = commandsOf({ ...many(20), verdict: 'error', diagnostics }).map(
      ({ properties }) => properties['file'],
    );
    expect(files).toEqual([...Array.from({ length: 9 }, () => 'main.tf'), 'a.yaml']);
  });

  test('errors have their place, warnings stay warnings', () => {
    const failure = errorReport(
      [
        {
          severity: 'error',
          code: 'input-unreadable',
          summary: 'It is no JSON.',
          detail: 'Look.',
          origin: { file: 'p', line: 2 },
        },
      ],
      [],
      '1',
    );
    expect(commandsOf(failure)).toEqual([
      {
        name: 'error',
        properties: { file: 'p', line: '2', title: 'input-unreadable' },
        data: 'p:2: It is no JSON.\nLook.',
      },
    ]);
    expect(commandsOf(report).map(({ name }) => name)).toEqual(['error', 'warning', 'warning', 'notice', 'notice']);
  });
});

describe('what closes them', () => {
  test.each([
    [passing, 'rds-auth-policy: PASS plan.json: 0 findings fail the run.'],
    [empty, 'rds-auth-policy: PASS plan.json: 0 findings fail the run.'],
    [report, 'rds-auth-policy: FAIL plan.json: 1 finding fails the run, 1 advisory, 2 undecided.'],
    [
      many(2, { baseline: 'unchanged' }),
      'rds-auth-policy: FAIL plan.json: 0 findings fail the run, 2 in the baseline.',
    ],
    [errorReport([], [], '1'), 'rds-auth-policy: ERROR, no answer, 0 errors.'],
  ])('is one line for each plan', (one, line) => {
    expect(linesOf([one]).at(-1)).toBe(line);
  });

  test.each(['::error::x', '%0A::error::x', '\n::set-env name=a::b', '##[error]x', ' ::stop-commands::x', 'a,b=c:d'])(
    'a name like %j makes no command',
    (name) => {
      const commands = commandsOf(named(name));
      expect(commands.map((command) => command.name)).toEqual(commandsOf(report).map((command) => command.name));
      for (const { properties } of commands)
        expect(Object.keys(properties).filter((key) => !['file', 'line', 'title'].includes(key))).toEqual([]);
      for (const line of linesOf([named(name)])) {
        expect(line).toMatch(/^(?:::(?:error|warning|notice) |rds-auth-policy: )/);
        expect(line).not.toMatch(/##\[/);
      }
    },
  );
});
