import { describe, expect, test } from '@jest/globals';
import { writtenDependencies } from './dependencies.ts';
import { openModules } from './evaluate/modules.ts';

const dependenciesIn = (files: Readonly<Record<string, string>>, address = '') => {
  const inDirectory = (directory: string) =>
    Object.keys(files).filter((path) => path.slice(0, Math.max(path.lastIndexOf('/'), 0)) === directory);
  const modules = openModules({
    label: 'config',
    root: '',
    reader: {
      files: (directory) => inDirectory(directory).map((path) => ({ path, text: files[path] ?? '' })),
      text: () => null,
    },
    modules: new Map(),
    variableFiles: [],
    environmentVariables: new Map(),
    variables: new Map(),
    workspace: 'default',
    lockFile: null,
  });
  const { resources, complete } = writtenDependencies(modules)({ module: address, name: 'thing.last' });
  return { waitsFor: [...resources].sort(), complete };
};

/** The resource asked about, beside one that may be waited for. */
const root = (text: string): Record<string, string> => ({ 'main.tf': `resource "thing" "a" {}\n${text}` });
const last = (body: string): Record<string, string> => root(`resource "thing" "last" {\n${body}\n}`);
const json = (value: unknown): Record<string, string> => ({ 'main.tf.json': JSON.stringify(value) });
const asJson = (body: unknown) => json({ resource: { thing: { a: {}, last: body } } });

const module = (call: string, inner: string, more = ''): Record<string, string> => ({
  ...root(`module "m" {\n  source = "./m"\n${call}\n}\n${more}`),
  'm/main.tf': inner,
});

describe('a resource waits for', () => {
  test.each<[string, Readonly<Record<string, string>>]>([
    ['what an argument refers to', last('x = thing.a.id')],
    ['what a text holds', last('x = "p-$' + '{thing.a.id}"')],
    ['what a key and a splat refer to', last('x = local.y[thing.a.id][*].z\n}\nlocals {\n  y = {}')],
    ['either side of a choice', last('x = true ? 1 : -thing.a.n + 2')],
    ['what a call and a list are given', last('x = [upper(thing.a.id)]')],
    ['what an object holds', last('x = { (thing.a.id) = 1 }')],
    ['what a directive of a text names', last('x = "%{ for i in thing.a.list }$' + '{i}%{ endfor }"')],
    ['what depends_on names', last('depends_on = [thing.a]')],
    ['what depends_on names in quotes', last('depends_on = ["thing.a"]')],
    ['count', last('count = thing.a.n')],
    ['for_each', last('for_each = thing.a.set')],
    ['a nested block', last('inner {\n  deeper {\n    x = thing.a.id\n  }\n}')],
    ['a dynamic block', last('dynamic "b" {\n  for_each = [1]\n  content {\n    x = thing.a.id\n  }\n}')],
    ['what a dynamic block repeats', last('dynamic "b" {\n  for_each = thing.a.set\n  content {}\n}')],
    ['a condition of its lifecycle', last('lifecycle {\n  precondition {\n    condition = thing.a.ok\n  }\n}')],
    ['what replaces it', last('lifecycle {\n  replace_triggered_by = [thing.a]\n}')],
    ['a provisioner', last('provisioner "local-exec" {\n  command = thing.a.id\n}')],
    [
      'a local value of a local value',
      root('locals {\n  x = local.y\n  y = thing.a.id\n}\n resource "thing" "last" {\n x = local.x\n}'),
    ],
    ['JSON: a text', asJson({ x: '$' + '{thing.a.id}' })],
    ['JSON: depends_on', asJson({ depends_on: ['thing.a'] })],
    ['JSON: a block', asJson({ b: [{ x: '$' + '{thing.a.id}' }] })],
    ['JSON: a dynamic block', asJson({ dynamic: { b: { for_each: '$' + '{thing.a.s}', content: {} } } })],
    ['JSON: what replaces it', asJson({ lifecycle: { replace_triggered_by: ['thing.a'] } })],
    ['JSON: a condition', asJson({ lifecycle: [{ precondition: { condition: '$' + '{thing.a.ok}' } }] })],
    [
      'JSON: a local value',
      json({ resource: { thing: { a: {}, last: { x: '$' + '{local.x}' } } }, locals: { x: '$' + '{thing.a.id}' } }),
    ],
  ])('%s', (_, files) => {
    expect(dependenciesIn(files)).toEqual({ waitsFor: ['thing.a'], complete: true });
  });

  test.each<[string, Readonly<Record<string, string>>, string]>([
    [
      'what another waits for',
      last('depends_on = [thing.between]\n}\nresource "thing" "between" {\n  x = thing.a'),
      'thing.between',
    ],
    [
      'a data source, and what it waits for',
      last('x = data.thing.d.id\n}\ndata "thing" "d" {\n  x = thing.a'),
      'data.thing.d',
    ],
    [
      'what is opened',
      last('x = ephemeral.thing.e.id\n}\nephemeral "thing" "e" {\n  x = thing.a'),
      'ephemeral.thing.e',
    ],
  ])('%s', (_, files, between) => {
    expect(dependenciesIn(files)).toEqual({ waitsFor: ['thing.a', between].sort(), complete: true });
  });

  test.each<[string, string]>([
    ['an argument that it ignores', 'lifecycle {\n  ignore_changes = [thing.a]\n}'],
    ['a name that a for binds', 'x = [for thing in [] : thing.a]'],
    ['a name that a for of a text binds', 'x = "%{ for thing in [] }$' + '{thing.a}%{ endfor }"'],
    ['an iterator', 'dynamic "thing" {\n  for_each = []\n  content {\n    x = thing.a\n  }\n}'],
    ['a named iterator', 'dynamic "b" {\n  for_each = []\n  iterator = thing\n  content {\n    x = thing.a\n  }\n}'],
    ['a text that is no template', 'x = "thing.a"'],
    ['a resource that is not there', 'x = thing.missing.id'],
  ])('and not for %s', (_, body) => {
    expect(dependenciesIn(last(body))).toEqual({ waitsFor: [], complete: true });
  });
});

