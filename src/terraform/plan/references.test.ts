import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { GraphDocument, GraphResource } from '../graph.ts';
import { type JsonObject, objectAt } from '../json.ts';
import { joinOrigins } from '../origins.ts';
import { readDocument } from './read-document.ts';
import { type Scope, constantOf, followExpression, scopeOf } from './references.ts';

const wanted = new Set(['aws_kms_key', 'aws_secretsmanager_secret']);
const json: JsonObject = JSON.parse(readFileSync('testdata/adapters/references/plan.json', 'utf8'));

const read = (index: number): GraphDocument =>
  readDocument({ path: 'plan.json', kind: 'plan-json', json, index }, wanted);

const document = read(0);
const secrets = [...document.instances.values()].flat().filter(({ type }) => type === 'aws_secretsmanager_secret');

const secretAt = (address: string): GraphResource => {
  const found = secrets.find((secret) => secret.address === address);
  if (found === undefined) throw new Error(`no ${address}`);
  return found;
};

/** What the key of a secret refers to; `…` stands where the trail ends. */
const followed = (secret: GraphResource): readonly string[] => {
  const expression = objectAt(secret.config, 'expressions')?.['kms_key_id'];
  const { references, trailEnds } = followExpression(expression, scopeOf(secret));
  const names = references.map(({ resource, path, oneOf }) =>
    [oneOf ? 'one of ' : '', resource, path === '' ? '' : `.${path}`].join(''),
  );
  return [...names, ...trailEnds.map((end) => `… ${end}`)];
};

const key = (name: string): string => `aws_kms_key.${name}`;
const third = 'module.second.module.third.aws_secretsmanager_secret';

describe('what an expression refers to', () => {
  const rows: readonly (readonly [title: string, secret: string, ...names: string[]])[] = [
    ['an attribute', 'attribute', key('one.arn')],
    ['two, and names of no resource', 'two', key('one.arn'), key('each["a"].id')],
    ['a key with dots and brackets', 'quoted_key', key('each["b.c[d]"].arn')],
    ['a key with an escaped template', 'template_key', key('each["$${x}"].arn')],
    ['an index', 'index', key('counted[1].arn')],
    ['a splat', 'splat', `one of ${key('counted[0]')}`, `one of ${key('counted[1]')}`],
    ['count.index', 'own_count[0]', key('counted[0]')],
    ['count.index', 'own_count[1]', key('counted[1]')],
    ['each.key', 'own_key["a"]', key('each["a"]')],
    ['each.key', 'own_key["b.c[d]"]', key('each["b.c[d]"]')],
    ['each.value, of a set', 'value_as_key["a"]', key('each["a"]')],
    [
      'an attribute of each.value as the key',
      'key_in_value["a"]',
      ...['$${x}', 'a', 'b.c[d]'].map((name) => `one of ${key(`each["${name}"]`)}`),
    ],
    ['for_each over a resource', 'chain["b.c[d]"]', key('each["b.c[d]"].arn')],
    ['for_each over a resource, with an escaped template', 'chain["$${x}"]', key('each["$${x}"].arn')],
    ['a chain of chains', 'chain_of_chain["a"]', 'aws_secretsmanager_secret.chain["a"].kms_key_id'],
    ['for_each over a map of resources', 'map["a"]', `one of ${key('one.arn')}`, `one of ${key('counted[0].arn')}`],
    ['for_each over a map of objects', 'map_of_objects["a"]', key('one.arn')],
    ['for_each over a map of texts', 'map_of_texts["a"]', key('one.arn')],
    ['a local', 'local', '… local.key'],
    ['a data source', 'data', `data.${key('read.arn')}`],
    ['a condition, and a local', 'conditional', key('one.key_id'), key('counted[0].arn'), '… local.key'],
    ['an output of an instance', 'output', `module.keys["a"].${key('this.arn')}`],
    ['an attribute of an output', 'output_whole', `module.keys["a"].${key('this.arn')}`],
    ['an output whose name the plan drops', 'output_own_key["a"]', '… module.keys'],
    ['a splat over modules', 'output_splat', '… module.keys'],
    ['an output of an output', 'output_of_output', `module.outer.module.inner.${key('this.arn')}`],
    ['an output of a module without resources', 'output_of_none', key('one.arn')],
    ['for_each over a module', 'output_chain["b"]', `module.keys["b"].${key('this.arn')}`],
  ];

  test.each(rows)('%s: %s', (_, name, ...names) => {
    expect(followed(secretAt(`aws_secretsmanager_secret.${name}`))).toEqual(names);
  });

  const inputs: readonly (readonly [title: string, secret: string, ...names: string[]])[] = [
    ['an input, three modules deep', `module.text.${third}.text`, key('one.arn')],
    ['a whole object, three modules deep', `module.whole.${third}.attribute`, key('one.arn')],
    ['a constant, three modules deep', `module.whole.${third}.text`],
    ['an attribute of a constant', `module.text.${third}.attribute`],
    ['an input that the caller leaves out', `module.text.${third}.unset`],
    [
      'an object in an object, one of several',
      'module.objects["b"].aws_secretsmanager_secret.this',
      ...['one', 'counted[0]', 'counted[1]'].map((name) => `one of ${key(name)}.arn`),
    ],
  ];

  test.each(inputs)('%s', (_, address, ...names) => {
    expect(followed(secretAt(address))).toEqual(names);
  });

  test('every secret of the plan is followed to something that is there', () => {
    const ids = new Set([...document.instances.values()].flat().map(({ id }) => id));
    const trails = secrets.map((secret) =>
      followExpression(objectAt(secret.config, 'expressions')?.['kms_key_id'], scopeOf(secret)),
    );
    const missing = trails.flatMap(({ references }) => references.filter(({ resource }) => !ids.has(resource)));
    expect(missing).toEqual([]);
  });

  test('a context document has its own names', () => {
    const other = [...read(2).instances.values()].flat().find(({ address }) => address.endsWith('.attribute'));
    expect(other?.id).toBe('@2/aws_secretsmanager_secret.attribute');
    expect(other && followed(other)).toEqual([`@2/${key('one.arn')}`]);
  });
});

