import { expect, test } from '@jest/globals';
import { placeAt } from './lines.ts';

/** Lines and columns as `terraform validate` counts them. */
test.each([
  ['the start', 'a = 1\n', 'a', 1, 1],
  ['a later column', 'a = 1\n', '1', 1, 5],
  ['a later line', 'a = 1\n\n  b = 2\n', 'b', 3, 3],
  ['behind a line break of Windows', 'a = 1\r\nb = 2\r\n', 'b', 2, 1],
  ['behind a byte order mark', '\ufeffa = 1\n', 'a', 1, 1],
  ['a byte order mark counts on no other line', '\ufeffa = 1\nb = 2\n', 'b', 2, 1],
  ['behind characters of several bytes', 'ä = "名" # x\n', 'x', 1, 11],
  ['behind a character of two units', 'a = "😀" # x\n', 'x', 1, 11],
  ['behind the last line break', 'a = 1\n', '', 2, 1],
] as const)('%s', (_, text, found, line, column) => {
  const start = found === '' ? text.length : text.indexOf(found);
  const place = placeAt({ path: 'main.tf', text }, { start, end: start + found.length });
  expect(place).toEqual({ file: 'main.tf', line, column, endLine: line, endColumn: column + found.length });
});

test('a stretch over lines ends behind its last character', () => {
  const text = 'a = [\n  1\n]\n';
  expect(placeAt({ path: 'main.tf', text }, { start: 4, end: 11 })).toMatchObject({
    line: 1,
    column: 5,
    endLine: 3,
    endColumn: 2,
  });
});
