import { describe, expect, test } from '@jest/globals';
import type { Symbolic } from '../../symbolic.ts';
import { asSensitive, attributeOf, isSensitive, list, scalar } from '../../values.ts';
import { callFunction } from './index.ts';
import { arn, context, show, value, valueOf } from './values.test-support.ts';

/** What is known of results whose arguments are not; known arguments are in console.differential.test.ts. */

const rows = (table: readonly (readonly [string, unknown])[]) =>
  test.each(table)('%s', (text, expected) => {
    expect(show(valueOf(text))).toEqual(expected);
  });

describe('texts', () => {
  rows([
    ['split(":", "a:${x.name}:b")', '{?y.name}'],
    ['split(":", "a:b")', ['a', 'b']],
    ['split(u, "a:b")', '{?var.u}'],
    ['join("/", ["a", x.name, 1])', 'a/{y.name}/1'],
    ['join("/", more)', '{?y.list}'],
    ['join("/", x.list)', '{?y.list}'],
    ['join(u, ["a", "b"])', 'a{?var.u}b'],
    ['join("/", ["a", null])', '!'],
    ['replace("a-TOKEN-b", "TOKEN", x.name)', 'a-{y.name}-b'],
    ['replace("a-${x.name}", "-", "+")', '{?y.name}'],
    ['replace("a-${x.name}", "/[^a-z]/", "")', '{?y.name}'],
    ['replace("a b", "/ /", x.name)', '{?y.name}'],
    ['replace("<${x.name}>", "<", "")', '{?y.name}'],
    ['replace("${x.name}/${x.id}/${p.name}/${p.id}", "#", "")', '{?y.name y.id p.name p.id}'],
    ['trimprefix("app/${x.name}", "app/")', '{y.name}'],
    ['trimprefix(x.name, "app/")', '{?y.name}'],
    ['trimprefix("abc", x.name)', '{?y.name}'],
    ['trimprefix("${x.name}/a", "${x.name}/")', '{?y.name}'],
    ['trimsuffix("${x.name}.", ".")', '{y.name}'],
    ['trimsuffix(x.name, ".")', '{?y.name}'],
    ['trim("--${x.name}", "-")', '{?y.name}'],
    ['trimspace(" ${x.name}\\n")', '{y.name}'],
    ['trimspace(x.text)', '{?y.text}'],
    ['chomp("${x.text}")', '{?y.text}'],
    ['lower("A-${x.name}")', 'a-{?y.name}'],
    ['upper("a-${x.name}")', 'A-{?y.name}'],
    ['strrev("a-${x.name}")', '{?y.name}'],
    ['startswith("app-${x.name}", "app-")', true],
    ['startswith("app-${x.name}", "b")', false],
    ['startswith("app-${x.name}", "app-x")', '{?y.name}'],
    ['startswith("abc", x.name)', '{?y.name}'],
    ['endswith("${x.name}.com", ".com")', true],
    ['strcontains("app-${x.name}", "pp")', true],
    ['strcontains("app-${x.name}", "z")', '{?y.name}'],
    ['substr("app-${x.name}", 0, 3)', 'app'],
    ['substr("app-${x.name}", 4, -1)', '{y.name}'],
    ['substr("app-${x.name}", 0, 6)', '{?y.name}'],
    ['regex("^app-(.*)$", "app-${x.name}")', ['{y.name}']],
    ['regex("^app-(.*)$", "app-${x.text}")', '{?y.text}'],
    ['regex("[0-9]+", "app-${x.name}-123")', '{?y.name}'],
    ['regex("[0-9]{12}", "${x.name}:123456789012")', '{?y.name}'],
    ['regexall("[0-9]+", x.name)', '{?y.name}'],
    ['can(regex("^app-", "app-${x.name}"))', true],
    ['can(regex("^app-", "db-${x.name}"))', false],
    ['can(regex("^app-x", "app-${x.name}"))', '{?y.name}'],
    ['length("a${x.name}")', '{?y.name}'],
    ['title("a${x.name}")', '{?y.name}'],
    ['indent(2, "a\\n${x.name}")', 'a\n  {y.name}'],
    ['indent(2, "a\\n${x.text}")', '{?y.text}'],
  ]);
});

