import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parseExpression } from '../parse/parse.ts';
import { isFailure, textAt } from '../values.ts';
import { newBudget } from './budget.ts';
import { evaluate } from './evaluate.ts';
import { callFunction } from './functions/index.ts';
import { context } from './functions/values.test-support.ts';

/** What `terraform console` says, and what we say. */

const rows = readFileSync('testdata/hcl/console.tsv', 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.split('\t'))
  .map(([expression = '', expected = '']) => ({ expression, expected }));

const errorMark = 'ERR';

/** Null where we do not know. */
const ours = (expression: string): string | null => {
  const { value, faults } = parseExpression(expression);
  if (faults.length > 0) return faults.map(({ summary }) => summary).join();
  const scope = {
    lookup: () => undefined,
    functions: context,
    file: { path: '', text: expression },
    budget: newBudget(),
  };
  const text = callFunction('jsonencode', [evaluate(value, scope)], context);
  if (isFailure(text)) return errorMark;
  return textAt(text) ?? null;
};

/** What we leave open, and why. */
const leftOpen: Readonly<Record<string, readonly string[]>> = {
  'whether a value is a list or a tuple, a map or an object, is not always known': [
    '[1,2] == tolist([1,2])',
    '{a=1} == tomap({a=1})',
    'tolist([]) == []',
    '{} == tomap({})',
    'toset(["a"])[*] == ["a"]',
  ],
  'more digits than a number of JavaScript keeps': [
    '1/3',
    'jsonencode(1/3)',
    '"${1/3}"',
    '9007199254740993',
    '"${9007199254740993}"',
    'pow(2,0.5)',
    'log(1000, 10)',
    'parseint("Zz",62)',
    '"${0.1+0.2}"',
    'jsonencode(0.1+0.2)',
    'sum([0.1,0.2])',
    'format("%.3g", 1234.5)',
  ],
  'infinity is no number here, and there is but one zero': ['1/0', 'can(1/0)', '0 == -0', '0 * -1', 'tostring(0 * -1)'],
  'collections in a set stand in an order of their own': ['toset([[2],[1]])', 'setproduct(toset(["b","a"]),["d","c"])'],
  'other versions of Terraform say something else': [
    'element([1,2,3], -1)',
    'cidrsubnet("10.0.0.0/8", -1, 0)',
    'cidrsubnet("10.0.0.0/8", 2, -1)',
  ],
  'read in a way of its own': ['cidrhost("::ffff:10.0.0.1/120", 5)'],
};

/** The branch that is not taken is not looked at, but for what makes a number a text. */
const differences = [{ expression: 'true ? [1] : ["a","b"]', answer: '[1]' }];

describe('against the recorded answers of the console', () => {
  const answers = rows.map((row) => ({ ...row, answer: ours(row.expression) }));

  test('no answer is another one', () => {
    const others = answers.filter(({ answer, expected }) => answer !== null && answer !== expected);
    expect(others.map(({ expression, answer }) => ({ expression, answer }))).toEqual(differences);
  });

  test('only these have none', () => {
    const open = answers.filter(({ answer }) => answer === null).map(({ expression }) => expression);
    expect(open.sort()).toEqual(Object.values(leftOpen).flat().sort());
  });

  test('there are enough of them', () => {
    expect(rows.length).toBeGreaterThan(500);
  });
});

const isInstalled = spawnSync('terraform', ['version']).status === 0;

/** The console prints the last value only: all are asked for in one. */
const askConsole = (expressions: readonly string[]): readonly unknown[] => {
  const directory = mkdtempSync(join(tmpdir(), 'console-'));
  const tries = expressions.map((expression) => `try(jsonencode(${expression}), "${errorMark}")`);
  const { stdout } = spawnSync('terraform', ['console'], {
    cwd: directory,
    input: `jsonencode([${tries.join(', ')}])\n`,
    encoding: 'utf8',
  });
  rmSync(directory, { recursive: true });
  return JSON.parse(JSON.parse(stdout));
};

(isInstalled ? test : test.skip)('terraform, where it is installed, still says what is recorded', () => {
  expect(askConsole(rows.map(({ expression }) => expression))).toEqual(rows.map(({ expected }) => expected));
});
