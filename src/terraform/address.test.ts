import { describe, expect, test } from '@jest/globals';
import { isDataSource, parseTraversal, renderKey, renderPath, resourceTypeOf } from './address.ts';

const name = (text: string) => ({ name: text });
const index = (key: string | number) => ({ index: key });

describe('a traversal', () => {
  test.each([
    ['aws_db_proxy.main', [name('aws_db_proxy'), name('main')]],
    ['aws_x.y[0].arn', [name('aws_x'), name('y'), index(0), name('arn')]],
    ['aws_x.y["a.b[c]"].arn', [name('aws_x'), name('y'), index('a.b[c]'), name('arn')]],
    ['aws_x.y["a \\"q\\" b"]', [name('aws_x'), name('y'), index('a "q" b')]],
    [
      'module.m["k"].module.n[2].aws_x.y',
      [name('module'), name('m'), index('k'), name('module'), name('n'), index(2), name('aws_x'), name('y')],
    ],
    ['master_user_secret[0].secret_arn', [name('master_user_secret'), index(0), name('secret_arn')]],
    ['aws_x.y["a\\\\b"]', [name('aws_x'), name('y'), index('a\\b')]],
    ['aws_x.y["a\\nb"]', [name('aws_x'), name('y'), index('a\nb')]],
    ['aws_x.y["$${a}"].arn', [name('aws_x'), name('y'), index('${a}'), name('arn')]],
    ['aws_x.y["%%{a}"]', [name('aws_x'), name('y'), index('%{a}')]],
    ['aws_x.y["$$"]', [name('aws_x'), name('y'), index('$$')]],
    ['aws_x.y[""]', [name('aws_x'), name('y'), index('')]],
    ['aws_x.y["é"]', [name('aws_x'), name('y'), index('é')]],
    ['aws_x.y["0"]', [name('aws_x'), name('y'), index('0')]],
    ['aws_x.y[10][1].z', [name('aws_x'), name('y'), index(10), index(1), name('z')]],
    ['', []],
  ])('%s', (text, steps) => expect(parseTraversal(text)).toEqual(steps));

  test.each(['a.b', 'a[0].b', 'a["x.y"].b', 'module.m["k"].out', 'a["$${b}%%{c}"]', 'a["\\"]\\\\"].b', 'a[""]'])(
    '%s comes out as it went in',
    (text) => {
      expect(renderPath(parseTraversal(text))).toBe(text);
    },
  );

  test.each(['aws_x.y["a', 'aws_x.y[', 'a..b', '[', ']', '"'])('%j ends, whatever it is', (text) => {
    expect(parseTraversal(text).length).toBeLessThan(8);
  });
});

test.each([
  [null, ''],
  [0, '[0]'],
  ['a"b', '["a\\"b"]'],
  ['${a}%{b}$%', '["$${a}%%{b}$%"]'],
])('key %j is written %s', (key, text) => expect(renderKey(key)).toBe(text));

test.each([
  ['data.aws_region.here', true, 'aws_region'],
  ['@1/module.m["a.data.b"].data.aws_region.here[0]', true, 'aws_region'],
  ['module.data.data.aws_region.here', true, 'aws_region'],
  ['aws_db_proxy.data', false, 'aws_db_proxy'],
  ['@2/module.data.aws_db_proxy.main', false, 'aws_db_proxy'],
  ['module.m.module.data["x"].aws_db_proxy.main', false, 'aws_db_proxy'],
])('%s: is a data source: %s, type %s', (address, isData, type) => {
  expect([isDataSource(address), resourceTypeOf(address)]).toEqual([isData, type]);
});
