import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Report } from './model/report.ts';
import { checkFile } from './testing/check-file.ts';
import { checkDirectory, checkSavedPlan, checkWithSource } from './testing/check-source.ts';
import { answerOf, expectedAt } from './testing/expected.ts';

/** Each stack has the name of the scenario that says the same in native syntax, and every resource the same name. */
const root = 'testdata/tf-json';
const scenarios = 'testdata/scenarios';
const names = readdirSync(root, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));

/** All that is said, save where, and in which words: a stack may write a document in another way. */
const verdictsOf = (report: Report): object => ({
  ...answerOf(report),
  findings: report.findings.map(({ policy, address, outcome }) => ({ policy, address, outcome })),
});

test('there are eight stacks', () => expect(names).toHaveLength(8));

test.each(names)('%s is as CDKTF synthesizes it', (name) => {
  const stack = JSON.parse(readFileSync(`${root}/${name}/config/cdk.tf.json`, 'utf8'));
  expect(stack['//'].metadata).toMatchObject({ stackName: name, version: '0.21.0' });
});

describe.each(names)('%s in JSON syntax', (name) => {
  const plan = `${root}/${name}/plan.json`;
  const config = `${root}/${name}/config`;

  test('its plan alone says what the plan of the native syntax says', () => {
    expect(verdictsOf(checkFile(plan))).toEqual(verdictsOf(checkFile(`${scenarios}/${name}/plan.json`)));
  });

  test('with its source: the same verdicts', () => {
    const native = checkWithSource(`${scenarios}/${name}/plan.json`, `${scenarios}/${name}/config`);
    expect(verdictsOf(checkWithSource(plan, config))).toEqual(verdictsOf(native));
  });

  test('its source alone: the same verdicts', () => {
    expect(verdictsOf(checkDirectory(config))).toEqual(verdictsOf(checkDirectory(`${scenarios}/${name}/config`)));
  });

  test.each([
    ['with its source', () => checkWithSource(plan, config)],
    ['its source alone', () => checkDirectory(config)],
    ['its saved plan', () => checkSavedPlan(`${root}/${name}/plan.tfplan`)],
  ] as const)('%s: as expected', (_, read) => {
    expect(answerOf(read())).toEqual(expectedAt(`${scenarios}/${name}`));
  });
});
