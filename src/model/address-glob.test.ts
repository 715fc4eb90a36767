import { expect, test } from '@jest/globals';
import { matchesAddress, matchesText, modulesAround } from './address-glob.ts';

test.each([
  ['aws_db_instance.main', 'aws_db_instance.main'],
  ['aws_db_instance.main', 'aws_db_instance.main[0]'],
  ['aws_db_instance.main', 'aws_db_instance.main["a.b"]'],
  ['aws_db_instance.main', 'aws_db_instance.main["a]\\".b"]'],
  ['aws_db_instance.main[0]', 'aws_db_instance.main[0]'],
  ['aws_db_instance.main["a.b"]', 'aws_db_instance.main["a.b"]'],
  ['aws_db_instance.main["*"]', 'aws_db_instance.main["eu.west"]'],
  ['aws_db_instance.main[*]', 'aws_db_instance.main["eu.west"]'],
  ['aws_db_instance.*', 'aws_db_instance.main'],
  ['aws_db_instance.*', 'aws_db_instance.main["a.b"]'],
  ['aws_db_instance.legacy*', 'aws_db_instance.legacy_2["x"]'],
  ['*.main', 'aws_rds_cluster.main'],
  ['*.*', 'aws_rds_cluster.main[3]'],
  ['aws_*.m*n', 'aws_rds_cluster.main'],
  ['data.*.main', 'data.aws_db_instance.main'],
  ['module.prod.**', 'module.prod.aws_db_proxy.main'],
  ['module.prod.**', 'module.prod.module.inner["a.b"].aws_db_proxy.main[0]'],
  ['module.prod.**', 'module.prod["x"].aws_db_proxy.main'],
  ['module.prod.**.main', 'module.prod.module.inner.aws_db_proxy.main'],
  ['module.*.aws_db_proxy.main', 'module.prod["x.y"].aws_db_proxy.main'],
  ['module.prod["x"].aws_db_proxy.main', 'module.prod["x"].aws_db_proxy.main'],
  ['module.a.aws_db_instance.main', 'module.a[0].aws_db_instance.main["x.y"]'],
  ['**.aws_db_proxy.main', 'aws_db_proxy.main'],
  ['**.aws_db_proxy.main', 'module.a.module.b.aws_db_proxy.main'],
  ['**.aws_db_proxy.**.main', 'module.a.aws_db_proxy.main'],
  ['**proxy.main', 'module.a.aws_db_proxy.main'],
  ['**', 'module.a.aws_db_proxy.main["x"]'],
  ['***', 'module.a.aws_db_proxy.main["x"]'],
  ['**', ''],
])('%s matches %s', (glob, address) => {
  expect(matchesAddress(glob, address)).toBe(true);
});

test.each([
  ['', 'aws_db_instance.main'],
  ['aws_db_instance.main', 'aws_db_instance.main2'],
  ['aws_db_instance.main', 'aws_db_instance.mai'],
  ['aws_db_instance.main', 'module.a.aws_db_instance.main'],
  ['aws_db_instance.main', 'data.aws_db_instance.main'],
  ['aws_db_instance.main[0]', 'aws_db_instance.main'],
  ['aws_db_instance.main[0]', 'aws_db_instance.main[00]'],
  ['aws_db_instance.main[0-9]', 'aws_db_instance.main[0]'],
  ['aws_db_instance.mai?', 'aws_db_instance.main'],
  ['aws_db_instance.{main}', 'aws_db_instance.main'],
  ['aws_db_instance.main', 'aws_db_instanceXmain'],
  ['*', 'aws_db_instance.main'],
  ['*.main', 'module.a.aws_db_instance.main'],
  ['aws_db_instance.*', 'aws_db_instance'],
  ['module.prod.**', 'module.prod'],
  ['module.prod.**', 'module.production.aws_db_proxy.main'],
  ['module.prod["x"].**', 'module.prod["y"].aws_db_proxy.main'],
  ['module.prod["x"].**', 'module.prod.aws_db_proxy.main'],
  ['module.prod.**.main', 'module.prod.aws_db_proxy.domain'],
  ['**.main', 'aws_db_proxy.domain'],
  ['**.main', 'aws_db_proxy.other["x.main"]'],
  ['aws_db_instance.main["a*"]', 'aws_db_instance.main["b"]'],
])('%s does not match %s', (glob, address) => {
  expect(matchesAddress(glob, address)).toBe(false);
});

test('a glob of many stars takes no longer than its length times that of the address', () => {
  const glob = `${'a*'.repeat(500)}**.**.b`;
  const started = performance.now();
  expect(matchesAddress(glob, `${'a'.repeat(2000)}.c`)).toBe(false);
  expect(performance.now() - started).toBeLessThan(5000);
});

test.each([
  ['proxy-*', 'proxy-tls-not-required', true],
  ['*', '', true],
  ['app', 'app', true],
  ['a.b', 'a.b', true],
  ['*.b', 'x.y.b', true],
  ['proxy-*', 'database-tls', false],
  ['app', 'apple', false],
  ['a.b', 'axb', false],
  ['', 'app', false],
])('%s and the text %s: %s', (glob, text, matches) => {
  expect(matchesText(glob, text)).toBe(matches);
});

test.each([
  ['aws_db_instance.main', []],
  ['data.aws_db_instance.module', []],
  ['module.a.aws_db_instance.main', ['module.a']],
  ['module.a["x.module.y"].module.b[0].data.aws_x.y', ['module.a["x.module.y"]', 'module.a["x.module.y"].module.b[0]']],
  ['module.a["]\\"."].aws_x.y', ['module.a["]\\"."]']],
])('%s lies in %j', (address, modules) => {
  expect(modulesAround(address)).toEqual(modules);
});
