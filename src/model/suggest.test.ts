import { expect, test } from '@jest/globals';
import { didYouMean, suggest } from './suggest.ts';

const words = ['severity', 'enforcement', 'tlsForIam'];

test.each([
  ['sevrity', 'severity'],
  ['severtiy', 'severity'],
  ['Severity', 'severity'],
  ['enforcment', 'enforcement'],
  ['tlsForIAM', 'tlsForIam'],
  ['colour', undefined],
  ['', undefined],
])('%j suggests %j', (written, meant) => {
  expect(suggest(written, words)).toBe(meant);
});

test('prefers the nearest candidate, and of equals the first', () => {
  expect(suggest('abcd', ['abxx', 'abcx', 'abcy'])).toBe('abcx');
});

test.each([
  ['sevrity', '; did you mean severity?'],
  ['colour', '.'],
])('ends a sentence about %j', (written, end) => {
  expect(didYouMean(written, words)).toBe(end);
});