describe('formats', () => {
  rows([
    ['format("%s/%s", x.name, "a")', '{y.name}/a'],
    ['format("%v-%d", x.name, x.port)', '{y.name}-{y.port}'],
    ['format("%-9s|", x.name)', '{?y.name}|'],
    ['format("%q", x.name)', '{?y.name}'],
    ['format(u, "a")', '{?var.u}'],
    ['format("%[2]s%[1]s", "a", x.name)', '{y.name}a'],
    ['format("${x.name}/%s", "a")', '{y.name}/a'],
    ['format("a%s${x.name}%%%s-", "b", "c")', 'ab{y.name}%c-'],
    ['format("${u}/%s", "a")', '{?var.u}'],
    ['formatlist("${x.name}/%s", ["a", "b"])[1]', '{y.name}/b'],
    ['format("%d", "a-${x.name}")', '{?y.name}'],
    ['format("%v", [x.name])', '["{y.name}"]'],
    ['formatlist("%s/%s", ["a", x.name], "b")', ['a/b', '{y.name}/b']],
    ['formatlist("%s", x.list)', '{?y.list}'],
    ['formatlist("%s", more)', '{?y.list}'],
    ['jsonencode({ b = x.name, a = [p.arn, null, "<"] })', '{"a":["{p.arn}",null,"\\u003c"],"b":"{y.name}"}'],
    ['jsonencode({ a = x.list, b = "t-${x.text}" })', '{"a":{?y.list},"b":"t-{?y.text}"}'],
    ['jsonencode(more)', '{?y.list}'],
    ['jsonencode({ a = more })', '{"a":{?y.list}}'],
    ['jsondecode(jsonencode({ a = x.list, b = [p.arn] }))', { a: '{y.list}', b: ['{p.arn}'] }],
    ['jsondecode("{\\"a\\":\\"${x.arn}\\"}").a', '{y.arn}'],
    ['jsondecode("{\\"a\\":\\"${x.text}\\"}").a', '{?y.text}'],
    ['jsondecode("{\\"a\\":${x.text}}")', '{?y.text}'],
    ['jsondecode("{")', '!'],
    ['base64encode("a${x.name}")', '{?y.name}'],
    ['base64decode(base64encode("a"))', 'a'],
    ['provider::aws::arn_build("aws", "iam", "", u, "role/a")', 'arn:aws:iam::{?var.u}:role/a'],
  ]);
});

