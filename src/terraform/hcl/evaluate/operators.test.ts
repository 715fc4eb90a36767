import { describe, expect, test } from '@jest/globals';
import type { Symbolic } from '../symbolic.ts';
import { attributeOf, failure, list, lost, map, scalar } from '../values.ts';
import { show, valueOf } from './functions/values.test-support.ts';
import { binary, choose, equals, indexOf, splat } from './operators.ts';

/** What is known of results whose operands are not; known operands are in console.differential.test.ts. */

const rows = (table: readonly (readonly [string, unknown])[]) =>
  test.each(table)('%s', (text, expected) => {
    expect(show(valueOf(text))).toEqual(expected);
  });

describe('logic', () => {
  rows([
    ['false && u', false],
    ['u && false', false],
    ['true && u', '{?var.u}'],
    ['true || u', true],
    ['u || true', true],
    ['false || u', '{?var.u}'],
    ['u || u', '{?var.u}'],
    ['!u', '{?var.u}'],
    ['false && [][0]', false],
    ['true || {}.a', true],
    ['[][0] && false', '!'],
    ['u && "a"', '!'],
    ['!"a"', '!'],
    ['![]', '!'],
  ]);
});

describe('numbers', () => {
  rows([
    ['u + 1', '{?var.u}'],
    ['x.port + u', '{?y.port var.u}'],
    ['-x.port', '{?y.port}'],
    ['u < 1', '{?var.u}'],
    ['"a" + u', '!'],
    ['[] + 1', '!'],
    ['null + 1', '!'],
    ['1 / 3 < 2', true],
    ['1 / 3 * 3', '{?number}'],
    ['0.5 + 0.25', 0.75],
    ['7 * 0.1', '{?number}'],
    ['1 / 0', '{?number}'],
    ['1 % 0', 1],
    ['0 * -1', '{?number}'],
  ]);
});

describe('equality', () => {
  rows([
    ['x.name == x.name', true],
    ['x.name != x.name', false],
    ['some == some', '{?~s.id}'],
    ['x.name == x.id', '{?y.name y.id}'],
    ['x.name == null', '{?y.name}'],
    ['"a${x.name}" == null', false],
    ['"a${x.name}" == "b"', false],
    ['"a${x.name}" == "ab"', '{?y.name}'],
    ['"a${x.name}b" == "ab"', '{?y.name}'],
    ['"ab${x.name}ba" == "aba"', false],
    ['"a${x.name}b${x.id}c" == "acb"', false],
    ['"a-${x.name}" == "a-${x.name}"', true],
    ['"a-${x.name}" == "a-${x.id}"', '{?y.name y.id}'],
    ['"a-${x.name}" == "b-${x.name}"', false],
    ['"${x.name}-a" == "${x.name}-b"', false],
    ['"a${x.name}" == 1', false],
    ['"a${x.name}" == ["a"]', false],
    ['split(":", p.arn)[6] == "a:b"', false],
    ['split(":", p.arn)[6] == "a"', '{?p.arn[6]}'],
    ['[x.name] == ["a", "b"]', false],
    ['[x.name, 1] == ["a", 2]', false],
    ['[x.name, 1] == [x.name, 1]', true],
    ['{ a = x.name } == { b = 1 }', false],
    ['{ a = x.name } == { a = 1 }', '{?y.name}'],
    ['more == tolist(["a"])', '{?y.list}'],
    ['rest == tomap({ a = "b" })', '{?y.list}'],
    ['toset(["a", x.name]) == toset(["a"])', '{?y.name}'],
    ['toset(["a"]) == ["a"]', false],
    ['u == u', '{?var.u}'],
  ]);
});

