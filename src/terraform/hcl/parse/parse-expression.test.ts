import { describe, expect, test } from '@jest/globals';
import type { Expression, TemplatePiece } from '../syntax.ts';
import { parseExpression, parseTemplate } from './parse.ts';

/** A tree in a line: brackets around everything that has parts. */
const show = (expression: Expression): string => {
  switch (expression.kind) {
    case 'literal':
      return JSON.stringify(expression.value);
    case 'name':
      return expression.name;
    case 'attribute':
      return `${show(expression.target)}.${expression.name}`;
    case 'index':
      return `${show(expression.target)}[${show(expression.key)}]`;
    case 'splat-item':
      return '@';
    case 'splat':
      return `(${show(expression.target)} ${expression.full ? '[*]' : '.*'} ${show(expression.each)})`;
    case 'unary':
      return `(${expression.operator}${show(expression.operand)})`;
    case 'binary':
      return `(${show(expression.left)} ${expression.operator} ${show(expression.right)})`;
    case 'conditional':
      return `(${show(expression.condition)} ? ${show(expression.then)} : ${show(expression.otherwise)})`;
    case 'call':
      return `${expression.name}(${expression.args.map(show).join(', ')}${expression.expand ? '...' : ''})`;
    case 'tuple':
      return `[${expression.items.map(show).join(', ')}]`;
    case 'object':
      return `{${expression.items.map(({ key, value }) => `${show(key)}: ${show(value)}`).join(', ')}}`;
    case 'for':
      return showFor(expression);
    case 'template':
      return `<${expression.parts.map(showPiece).join('')}>`;
    case 'invalid':
      return '!';
  }
};

const showFor = (expression: Extract<Expression, { kind: 'for' }>): string => {
  const names = expression.keyName === null ? expression.valueName : `${expression.keyName}, ${expression.valueName}`;
  const result = `${expression.key ? `${show(expression.key)} => ` : ''}${show(expression.value)}`;
  const condition = expression.condition ? ` if ${show(expression.condition)}` : '';
  return `(for ${names} in ${show(expression.collection)}: ${result}${expression.grouped ? '...' : ''}${condition})`;
};

const showPiece = (piece: TemplatePiece): string => {
  switch (piece.kind) {
    case 'text':
      return JSON.stringify(piece.text);
    case 'interpolation':
      return `\${${show(piece.value)}}`;
    case 'if': {
      const otherwise = piece.otherwise.length === 0 ? '' : ` else ${piece.otherwise.map(showPiece).join('')}`;
      return `(if ${show(piece.condition)} ${piece.then.map(showPiece).join('')}${otherwise})`;
    }
    case 'for': {
      const names = piece.keyName === null ? piece.valueName : `${piece.keyName}, ${piece.valueName}`;
      return `(for ${names} in ${show(piece.collection)} ${piece.body.map(showPiece).join('')})`;
    }
  }
};

describe('operators', () => {
  test.each([
    ['1 + 2 * 3 - 4', '((1 + (2 * 3)) - 4)'],
    ['1 - 2 - 3', '((1 - 2) - 3)'],
    ['8 / 4 % 3', '((8 / 4) % 3)'],
    ['(1 + 2) * 3', '((1 + 2) * 3)'],
    ['a || b && c', '(a || (b && c))'],
    ['a && b || c', '((a && b) || c)'],
    ['a == b && c != d', '((a == b) && (c != d))'],
    ['a < b == c >= d', '((a < b) == (c >= d))'],
    ['a <= b', '(a <= b)'],
    ['a > b + 1', '(a > (b + 1))'],
    ['!a && b', '((!a) && b)'],
    ['-1 + 2', '((-1) + 2)'],
    ['!!a', '(!(!a))'],
    ['-a.b[0]', '(-a.b[0])'],
    ['a ? b : c', '(a ? b : c)'],
    ['a ? b : c ? d : e', '(a ? b : (c ? d : e))'],
    ['a ? b ? c : d : e', '(a ? (b ? c : d) : e)'],
    ['a == 1 ? b + 1 : c', '((a == 1) ? (b + 1) : c)'],
    ['(\n1\n+\n2\n)', '(1 + 2)'],
  ])('%s', (text, expected) => {
    expect(parseExpression(text)).toEqual({ value: expect.anything(), faults: [] });
    expect(show(parseExpression(text).value)).toBe(expected);
  });
});

