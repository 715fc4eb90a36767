import { describe, expect, test } from '@jest/globals';
import type { Finding } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import { renderAzureDevops } from './azuredevops.ts';
import type { ReportContext } from './context.ts';
import { errorReport } from './error-report.ts';
import { named, passing, plain, report } from './report.test-support.ts';

type Command = { readonly name: string; readonly properties: Readonly<Record<string, string>>; readonly data: string };

const unescape = (text: string): string =>
  (
    [
      ['%3B', ';'],
      ['%0D', '\r'],
      ['%0A', '\n'],
      ['%5D', ']'],
      ['%AZP25', '%'],
    ] as const
  ).reduce((all, [code, sign]) => all.replaceAll(code, sign), text);

/** What the agent makes of a line: it looks for `##vso[` anywhere, for the first `]`, and parts the rest at `;`. */
const commandIn = (line: string): Command | null => {
  const start = line.indexOf('##vso[');
  const end = line.indexOf(']', start);
  if (start === -1 || end === -1) return null;
  const [name = '', ...rest] = line.slice(start + 6, end).split(' ');
  const pairs = rest
    .join(' ')
    .split(';')
    .filter((pair) => pair !== '')
    .map((pair) => [pair.slice(0, pair.indexOf('=')), unescape(pair.slice(pair.indexOf('=') + 1))] as const);
  return { name, properties: Object.fromEntries(pairs), data: unescape(line.slice(end + 1)) };
};

const linesOf = (reports: readonly Report[], context: Partial<ReportContext> = {}): readonly string[] =>
  renderAzureDevops(reports, { ...plain, ...context })
    .trimEnd()
    .split('\n');
const commandsOf = (...reports: readonly Report[]): readonly Command[] =>
  linesOf(reports).flatMap((line) => commandIn(line) ?? []);
const of = (changed: Partial<Finding>): Report => ({
  ...report,
  diagnostics: [],
  findings: report.findings.slice(1, 2).map((finding) => ({ ...finding, ...changed })),
});
const failure = errorReport([{ severity: 'error', code: 'input-unreadable', summary: 'It is no JSON.' }], [], '1');

describe('logging commands', () => {
  test('have type, place, policy and what was seen; the result is the last', () => {
    expect(commandsOf(of({}))).toEqual([
      {
        name: 'task.logissue',
        properties: {
          type: 'error',
          sourcepath: 'main.tf',
          linenumber: '88',
          columnnumber: '3',
          code: 'connect-arn-not-resource-id',
        },
        data: "aws_iam_role_policy.orders_connect: The statement names the proxy's name; IAM compares its resource id (prx-…). (More: rds-auth-policy explain connect-arn-not-resource-id)",
      },
      { name: 'task.complete', properties: { result: 'Failed' }, data: 'rds-auth-policy: FAIL' },
    ]);
  });

  test.each([
    ['a failure', [report], 'Failed'],
    ['an error', [failure], 'Failed'],
    ['a pass and a failure', [passing, report], 'Failed'],
    ['a pass', [passing], 'Succeeded'],
    ['a pass with advice', [{ ...of({ enforcement: 'advisory' }), verdict: 'pass' }], 'SucceededWithIssues'],
    ['a pass with what is undecided', [{ ...of({ outcome: 'unknown' }), verdict: 'pass' }], 'Succeeded'],
    ['a pass with a warning', [{ ...passing, diagnostics: report.diagnostics }], 'SucceededWithIssues'],
  ] as const)('of %s end in the result %s', (_, reports, result) => {
    const completed = commandsOf(...reports).filter(({ name }) => name === 'task.complete');
    expect(completed.map(({ properties }) => properties)).toEqual([{ result }]);
    expect(linesOf(reports).at(-1)).toContain('task.complete');
  });

  test('undecided is a line, and an error where that fails the run', () => {
    expect(linesOf([of({ outcome: 'unknown' })])[0]).toMatch(/^connect-arn-not-resource-id: Undecided: aws_iam/);
    expect(linesOf([of({ outcome: 'unknown' })], { unknown: 'fail' })[0]).toMatch(/type=error;.*\]Undecided: /);
  });

  test.each([
    '##vso[task.complete result=Succeeded;]',
    '##[error]x',
    'a];code=b;]c',
    '%0A##vso[task.setvariable variable=PATH]x',
    '%AZP250A',
    '\n##VSO[task.complete]',
    'a;type=warning',
  ])('a name like %j makes none', (name) => {
    const commands = commandsOf(named(name));
    expect(commands.map((command) => [command.name, command.properties['type']])).toEqual(
      commandsOf(report).map((command) => [command.name, command.properties['type']]),
    );
    for (const line of linesOf([named(name)])) {
      expect(line.slice(2)).not.toMatch(/##(?:vso)?\[/i);
      const isCommand = line.startsWith('##vso[task.logissue type=') || line.startsWith('##vso[task.complete result=');
      expect(isCommand || !line.startsWith('##')).toBe(true);
    }
  });
});
