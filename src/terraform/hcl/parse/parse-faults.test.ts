import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { placeAt } from '../lines.ts';
import { parseFile } from './parse.ts';

/**
 * What is wrong in a file, in the words of `terraform validate` and at its place. The first fault counts: those behind
 * it may only follow from it. Where `terraform` is there, it is asked whether the tables say what it says.
 */

type Row = readonly [text: string, line: number, column: number, summary: string];

const native: readonly Row[] = [
  ['a =\n', 1, 4, 'Invalid expression'],
  ['a = 1 +\n', 1, 8, 'Invalid expression'],
  ['a = [1 2]\n', 1, 8, 'Missing item separator'],
  ['a = [1,\n', 2, 1, 'Missing expression'],
  ['a = { b = 1 c = 2 }\n', 1, 13, 'Missing attribute separator'],
  ['a = { b 1 }\n', 1, 9, 'Missing key/value separator'],
  ['a = { b c }\n', 1, 9, 'Missing key/value separator'],
  ['a = { b\n }\n', 1, 8, 'Missing attribute value'],
  ['a = { b = 1\n', 2, 1, 'Missing expression'],
  ['a = f(1 2)\n', 1, 9, 'Missing argument separator'],
  ['a = f(1\n', 1, 5, 'Unterminated function call'],
  ['a = f(x... , y)\n', 1, 8, 'Missing closing parenthesis'],
  ['a = (1\n', 2, 1, 'Unbalanced parentheses'],
  ['a = (1 2)\n', 1, 8, 'Unbalanced parentheses'],
  ['a = x[0\n', 2, 1, 'Missing close bracket on index'],
  ['a = x.\n', 1, 7, 'Invalid attribute name'],
  ['a = x.*.*\n', 1, 9, 'Nested splat expression not allowed'],
  ['a = x.0.1\n', 1, 7, 'Invalid legacy index syntax'],
  ['a = 1 b = 2\n', 1, 7, 'Missing newline after argument'],
  ['a = 1, b = 2\n', 1, 6, 'Unexpected comma after argument'],
  ['a\n', 1, 1, 'Argument or block definition required'],
  ['a 1\n', 1, 1, 'Argument or block definition required'],
  ['"a" = 1\n', 1, 1, 'Invalid argument name'],
  ['= 1\n', 1, 1, 'Argument or block definition required'],
  ['a = 1\na = 2\n', 2, 1, 'Attribute redefined'],
  ['1\n', 1, 1, 'Argument or block definition required'],
  ['}\n', 1, 1, 'Argument or block definition required'],
  ['locals {\n', 1, 8, 'Unclosed configuration block'],
  ['locals {\n  a = 1\n', 1, 8, 'Unclosed configuration block'],
  ['locals { a = 1\n}\n', 1, 15, 'Invalid single-argument block definition'],
  ['locals { a = 1, b = 2 }\n', 1, 15, 'Invalid single-argument block definition'],
  ['locals { a = 1 b = 2 }\n', 1, 16, 'Invalid single-argument block definition'],
  ['locals { b { } }\n', 1, 10, 'Argument definition required'],
  ['locals { a }\n', 1, 10, 'Argument or block definition required'],
  ['locals { a = 1', 1, 8, 'Unclosed configuration block'],
  ['locals = {\n}\nlocals {\n} x\n', 4, 3, 'Missing newline after block definition'],
  ['locals\n{\n}\n', 1, 1, 'Argument or block definition required'],
  ['resource "a" = {\n}\n', 1, 14, 'Invalid block definition'],
  ['resource "a" "b" 1 {\n}\n', 1, 18, 'Invalid block definition'],
  ['resource "a${1}" {\n}\n', 1, 12, 'Invalid string literal'],
  ['resource "a\n" {\n}\n', 1, 12, 'Invalid multi-line string'],
  ['resource "a', 1, 12, 'Unterminated string literal'],
  ['locals {\n  a = "abc\n  b = 1\n}\n', 2, 11, 'Invalid multi-line string'],
  ['locals {\n  a = "abc\n', 2, 11, 'Invalid multi-line string'],
  ['a = "abc', 1, 9, 'Unterminated template string'],
  ['a = "${x"\n', 1, 10, 'Invalid multi-line string'],
  ['a = "${x y}"\n', 1, 10, 'Extra characters after interpolation expression'],
  ['a = "${x:y}"\n', 1, 9, 'Extra characters after interpolation expression'],
  ['a = "${"\n', 1, 9, 'Invalid multi-line string'],
  ['a = "${x\n', 1, 6, 'Unclosed template interpolation sequence'],
  ['a = "%{ if x }"\n', 1, 15, 'Unexpected end of template'],
  ['a = "%{ endif }"\n', 1, 6, 'Unexpected endif directive'],
  ['a = "%{ if x }%{ endfor }"\n', 1, 15, 'Unexpected endfor directive'],
  ['a = "%{ for x }%{ endfor }"\n', 1, 15, "Invalid 'for' directive"],
  ['a = "%{ for x in y }%{ else }%{ endfor }"\n', 1, 21, 'Unexpected else directive'],
  ['a = "%{ fi }"\n', 1, 9, 'Invalid template control keyword'],
  ['a = "%{ 1 }"\n', 1, 9, 'Invalid template directive'],
  ['a = "%{ if x y }%{ endif }"\n', 1, 14, 'Extra characters in if marker'],
  ['a = "%{ if x }%{ else }%{ else }%{ endif }"\n', 1, 24, 'Unexpected else directive'],
  ['a = "\\q"\n', 1, 6, 'Invalid escape sequence'],
  ['a = "\\u12"\n', 1, 6, 'Invalid escape sequence'],
  ['a = "\\U0011"\n', 1, 6, 'Invalid escape sequence'],
  ['a = "\\ud800"\n', 1, 6, 'Invalid escape sequence'],
  ['a = <<E\nx\ry\nE\n', 2, 2, 'Invalid character'],
  ['a = <<E\nx\n', 3, 1, 'Unterminated template string'],
  ['a = <<E\nx\nE', 3, 2, 'Unterminated template string'],
  ['a = <<\n', 1, 5, 'Invalid expression'],
  ['a = x ? 1\n', 1, 10, 'Missing false expression in conditional'],
  ['a = x ? 1 :\n', 1, 12, 'Invalid expression'],
  ['a = [for]\n', 1, 9, "Invalid 'for' expression"],
  ['a = [for x]\n', 1, 11, "Invalid 'for' expression"],
  ['a = [for x in y]\n', 1, 16, "Invalid 'for' expression"],
  ['a = [for x in y : x => 1]\n', 1, 19, "Invalid 'for' expression"],
  ['a = {for x in y : x}\n', 1, 19, "Invalid 'for' expression"],
  ['a = [for x in y : x...]\n', 1, 20, "Invalid 'for' expression"],
  ['a = [for x in y : x z]\n', 1, 21, "Invalid 'for' expression"],
  ['a = [for x, 1 in y : x]\n', 1, 13, "Invalid 'for' expression"],
  ['a = 1 & 2\n', 1, 7, 'Unsupported operator'],
  ['a = 1 | 2\n', 1, 7, 'Unsupported operator'],
  ['a = ~1\n', 1, 5, 'Unsupported operator'],
  ['a = 1 ^ 2\n', 1, 7, 'Unsupported operator'],
  ['a = `x`\n', 1, 5, 'Invalid character'],
  ["a = 'x'\n", 1, 5, 'Invalid character'],
  ['a = 1; b = 2\n', 1, 6, 'Invalid character'],
  ['a = “x”\n', 1, 5, 'Invalid character'],
  ['a = @x\n', 1, 5, 'Invalid character'],
  ['a = 1.2.3\n', 1, 5, 'Invalid number literal'],
  ['a = x::\n', 1, 8, 'Missing function name'],
  ['a = x::y\n', 1, 9, 'Missing open parenthesis'],
  ['a = !\n', 1, 6, 'Invalid expression'],
  ['a = /* x\n', 1, 5, 'Invalid expression'],
  ['a = $x\n', 1, 5, 'Invalid character'],
  ['a = {for x in y : x => 1, 2}\n', 1, 25, "Invalid 'for' expression"],
  ['a = b = 1\n', 1, 7, 'Missing newline after argument'],
  ['a == 1\n', 1, 1, 'Argument or block definition required'],
  ['locals {\n  a = [\n    1\n    2\n  ]\n}\n', 4, 5, 'Missing item separator'],
  ['locals {\n  a = {\n    b = 1,\n    c\n  }\n}\n', 4, 6, 'Missing attribute value'],
  ['locals {\n  a = jsonencode({\n    b = 1\n  }\n}\n', 5, 1, 'Missing argument separator'],
  ['resource "a" "b" {\n  c = 1\n\nresource "a" "d" {\n}\n', 1, 18, 'Unclosed configuration block'],
  ['resource "a" "b" {\n  c = 1\n}\n}\n', 4, 1, 'Argument or block definition required'],
  ['a = "x"y"\n', 1, 10, 'Invalid multi-line string'],
  ['a = ""x\n', 1, 7, 'Missing newline after argument'],
  ['x y z\n', 1, 6, 'Invalid block definition'],
  ['x.y = 1\n', 1, 1, 'Argument or block definition required'],
  ['x { y = 1 } z = 2\n', 1, 13, 'Missing newline after block definition'],
];

