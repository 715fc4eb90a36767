import { expect, test } from '@jest/globals';
import { inModuleOf, moduleOf, reachNote } from './expressions.ts';
import { freeName, instanceName, lastName, nameOf, quoted } from './mend-blocks.ts';

test.each([
  ['aws_db_proxy.main', ''],
  ['module.proxy.aws_db_proxy.main', 'module.proxy'],
  ['module.a.module.b[0].data.aws_iam_role.x["y"]', 'module.a.module.b[0]'],
  ['module.app["eu.west"].aws_db_proxy.main["a]b"]', 'module.app["eu.west"]'],
])('the module of %s', (address, module) => {
  expect(moduleOf(address)).toBe(module);
});

test.each([
  ['aws_iam_role.x', 'aws_db_proxy.main', 'aws_db_proxy.main'],
  ['module.a.aws_iam_role.x', 'module.a.aws_db_proxy.main["k"]', 'aws_db_proxy.main["k"]'],
  ['aws_iam_role.x', 'module.a.aws_db_proxy.main', 'module.a.aws_db_proxy.main'],
  ['module.a.aws_iam_role.x', 'module.a.module.b.aws_db_proxy.main', 'module.a.module.b.aws_db_proxy.main'],
  ['module.a.aws_iam_role.x', 'aws_db_proxy.main', 'aws_db_proxy.main'],
])('beside %s, %s is %s', (place, address, written) => {
  expect(inModuleOf(place, address)).toBe(written);
});

test.each([
  ['aws_iam_role.x', 'aws_db_proxy.main', /^$/],
  ['module.a.aws_iam_role.x', 'module.a.aws_db_proxy.main', /^$/],
  ['aws_iam_role.x', 'module.a.aws_db_proxy.main', /is inside module\.a: make its ARN an output/],
  ['module.a.aws_iam_role.x', 'module.a.module.b.aws_db_proxy.main', /is inside module\.a\.module\.b: .* an output/],
  ['module.a.aws_iam_role.x', 'aws_db_proxy.main', /is outside of module\.a: pass its ARN in as a variable/],
  ['module.a.module.b.aws_iam_role.x', 'module.a.aws_db_proxy.main', /is outside of module\.a\.module\.b/],
])('from %s, what to say of %s', (place, address, note) => {
  expect(reachNote(place, address, 'ARN')).toMatch(note);
});

test.each<[readonly string[], string]>([
  [[], 'main'],
  [['aws_db_proxy_target.other', 'aws_db_proxy.main'], 'main'],
  [['aws_db_proxy_target.main'], 'main_2'],
  [['aws_db_proxy_target.main["a.b"]', 'module.x["y"].aws_db_proxy_target.main_2'], 'main_3'],
])('beside %j, main becomes %s', (there, name) => {
  const entities = there.map((address) => ({ address }));
  expect(freeName(entities, 'aws_db_proxy_target', 'main')).toBe(name);
});

test.each([
  ['module.a.aws_iam_role.proxy["x.y"]', 'proxy'],
  ['module.a["b"].aws_iam_role.proxy["x"]', 'proxy'],
  ['aws_db_proxy.main', 'main'],
])('the last name of %s is %s', (address, name) => {
  expect(lastName(address)).toBe(name);
});

test.each([
  ['module.a["b"].aws_db_proxy.main["eu.west"]', 'main_eu_west'],
  ['data.aws_db_instance.main[0]', 'main_0'],
  ['aws_db_proxy.main', 'main'],
])('%s is one instance, %s', (address, name) => {
  expect(instanceName(address)).toBe(name);
});

test.each([
  ['app', 'app'],
  ['orders-app@%', 'orders_app'],
  ['1st', 'user_1st'],
])('user %s is called %s', (user, name) => {
  expect(nameOf(user)).toBe(name);
});

test.each([
  ['app', '"app"'],
  ['a"b', '"a\\"b"'],
  ['${aws:username}', '"$${aws:username}"'],
])('%s between quotes of HCL is %s', (text, written) => {
  expect(quoted(text)).toBe(written);
});