describe('through modules', () => {
  const resource = (body: string) => `resource "thing" "last" {\n${body}\n}`;

  test.each<[string, Readonly<Record<string, string>>]>([
    ['an input', module('x = thing.a.id', `variable "x" {}\n${resource('x = var.x')}`)],
    ['depends_on of the call', module('depends_on = [thing.a]', resource(''))],
    ['count of the call', module('count = thing.a.n', resource(''))],
    ['for_each of the call', module('for_each = thing.a.set', resource(''))],
  ])('a resource in a module waits for %s', (_, files) => {
    expect(dependenciesIn(files, 'module.m')).toEqual({ waitsFor: ['thing.a'], complete: true });
  });

  const inner = 'resource "thing" "x" {}\nresource "thing" "y" {}\noutput "x" {\n  value = thing.x.id\n}';
  const both = ['module.m.thing.x', 'module.m.thing.y'];

  test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    ['an output', module('', inner, resource('z = module.m.x')), ['module.m.thing.x']],
    ['an output of an instance', module('count = 1', inner, resource('z = module.m[0].x')), ['module.m.thing.x']],
    [
      'some instance, and so all of it',
      module('for_each = {}', inner, resource('z = module.m[local.k].x\n}\nlocals {\n  k = 1')),
      both,
    ],
    ['all instances, and so all of it', module('count = 1', inner, resource('z = module.m[*].x')), both],
    ['all of it', module('', inner, resource('depends_on = [module.m]')), both],
    [
      'depends_on of an output',
      module('', `${inner.slice(0, -1)}  depends_on = [thing.y]\n}`, resource('z = module.m.x')),
      both,
    ],
    [
      'all of it, and what it is given',
      module('z = thing.a.id', inner, resource('depends_on = [module.m]')),
      [...both, 'thing.a'],
    ],
  ])('a resource waits for %s', (_, files, waitsFor) => {
    expect(dependenciesIn(files)).toEqual({ waitsFor, complete: true });
  });

  test('a module in an instance of a module', () => {
    const files = {
      ...module(
        'for_each = { k = 1 }\nz = thing.a.id',
        'variable "z" {}\nmodule "n" {\n  source = "./n"\n  z = var.z\n}',
      ),
      'm/n/main.tf': `variable "z" {}\n${resource('z = var.z')}`,
    };
    expect(dependenciesIn(files, 'module.m["k"].module.n')).toEqual({ waitsFor: ['thing.a'], complete: true });
  });
});

describe('what cannot be seen', () => {
  test.each<[string, Readonly<Record<string, string>>]>([
    [
      'a module that is not installed',
      { 'main.tf': 'module "m" {\n  source = "elsewhere"\n}\nresource "thing" "last" {\n  x = module.m.y\n}' },
    ],
    ['a local value that is nowhere', last('x = local.missing')],
    ['an argument that cannot be read', last('x = thing.a +')],
  ])('%s', (_, files) => {
    expect(dependenciesIn(files).complete).toBe(false);
  });
});

test('any number of names may follow on each other', () => {
  const chain = Array.from({ length: 20_000 }, (_, i) => `  l${i} = local.l${i + 1}`).join('\n');
  const files = last(`x = local.l0\n}\nlocals {\n${chain}\n  l20000 = thing.a.id`);
  expect(dependenciesIn(files)).toEqual({ waitsFor: ['thing.a'], complete: true });
});

test('what leads to itself ends', () => {
  const files = last(
    'x = local.x\n}\nlocals {\n  x = local.y\n  y = local.x\n}\nresource "thing" "b" {\n  depends_on = [thing.last]',
  );
  expect(dependenciesIn(files)).toEqual({ waitsFor: [], complete: true });
});
