import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Report } from '../model/report.ts';
import type { ReportContext } from './context.ts';
import { renderPretty } from './pretty.ts';
import { empty, passing, plain, report } from './report.test-support.ts';

/** Compares with `golden/NAME.txt`. With UPDATE_GOLDEN=1 it is written: read the difference before you commit it. */
const expectGolden = (name: string, text: string): void => {
  const file = new URL(`./golden/${name}.txt`, import.meta.url);
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, 'utf8'));
};

const render = (changed: Partial<ReportContext> = {}, ...reports: readonly Report[]): string =>
  renderPretty(reports.length === 0 ? [report] : reports, { ...plain, ...changed });

const colours = new RegExp(`${String.fromCharCode(27)}\\[[0-9]+m`, 'g');

const withoutColours = (text: string): string => text.replaceAll(colours, '');

describe('the whole text', () => {
  test.each<[string, Partial<ReportContext>]>([
    ['pretty-80', {}],
    ['pretty-160', { width: 160 }],
    ['pretty-80-ascii', { unicode: false }],
    ['pretty-80-verbose', { verbose: true }],
    ['pretty-80-quiet', { quiet: true }],
    ['pretty-80-colour', { color: true }],
  ])('%s', (name, changed) => expectGolden(name, render(changed)));

  test('colour adds nothing but colour', () => {
    expect(withoutColours(render({ color: true }))).toBe(render());
  });

  test('several plans, one after the other', () => {
    expect(render({}, passing, empty)).toBe(`${render({}, passing)}\n${render({}, empty)}`);
  });
});

describe('width', () => {
  test.each([60, 80, 120])('%d columns hold every line of prose', (width) => {
    const long = render({ width })
      .split('\n')
      .filter((line) => line.length > width);
    expect(long.filter((line) => !/arn:aws:rds-db|\(network\.json\)|\(main\.tf:88\)/.test(line))).toEqual([]);
  });

  test('addresses stay whole, also where their keys hold blanks', () => {
    expect(render({ width: 40 })).toContain('module.network["a b"].aws_security_group.database.ingress (network.json)');
  });
});

describe('the sentence below the verdict', () => {
  const counts = (reachable: number, unreachable: number, unknown: number): Report['summary'] => ({
    ...report.summary,
    connections: { reachable, unreachable, unknown },
  });
  const mandatory = report.findings.slice(1, 2);
  const change = {
    connection: 'c1',
    path: 'iam-proxy-rds',
    database: 'aws_db_instance.main',
    proxy: 'aws_db_proxy.main',
    user: 'app',
    principal: 'aws_iam_role.orders',
    kind: 'breaks',
    before: 'reachable',
    after: 'unreachable',
  } as const;

  test.each<[string, Partial<Report>]>([
    ['All 3 ways in work.', { summary: counts(3, 0, 0) }],
    ['The one way in works.', { summary: counts(1, 0, 0) }],
    ['No way in is meant to be used.', { summary: counts(0, 0, 0) }],
    ['Nothing is broken; 1 of 3 ways in is undecided.', { summary: counts(2, 0, 1) }],
    ['Nothing is broken; 2 of 3 ways in are undecided.', { summary: counts(1, 0, 2) }],
    ['1 of 1 way in cannot work.', { verdict: 'fail', summary: counts(0, 1, 0) }],
    ['1 mandatory check fails.', { verdict: 'fail', summary: counts(1, 0, 0), findings: mandatory }],
    [
      'Nothing is broken, but mandatory checks are undecided, and that was not to pass.',
      { verdict: 'fail', summary: counts(1, 0, 0) },
    ],
    [
      'This plan breaks 1 way in that works today. 1 of 2 ways in cannot work.',
      { verdict: 'fail', summary: counts(1, 1, 0), changes: [change] },
    ],
    ['The question could not be answered.', { verdict: 'error' }],
  ])('%s', (sentence, changed) => {
    expect(render({}, { ...passing, ...changed }).split('\n\n')[1]).toBe(sentence);
  });
});

test('a plan without database and proxy is one line', () => {
  expect(render({}, empty)).toBe('PASS  plan.json: no database and no proxy, so nothing to check.\n');
});

test('a warning is said even then', () => {
  expect(render({}, { ...empty, diagnostics: report.diagnostics })).toMatch(/^PASS .*\n\nwarning: plan\.json: /);
});

test('names cannot move the cursor, recolour, reorder or add lines', () => {
  const evil = 'a\u001b[2J\u009b1m\u202e\r\nPASS';
  const [first] = report.connections;
  const text = render(
    {},
    {
      ...report,
      connections: first === undefined ? [] : [{ ...first, user: evil, database: evil, principal: evil }],
      findings: report.findings.map((finding) => ({ ...finding, address: evil })),
      input: report.input.map((input) => ({ ...input, path: evil, terraformVersion: evil })),
    },
  );
  expect(text).not.toMatch(/(?!\n)\p{Cc}|\u202e|^PASS/mu);
  expect(text).toContain('a\\u001b[2J\\u009b1m\\u202e\\u000d\\nPASS');
});