describe('lists', () => {
  rows([
    ['length([x.name, u])', 2],
    ['length(more)', '{?y.list}'],
    ['length(toset([x.name, u]))', '{?y.name var.u}'],
    ['length(toset([x.name]))', 1],
    ['length(x.list)', '{?y.list}'],
    ['concat(["a"], x.list, ["b"])', ['a', 'b', '…']],
    ['concat(["a"], [x.name])', ['a', '{y.name}']],
    ['concat(["a"], null)', '!'],
    ['flatten([["a"], [x.arn]])', ['a', '{y.arn}']],
    ['flatten([["a"], x.list])', ['a', '{y.list}', '…']],
    ['flatten([["a"], more])', ['a', 'a', '…']],
    ['compact(["a", "", x.name, p.arn, null])', ['a', '{y.name}', '{p.arn}', '…']],
    ['compact(["a", "", p.arn, "x${x.name}"])', ['a', '{p.arn}', 'x{y.name}']],
    ['distinct(["a", x.name, "a"])', ['a', '{y.name}', '…']],
    ['distinct(["a", "b-${x.name}", "a"])', ['a', 'b-{y.name}']],
    ['distinct([x.name, x.name])', ['{y.name}']],
    ['distinct([some, some])', ['{~s.id}', '{~s.id}', '…']],
    ['contains(["a", x.name], "a")', true],
    ['contains(["a", x.name], "b")', '{?y.name}'],
    ['contains(["a", "b-${x.name}"], "c")', false],
    ['contains(more, "a")', true],
    ['contains(more, "b")', '{?y.list}'],
    ['index([x.name, "a"], "a")', '{?y.name}'],
    ['index(["a", x.name], "a")', 0],
    ['element([x.name, "a"], 3)', 'a'],
    ['element([x.name, "a"], u)', '{?y.name var.u}'],
    ['element([x.name], u)', '{y.name}'],
    ['element(more, 0)', '{?y.list}'],
    ['element(x.list, 0)', '{y.list[0]}'],
    ['element(x.list, 1)', '{?y.list}'],
    ['one([x.name])', '{y.name}'],
    ['one([])', null],
    ['one(x.blocks).arn', '{y.blocks[0].arn}'],
    ['one(more)', '{?y.list}'],
    ['reverse([x.name, "a"])', ['a', '{y.name}']],
    ['slice([x.name, "a"], 1, 2)', ['a']],
    ['slice(["a"], 0, u)', '{?var.u}'],
    ['sort(["b", x.name])', ['b', '{y.name}']],
    ['sum([1, u])', '{?var.u}'],
    ['max(1, u)', '{?var.u}'],
    ['range(u)', '{?var.u}'],
    ['range(5000)', '!'],
    ['alltrue([true, u])', '{?var.u}'],
    ['alltrue([false, u])', false],
    ['anytrue([true, u])', true],
    ['anytrue(more)', '!'],
    ['coalesce(null, "", "a")', 'a'],
    ['coalesce(x.name, "a")', '{?y.name}'],
    ['coalesce(null, x.name)', '{y.name}'],
    ['coalesce(p.arn, x.name)', '{p.arn}'],
    ['coalesce(x.name, x.id, "a", p.name)', '{?~y.name ~y.id}'],
    ['coalesce("a${x.name}", "b")', 'a{y.name}'],
    ['coalescelist([], [x.name])', ['{y.name}']],
    ['coalescelist(x.list, ["a"])', '{?y.list}'],
    ['toset(["b", x.name, "a", "b"])', ['a', 'b', '{y.name}']],
    ['tolist(toset(["b", "a"]))[0]', 'a'],
    ['tolist(toset(["b", x.name]))[0]', '{?y.name}'],
    ['setunion(["a"], [x.name])', ['a', '{y.name}']],
    ['setunion(["a"], x.list)', ['a', '…']],
    ['setintersection(["a", "b"], ["b", x.name])', ['a', 'b', '…']],
    ['setsubtract(["a", "b"], ["b", x.name])', ['a', '…']],
    [
      'setproduct(["a"], [x.name, "b"])',
      [
        ['a', '{y.name}'],
        ['a', 'b'],
      ],
    ],
    ['matchkeys(["a", "b"], ["k", x.name], ["k"])', ['a', 'b', '…']],
    ['chunklist([x.name, "a", "b"], 2)', [['{y.name}', 'a'], ['b']]],
  ]);
});

describe('maps', () => {
  rows([
    ['merge({ a = 1 }, { b = x.name })', { a: 1, b: '{y.name}' }],
    ['merge({ a = 1 }, u, { b = 2 })', { a: '{?var.u}', b: 2, '…': '…' }],
    ['merge({ a = 1 }, rest)', { a: 'b', '…': '…' }],
    ['merge(rest, { a = 1 })', { a: 1, '…': '…' }],
    ['merge({ a = 1 }, null)', { a: 1 }],
    ['lookup({ a = x.name }, "a", "z")', '{y.name}'],
    ['lookup({ a = 1 }, "b", "z")', 'z'],
    ['lookup({ a = 1 }, "b")', '!'],
    ['lookup(rest, "b", "z")', '{?y.list}'],
    ['lookup({ a = x.name }, u, "z")', '{?y.name var.u}'],
    ['lookup(x.tags, "a", "z")', '{?y.tags["a"]}'],
    ['lookup(x.tags, "a")', '{y.tags["a"]}'],
    ['keys({ b = x.name, a = 1 })', ['a', 'b']],
    ['keys(rest)', ['a', '…']],
    ['keys(x.tags)', '{?y.tags}'],
    ['values({ b = x.name, a = 1 })', [1, '{y.name}']],
    ['zipmap(["a", "b"], [x.name, 1])', { a: '{y.name}', b: 1 }],
    ['zipmap(["a", x.name], [1, 2])', { a: '{?y.name}', '{y.name}': 2, '…': '…' }],
    ['zipmap([x.name, "a"], [1, 2])', { '{y.name}': 1, a: 2, '…': '…' }],
    ['zipmap([x.name], [1])', { '{y.name}': 1 }],
    ['zipmap(["a"], x.list)', '{?y.list}'],
    ['transpose({ a = ["x"], b = ["x"] })', { x: ['a', 'b'] }],
    ['transpose({ a = [x.name] })', '{?y.name}'],
  ]);
});