describe('expressions of no plan', () => {
  const scope: Scope = { document, module: document.root, key: null, forEach: undefined };

  test.each([
    ['nothing', undefined, []],
    ['an expression without references', {}, []],
    ['blocks', [{ references: ['aws_kms_key.one'] }], []],
    ['a root variable that the plan does not know', { references: ['var.unheard'] }, ['var.unheard']],
    ['each.value outside a for_each', { references: ['each.value.x', 'each.value'] }, ['each.value.x']],
    ['a module that is not called', { references: ['module.gone.arn', 'module.gone'] }, ['module.gone.arn']],
    ['an output that is not there', { references: ['module.outer.x', 'module.outer'] }, ['module.outer.x']],
    ['self', { references: ['self.arn', 'self'] }, ['self.arn']],
  ])('%s', (_, expression, trailEnds) => {
    expect(followExpression(expression, scope)).toEqual({ references: [], trailEnds });
  });

  test('a trail that runs in a circle ends', () => {
    const circle: Scope = { ...scope, forEach: { references: ['each.value'] } };
    expect(followExpression({ references: ['each.value'] }, circle).references).toEqual([]);
  });

  test('as many ways to one end as there are do not hang it', () => {
    const both = (i: number) => ({ references: [`module.m${i}.a`, `module.m${i}`, `module.m${i}.b`, `module.m${i}`] });
    const outputs = { a: { expression: { references: ['var.x'] } }, b: { expression: { references: ['var.x'] } } };
    const calls = Array.from({ length: 60 }, (_, i) => [
      `m${i}`,
      { expressions: { x: i === 0 ? { references: ['aws_kms_key.one'] } : both(i - 1) }, module: { outputs } },
    ]);
    const configuration = { root_module: { module_calls: Object.fromEntries(calls) } };
    const ladder = readDocument({ path: 'p', kind: 'plan-json', json: { configuration }, index: 0 }, wanted);
    const top: Scope = { document: ladder, module: ladder.root, key: null, forEach: undefined };
    expect(followExpression(both(3), top)).toEqual({
      references: [{ resource: 'aws_kms_key.one', path: '' }],
      trailEnds: [],
    });
    expect(followExpression(both(59), top).trailEnds).toEqual(['…']);
  });

  test('trails are joined, each name once', () => {
    const one = { references: [{ resource: 'aws_kms_key.one', path: 'arn' }], trailEnds: ['local.x'] };
    expect(joinOrigins([one, one, { references: [], trailEnds: ['local.y'] }])).toEqual({
      references: one.references,
      trailEnds: ['local.x', 'local.y'],
    });
  });
});

describe('constants', () => {
  const scopeAt = (address: string): Scope => scopeOf(secretAt(address));
  test.each([
    ['a constant', 'aws_secretsmanager_secret.attribute', { constant_value: 'x' }, { value: 'x' }],
    ['false', 'aws_secretsmanager_secret.attribute', { constant_value: false }, { value: false }],
    ['null', 'aws_secretsmanager_secret.attribute', { constant_value: null }, { value: null }],
    ['a root variable', 'aws_secretsmanager_secret.attribute', { references: ['var.suffix'] }, { value: '' }],
    ['an input, three modules deep', `module.whole.${third}.text`, { references: ['var.key'] }, { value: '' }],
    ['an input that is none', `module.text.${third}.text`, { references: ['var.key'] }, undefined],
    [
      'an attribute of an input',
      `module.text.${third}.text`,
      { references: ['var.object.arn', 'var.object'] },
      undefined,
    ],
    ['two variables', 'aws_secretsmanager_secret.attribute', { references: ['var.suffix', 'var.suffix2'] }, undefined],
    ['a function of nothing', 'aws_secretsmanager_secret.attribute', {}, undefined],
  ])('%s', (_, address, expression, constant) => {
    expect(constantOf(expression, scopeAt(address))).toEqual(constant);
  });
});