/** Terraform takes the place from behind where it has recovered; we name the character that is in the way. */
const placedElsewhere: readonly (readonly [...Row, terraformColumn: number, terraformLine: number])[] = [
  ['a = x[*\n', 1, 8, 'Missing close bracket on splat index', 1, 2],
  ['a = x[* 0]\n', 1, 9, 'Missing close bracket on splat index', 10, 1],
];

/** In JSON the line and the summary are Terraform's; its columns are those of where it has recovered. */
const json: readonly (readonly [text: string, line: number, summary: string])[] = [
  ['', 1, 'Missing value'],
  ['{"locals": {"a": }}', 1, 'Missing JSON value'],
  ['{"locals": {"a": [,]}}', 1, 'Invalid start of value'],
  ['{"locals": {"a": [1,]}}', 1, 'Trailing comma in array'],
  ['{"locals": {"a": 1,}}', 1, 'Trailing comma in object'],
  ['{"locals": {"a" 1}}', 1, 'Missing property value colon'],
  ['{"locals": {"a" = 1}}', 1, 'Missing property value colon'],
  ['{"locals": {"a"}}', 1, 'Missing object value'],
  ['{"locals": {"a": 1 "b": 2}}', 1, 'Missing attribute seperator comma'],
  ['{"locals": {"a": [1 2]}}', 1, 'Missing attribute seperator comma'],
  ['{"locals": {"a": [1: 2]}}', 1, 'Invalid array value'],
  ['{"locals": {"a": [1}}', 1, 'Mismatched brackets'],
  ['{"locals": {"a": 1]}', 1, 'Mismatched braces'],
  ['{"locals": {"a": 1}', 1, 'Unclosed object'],
  ['{"locals": {1: 1}}', 1, 'Invalid object property name'],
  ['{"locals": {"a": 01}}', 1, 'Invalid JSON number'],
  ['{"locals": {"a": tru}}', 1, 'Invalid JSON keyword'],
  ['{"locals": {"a": \'b\'}}', 1, 'Invalid start of value'],
  ['{"locals": {"a": "b\\q"}}', 1, 'Invalid JSON string'],
  ['{"locals": {"a": "b}}', 1, 'Invalid JSON string'],
  ['{} {}', 1, 'Extraneous data after value'],
  ['{"locals": 3}', 1, 'Incorrect JSON value type'],
  ['{"resource": {"t": {}}}', 1, 'Missing block label'],
  ['{"resources": {}}', 1, 'Extraneous JSON object property'],
  ['[1]', 1, 'Incorrect JSON value type'],
  ['{"locals": [1]}', 1, 'Incorrect JSON value type'],
  ['{"resource": {"t": 1}}', 1, 'Incorrect JSON value type'],
  ['{"resource": {"t": {"a": 1}}}', 1, 'Incorrect JSON value type'],
];