describe('errors and other things', () => {
  rows([
    ['try(x.name, "a")', '{y.name}'],
    ['try({}.a, "a")', 'a'],
    ['try([{}.a], "a")', 'a'],
    ['try(u.a, "a")', '{?var.u}'],
    ['try(u.a, x.name, "a")', '{?y.name var.u}'],
    ['try(u.a)', '{?var.u}'],
    ['try({}.a, [][0])', '!'],
    ['can(x.name)', true],
    ['can({}.a)', false],
    ['can(u.a)', '{?var.u}'],
    ['tonumber(x.port)', '{y.port}'],
    ['tonumber("1${x.name}")', '{?y.name}'],
    ['tobool("x")', '!'],
    ['file("greeting.txt")', 'hello'],
    ['file("other.txt")', '{?file("other.txt")}'],
    ['fileexists("greeting.txt")', true],
    ['fileexists("other.txt")', '{?fileexists("other.txt")}'],
    ['file("${x.name}.txt")', '{?y.name}'],
    ['templatefile("greeting.txt", { a = 1 })', 'hello a'],
    ['templatefile("other.txt", {})', '{?templatefile("other.txt")}'],
    ['fileset(".", "*.tf")', '{?fileset()}'],
    ['timestamp()', '{?timestamp()}'],
    ['uuid()', '{?uuid()}'],
    ['bcrypt("a")', '{?bcrypt()}'],
    ['unheard_of(p.arn, { a = x.name })', '{?p.arn y.name unheard_of()}'],
    ['length()', '!'],
    ['length([], [])', '!'],
    ['core::length([1])', 1],
    ['sha256(x.name)', '{?y.name}'],
    ['cidrsubnet(x.cidr_block, 8, 1)', '{?y.cidr_block}'],
    ['cidrsubnet("10.0.0.0/8", 8, u)', '{?var.u}'],
    ['formatdate("YYYY", u)', '{?var.u}'],
    ['strrev(toString)', '!'],
    ['constructor("a")', '{?constructor()}'],
  ]);
});

describe('sensitive values', () => {
  test.each<[string, boolean]>([
    ['secret', true],
    ['"a${secret}"', true],
    ['upper(secret)', true],
    ['split("-", secret)', true],
    ['jsonencode({ a = secret })', true],
    ['jsondecode(jsonencode({ a = secret }))', true],
    ['length(secret)', true],
    ['[secret][0]', true],
    ['merge({ a = secret }, { b = 1 }).a', true],
    ['merge({ a = secret }, { b = 1 }).b', false],
    ['keys({ a = secret })', false],
    ['element(["a", secret], 0)', false],
    ['element(sensitive(["a"]), 0)', true],
    ['concat(sensitive(["a"]), ["b"])', true],
    ['lookup({ a = 1, b = secret }, "a")', false],
    ['coalesce(null, secret)', true],
    ['try({}.a, secret)', true],
    ['try(u.a, secret)', true],
    ['format("%s", secret)', true],
    ['nonsensitive(secret)', false],
    ['nonsensitive("${secret}-a")', false],
    ['sensitive("a")', true],
    ['secret == "a"', true],
    ['secret == "a" ? 1 : 2', true],
    ['unheard_of(secret)', true],
    ['md5(secret)', true],
    ['tostring(secret)', true],
    ['toset([secret])', true],
  ])('%s: %s', (text, expected) => {
    expect(isSensitive(valueOf(text))).toBe(expected);
  });

  test.each(['issensitive(secret)', 'issensitive(sensitive(x.name))'])('%s', (text) => {
    expect(show(valueOf(text))).toBe(true);
  });
});

