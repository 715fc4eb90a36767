import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { isObject, parseJson } from '../json.ts';
import { compareWithPlan, isSame } from './match-plan.ts';

type Module = {
  readonly resources?: readonly unknown[];
  readonly module_calls?: Readonly<Record<string, { readonly module: Module }>>;
};
const managed = (...addresses: readonly string[]) => addresses.map((address) => ({ address, mode: 'managed' }));
const data = (address: string) => ({ address: `data.${address}`, mode: 'data' });

const inner: Module = { resources: managed('aws_db_proxy.p') };
const root: Module = {
  resources: [...managed('aws_vpc.v', 'aws_db_instance.d'), data('aws_region.r')],
  module_calls: { m: { module: { ...inner, module_calls: { n: { module: inner } } } } },
};
const whole = [
  'aws_vpc.v',
  'aws_db_instance.d',
  'data.aws_region.r',
  'module.m.aws_db_proxy.p',
  'module.m.module.n.aws_db_proxy.p',
];
const without = (...gone: readonly string[]) => whole.filter((address) => !gone.includes(address));

const planOf = (module: Module) => parseJson(JSON.stringify({ configuration: { root_module: module } }));
const compare = (addresses: readonly string[], module: Module = root) => {
  const plan = planOf(module);
  if (!isObject(plan)) throw new Error('no plan');
  const set = new Set(addresses);
  const difference = compareWithPlan(set, plan);
  return [isSame(difference), difference.onlyInPlan, difference.onlyInSource];
};

describe('a configuration matches a plan', () => {
  test.each<[string, readonly string[]]>([
    ['with the same resources', whole],
    ['with a data source less', without('data.aws_region.r')],
    ['with a data source more', [...whole, 'data.aws_region.other', 'module.m.data.aws_region.other']],
    ['where a module is not installed', without('module.m.module.n.aws_db_proxy.p')],
    ['where a module and those in it are not', without('module.m.aws_db_proxy.p', 'module.m.module.n.aws_db_proxy.p')],
  ])('%s', (_, addresses) => {
    expect(compare(addresses)).toEqual([true, [], []]);
  });

  test.each<[string, readonly string[], readonly string[], readonly string[]]>([
    ['a resource is missing in the root', without('aws_vpc.v'), ['aws_vpc.v'], []],
    ['the root has one more', [...whole, 'aws_vpc.w'], [], ['aws_vpc.w']],
    ['another name', [...without('aws_vpc.v'), 'aws_vpc.w'], ['aws_vpc.v'], ['aws_vpc.w']],
    ['a module has one more', [...whole, 'module.m.aws_vpc.w'], [], ['module.m.aws_vpc.w']],
    ['a module more', [...whole, 'module.x.aws_vpc.w'], [], ['module.x.aws_vpc.w']],
    [
      'a module that is read has one less',
      [...without('module.m.aws_db_proxy.p'), 'module.m.aws_vpc.w'],
      ['module.m.aws_db_proxy.p'],
      ['module.m.aws_vpc.w'],
    ],
    [
      'a module in the place of a data source',
      [...without('data.aws_region.r'), 'module.data.aws_region.r'],
      [],
      ['module.data.aws_region.r'],
    ],
  ])('not where %s', (_, addresses, onlyInPlan, onlyInSource) => {
    expect(compare(addresses)).toEqual([false, onlyInPlan, onlyInSource]);
  });

  test('not where neither has anything', () => {
    expect(compare([], {})).toEqual([false, [], []]);
    expect(compare([], { module_calls: { m: { module: inner } } })).toEqual([false, [], []]);
  });

  test('of a genuine plan', () => {
    const plan = parseJson(readFileSync('testdata/scenarios/end-to-end-mysql-local-module/plan.json', 'utf8'));
    if (!isObject(plan)) throw new Error('no plan');
    const { onlyInPlan } = compareWithPlan(new Set(['module.proxy.x']), plan);
    expect(onlyInPlan).toContain('module.proxy.aws_db_proxy.main');
    expect(isSame(compareWithPlan(new Set(onlyInPlan), plan))).toBe(true);
  });

  test('modules in a thousand others do not break it', () => {
    let module: Module = inner;
    for (let i = 0; i < 1000; i++) module = { module_calls: { m: { module } } };
    const address = `${'module.m.'.repeat(1000)}aws_db_proxy.p`;
    expect(compare([address], module)).toEqual([true, [], []]);
  });
});