describe('terms', () => {
  test.each([
    ['12', '12'],
    ['1.5', '1.5'],
    ['1e3', '1000'],
    ['1.5E-2', '0.015'],
    ['true', 'true'],
    ['null', 'null'],
    ['a-b', 'a-b'],
    ['größe', 'größe'],
    ['[]', '[]'],
    ['[1, "a", [true],]', '[1, "a", [true]]'],
    ['[\n1,\n2\n]', '[1, 2]'],
    ['{}', '{}'],
    ['{ a = 1, "b" : 2\n(c) = 3\nd = 4, }', '{"a": 1, "b": 2, c: 3, "d": 4}'],
    ['{ true = 1, null = 2, 3 = 4, a.b = 5 }', '{"true": 1, "null": 2, 3: 4, a.b: 5}'],
    ['{ "${a}" = 1 }', '{<${a}>: 1}'],
    ['{ in = 1, if = 2 }', '{"in": 1, "if": 2}'],
    ['{ "for" = 1 }', '{"for": 1}'],
    ['f()', 'f()'],
    ['f(a, b,)', 'f(a, b)'],
    ['f(\na,\nb...\n)', 'f(a, b...)'],
    ['provider::aws::arn_parse(a).region', 'provider::aws::arn_parse(a).region'],
    ['core::max(1, 2)', 'core::max(1, 2)'],
    ['[for v in l : v]', '(for v in l: v)'],
    ['[for i, v in l : v if i > 0]', '(for i, v in l: v if (i > 0))'],
    ['{for k, v in m : k => v}', '(for k, v in m: k => v)'],
    ['{\nfor v in l\n:\nv.k => v.n...\nif v.x\n}', '(for v in l: v.k => v.n... if v.x)'],
    ['{for v in a ? b : c : v => v}', '(for v in (a ? b : c): v => v)'],
  ])('%s', (text, expected) => {
    expect(parseExpression(text).faults).toEqual([]);
    expect(show(parseExpression(text).value)).toBe(expected);
  });
});

describe('traversals', () => {
  test.each([
    ['a.b.c', 'a.b.c'],
    ['a[0].b["c"][d]', 'a[0].b["c"][d]'],
    ['a.0.b', 'a[0].b'],
    ['a[*]', '(a [*] @)'],
    ['a[*].b.c[0]', '(a [*] @.b.c[0])'],
    ['a[*].b[*].c', '(a [*] (@.b [*] @.c))'],
    ['a.*.b.c[0]', '(a .* @.b.c)[0]'],
    ['a.*.b.0.c', '(a .* @.b[0].c)'],
    ['(a[*]).b', '(a [*] @).b'],
    ['f(a)[0].b', 'f(a)[0].b'],
    ['[1, 2][0]', '[1, 2][0]'],
    ['{ a = 1 }.a', '{"a": 1}.a'],
    ['"a"[0]', '"a"[0]'],
    ['a[\n0\n]', 'a[0]'],
    ['a\n.b', 'a.b'],
    ['data.aws_region.x', 'data.aws_region.x'],
  ])('%s', (text, expected) => {
    expect(parseExpression(text).faults).toEqual([]);
    expect(show(parseExpression(text).value)).toBe(expected);
  });
});