describe('limits', () => {
  const long = scalar('a'.repeat(3_000_000));
  const call = (name: string, ...args: readonly Symbolic[]) => callFunction(name, args, context);

  test.each<[string, () => Symbolic]>([
    ['texts beyond any use', () => call('join', scalar(''), list([long, long]))],
    ['texts beyond all memory', () => call('replace', long, scalar('a'), long)],
    ['nested repetitions', () => call('regex', scalar('((a{1000}){1000}){1000}'), scalar('a'))],
    ['repetitions of nothing', () => call('regex', scalar('(?:(?:(?:){1000}){1000}){1000}b'), scalar('a'))],
    ['many steps', () => call('regexall', scalar('(a*)*b'), scalar('a'.repeat(20_000)))],
    ['wide formats', () => call('format', scalar('%999999999d'), scalar(1))],
    ['many combinations', () => call('setproduct', ...Array.from({ length: 8 }, () => value([1, 2, 3, 4, 5, 6, 7])))],
    ['many holes', () => call('split', scalar('a'), value(Array.from({ length: 50 }, () => arn)))],
  ])('%s do no harm', (_, run) => {
    const start = performance.now();
    run();
    expect(performance.now() - start).toBeLessThan(2000);
  });

  test('backtracking that JavaScript would not finish', () => {
    expect(show(call('regex', scalar('(a+)+$'), scalar(`${'a'.repeat(40)}b`)))).toBe('!');
  });

  test('an error of one argument is the result, of whatever function', () => {
    const failing = valueOf('{}.a');
    for (const name of ['upper', 'merge', 'unheard_of', 'jsonencode', 'nonsensitive']) {
      expect(call(name, failing)).toBe(failing);
    }
  });

  test('sensitive lists stay so in parts', () => {
    expect(call('one', asSensitive(list([scalar('a')])))).toMatchObject({ value: 'a', sensitive: true });
  });
});

describe('what the text writes out may be what only apply tells', () => {
  const attribute = (resource: string, path: string): Symbolic => attributeOf({ resource, path });
  const proxyName = attribute('aws_db_proxy.p', 'name');
  const any = attribute('aws_x.y', 'list');
  const [part, region, account] = ['partition', 'name', 'account_id'].map((path) => attribute('data.aws_x.c', path));
  const call = (name: string, ...args: readonly unknown[]) => callFunction(name, args.map(value), context);

  test.each<[string, readonly unknown[], unknown]>([
    ['trimprefix', [arn, 'arn:aws:rds:us-east-1:123456789012:db-proxy:'], '{?p.arn}'],
    ['replace', [arn, 'arn:aws:rds:us-east-1:123456789012:db-proxy:', ''], '{?p.arn}'],
    ['replace', [arn, 'arn:aws:rds:us-east-1:123456789012:db:', ''], '{p.arn}'],
    ['try', [call('regex', 'arn:aws:rds:us-east-1:123456789012:db-proxy:(.*)', arn), 'z'], '{?p.arn}'],
    [
      'trimprefix',
      [arn, call('join', ':', ['arn', part, 'rds', region, account, 'db-proxy:'])],
      '{?p.arn c.partition c.name c.account_id}',
    ],
    ['trimprefix', [arn, call('join', ':', ['arn', 'aws', 'rds', 'x', account, 'db-proxy:'])], '{?p.arn c.account_id}'],
    ['startswith', [arn, call('join', ':', ['arn', part])], '{?p.arn c.partition}'],
    ['split', [account, 'a:b'], '{?c.account_id}'],
    ['basename', [proxyName], '{?p.name}'],
    ['startswith', [attribute('aws_db_proxy.p', 'arn[3]'), 'prx-'], false],
    ['startswith', [attribute('aws_db_proxy.p', 'arn[3]'), 'us-east-1'], '{?p.arn[3]}'],
    ['sort', [[arn]], ['{p.arn}']],
    ['sort', [['b', arn, 'a']], ['b', '{p.arn}', 'a']],
    ['slice', [any, 1, 3], ['{y.list[1]}', '{y.list[2]}']],
    ['slice', [any, 2, 2], []],
    ['slice', [any, 2, 1], '!'],
    ['length', [call('slice', any, 0, 3)], 3],
  ])('%s(%j)', (name, args, expected) => {
    expect(show(call(name, ...args))).toEqual(expected);
  });
});
