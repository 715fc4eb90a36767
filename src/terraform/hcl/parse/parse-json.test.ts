import { describe, expect, test } from '@jest/globals';
import { placeAt } from '../lines.ts';
import type { Expression } from '../syntax.ts';
import { parseFile } from './parse.ts';

const parse = (text: string, path = 'main.tf.json') => parseFile({ path, text });

const only = (text: string): Expression => {
  const value = parse(`{"locals": {"x": ${text}}}`).body.blocks[0]?.body.attributes.get('x')?.value;
  if (value === undefined) throw new Error('no value');
  return value;
};

/** The text that a node says it stands at. */
const at = (text: string, { span }: { readonly span: { readonly start: number; readonly end: number } }): string =>
  text.slice(span.start, span.end);

describe('blocks of a file in JSON', () => {
  test.each([
    [
      'an object for each label',
      '{"resource": {"t": {"a": {"x": 1}, "b": {}}}}',
      ['resource t a: x', 'resource t b: '],
    ],
    [
      'arrays at each level',
      '{"resource": [{"t": [{"a": [{"x": 1}, {"y": 2}]}]}]}',
      ['resource t a: x', 'resource t a: y'],
    ],
    ['an array of files', '[{"locals": {"x": 1}}, {"locals": {"y": 1}}]', ['locals: x', 'locals: y']],
    ['one label', '{"module": {"m": {"source": "./m"}}}', ['module m: source']],
    ['no label', '{"terraform": [{"required_version": "1"}]}', ['terraform: required_version']],
    [
      'several providers of one name',
      '{"provider": {"aws": [{"a": 1}, {"b": 1}]}}',
      ['provider aws: a', 'provider aws: b'],
    ],
    [
      'all kinds',
      '{"data": {"t": {"a": {}}}, "ephemeral": {"t": {"e": {}}}, "output": {"o": {}}, "check": {"c": {}}, "moved": {}, "import": [{}], "removed": {}}',
      ['data t a: ', 'ephemeral t e: ', 'output o: ', 'check c: ', 'moved: ', 'import: ', 'removed: '],
    ],
    ['comments', '{"//": "c", "resource": {"t": {"a": {"//": {"path": "x"}, "x": 1}}}}', ['resource t a: x']],
    ['null is no block', '{"resource": {"t": {"a": null}}, "locals": null}', []],
    ['names of JavaScript', '{"locals": {"__proto__": 1, "toString": 2}}', ['locals: __proto__,toString']],
  ])('%s', (_, text, expected) => {
    const { body, faults, syntax } = parse(text);
    expect({ syntax, faults, attributes: body.attributes.size }).toEqual({ syntax: 'json', faults: [], attributes: 0 });
    expect(
      body.blocks.map(({ type, labels, body: { attributes } }) =>
        [type, ...labels.map((label) => label.text)].join(' ').concat(`: ${[...attributes.keys()].join()}`),
      ),
    ).toEqual(expected);
  });

  test('a block and its header stand at its last label', () => {
    const text = '{"resource": {"t": {\n  "a": {"x": 1}\n}}}';
    const [block] = parse(text).body.blocks;
    if (block === undefined) throw new Error('no block');
    expect(at(text, block)).toBe('"a": {"x": 1}');
    expect(text.slice(block.header.start, block.header.end)).toBe('"a"');
    expect(placeAt({ path: 'f', text }, block.header)).toEqual({
      file: 'f',
      line: 2,
      column: 3,
      endLine: 2,
      endColumn: 6,
    });
  });
});

