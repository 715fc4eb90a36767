import { readFileSync, readdirSync } from 'node:fs';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { Report } from './model/report.ts';
import { unexplainedLegs } from './testing/broken-legs.ts';
import { checkFile } from './testing/check-file.ts';
import { cells, connectionKey, contradictions, expectedAt, mandatoryFailures } from './testing/expected.ts';

const root = 'testdata/scenarios';
const scenarios = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

const reports = new Map<string, Report>();
const reportOf = (name: string): Report => {
  const report = reports.get(name) ?? checkFile(`${root}/${name}/plan.json`);
  reports.set(name, report);
  return report;
};

const rows = scenarios.filter((name) => name.startsWith('row-'));

/** Configurations whose policies are all written with `aws_iam_policy_document`: those survive in plan JSON. */
const usesDocuments = (name: string): boolean =>
  !/\n {2}policy\s*=\s*jsonencode/.test(readFileSync(`${root}/${name}/config/main.tf`, 'utf8')) &&
  !/dynamic "/.test(readFileSync(`${root}/${name}/config/main.tf`, 'utf8'));

const unknownCells = (name: string): readonly string[] => {
  const wanted = cells(expectedAt(`${root}/${name}`).matrix);
  return [...cells(reportOf(name).matrix)].filter(([key, cell]) => cell !== wanted.get(key)).map(([key]) => key);
};

describe('every scenario, from plan.json alone', () => {
  test('there are sixty', () => expect(scenarios).toHaveLength(60));

  test.each(scenarios)('%s: equal or weaker, and nothing contradicts', (name) => {
    expect(contradictions(reportOf(name), expectedAt(`${root}/${name}`))).toEqual([]);
  });

  test.each(scenarios)('%s: every broken leg of an unreachable connection has a mandatory finding', (name) => {
    expect(unexplainedLegs(reportOf(name))).toEqual([]);
  });

  test.each(scenarios)('%s: no diagnostic', (name) => {
    expect(reportOf(name).diagnostics).toEqual([]);
  });

  test.each(scenarios.filter(usesDocuments))('%s: every cell is decided', (name) => {
    expect(unknownCells(name)).toEqual([]);
  });

  test.each(rows)('%s: the row of the settings matrix, exactly', (name) => {
    expect(reportOf(name).matrix).toEqual(expectedAt(`${root}/${name}`).matrix);
  });
});

/** Findings that rest on no policy document with an unknown in it. */
const withoutDocument = [
  ['mistake-auth-username', 'proxy-auth-username-with-secret'],
  ['mistake-boundary', 'connect-grant-denied'],
  ['mistake-customer-key', 'proxy-role-cannot-decrypt-secret'],
  ['mistake-database-iam-off', 'proxy-end-to-end-needs-database-iam'],
  ['mistake-database-ingress-port', 'proxy-network-blocked'],
  ['mistake-database-without-ingress', 'proxy-network-blocked'],
  ['mistake-end-to-end-role-cannot-connect', 'proxy-role-cannot-connect'],
  ['mistake-end-to-end-role-names-identifier', 'connect-arn-not-resource-id'],
  ['mistake-engine-family', 'proxy-engine-mismatch'],
  ['mistake-grant-database-iam-off', 'connect-grant-iam-disabled'],
  ['mistake-grant-database-identifier', 'connect-arn-not-resource-id'],
  ['mistake-grant-proxy-id', 'connect-arn-not-resource-id'],
  ['mistake-grant-proxy-name', 'connect-arn-not-resource-id'],
  ['mistake-iam-mode-enabled', 'proxy-iam-mode-unsupported'],
  ['mistake-no-auth', 'proxy-without-credentials'],
  ['mistake-no-target', 'proxy-without-target'],
  ['mistake-password-type', 'proxy-password-type-mismatch'],
  ['mistake-proxy-without-egress', 'proxy-network-blocked'],
  ['mistake-read-only-endpoint', 'proxy-endpoint-read-only-unsupported'],
  ['mistake-role-cannot-read', 'proxy-role-cannot-read-secret'],
  ['mistake-role-trust', 'proxy-role-not-assumable'],
  ['mistake-secret-without-password', 'secret-without-credentials'],
  ['mistake-tls-off', 'proxy-iam-requires-tls'],
  ['row-tls-off-proxy-iam-required-rds-iam-off', 'proxy-iam-requires-tls'],
  ['row-tls-off-proxy-iam-required-rds-iam-on', 'proxy-iam-requires-tls'],
] as const;

test.each(withoutDocument)('%s: %s fails from plan.json alone', (name, policy) => {
  const { findings } = expectedAt(`${root}/${name}`);
  const expected = findings.filter((finding) => finding.policy === policy).map((f) => `${f.policy} ${f.address}`);
  expect(expected).not.toEqual([]);
  expect(mandatoryFailures(reportOf(name))).toEqual(expect.arrayContaining(expected));
});

afterAll(() => {
  const share = (decided: number, all: number): string =>
    `${decided} of ${all} (${Math.round((100 * decided) / all)} %)`;
  const expected = new Map(scenarios.map((name) => [name, expectedAt(`${root}/${name}`)]));
  const total = (count: (name: string) => number): number => scenarios.reduce((sum, name) => sum + count(name), 0);
  const allCells = total((name) => cells(expected.get(name)?.matrix ?? []).size);
  const decidedConnections = total((name) => {
    const said = new Map(reportOf(name).connections.map((c) => [connectionKey(c), c.verdict]));
    return (expected.get(name)?.connections ?? []).filter((c) => said.get(connectionKey(c)) === c.verdict).length;
  });
  const decidedFindings = total((name) => {
    const said = new Set(mandatoryFailures(reportOf(name)));
    return (expected.get(name)?.findings ?? []).filter((f) => said.has(`${f.policy} ${f.address}`)).length;
  });
  process.stdout.write(
    [
      'Decided from plan.json alone:',
      `cells ${share(allCells - total((name) => unknownCells(name).length), allCells)},`,
      `connections ${share(
        decidedConnections,
        total((name) => expected.get(name)?.connections.length ?? 0),
      )},`,
      `findings ${share(
        decidedFindings,
        total((name) => expected.get(name)?.findings.length ?? 0),
      )}.\n`,
    ].join(' '),
  );
});
