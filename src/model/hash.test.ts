import { describe, expect, test } from '@jest/globals';
import { hashOf } from './hash.ts';

describe('hashOf', () => {
  // Vectors of the authors of FNV: http://www.isthe.com/chongo/src/fnv/test_fnv.c
  test.each([
    ['', 'cbf29ce484222325'],
    ['a', 'af63dc4c8601ec8c'],
    ['foobar', '85944171f73967e8'],
  ])('%j is %s', (text, hash) => {
    expect(hashOf(text)).toBe(hash);
  });

  test('keeps parts apart', () => {
    expect(hashOf('ab', 'c')).not.toBe(hashOf('a', 'bc'));
  });

  test('its first ten digits tell many similar addresses apart', () => {
    const ids = Array.from({ length: 5000 }, (_, index) =>
      hashOf('a-policy', `aws_db_proxy.main[${index}]`).slice(0, 10),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });
});
