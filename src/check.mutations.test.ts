import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { coversMutant, judgeMutants, notFoundList, readReasons } from './testing/mutation-report.ts';

/** Whatever is taken away from a stack of the constructs is found, or there is a reason why not. */
const mutants = judgeMutants();
const reasons = readReasons();
const rules = reasons.flatMap(({ id, of }) => of.map((rule) => ({ id, rule })));

test('there are enough', () => {
  expect(mutants.length).toBeGreaterThan(1000);
  expect(mutants.filter(({ found }) => found === 'finding' || found === 'way').length).toBeGreaterThan(550);
});

test('what is not found has one reason', () => {
  const reasonsOf = mutants
    .filter(({ found }) => found === null)
    .map((mutant) => ({
      mutant: `${mutant.stack} ${mutant.place}`,
      ids: rules.filter(({ rule }) => coversMutant(rule, mutant)).map(({ id }) => id),
    }));
  expect(reasonsOf.filter(({ ids }) => ids.length !== 1)).toEqual([]);
});

describe('what has a reason is not found', () => {
  test.each(rules)('$id: $rule.what', ({ rule }) => {
    const its = mutants.filter((mutant) => coversMutant(rule, mutant));
    expect(its.length).toBeGreaterThan(0);
    expect(its.filter(({ found }) => found !== null).map(({ stack, place }) => `${stack} ${place}`)).toEqual([]);
  });
});

test('the list is up to date: node scripts/mutations.mjs writes it', () => {
  expect(notFoundList(mutants, reasons)).toBe(readFileSync('testdata/constructs/not-found.md', 'utf8'));
});
