import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Report } from '../model/report.ts';
import type { JsonObject } from '../terraform/json.ts';
import { runMain } from '../testing/run-main.ts';
import { isSilentPass } from '../testing/silent-pass.ts';
import { type Place, replaceAt, touchedPlaces } from '../testing/touched-places.ts';

// Every place that is read, holding a value of every other type: one genuine document with one thing wrong each time.

const documents = [
  ['plan-json', 'testdata/scenarios/mistake-grant-proxy-name/plan.json'],
  ['plan-json', 'testdata/scenarios/mistake-database-ingress-port/plan.json'],
  ['plan-json', 'testdata/scenarios/mistake-grant-database-identifier/plan.json'],
  ['plan-json', 'testdata/scenarios/end-to-end-mysql-local-module/plan.json'],
  ['state-json', 'testdata/lifecycle/mistake-grant-proxy-name/state.json'],
] as const;

const replacements: readonly unknown[] = [
  7,
  'canary-replaced',
  true,
  false,
  null,
  [],
  ['canary-item', 7],
  {},
  { toString: 1 },
];

const typeOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value);

const valueAt = (json: unknown, place: Place): unknown =>
  place.reduce((value, key) => (value as Record<string | number, unknown>)[key], json);

const isEmptyObject = (value: unknown): boolean => JSON.stringify(value) === '{}';

/** What Terraform may well write there: such a document is another one, and not a damaged one. */
const isLegal = (json: JsonObject, place: Place, replacement: unknown): boolean => {
  const path = place.join('.');
  const original = valueAt(json, place);
  if (typeOf(original) === typeOf(replacement)) return true;
  if (/\.constant_value|^variables\.[^.]+\.value/.test(path)) return true;
  // Whole flags are one boolean, and an expression that calls functions on constants is empty.
  if (/\.(?:after_unknown|after_sensitive|sensitive_values)(?:\.|$)/.test(path))
    return typeof replacement === 'boolean';
  if (/\.expressions\.[^.]+$/.test(path)) return isEmptyObject(replacement);
  if (!/\.(?:after|before|values)\./.test(path)) return false;
  return replacement === null || (original === null && typeof replacement === 'string');
};

const reportOf = (stdout: string): Report => JSON.parse(stdout);

const seen = new Set<string>();

describe.each(documents)('%s %s', (kind, path) => {
  const json: JsonObject = JSON.parse(readFileSync(path, 'utf8'));
  const check = (value: unknown) => runMain(['check', '--format', 'json', '-'], JSON.stringify(value));
  const undamaged = check(json).then(({ stdout }) => reportOf(stdout));
  const places = touchedPlaces(kind, json, seen).map((place) => [place.join('.'), place] as const);

  test.each(places)('%s', async (_, place) => {
    for (const replacement of replacements.filter((value) => !isLegal(json, place, value))) {
      const { code, stdout, stderr } = await check(replaceAt(json, place, replacement));
      expect(stderr).not.toMatch(/^\s+at |canary-/m);
      expect(stdout).not.toMatch(/canary-item/);
      expect([0, 1, 2]).toContain(code);
      expect({ replacement, silent: isSilentPass(await undamaged, reportOf(stdout)) }).toEqual({
        replacement,
        silent: false,
      });
    }
  });
});
