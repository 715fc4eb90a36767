import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Connection } from './model/connection.ts';
import type { Finding } from './model/finding.ts';
import type { Report } from './model/report.ts';
import { checkFile } from './testing/check-file.ts';
import { expectedAt, mandatoryFailures } from './testing/expected.ts';

const scenarios = 'testdata/scenarios';
const mends = 'testdata/mends';
const mistakes = readdirSync(scenarios).filter((name) => name.startsWith('mistake-'));

const reports = new Map<string, Report>();
const reportOf = (path: string): Report => {
  const report = reports.get(path) ?? checkFile(path);
  reports.set(path, report);
  return report;
};

const before = (name: string): Report => reportOf(`${mends}/${name}/mistake-plan.json`);
const after = (name: string): Report => reportOf(`${mends}/${name}/plan.json`);

const isMandatoryFailure = ({ outcome, enforcement }: Finding): boolean =>
  outcome === 'fail' && enforcement === 'mandatory';

const printedBy = (report: Report) =>
  report.findings
    .filter(isMandatoryFailure)
    .map(({ policy, address, remediation }) => ({ policy, address, remediation }));

type Step = { readonly sentence: string; readonly lines: readonly string[] };

/** A remediation as sentences, each with the lines to type below it. */
const stepsOf = (remediation: string): readonly Step[] =>
  remediation.split(/\n(?! {2})/).map((step) => {
    const [sentence = '', ...lines] = step.split('\n');
    return { sentence, lines: lines.map((line) => line.trim()) };
  });

/** Ways to do it, of which the first was taken: each a list of lines. Steps with "or" are the same in another style. */
const waysOf = (remediation: string): readonly (readonly (readonly string[])[])[] => {
  const steps = stepsOf(remediation);
  const end = steps.findIndex(({ sentence }) => /^(Or|If)\b/.test(sentence));
  const ways: (readonly string[])[][] = [];
  for (const { sentence, lines } of end < 0 ? steps : steps.slice(0, end)) {
    if (sentence.startsWith('or, ')) ways.at(-1)?.push(lines);
    else if (!sentence.endsWith('with SQL:')) ways.push([lines]);
  }
  return ways;
};

const configurationOf = (name: string): string =>
  readdirSync(`${mends}/${name}`, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.tf'))
    .map((file) => readFileSync(`${mends}/${name}/${file}`, 'utf8'))
    .join('\n');

const unreachable = (report: Report): readonly Connection[] =>
  report.connections.filter(({ verdict }) => verdict === 'unreachable');

/** A mend may give a principal another user, or a user another method: ENABLED becomes one of two. */
const isSameLogin = (one: Connection, other: Connection): boolean =>
  one.proxy === other.proxy &&
  ((one.path === other.path && one.principal === other.principal) || (one.user !== null && one.user === other.user));

test('every mistake is mended', () => {
  expect(mistakes).toHaveLength(35);
  expect(readdirSync(mends)).toEqual(mistakes);
});

describe.each(mistakes)('%s', (name) => {
  test('is found with the remediation that was put in; else remake it with scripts/mends.mjs', () => {
    const { findings } = expectedAt(`${scenarios}/${name}`);
    expect(mandatoryFailures(before(name))).toEqual(findings.map(({ policy, address }) => `${policy} ${address}`));
    expect(printedBy(before(name))).toEqual(JSON.parse(readFileSync(`${mends}/${name}/printed.json`, 'utf8')));
  });

  test('every printed line stands in the configuration as it was printed', () => {
    const text = configurationOf(name);
    const missing = printedBy(before(name))
      .flatMap(({ remediation }) => waysOf(remediation))
      .filter((ways) => !ways.some((lines) => lines.every((line) => text.includes(line))));
    expect(missing).toEqual([]);
  });

  test('nothing is found any more, and nothing is open', () => {
    const mandatory = after(name).findings.filter(({ enforcement }) => enforcement === 'mandatory');
    expect(mandatory.map(({ policy, address, outcome }) => `${outcome} ${policy} ${address}`)).toEqual([]);
  });

  test('what could not log in can', () => {
    const mended = after(name).connections;
    expect(unreachable(after(name))).toEqual([]);
    const lost = unreachable(before(name)).filter(
      (old) => !mended.some((connection) => isSameLogin(connection, old) && connection.verdict === 'reachable'),
    );
    expect(lost.map(({ path, user, principal }) => `${path} ${user} ${principal}`)).toEqual([]);
  });
});

const policies = 'policies/reachability';
const folders = readdirSync(policies, { withFileTypes: true }).filter((entry) => entry.isDirectory());
const cases = folders.flatMap(({ name: policy }) =>
  readdirSync(`${policies}/${policy}/cases`)
    .filter((name) => existsSync(`${policies}/${policy}/cases/${name}/plan.json`))
    .map((name) => [policy, name] as const),
);

const findingsOf = (policy: string, name: string): readonly Finding[] =>
  reportOf(`${policies}/${policy}/cases/${name}/plan.json`).findings.filter((finding) => finding.policy === policy);

test.each(cases.filter(([, name]) => name.startsWith('unknown-')))(
  '%s, %s: has a remediation all the same',
  (policy, name) => {
    const found = findingsOf(policy, name);
    expect(found).not.toEqual([]);
    expect(found.filter(({ remediation }) => remediation.trim() === '')).toEqual([]);
  },
);

test('a grant for an engine without IAM authentication can only go: no switch is offered', () => {
  const [finding] = findingsOf('connect-grant-iam-disabled', 'fail-engine-without-iam');
  expect(finding?.remediation).toContain('in aws_iam_role_policy.orders_connect delete the statement');
  expect(finding?.remediation).not.toContain('iam_database_authentication_enabled');
});

/** What a developer would have to replace before the line works. */
const placeholder = /\b[A-Z]*(USER|PORT|NAME)\b(?!')|\bthe ARN of\b|\(not in view\)|\byour\b|<\w+>|…/;

/** Words for SQL are in capitals too. */
const withoutSql = (remediation: string): string => remediation.replaceAll(/^ {2}CREATE USER .*$/gm, '');

const balance = (lines: readonly string[]): number =>
  [...lines.join('\n')].reduce(
    (depth, character) => depth + Number('{[('.includes(character)) - Number('}])'.includes(character)),
    0,
  );

describe.each(cases.filter(([, name]) => name.startsWith('fail-')))('%s, %s: the remediation', (policy, name) => {
  const found = findingsOf(policy, name).filter(({ outcome }) => outcome === 'fail');

  test('holds no placeholder', () => {
    expect(found).not.toEqual([]);
    expect(found.filter(({ remediation }) => placeholder.test(withoutSql(remediation)))).toEqual([]);
  });

  test('is whole: each sentence says something, and brackets in the lines to type are closed', () => {
    const steps = found.flatMap(({ remediation }) => stepsOf(remediation));
    expect(steps.filter(({ sentence }) => !/[.:]$/.test(sentence))).toEqual([]);
    expect(steps.filter(({ sentence, lines }) => sentence.endsWith(':') !== lines.length > 0)).toEqual([]);
    expect(steps.filter(({ lines }) => balance(lines) !== 0)).toEqual([]);
  });
});