/** Terraform reads the templates of a file in JSON when it evaluates them: not beside files that are broken. */
const jsonTemplates: typeof json = [
  ['{"locals": {"a": "${1 +}"}}', 1, 'Invalid expression'],
  ['{"locals": {"a": "\\"${1 +}"}}', 1, 'Invalid expression'],
];

/** Terraform refuses these; for us a name twice may be a nested block that is there twice, as it may for Terraform. */
const acceptedJson = ['{"locals": {"a": 1, "a": 2}}', '{"output": {"o": {"value": 1, "value": 2}}}'];

const firstFault = (path: string, text: string): string | undefined => {
  const file = { path, text };
  const [fault] = parseFile(file).faults;
  if (fault === undefined) return undefined;
  const { line, column } = placeAt(file, fault.span);
  return `${line}:${column} ${fault.summary}`;
};

describe('native syntax', () => {
  const rows = [...native, ...placedElsewhere.map(([text, ...place]): Row => [text, place[0], place[1], place[2]])];
  test.each(rows)('%j', (text, line, column, summary) => {
    expect(firstFault('main.tf', text)).toBe(`${line}:${column} ${summary}`);
  });
});

describe('JSON syntax', () => {
  test.each([...json, ...jsonTemplates])('%j', (text, line, summary) => {
    const fault = firstFault('main.tf.json', text);
    expect(fault?.replace(/:\d+/, '')).toBe(`${line} ${summary}`);
  });

  test.each(acceptedJson)('%j', (text) => {
    expect(firstFault('main.tf.json', text)).toBeUndefined();
  });
});

