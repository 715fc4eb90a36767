import { expect, test } from '@jest/globals';
import type { Report } from './model/report.ts';
import { checkFile } from './testing/check-file.ts';
import { checkWithSource } from './testing/check-source.ts';
import { contradictionsBetween, ofLogins } from './testing/contradictions-between.ts';

// Grants that find their document by `each.value`: the plan says which documents there are, and not which it is.

const root = 'testdata/each-value';
const planAlone = checkFile(`${root}/plan.json`);
const withText = checkWithSource(`${root}/plan.json`, root);

const said = ({ connections }: Report): readonly string[] =>
  connections
    .filter(({ path }) => path === 'iam-rds')
    .map(({ user, principal, verdict }) => `${principal} as ${user}: ${verdict}`)
    .sort();

test('the plan alone: all documents name the database, so that each role may log in there', () => {
  expect(said(planAlone)).toEqual([
    'analysts as null: unknown',
    'orders-batch as null: unknown',
    'orders-service as null: unknown',
  ]);
});

test('with its text: as whom', () => {
  expect(said(withText)).toEqual([
    'analysts as reports: reachable',
    'orders-batch as app: reachable',
    'orders-service as app: reachable',
  ]);
  expect(contradictionsBetween(ofLogins(planAlone), ofLogins(withText))).toEqual([]);
});
