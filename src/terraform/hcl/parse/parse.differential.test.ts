import { readFileSync, readdirSync } from 'node:fs';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { type Json, sameJson } from '../../json.ts';
import { loadHcl2Parser, toHcl2Json } from './hcl2-parser.test-support.ts';
import { parseFile } from './parse.ts';

/**
 * The grammar, and where `testdata/hcl` shows it. What we read there is what `hcl2-parser` reads: HCL of Go, compiled to
 * JavaScript. Section numbers are those of hclsyntax/spec.md.
 */
const grammar = [
  ['comments', 'Comments and Whitespace: `#`, `//`, block comments, and what they do to line breaks'],
  ['encoding', 'Character encoding, byte order mark, line breaks of Windows, NUL'],
  ['bodies', 'Structural elements: arguments, blocks, labels, blocks on one line, identifiers'],
  ['numbers', 'Numeric literals: fractions, exponents, signs'],
  ['constants', 'true, false, null, and names like them'],
  ['texts', 'Quoted templates without sequences: escapes, signs that open nothing'],
  ['interpolations', 'Template interpolations: alone, nested, trimmed, over lines'],
  ['directives', 'Template directives: if, else, for, nested, trimmed'],
  ['heredocs', 'Heredoc templates: `<<`, `<<-`, markers, indentation, a token for each line'],
  ['tuples', 'Collection values: tuples'],
  ['objects', 'Collection values: objects, forms of keys, separators'],
  ['for', 'For expressions: tuples, objects, conditions, grouping'],
  ['traversals', 'Attribute access and index operators, the legacy index'],
  ['splats', 'Splat operators: full and attribute-only'],
  ['calls', 'Functions and function calls: expansion, trailing commas'],
  ['operators', 'Operations: precedence, signs, line breaks'],
  ['conditionals', 'Conditional operator'],
  ['parentheses', 'Parenthesized sub-expressions'],
  ['terraform', 'What Terraform makes of it: all kinds of blocks, as users write them'],
  ['defects', 'What hcl2-parser reads wrongly, or not at all: see below'],
] as const;

const root = 'testdata/hcl';
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.tf'))
  .toSorted();
const parse = (name: string) => parseFile({ path: name, text: readFileSync(`${root}/${name}`, 'utf8') });

/** Defects of hcl2-parser 1.0.3 that change what it says of a file. `null`: it rejects the file. */
type Defect = readonly [defect: string, file: string, theirs: Json];

const defects: readonly Defect[] = [
  ['functions of providers are unknown', 'defects/provider-function.tf', null],
  ['namespaces are unknown', 'defects/namespace-with-line-breaks.tf', null],
  ['null in a text is an exception', 'defects/null-in-a-text.tf', null],
  ['null as a key is an exception', 'defects/null-as-a-key.tf', null],
  ['a type may not be with and without labels', 'defects/label-and-no-label.tf', null],
  [
    'a conditional in a text becomes a directive',
    'defects/conditional-in-a-text.tf',
    { a: 'x%{if y}${z}%{else}${w}%{endif}', b: 'x%{if y}z%{else}w%{endif}' },
  ],
];

let hcl2Parser: (text: string) => Json | undefined;
const globals = { stackTraceLimit: Error.stackTraceLimit, hadRequire: Object.hasOwn(globalThis, 'require') };

beforeAll(async () => {
  hcl2Parser = await loadHcl2Parser();
});

const theirs = (name: string): Json => hcl2Parser(parse(name).file.text) ?? null;

describe('the corpus', () => {
  test('is large, and each folder of it a row of the grammar', () => {
    expect(files.length).toBeGreaterThanOrEqual(150);
    expect(new Set(files.map((name) => name.split('/')[0]))).toEqual(new Set(grammar.map(([folder]) => folder)));
  });

  const agreed = files.filter((name) => !defects.some(([, file]) => file === name));
  test.each(agreed)('%s: hcl2-parser reads the same', (name) => {
    const parsed = parse(name);
    expect(parsed.faults).toEqual([]);
    expect(sameJson(toHcl2Json(parsed), theirs(name)) ? 'the same' : toHcl2Json(parsed)).toEqual('the same');
  });
});

describe('defects of hcl2-parser', () => {
  test.each(defects)('%s: %s', (_, name, expected) => {
    const parsed = parse(name);
    expect(parsed.faults).toEqual([]);
    expect(theirs(name)).toEqual(expected);
    expect(toHcl2Json(parsed)).not.toEqual(expected);
  });

  /** What its shape cannot say, so that both agree where they should not. */
  test('an escaped template is a template', () => {
    const parsed = parse('defects/escaped-template.tf');
    expect(theirs('defects/escaped-template.tf')).toMatchObject({ a: 'x${y}', c: '%{ if z }' });
    expect(toHcl2Json(parsed, true)).toMatchObject({ a: 'x$${y}', c: '%%{ if z }' });
  });

  test('an argument hides the block of its name', () => {
    const [block] = parse('defects/argument-and-block.tf').body.blocks;
    expect(theirs('defects/argument-and-block.tf')).toEqual({
      resource: { aws_security_group: { db: [{ ingress: [] }] } },
    });
    expect(block?.body.blocks.map(({ type }) => type)).toEqual(['ingress']);
  });

  test('a block and an argument are the same', () => {
    const { body } = parse('defects/block-and-attribute-are-one.tf');
    expect(theirs('defects/block-and-attribute-are-one.tf')).toEqual({ a: [{ b: 1 }], c: [{ b: 1 }] });
    expect([body.blocks.map(({ type }) => type), [...body.attributes.keys()]]).toEqual([['a'], ['c']]);
  });

  test('what is wrong is not said', () => {
    expect(hcl2Parser('a = \n')).toBeUndefined();
    expect(parseFile({ path: 'main.tf', text: 'a = \n' }).faults).toMatchObject([{ span: { start: 4 } }]);
  });

  test('loading it changes the process: what it changes is put back', () => {
    expect(Error.stackTraceLimit).toBe(globals.stackTraceLimit);
    expect(Object.hasOwn(globalThis, 'require')).toBe(globals.hadRequire);
  });
});