type Diagnostic = {
  readonly summary: string;
  readonly range?: { readonly filename: string; readonly start: { readonly line: number; readonly column: number } };
};

const noConfiguration = { ...process.env, TF_CLI_CONFIG_FILE: process.platform === 'win32' ? 'nul' : '/dev/null' };
const terraform = spawnSync('terraform', ['version'], { env: noConfiguration }).status === 0;
const withTerraform = terraform ? describe : describe.skip;

/** What Terraform says to each text, all of them in one run. */
const validate = (texts: readonly string[], extension: string): readonly (readonly string[])[] => {
  const directory = mkdtempSync(join(tmpdir(), 'rds-auth-policy-'));
  try {
    for (const [index, text] of texts.entries()) writeFileSync(join(directory, `${index}${extension}`), text);
    const { stdout } = spawnSync('terraform', ['validate', '-json'], { cwd: directory, env: noConfiguration });
    const { diagnostics } = JSON.parse(stdout.toString()) as { readonly diagnostics: readonly Diagnostic[] };
    return texts.map((_, index) =>
      diagnostics
        .filter(({ range }) => range?.filename === `${index}${extension}`)
        .map(({ summary, range }) => `${range?.start.line}:${range?.start.column} ${summary}`),
    );
  } finally {
    rmSync(directory, { recursive: true });
  }
};

withTerraform('terraform validate says the same (skipped where terraform is not there)', () => {
  test('native syntax', () => {
    const rows = [
      ...native,
      ...placedElsewhere.map(([text, , , summary, column, line]): Row => [text, line, column, summary]),
    ];
    const said = validate(
      rows.map(([text]) => text),
      '.tf',
    );
    const missing = rows.filter(([, line, column, summary], i) => !said[i]?.includes(`${line}:${column} ${summary}`));
    expect(missing).toEqual([]);
  });

  test('JSON syntax', () => {
    const said = validate([...json.map(([text]) => text), ...acceptedJson], '.tf.json');
    const missing = json.filter(
      ([, line, summary], i) => !said[i]?.some((one) => one.startsWith(`${line}:`) && one.endsWith(` ${summary}`)),
    );
    expect(missing).toEqual([]);
    expect(said.slice(json.length).map(([first]) => first?.replace(/^\S+ /, ''))).toEqual([
      'Duplicate attribute definition',
      'Duplicate argument',
    ]);
  });
});

/** Faults that Terraform does not know. */
describe('limits', () => {
  const nested = (open: string, close: string, count = 300): string => `${open.repeat(count)}1${close.repeat(count)}`;
  test.each([
    ['brackets', `a = ${nested('[', ']')}\n`],
    ['braces', `a = ${nested('{ a = ', '}')}\n`],
    ['parentheses', `a = ${nested('(', ')')}\n`],
    ['calls', `a = ${nested('f(', ')')}\n`],
    ['indexes', `a = ${nested('x[', ']')}\n`],
    ['templates', `a = ${nested('"${', '}"')}\n`],
    ['signs', `a = ${nested('!', '')}\n`],
    ['conditionals', `a = ${nested('x ? y : ', '')}\n`],
    ['loops', `a = ${nested('[for x in y : ', ']')}\n`],
    ['splats', `a = x${'[*]'.repeat(300)}\n`],
    ['attributes', `a = x${'.y'.repeat(300)}\n`],
    ['attributes behind a splat', `a = x.*${'.y'.repeat(300)}\n`],
    ['operators', `a = 1${' + 1'.repeat(300)}\n`],
    ['blocks', `${'b {\n'.repeat(300)}${'}\n'.repeat(300)}`],
    ['directives', `a = "${'%{ if x }'.repeat(300)}${'%{ endif }'.repeat(300)}"\n`],
  ])('%s within each other', (_, text) => {
    const { faults, body } = parseFile({ path: 'main.tf', text: `${text}z = 1\n` });
    expect(faults.map(({ summary }) => summary)).toEqual(['Nested too deeply']);
    expect(body.attributes.get('z')?.value).toMatchObject({ kind: 'literal', value: 1 });
  });

  test('chains, as people write them, are long enough', () => {
    const text = `a = ${Array.from({ length: 150 }, (_, i) => `var.a.b.c == ${i}`).join(' || ')}\n`;
    expect(parseFile({ path: 'main.tf', text }).faults).toEqual([]);
  });

  test('a file that is too large is not read', () => {
    const text = `a = "${'x'.repeat(20_000_000)}"\n`;
    const { faults, body } = parseFile({ path: 'main.tf', text });
    expect(faults.map(({ summary }) => summary)).toEqual(['File too large']);
    expect(body.attributes.size).toBe(0);
  });

  test('faults are no more than a reader reads', () => {
    expect(parseFile({ path: 'main.tf', text: '@\n'.repeat(1000) }).faults).toHaveLength(100);
  });
});

