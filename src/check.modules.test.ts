import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Report } from './model/report.ts';
import { checkFile } from './testing/check-file.ts';
import { checkDirectory, checkSavedPlan, checkWithSource } from './testing/check-source.ts';
import { contradictionsBetween, ofLogins } from './testing/contradictions-between.ts';
import { answerOf, contradictions, expectedAt } from './testing/expected.ts';

const root = 'testdata/modules';
const names = readdirSync(root).filter((name) => name !== 'library');

const config = (name: string): string => `${root}/${name}/config`;
const withPlan = (name: string): Report => checkWithSource(`${root}/${name}/plan.json`, config(name));
const alone = (name: string): Report => checkDirectory(config(name));

/** A saved plan keeps no file but `.tf`: what `file` and `templatefile` read is not in it. */
const readsFiles = ['deferred-documents', 'mixed-proxy-name'];

/** What is not decided by what the texts say. */
const undecided = (report: Report): readonly string[] => [
  ...report.connections.flatMap(({ path, user, legs, assumptions }) => [
    ...legs.filter(({ status }) => status === 'unknown').map(({ leg, reason }) => `${path} ${user} ${leg}: ${reason}`),
    ...assumptions.filter((assumption) => assumption.startsWith('reference used whole')),
  ]),
  ...report.findings
    .filter(({ outcome, enforcement }) => outcome === 'unknown' && enforcement === 'mandatory')
    .map(({ policy, address }) => `${policy} ${address}`),
];

test('there are six configurations', () => expect(names).toHaveLength(6));

describe.each(names)('modules as people have them: %s', (name) => {
  const expected = expectedAt(`${root}/${name}`);

  test('plan.json alone says nothing that the source takes back', () => {
    expect(contradictionsBetween(ofLogins(checkFile(`${root}/${name}/plan.json`)), expected)).toEqual([]);
  });

  test('plan.json alone says less: the modules hide the rest', () => {
    expect(answerOf(checkFile(`${root}/${name}/plan.json`))).not.toEqual(expected);
  });

  test('plan.json with its source', () => expect(answerOf(withPlan(name))).toEqual(expected));

  test('the source alone', () => expect(answerOf(alone(name))).toEqual(expected));

  test.each([
    ['plan.json with its source', withPlan],
    ['the source alone', alone],
  ] as const)('%s: every IAM document is decided, and nothing is told about', (_, read) => {
    const report = read(name);
    expect(undecided(report)).toEqual([]);
    expect(report.diagnostics).toEqual([]);
    expect(JSON.stringify(report)).not.toMatch(/canary/);
  });
});

test.each(names.filter((name) => !readsFiles.includes(name)))('%s: the saved plan', (name) => {
  expect(answerOf(checkSavedPlan(`${root}/${name}/plan.tfplan`))).toEqual(expectedAt(`${root}/${name}`));
});

test.each(readsFiles)('%s: the saved plan, which lacks a file, contradicts nothing', (name) => {
  const report = checkSavedPlan(`${root}/${name}/plan.tfplan`);
  expect(contradictions(report, expectedAt(`${root}/${name}`))).toEqual([]);
});

test.each([
  ['aurora-mysql-two-users', 'platform.role', '.terraform/modules/platform.role/modules/iam-role'],
  ['end-to-end-for-each', 'client', '.terraform/modules/client/modules/iam-role'],
])('%s: %s is found by the list that terraform init wrote', (name, key, directory) => {
  const { Modules } = JSON.parse(readFileSync(`${config(name)}/.terraform/modules/modules.json`, 'utf8'));
  expect(Modules).toContainEqual(expect.objectContaining({ Key: key, Dir: directory }));
});

test('a finding deep in modules stands in the file of the library that has the resource', () => {
  const report = withPlan('mixed-proxy-name');
  const origins = report.findings.find(({ policy }) => policy === 'connect-arn-not-resource-id')?.origins ?? [];
  expect(origins.map(({ file }) => file)).toContainEqual(
    expect.stringMatching(/library\/iam\/modules\/iam-policy\/main\.tf$/),
  );
});