/** The second column is what `terraform console` prints, or would with these names. */
describe('texts', () => {
  test.each([
    ['""', '""'],
    ['"a b"', '"a b"'],
    [String.raw`"\n\r\t\"\\"`, JSON.stringify('\n\r\t"\\')],
    [String.raw`"\u00e9\U0001F600"`, '"é😀"'],
    ['"100% of $5"', '"100% of $5"'],
    ['"$${a} %%{b}"', '"${a} %{b}"'],
    ['"$$${a}"', '"$${a}"'],
    ['"$$$${a}"', '"$$${a}"'],
    ['"%%%{a}"', '"%%{a}"'],
    ['"$$"', '"$$"'],
    ['"$${~ a}"', '"${~ a}"'],
    ['"${a}"', '<${a}>'],
    ['"${"${a}"}"', '<${<${a}>}>'],
    ['"a${b}c"', '<"a"${b}"c">'],
    ['" a ${~ b ~} c "', '<" a"${b}"c ">'],
    ['" ${~ a}"', '<""${a}>'],
    ['"%${a}"', '<"%"${a}>'],
    ['"${{ a = "}" }.a}"', '<${{"a": "}"}.a}>'],
    ['"${\na\n}"', '<${a}>'],
    ['"%{ if a }b%{ endif }"', '<(if a "b")>'],
    ['"%{ if a ~} b %{~ else ~} c %{~ endif }"', '<(if a "b" else "c")>'],
    ['"%{ for v in l }${v},%{ endfor }"', '<(for v in l ${v}",")>'],
    ['"%{ for i, v in l ~}\t%{ if i > 0 }x%{ endif }%{ endfor }"', '<(for i, v in l ""(if (i > 0) "x"))>'],
  ])('%s', (text, expected) => {
    expect(parseExpression(text).faults).toEqual([]);
    expect(show(parseExpression(text).value)).toBe(expected);
  });
});

describe('heredocs', () => {
  test.each([
    ['<<E\na\n  b\nE\n', '"a\\n  b\\n"'],
    ['<<E\nE\n', '""'],
    ['<<-E\n    a\n      b\n    E\n', '"a\\n  b\\n"'],
    ['<<-E\n    a\n\n    b\n  E\n', '"a\\n\\nb\\n"'],
    ['<<-E\n  a\n    ${b}\n  E\n', '<"a\\n  "${b}"\\n">'],
    ['<<-E\n    ${a}\n      b\n  E\n', '<""${a}"\\n  b\\n">'],
    ['<<-E\n  %{ if a ~}\n  b\n  %{ endif ~}\n  E\n', '<""(if a "  b\\n")"">'],
    ['<<-E\n    %{~ for v in l ~}\n    ${v}\n    %{~ endfor ~}\n    E\n', '<""(for v in l "    "${v}"\\n")"">'],
    ['<<E\n"quoted" \\n\nE\n', '"\\"quoted\\" \\\\n\\n"'],
    ['<<E\n$${a} %%{b} $5\nE\n', '"${a} %{b} $5\\n"'],
    ['<<E\r\na\r\nE\r\n', '"a\\r\\n"'],
    ['<<E-F\nE\nE-F\n', '"E\\n"'],
    ['<<E\n${<<F\nb\nF\n}\nE\n', '<${"b\\n"}"\\n">'],
    ['f(<<E\na\nE\n, b)', 'f("a\\n", b)'],
  ])('%j', (text, expected) => {
    expect(parseExpression(text).faults).toEqual([]);
    expect(show(parseExpression(text).value)).toBe(expected);
  });
});

test.each([
  ['', '""'],
  ['a "b" \\n', '"a \\"b\\" \\\\n"'],
  ['${a}', '<${a}>'],
  ['a\n  ${~ b}', '<"a\\n"${b}>'],
  ['$${a}', '"${a}"'],
  ['$', '"$"'],
])('bare template %j', (text, expected) => {
  expect(parseTemplate(text).faults).toEqual([]);
  expect(show(parseTemplate(text).value)).toBe(expected);
});