/** What is not broken is there. */
describe('recovery', () => {
  test.each([
    ['a = \nb = 2\n', 'a,b'],
    ['x { a = }\nb = 2\n', 'b,x'],
    ['x { y { }\n}\nb = 2\n', 'b,x'],
    ['x {\n  a = "${y"\n}\nb = 2\n', 'b,x'],
    ['a = [1 2]\nb = 2\n', 'a,b'],
    ['a = "x\nb = 2\n', 'a,b'],
    ['a = f(1\n)\n? \nb = 2\n', 'a,b'],
    ['a = { b = \n }\nb = 2\n', 'a,b'],
    ['a = 1 x\nb = 2\n', 'a,b'],
    ['"q" = 1\nb = 2\n', 'b'],
    ['}\nb = 2\n', 'b'],
    ['x {\n a = @\n}\nb = 2\n', 'b,x'],
    ['x\n{\n a = 1\n}\nb = 2\n', 'b'],
    ['x { y { } }\nb = 2\n', 'b,x'],
    ['a = "${x"\nb = 2\n', 'a,b'],
    ['a = <<-E\n  ${x y}\n  E\nb = 2\n', 'a,b'],
  ])('%j', (text, names) => {
    const { body, faults } = parseFile({ path: 'main.tf', text });
    expect(faults).not.toEqual([]);
    expect([...body.attributes.keys(), ...body.blocks.map(({ type }) => type)].join()).toBe(names);
  });
});

/** A value that was cut short would look like a whole one. */
describe('what is broken is no value', () => {
  test.each([
    ['a = [1, 2 3]\n'],
    ['a = { b = 1 c = 2 }\n'],
    ['a = f(1, 2 3)\n'],
    ['a = "x\\q"\n'],
    ['a = ["${x y}"]\n'],
    ['a = x ? 1\n'],
    ['a = "%{ if x }y"\n'],
    ['a = { b = ["\\q"] }\n'],
    ['a = [for x in y : x => 1]\n'],
    ['a = x.\n'],
    ['a = 1 b = 2\n', 'literal'],
    ['a = @\n'],
  ])('%j, first or not', (text, kind = 'invalid') => {
    const kindOf = (whole: string) => parseFile({ path: 'main.tf', text: whole }).body.attributes.get('a')?.value.kind;
    expect(kindOf(text)).toBe(kind);
    expect(kindOf(`z = [1 2]\n${text}`)).toBe(kind);
    expect(kindOf(`${'z = "\\q"\n'.repeat(100)}${text}`)).toBe(kind);
  });

  test.each([
    ['{"locals": {"a": [1, 2', 'invalid'],
    ['{"locals": {"a": [1 2], "b": 1}}', 'invalid'],
    ['{"locals": {"a": {"b": 1, "c"}}}', 'invalid'],
    ['{"locals": {"a": ["x${y z}"]}}', 'tuple'],
    ['{"locals": {"a": [1], "b": [1 2]}}', 'tuple'],
  ])('%s', (text, kind) => {
    const [block] = parseFile({ path: 'main.tf.json', text }).body.blocks;
    const value = block?.body.attributes.get('a')?.value;
    expect(value?.kind).toBe(kind);
    if (text.includes('z}') && value?.kind === 'tuple') expect(value.items[0]?.kind).toBe('invalid');
  });
});