describe('the conditional', () => {
  rows([
    ['u ? 1 : 1', 1],
    ['u ? x.name : x.name', '{y.name}'],
    ['u ? x.name : "a"', '{?y.name var.u}'],
    ['u ? x.name : x.id', '{?~y.name ~y.id var.u}'],
    ['x.on ? x.name : "a"', '{?~y.name ~y.on}'],
    ['u ? { a = 1, b = x.name } : { a = 1, b = 2 }', { a: 1, b: '{?y.name var.u}' }],
    ['u ? [1, x.name] : [1, 2]', [1, '{?y.name var.u}']],
    ['u ? [1] : []', '{?var.u}'],
    ['u ? { a = 1 } : {}', '{?var.u}'],
    ['u ? {}.a : x.name', '{?y.name a var.u}'],
    ['u ? {}.a : [][0]', '!'],
    ['{}.a ? 1 : 2', '!'],
    ['"a" ? 1 : 2', '!'],
    ['true ? x.name : {}.a', '{y.name}'],
    ['false ? {}.a : x.name', '{y.name}'],
    ['true ? 1 : "a${x.name}"', '1'],
  ]);

  test('a branch that is not taken is not evaluated', () => {
    const never = (): Symbolic => {
      throw new Error('evaluated');
    };
    expect(show(choose(scalar(true), () => scalar('a'), never))).toBe('a');
    expect(show(choose(scalar('false'), never, () => list([])))).toEqual([]);
  });
});

describe('going into values', () => {
  rows([
    ['x.blocks[0].arn', '{y.blocks[0].arn}'],
    ['x.tags["a b"]', '{y.tags["a b"]}'],
    ['x.list["0"]', '{y.list[0]}'],
    ['x.list[u]', '{?y.list var.u}'],
    ['x.list[null]', '!'],
    ['u.a', '{?var.u}'],
    ['u[0]', '{?var.u}'],
    ['some.a', '{~s.id.a}'],
    ['[x.name, x.id][1]', '{y.id}'],
    ['[x.name, x.id][u]', '{?~y.name ~y.id var.u}'],
    ['[x.name][u]', '{y.name}'],
    ['{ a = x.name, b = x.id }[u]', '{?~y.name ~y.id var.u}'],
    ['{ a = x.name }[u]', '{y.name}'],
    ['{ a = 1 }["a"]', 1],
    ['{ "1" = "b" }[1]', 'b'],
    ['{ a = 1 }[null]', '!'],
    ['more[0]', '{?y.list}'],
    ['more[7]', '{?y.list}'],
    ['rest["a"]', 'b'],
    ['rest["z"]', '{?y.list}'],
    ['rest.z', '{?y.list}'],
    ['[1].a', '!'],
    ['toset([1])[0]', '!'],
    ['"abc"[0]', '!'],
    ['[1]["a"]', '!'],
    ['{}.a.b.c', '!'],
  ]);
});

describe('splats', () => {
  rows([
    ['[{ a = x.name }, { a = 1 }][*].a', ['{y.name}', 1]],
    ['x.blocks[*].arn', '{?y.blocks.arn}'],
    ['u[*].a', '{?var.u}'],
    ['null[*].a', []],
    ['{ a = 1 }[*].a', [1]],
    ['more[*]', ['a', '…']],
    ['[{ a = 1 }, {}][*].a', '!'],
    ['{}.a[*]', '!'],
  ]);
});

describe('instances', () => {
  const instance: Symbolic = {
    kind: 'instance',
    attribute: (name) => (name === 'gone' ? failure('gone') : attributeOf({ resource: 'aws_x.i', path: name })),
    names: () => ['arn', 'id'],
    complete: false,
    references: [{ resource: 'aws_x.i', path: '' }],
  };

  test('have attributes by name and by key', () => {
    expect(show(indexOf(instance, scalar('arn')))).toBe('{i.arn}');
    expect(show(indexOf(instance, scalar('gone')))).toBe('!');
    expect(show(indexOf(instance, lost('var.k')))).toBe('{?i var.k}');
    expect(show(splat(instance, true, (item) => indexOf(item, scalar('id'))))).toEqual(['{i.id}']);
  });

  test.each<[Symbolic, ReturnType<typeof equals>]>([
    [map(new Map()), 'unknown'],
    [instance, 'unknown'],
    [scalar(null), false],
    [scalar('a'), false],
    [list([]), false],
    [lost('u'), 'unknown'],
  ])('may equal an object, and nothing else', (other, expected) => {
    expect([equals(instance, other), equals(other, instance)]).toEqual([expected, expected]);
  });
});

test('nesting without end is not followed to the end', () => {
  const nested = Array.from({ length: 200 }).reduce<Symbolic>((inner) => list([inner]), scalar(1));
  expect(equals(nested, nested)).toBe('unknown');
  expect(show(binary('==', scalar(1), scalar(1)))).toBe(true);
});
