import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Finding } from './model/finding.ts';
import type { Report } from './model/report.ts';
import type { Origin } from './model/value.ts';
import { checkFile } from './testing/check-file.ts';
import { checkDirectory, checkSavedPlan, checkWithSource } from './testing/check-source.ts';
import { contradictionsBetween } from './testing/contradictions-between.ts';
import { answerOf, expectedAt } from './testing/expected.ts';

const root = 'testdata/called-twice';
const expected = expectedAt(root);

const ways: readonly (readonly [way: string, read: () => Report])[] = [
  ['plan.json with its source', () => checkWithSource(`${root}/plan.json`, `${root}/config`)],
  ['the source alone', () => checkDirectory(`${root}/config`)],
  ['the saved plan', () => checkSavedPlan(`${root}/plan.tfplan`)],
];

/** Lines of a block, from its header to its end, in a file below `config`. */
const linesOf = (file: string, header: string): { readonly first: number; readonly last: number } => {
  const lines = readFileSync(`${root}/config/${file}`, 'utf8').split('\n');
  const first = lines.indexOf(`${header} {`);
  return { first: first + 1, last: lines.indexOf('}', first) + 1 };
};

const isIn = ({ line = 0 }: Pick<Origin, 'line'>, file: string, header: string): boolean => {
  const { first, last } = linesOf(file, header);
  return first > 0 && line >= first && line <= last;
};

/** Where the module that an origin stands in is called, the nearest call first. */
type Called = Origin & { readonly calls?: readonly { readonly file: string; readonly line: number }[] };

type Mistake = {
  readonly policy: string;
  readonly address: string;
  readonly header: string;
  /** File and header of the calls, the nearest first. */
  readonly calls: readonly (readonly [file: string, header: string])[];
};

const library = 'modules/database/main.tf';

const mistakes: readonly Mistake[] = [
  {
    policy: 'proxy-iam-requires-tls',
    address: 'module.billing.aws_db_proxy.main',
    header: 'resource "aws_db_proxy" "main"',
    calls: [['main.tf', 'module "billing"']],
  },
  {
    policy: 'connect-arn-not-resource-id',
    address: 'module.tenant["west"].module.database.aws_iam_role_policy.connect',
    header: 'resource "aws_iam_role_policy" "connect"',
    calls: [
      ['modules/tenant/main.tf', 'module "database"'],
      ['main.tf', 'module "tenant"'],
    ],
  },
];

const findingOf = (report: Report, { policy }: Mistake): Finding | undefined =>
  report.findings.find((finding) => finding.policy === policy && finding.outcome === 'fail');

/** The origin in the resource that has the mistake. */
const originOf = (report: Report, mistake: Mistake): Called | undefined =>
  findingOf(report, mistake)?.origins.find(({ address }) => address === mistake.address);

const endsWith = (path: string, file: string): boolean => path === file || path.endsWith(`/${file}`);

test('plan.json alone says nothing that the source takes back', () => {
  const { matrix, connections, findings } = checkFile(`${root}/plan.json`);
  const judged = { matrix, connections, findings: findings.filter(({ enforcement }) => enforcement === 'mandatory') };
  expect(contradictionsBetween(judged, expected)).toEqual([]);
});

describe.each(ways)('a module called more than once, from %s', (_, read) => {
  test('is judged for each of its instances', () => expect(answerOf(read())).toEqual(expected));

  test.each(mistakes)('$policy names the instance: $address', (mistake) => {
    expect(findingOf(read(), mistake)?.address).toBe(mistake.address);
  });

  test.each(mistakes)('$policy shows the line of the resource in the module', (mistake) => {
    const { file, line } = originOf(read(), mistake) ?? {};
    expect(file).toMatch(/(?:^|\/)modules\/database\/main\.tf$/);
    expect(isIn({ line: line ?? 0 }, library, mistake.header)).toBe(true);
  });

  test.each(mistakes)('$policy shows the lines of the calls that made this instance', (mistake) => {
    const calls = originOf(read(), mistake)?.calls ?? [];
    expect(calls).toHaveLength(mistake.calls.length);
    expect(mistake.calls.every(([file], index) => endsWith(calls[index]?.file ?? '', file))).toBe(true);
    expect(calls.map(({ line }) => line)).toEqual(mistake.calls.map(([file, header]) => linesOf(file, header).first));
  });
});
