import { describe, expect, test } from '@jest/globals';
import type { Symbolic } from '../../terraform/hcl/symbolic.ts';
import { jsonOfText, withParts } from './heredoc-places.ts';

const heredoc = (marker: string, ...lines: readonly string[]): Symbolic => ({
  kind: 'known',
  value: lines.map((line) => `${line.trimStart()}\n`).join(''),
  place: { file: 'main.tf', line: 10, column: 12, endLine: 11 + lines.length, endColumn: 4 },
  heredoc: `${marker}\n${lines.map((line) => `${line}\n`).join('')}EOF`,
});

const linesIn = (value: Symbolic | undefined): unknown => {
  if (value?.kind === 'map') return Object.fromEntries([...value.entries].map(([key, part]) => [key, linesIn(part)]));
  if (value?.kind === 'list') return value.items.map(linesIn);
  const { line, column, endLine, endColumn } = value?.place ?? {};
  return [line, column, endLine, endColumn];
};

const document = ['{', '  "a": "x",', '  "b": [', '    1, {"é\u{1f600}": null} , ', '    [ ]', '  ], "c": {}', '}'];

describe('a heredoc of JSON', () => {
  test.each(['<<EOF', '<<-EOF'])('has a line for each value: %s', (marker) => {
    const json = jsonOfText(heredoc(marker, ...document));
    expect(linesIn(json)).toEqual({
      a: [12, 3, 12, 11],
      b: [[14, 5, 14, 20], { 'é\u{1f600}': [14, 5, 14, 20] }, []],
      c: {},
    });
    expect(json?.place).toEqual({ file: 'main.tf', line: 11, column: 1, endLine: 17, endColumn: 2 });
  });

  test.each<[string, Symbolic]>([
    ['no heredoc', { kind: 'known', value: '{"a": 1}' }],
    ['no text', { kind: 'known', value: 1 }],
    ['no JSON', heredoc('<<EOF', '{', 'a = 1', '}')],
    ['cut short', heredoc('<<EOF', '{"a": [1,')],
    ['too deep', heredoc('<<EOF', '['.repeat(5000) + ']'.repeat(5000))],
  ])('is not read where it is %s', (_, value) => expect(jsonOfText(value)).toBeUndefined());

  test('has no lines where its text has others', () => {
    const written = heredoc('<<EOF', '{', '%{ if true }', '"a": 1', '%{ endif }', '}');
    const value: Symbolic = { ...written, kind: 'known', value: '{\n"a": 1\n}\n' };
    expect(linesIn(jsonOfText(value))).toEqual({ a: [undefined, undefined, undefined, undefined] });
  });

  test('a list that is another has the line of the whole', () => {
    const written = heredoc('<<EOF', '[1,', '2]');
    const other: Symbolic = { kind: 'list', type: 'list', items: [{ kind: 'known', value: 1 }] };
    expect(withParts(other, '[1,\n2]\n', written)).toMatchObject({ place: { line: 11, endLine: 12 } });
  });
});
