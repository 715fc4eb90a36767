import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { adaptGraph, adaptedTypes } from '../adapters/index.ts';
import { unknown } from '../model/value.ts';
import { buildGraph } from '../terraform/build-graph.ts';
import { detectDocument } from '../terraform/plan/detect.ts';
import { expandSubnets } from './network.ts';
import { buildWorld } from './world.ts';

const path = 'policies/reachability/proxy-wrong-vpc/cases/pass-same-subnets/plan.json';
const detected = detectDocument(readFileSync(path, 'utf8'), path);
if (!detected.ok) throw new Error(path);
const world = buildWorld(adaptGraph(buildGraph([{ ...detected.document, index: 0 }], adaptedTypes)).model);

const origin = { address: 'aws_db_proxy.main', path: 'vpc_subnet_ids' };
const group = 'aws_db_subnet_group.main';

test.each<[string, readonly (readonly [string, string])[], boolean]>([
  ['the whole list', [[group, 'subnet_ids']], true],
  [
    'all elements',
    [
      [group, 'subnet_ids[0]'],
      [group, 'subnet_ids[1]'],
    ],
    true,
  ],
  ['one of two elements', [[group, 'subnet_ids[0]']], false],
  [
    'one element twice',
    [
      [group, 'subnet_ids[0]'],
      [group, 'subnet_ids[0]'],
    ],
    false,
  ],
  ['another attribute', [[group, 'name']], false],
  [
    'an element and a subnet',
    [
      [group, 'subnet_ids[0]'],
      ['aws_subnet.main_b', 'id'],
    ],
    false,
  ],
  ['a group out of view', [['aws_db_subnet_group.other', 'subnet_ids']], false],
  ['nothing', [], false],
])('a list that is %s of a subnet group', (_, references, isGroup) => {
  const items = references.map(([resource, name]) => unknown(origin, [{ resource, path: name }]));
  const list = { items, complete: true, origin };
  const [found] = world.model.subnetGroups;
  expect(expandSubnets(world, list)).toBe(isGroup ? found?.subnets : list);
});
