import { describe, expect, test } from '@jest/globals';
import type { Json, JsonObject } from '../json.ts';
import { matchBlocks } from './match-blocks.ts';
import { readDocument } from './read-document.ts';
import type { Scope } from './references.ts';

const json = {
  variables: { mode: { value: 'REQUIRED' }, prefix: { value: 'REQ' } },
  configuration: {
    root_module: { module_calls: { inner: { expressions: { mode: constant('DISABLED') }, module: {} } } },
  },
};
const document = readDocument({ path: 'plan.json', kind: 'plan-json', json, index: 0 }, new Set());
const root: Scope = { document, module: document.root, key: null, forEach: undefined };
const call = document.root.config?.calls.get('inner');
const inner: Scope = {
  ...root,
  module: { path: 'module.inner', config: call?.module ?? null, parent: document.root, call: 'inner', key: null },
};

function constant(value: Json): JsonObject {
  return { constant_value: value };
}

const reference = (...names: readonly string[]): JsonObject => ({ references: names });
const secret = (name: string): JsonObject => ({ secret: reference(`aws_secret.${name}.arn`, `aws_secret.${name}`) });

/** The numbers of the nodes that may have made each element. */
const matched = (
  elements: readonly JsonObject[],
  nodes: readonly JsonObject[],
  unknowns: readonly Json[] = elements.map(() => ({ secret: true })),
  scope = root,
): readonly (readonly number[])[] =>
  matchBlocks(elements, unknowns, nodes, scope).map((found) => found.map((node) => nodes.indexOf(node)));

type Row = readonly [
  title: string,
  elements: readonly JsonObject[],
  nodes: readonly JsonObject[],
  expected: readonly (readonly number[])[],
];

describe('elements and the blocks that may have made them', () => {
  const rows: readonly Row[] = [
    ['none', [], [], []],
    ['one of each', [{ mode: 'x' }], [secret('a')], [[0]]],
    ['no blocks: dynamic', [{ mode: 'x' }, { mode: 'y' }], [], [[], []]],
    ['fewer blocks: dynamic beside another', [{ mode: 'x' }, { mode: 'y' }], [{ mode: constant('x') }], [[], []]],
    ['more blocks than elements', [{ mode: 'x' }], [{ mode: constant('x') }, { mode: constant('x') }], [[]]],
    [
      'in another order',
      [{ mode: 'x' }, { mode: 'y' }],
      [
        { mode: constant('y'), ...secret('a') },
        { mode: constant('x'), ...secret('b') },
      ],
      [[1], [0]],
    ],
    [
      'the one that sets less is left for the other',
      [{ mode: '' }, { mode: 'y' }],
      [{ ...secret('a') }, { mode: constant('y'), ...secret('b') }],
      [[0], [1]],
    ],
    ['twins are taken in order', [{ mode: '' }, { mode: '' }], [secret('a'), secret('b')], [[0], [1]]],
    [
      'three, two of them twins',
      [{ mode: '' }, { mode: 'y' }, { mode: '' }],
      [{ mode: constant('y') }, { mode: constant(null), ...secret('a') }, { mode: constant(''), ...secret('b') }],
      [[1], [0], [2]],
    ],
    [
      'nothing constant tells them apart, and they differ: either',
      [{ mode: 'x' }, { mode: 'y' }],
      [{ mode: reference('local.a') }, { mode: reference('local.b') }],
      [
        [0, 1],
        [0, 1],
      ],
    ],
    [
      'two that differ may be either, a third may not',
      [{ mode: 'x' }, { mode: 'y' }, { mode: 'z' }],
      [{ mode: reference('local.a') }, { mode: constant('z') }, { mode: reference('local.b') }],
      [[0, 2], [0, 2], [1]],
    ],
    [
      'a variable',
      [{ mode: 'REQUIRED' }, { mode: 'DISABLED' }],
      [{ mode: constant('DISABLED') }, { mode: reference('var.mode') }],
      [[1], [0]],
    ],
    [
      'a variable that is a part of the text tells nothing',
      [{ mode: 'REQUIRED' }, { mode: 'OTHER' }],
      [{ mode: reference('var.prefix') }, { mode: constant('OTHER') }],
      [[0], [1]],
    ],
    [
      'a set in the order of its hashes',
      [{ actions: ['a', 'b'] }, { actions: ['c'] }],
      [{ actions: constant(['c', 'c']) }, { actions: constant(['b', 'a']) }],
      [[1], [0]],
    ],
    [
      'a number and a flag written as text',
      [
        { port: 5432, flag: true },
        { port: 3306, flag: false },
      ],
      [
        { port: constant('3306'), flag: constant('false') },
        { port: constant('5432'), flag: constant('true') },
      ],
      [[1], [0]],
    ],
    [
      'a text that the provider writes anew tells nothing',
      [{ name: 'a', policy: '{"a":1}' }, { name: 'b' }],
      [
        { name: constant('b'), ...secret('a') },
        { name: constant('a'), policy: constant('{ "a": 1 }') },
      ],
      [[1], [0]],
    ],
    [
      'an object',
      [{ tags: { a: '1' } }, { tags: { a: '2' } }],
      [{ tags: constant({ a: '2' }) }, { tags: constant({ a: '1' }) }],
      [[1], [0]],
    ],
    [
      'no block can have made the last one',
      [{ mode: 'x' }, { mode: 'y' }],
      [{ mode: constant('x') }, { mode: constant('x') }],
      [[], []],
    ],
  ];

  test.each(rows)('%s', (_, elements, nodes, expected) => expect(matched(elements, nodes)).toEqual(expected));

  test('an unknown attribute comes from no constant', () => {
    const nodes = [{ mode: constant('x'), ...secret('a') }, { mode: reference('local.x') }];
    expect(matched([{}, { mode: 'x' }], nodes, [{ mode: true, secret: true }, { secret: true }])).toEqual([[1], [0]]);
  });

  test('an element that is unknown as a whole may come from any', () => {
    expect(matched([{}, { mode: 'x' }], [secret('a'), { mode: constant('x') }], [true, {}])).toEqual([[0], [1]]);
  });

  test('a variable of the module, not the root one of the same name', () => {
    const nodes = [{ mode: reference('var.mode') }, { mode: constant('REQUIRED') }];
    const elements = [{ mode: 'REQUIRED' }, { mode: 'DISABLED' }];
    expect(matched(elements, nodes, [{}, {}], inner)).toEqual([[1], [0]]);
  });
});
