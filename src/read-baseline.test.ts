import { describe, expect, test } from '@jest/globals';
import type { Baseline, BaselineEntry } from './model/baseline.ts';
import { hashOf } from './model/hash.ts';
import { readBaseline } from './read-baseline.ts';

const entry: BaselineEntry = {
  policy: 'p',
  address: 'a.b',
  outcome: 'fail',
  causes: 1,
  fingerprint: hashOf('p', 'a.b'),
};

describe('a file', () => {
  const good: Baseline = { schemaVersion: '1', findings: [entry] };
  const read = (text: string) => readBaseline(text, 'b.json');

  test('is read as it was written', () => {
    expect(read(JSON.stringify(good))).toEqual({ ok: true, baseline: good });
  });

  test.each<[string, string, string, object?]>([
    ['nothing', '', 'This is no JSON, so it is no baseline.'],
    ['no JSON', '{\n  "findings": [}', 'This is no JSON, so it is no baseline.', { line: 2, column: 16 }],
    ['another thing', '[]', 'This is JSON, and no baseline.'],
    ['a report', '{"schemaVersion":"1"}', 'This is JSON, and no baseline.'],
    [
      'another version',
      JSON.stringify({ ...good, schemaVersion: '2' }),
      'This baseline is of another version than 1, which this program reads.',
    ],
    [
      'a finding without an outcome',
      JSON.stringify({ ...good, findings: [entry, { ...entry, outcome: 'pass' }] }),
      'Of this baseline findings[1] is not as this program writes it.',
    ],
    [
      'no cause',
      JSON.stringify({ ...good, findings: [{ ...entry, causes: 0 }] }),
      'Of this baseline findings[0] is not as this program writes it.',
    ],
    [
      'an address that somebody has changed',
      JSON.stringify({ ...good, findings: [{ ...entry, address: 'a.c' }] }),
      'Of this baseline findings[0] has the fingerprint of another policy or address than it names.',
    ],
  ])('with %s is an error', (_, text, summary, place = {}) => {
    const refused = read(text);
    expect(refused).toMatchObject({
      ok: false,
      diagnostic: { severity: 'error', code: 'baseline-invalid', summary, origin: { file: 'b.json', ...place } },
    });
  });
});