describe('values', () => {
  test.each([
    ['"a"', { kind: 'literal', value: 'a' }],
    ['"a\\n\\u00e9\\"$${x}"', { kind: 'literal', value: 'a\né"${x}' }],
    ['-1.5e2', { kind: 'literal', value: -150 }],
    ['true', { kind: 'literal', value: true }],
    ['null', { kind: 'literal', value: null }],
    ['[1, "b"]', { kind: 'tuple', items: [{ value: 1 }, { value: 'b' }] }],
    [
      '{"a": {"//": 1}}',
      { kind: 'object', items: [{ key: { value: 'a' }, value: { items: [{ key: { value: '//' } }] } }] },
    ],
    ['"${a}"', { kind: 'template', parts: [{ kind: 'interpolation', value: { kind: 'name', name: 'a' } }] }],
    ['"x${a}"', { kind: 'template', parts: [{ kind: 'text', text: 'x' }, { kind: 'interpolation' }] }],
    ['"%{ if a }b%{ endif }"', { kind: 'template', parts: [{ kind: 'if' }] }],
    [
      '"${jsonencode({\\"a\\" = \\"\\\\n\\"})}"',
      { parts: [{ value: { kind: 'call', args: [{ items: [{ key: { value: 'a' }, value: { value: '\n' } }] }] } }] },
    ],
    ['{"${a}": 1}', { kind: 'object', items: [{ key: { kind: 'template' } }] }],
    ['"a\\\\n"', { kind: 'literal', value: 'a\\n' }],
  ])('%s', (text, expected) => {
    expect(only(text)).toMatchObject(expected);
  });

  test('a template stands where it is in the file, escapes counted as they are written', () => {
    const text = '{"locals": {"x": "\\u00e9 \\"${ a["k"] }\\" ${b}"}}'.replace('["k"]', '[\\"k\\"]');
    const value = parse(text).body.blocks[0]?.body.attributes.get('x')?.value;
    if (value?.kind !== 'template') throw new Error('no template');
    const [first, second, , fourth] = value.parts;
    expect(at(text, value)).toBe('"\\u00e9 \\"${ a[\\"k\\"] }\\" ${b}"');
    expect(first && at(text, first)).toBe('\\u00e9 \\"');
    expect(second?.kind === 'interpolation' && at(text, second.value)).toBe('a[\\"k\\"]');
    expect(fourth?.kind === 'interpolation' && at(text, fourth.value)).toBe('b');
  });

  test('nothing in a variable is a template, but its validation', () => {
    const text = '{"variable": {"v": {"default": "${x}", "type": "string", "validation": [{"condition": "${x}"}]}}}';
    const attributes = parse(text).body.blocks[0]?.body.attributes;
    expect(attributes?.get('default')?.value).toMatchObject({ kind: 'literal', value: '${x}' });
    expect(attributes?.get('validation')?.value).toMatchObject({
      items: [{ items: [{ value: { kind: 'template' } }] }],
    });
  });

  test('values of variables are no templates, and no blocks', () => {
    const { body, faults } = parse('{"resource": "${x}", "//": 1, "b": [1]}', 'terraform.tfvars.json');
    expect(faults).toEqual([]);
    expect([...body.attributes.keys()]).toEqual(['resource', 'b']);
    expect(body.attributes.get('resource')?.value).toMatchObject({ kind: 'literal', value: '${x}' });
  });

  test('a name that is there twice holds both: it may be a nested block', () => {
    const text = '{"resource": {"t": {"a": {"auth": {"x": 1}, "auth": [{"x": 2}]}}}}';
    expect(parse(text).body.blocks[0]?.body.attributes.get('auth')?.value).toMatchObject({
      kind: 'tuple',
      items: [{ items: [{ value: { value: 1 } }] }, { items: [{ value: { value: 2 } }] }],
    });
  });
});

/** Place and summary are those of `terraform validate`. */
describe('faults', () => {
  test.each([
    ['', 'Missing value', 0],
    ['{"locals": {"a": }}', 'Missing JSON value', 17],
    ['{"locals": {"a": [,]}}', 'Invalid start of value', 18],
    ['{"locals": {"a": [1,]}}', 'Trailing comma in array', 19],
    ['{"locals": {"a": 1,}}', 'Trailing comma in object', 18],
    ['{"locals": {"a" 1}}', 'Missing property value colon', 16],
    ['{"locals": {"a" = 1}}', 'Missing property value colon', 16],
    ['{"locals": {"a"}}', 'Missing object value', 15],
    ['{"locals": {"a": 1 "b": 2}}', 'Missing attribute seperator comma', 19],
    ['{"locals": {"a": [1 2]}}', 'Missing attribute seperator comma', 20],
    ['{"locals": {"a": [1: 2]}}', 'Invalid array value', 19],
    ['{"locals": {"a": [1}}', 'Mismatched brackets', 19],
    ['{"locals": {"a": 1]}', 'Mismatched braces', 18],
    ['{"locals": {"a": 1}', 'Unclosed object', 0],
    ['{"locals": {1: 1}}', 'Invalid object property name', 12],
    ['{"locals": {"a": 01}}', 'Invalid JSON number', 17],
    ['{"locals": {"a": tru}}', 'Invalid JSON keyword', 17],
    ['{"locals": {"a": \'b\'}}', 'Invalid start of value', 17],
    ['{"locals": {"a": "b\\q"}}', 'Invalid JSON string', 17],
    ['{"locals": {"a": "b}}', 'Invalid JSON string', 17],
    ['{} {}', 'Extraneous data after value', 3],
    ['{"locals": 3}', 'Incorrect JSON value type', 11],
    ['{"resource": {"t": {}}}', 'Missing block label', 19],
    ['{"resources": {}}', 'Extraneous JSON object property', 1],
    ['{"locals": {"a": "${1 +}"}}', 'Invalid expression', 23],
    ['{"locals": {"a": "\\"${1 +}"}}', 'Invalid expression', 25],
    [`{"locals": {"a": ${'['.repeat(300)}${']'.repeat(300)}}}`, 'Nested too deeply', 215],
  ])('%s', (text, summary, start) => {
    expect(parse(text).faults[0]).toMatchObject({ summary, span: { start } });
  });

  test('what stands in front of the fault is there', () => {
    expect(parse('{"resource": {"t": {"a": {"x": 1, "y": }}}}').body.blocks[0]?.body.attributes.has('x')).toBe(true);
  });
});
