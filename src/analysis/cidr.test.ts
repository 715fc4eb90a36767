import { describe, expect, test } from '@jest/globals';
import { contains, overlaps, parseBlock } from './cidr.ts';

const blockOf = (text: string) => {
  const block = parseBlock(text);
  if (block === null) throw new Error(`${text} is no block`);
  return block;
};

describe('two blocks', () => {
  test.each<[outer: string, inner: string, contained: boolean, touching: boolean]>([
    ['10.0.0.0/8', '10.1.2.0/24', true, true],
    ['10.1.2.0/24', '10.0.0.0/8', false, true],
    ['10.1.2.0/24', '10.1.2.0/24', true, true],
    ['10.1.2.77/24', '10.1.2.0/24', true, true],
    ['10.0.0.0/16', '10.1.0.0/16', false, false],
    ['0.0.0.0/0', '255.255.255.255/32', true, true],
    ['0.0.0.0/0', '2001:db8::/32', false, false],
    ['2001:db8::/32', '2001:db8:1::/48', true, true],
    ['::/0', '2001:db8:0:0:0:0:0:1/128', true, true],
    ['2001:db8::/48', '2001:db8:1::/48', false, false],
    ['::ffff/128', '::FFFF/128', true, true],
  ])('%s, %s', (outer, inner, contained, touching) => {
    expect([contains(blockOf(outer), blockOf(inner)), overlaps(blockOf(outer), blockOf(inner))]).toEqual([
      contained,
      touching,
    ]);
  });
});

test.each([
  'pl-0123',
  '10.0.0.0',
  '10.0.0/8',
  '10.0.0.256/8',
  '10.0.0.0/33',
  '10.0.0.0/',
  '1:2:3/64',
  '1::2::3/64',
  '1:2:3:4:5:6:7:8:9/64',
  'g::/16',
  '::/129',
  '',
])('%j is no block', (text) => expect(parseBlock(text)).toBeNull());
