import { describe, expect, test } from '@jest/globals';
import { valueOf } from './evaluate/functions/values.test-support.ts';
import { madeFrom } from './made-from.ts';
import type { Symbolic } from './symbolic.ts';
import { textAt } from './values.ts';

/** What each text in a value was made from: `start-end attribute`, and nothing where it was written as it is. */
const madeOf = (value: Symbolic): unknown => {
  if (value.kind === 'list') return value.items.map(madeOf);
  if (value.kind === 'map')
    return Object.fromEntries([...value.entries].map(([key, item]) => [key, madeOf(item)] as const));
  return madeFrom(value).map(
    ({ resource, path, start, end }) => `${start}-${end} ${resource.split('.').at(-1)}.${path}`,
  );
};

const k = 'k.identifier';
const arn = 'p.arn';

test.each<[string, unknown]>([
  ['"crm"', []],
  ['k', [`0-3 ${k}`]],
  ['"${k}"', [`0-3 ${k}`]],
  ['"a-${k}"', [`2-5 ${k}`]],
  ['"${p.arn}:${k}/b"', [`2-5 ${k}`]],
  ['"%{ if true }a${k}%{ endif }"', [`1-4 ${k}`]],
  ['"%{ for x in [k, "b", k] }${x},%{ endfor }"', [`0-3 ${k}`, `6-9 ${k}`]],
  ['"${"a-${k}"}/${k}"', [`2-5 ${k}`, `6-9 ${k}`]],
])('a template, %s', (text, made) => expect(madeOf(valueOf(text))).toEqual(made));

describe('what puts texts one behind the other keeps them apart', () => {
  test.each<[string, unknown]>([
    ['join("-", ["a", k, "b"])', [`2-5 ${k}`]],
    ['join(k, ["a", "b"])', [`1-4 ${k}`]],
    ['join(",", ["a"], [k])', [`2-5 ${k}`]],
    ['format("a%s/b", k)', [`1-4 ${k}`]],
    ['format("%[2]s/%[1]s", k, "b")', [`2-5 ${k}`]],
    ['format("%5s", k)', [`0-5 ${k}`]],
    ['format("%q", k)', [`0-5 ${k}`]],
    ['format("%s:%s", p.arn, k)', [`2-5 ${k}`]],
    ['format("%s", "a-${k}")', [`2-5 ${k}`]],
    ['format("${k}-a-%s", k)', [`0-3 ${k}`, `6-9 ${k}`]],
    ['format("%s-${k}%%${k}", "b")', [`2-5 ${k}`, `6-9 ${k}`]],
    ['format("${split(":", p.arn)[5]}/%s", "a")', [`0-8 ${arn}`]],
    ['formatlist("%s/%s", [k], ["a", "b"][0])', [[`0-3 ${k}`]]],
    ['provider::aws::arn_build("aws", "rds-db", k, "b", "c")', [`15-18 ${k}`]],
    ['templatestring("a${k}", { k = "b" })', []],
  ])('%s', (text, made) => expect(madeOf(valueOf(text))).toEqual(made));
});

describe('what makes a text makes all of it from all that it is given', () => {
  test.each<[string, unknown]>([
    ['lower(k)', [`0-3 ${k}`]],
    ['replace(k, "c", "b")', [`0-3 ${k}`]],
    ['trimprefix("a-${k}", "a-")', [`0-3 ${k}`]],
    ['substr(k, 0, 2)', [`0-2 ${k}`]],
    ['md5(k)', [`0-32 ${k}`]],
    ['split(":", p.arn)[5]', [`0-8 ${arn}`]],
    ['element(split(":", p.arn), 5)', [`0-8 ${arn}`]],
    ['join("", slice(split(":", p.arn), 5, 6))', [`0-8 ${arn}`]],
    ['upper(split(":", p.arn)[5])', [`0-8 ${arn}`]],
    ['jsondecode(jsonencode({ a = k }))', { a: [`0-3 ${k}`] }],
    ['replace(jsonencode({ a = k }), "crm", "b")', [`0-9 ${k}`]],
    ['lower("")', []],
  ])('%s', (text, made) => expect(madeOf(valueOf(text))).toEqual(made));
});

describe('what hands elements on hands on what they were made from', () => {
  test.each<[string, unknown]>([
    ['coalesce("a", k)', []],
    ['coalesce("", k)', [`0-3 ${k}`]],
    ['[k, "a"][1]', []],
    ['element([k, "a"], 0)', [`0-3 ${k}`]],
    ['lookup({ a = k, b = "c" }, "b")', []],
    ['concat(["a"], [k])', [[], [`0-3 ${k}`]]],
    ['sort([k, "a"])', [[], [`0-3 ${k}`]]],
    ['try(k.x, k)', [`0-3 ${k}`]],
    ['true ? "a" : k', []],
    ['tostring(k)', [`0-3 ${k}`]],
    ['[for x in [k] : "${x}-1"]', [[`0-3 ${k}`]]],
  ])('%s', (text, made) => expect(madeOf(valueOf(text))).toEqual(made));
});

test('of more than any document has, each stands for all of the text', () => {
  const text = valueOf('join(",", [for x in range(1024) : join(",", [k, "a", k, "a", k, "a", k, "a", k])])');
  expect(madeOf(text)).toEqual([`0-${textAt(text)?.length} ${k}`]);
});
