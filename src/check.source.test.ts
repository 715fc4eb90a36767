import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Report } from './model/report.ts';
import { unexplainedLegs } from './testing/broken-legs.ts';
import { checkDirectory, checkSavedPlan, checkWithSource } from './testing/check-source.ts';
import { connectionKey, expectedAt, mandatoryFailures } from './testing/expected.ts';

const root = 'testdata/scenarios';
const scenarios = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

const ways: readonly (readonly [string, (folder: string) => Report])[] = [
  ['plan.json --source config', (folder) => checkWithSource(`${folder}/plan.json`, `${folder}/config`)],
  ['config', (folder) => checkDirectory(`${folder}/config`)],
  ['plan.tfplan', (folder) => checkSavedPlan(`${folder}/plan.tfplan`)],
];

const byRow = (rows: Report['matrix']): Report['matrix'] =>
  [...rows].sort((a, b) => JSON.stringify([a.database, a.proxy]).localeCompare(JSON.stringify([b.database, b.proxy])));

/** What expected.json speaks of, in its own form. */
const answerOf = (report: Report) => ({
  matrix: byRow(report.matrix),
  connections: report.connections.map((connection) => `${connectionKey(connection)}: ${connection.verdict}`),
  findings: mandatoryFailures(report),
  exitCode: report.verdict === 'pass' ? 0 : 1,
});

const expectedAnswer = (name: string) => {
  const { matrix, connections, findings, exitCode } = expectedAt(`${root}/${name}`);
  return {
    matrix: byRow(matrix),
    connections: connections.map((connection) => `${connectionKey(connection)}: ${connection.verdict}`),
    findings: findings.map(({ policy, address }) => `${policy} ${address}`),
    exitCode,
  };
};

describe.each(ways)('every scenario, from %s', (_, judge) => {
  test.each(scenarios)('%s: equal to what is expected, wholly', (name) => {
    expect(answerOf(judge(`${root}/${name}`))).toEqual(expectedAnswer(name));
  });

  test.each(scenarios)('%s: nothing undecided, no diagnostic, and every broken leg has a finding', (name) => {
    const report = judge(`${root}/${name}`);
    expect(report.diagnostics).toEqual([]);
    expect(unexplainedLegs(report)).toEqual([]);
  });
});

/** After apply everything is known: then the text only says where things are written. */
test.each(['create-plan', 'noop-plan'])('a grant is where its statement is written, from %s', (name) => {
  const folder = 'testdata/lifecycle/standard-document';
  const { connections } = checkWithSource(`${folder}/${name}.json`, folder);
  const origins = connections.flatMap(({ legs }) =>
    legs.flatMap(({ leg, origin }) => (leg === 'grant' ? [origin] : [])),
  );
  const lines = readFileSync(`${folder}/main.tf`, 'utf8').split('\n');
  const written = origins.flatMap((origin) => (origin?.address ? [lines[(origin.line ?? 0) - 1]?.trim()] : []));
  expect(written.length).toBeGreaterThan(0);
  for (const line of written) expect(line).toMatch(/^(?:statement \{|resources\s*=.*dbuser)/);
});

test.each<readonly [string, string]>([
  ['mistake-grant-proxy-name', '${aws_db_proxy.main.name}'],
  ['mistake-grant-proxy-arn', '${aws_db_proxy.main.arn}'],
  ['mistake-grant-database-identifier', '${aws_rds_cluster.main.cluster_identifier}'],
])('%s: what is marked is %s', (name, piece) => {
  const { findings } = checkDirectory(`${root}/${name}/config`);
  const [origin] = findings.find(({ policy }) => policy === 'connect-arn-not-resource-id')?.origins ?? [];
  const { line = 0, column = 0, endColumn = 0 } = origin ?? {};
  const written = readFileSync(`${root}/${name}/config/main.tf`, 'utf8').split('\n')[line - 1] ?? '';
  expect(written.slice(column - 1, endColumn - 1)).toBe(piece);
});
