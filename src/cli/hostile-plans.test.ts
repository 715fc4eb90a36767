import { describe } from '@jest/globals';
import { type Row, testRows } from '../testing/hostile-rows.ts';
import { genuine } from '../testing/mutations.ts';

// Genuine plans and states with one thing wrong: shapes, sizes and things that are there twice.

const plan = genuine('testdata/scenarios/mistake-grant-proxy-name/plan.json');
const noPassword = genuine('testdata/scenarios/mistake-secret-without-password/plan.json');
const network = genuine('testdata/scenarios/network-aurora-postgresql-jsonencode/plan.json');
const state = genuine('testdata/lifecycle/mistake-role-cannot-read-secret/state.json');

const proxy = 'change aws_db_proxy.main:';
const proxyConfig = 'config aws_db_proxy.main:';
const rootConfig = 'configuration.root_module';

const lists = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
const objects = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
const childModules = (levels: number): string =>
  `${'{"address":"module.a","child_modules":['.repeat(levels)}{}${']}'.repeat(levels)}`;
const moduleCalls = (levels: number): string =>
  `${'{"module_calls":{"a":{"module":'.repeat(levels)}{}${'}}}'.repeat(levels)}`;

const nesting: readonly Row[] = [
  ['5,000 lists in an attribute', plan, plan.putText(`${proxy} after.name`, lists(5000)), 'refused'],
  ['5,000 objects in an attribute', plan, plan.putText(`${proxy} after.tags`, objects(5000)), 'refused'],
  ['5,000 lists in a block', plan, plan.putText(`${proxy} after.auth`, lists(5000)), 'refused'],
  ['5,000 lists of flags', plan, plan.putText(`${proxy} after_unknown`, `{"auth":${lists(5000)}}`), 'refused'],
  ['5,000 objects in a constant', plan, plan.putText(`${proxyConfig} expressions.name`, objects(5000)), 'refused'],
  ['5,000 blocks in each other', plan, plan.putText(`${proxyConfig} expressions.auth`, lists(5000)), 'refused'],
  ['5,000 lists in a variable', plan, plan.putText('variables.master_password', `{"value":${lists(5000)}}`), 'refused'],
  [
    '5,000 modules in the state before',
    plan,
    plan.putText('prior_state', `{"values":{"root_module":${childModules(5000)}}}`),
    'refused',
  ],
  ['5,000 modules in a state', state, state.putText('values.root_module', childModules(5000)), 'refused'],
  [
    '5,000 module calls',
    plan,
    plan.putText(`${rootConfig}.module_calls`, `{"a":{"module":${moduleCalls(5000)}}}`),
    'refused',
  ],
  ['100,000 lists in an attribute', plan, plan.putText(`${proxy} after.name`, lists(1e5)), 'refused'],
  ['100,000 lists in a key that nobody reads', plan, plan.text.replace('{', `{"novelty":${lists(1e5)},`), 'same'],
  [
    '5,000 lists in a secret',
    noPassword,
    noPassword.text.replaceAll(/"secret_string":"[^"\\]*(?:\\.[^"\\]*)*"/g, `"secret_string":"${lists(5000)}"`),
    'judged',
  ],
];

const again = (from: typeof plan, path: string, address: string, change: object = {}): string => {
  const list = from.get(path) as readonly { readonly address: string }[];
  const twin = list.find((item) => item.address === address);
  return from.put(path, [...list, { ...twin, ...change }]);
};

const doubles: readonly Row[] = [
  ['a change twice', plan, again(plan, 'resource_changes', 'aws_db_proxy.main'), 'refused'],
  [
    'a change twice, and another',
    plan,
    again(plan, 'resource_changes', 'aws_db_proxy.main', {
      change: { actions: ['delete'], before: {}, after: null, after_unknown: false },
    }),
    'refused',
  ],
  [
    'a change as deposed as well',
    plan,
    again(plan, 'resource_changes', 'aws_db_proxy.main', { deposed: '0badcafe' }),
    'refused',
  ],
  [
    'a deposed key that is none',
    plan,
    plan.put('change aws_db_proxy.main:', { ...(plan.get('change aws_db_proxy.main:') as object), deposed: 'x' }),
    'refused',
  ],
  [
    'a node of the configuration twice',
    plan,
    again(plan, 'configuration.root_module.resources', 'aws_db_proxy.main'),
    'refused',
  ],
  ['a resource of a state twice', state, again(state, 'values.root_module.resources', 'aws_db_proxy.main'), 'refused'],
  [
    'an address of another name',
    plan,
    plan.put('change aws_db_proxy.main:', { ...(plan.get('change aws_db_proxy.main:') as object), name: 'other' }),
    'refused',
  ],
  [
    'an address in another module',
    plan,
    plan.put('change aws_db_proxy.main:', {
      ...(plan.get('change aws_db_proxy.main:') as object),
      module_address: 'module.other',
    }),
    'refused',
  ],
  [
    'an index that the address has not',
    plan,
    plan.put('change aws_db_proxy.main:', { ...(plan.get('change aws_db_proxy.main:') as object), index: 7 }),
    'refused',
  ],
];

const unwanted = (count: number): string => {
  const one = {
    mode: 'managed',
    type: 'aws_s3_object',
    name: 'o',
    change: { actions: ['create'], before: null, after: {}, after_unknown: {} },
  };
  const many = Array.from({ length: count }, (_, i) => ({ ...one, address: `aws_s3_object.o[${i}]`, index: i }));
  return plan.put('resource_changes', [...(plan.get('resource_changes') as readonly unknown[]), ...many]);
};

const oddities: readonly Row[] = [
  ['no change at all', plan, plan.put('resource_changes', null), 'refused'],
  ['no configuration at all', plan, plan.put('configuration', null), 'refused'],
  ['an action of tomorrow', plan, plan.put(`${proxy} actions`, ['teleport']), 'judged'],
  ['an action of tomorrow among others', plan, plan.put(`${proxy} actions`, ['create', 'teleport']), 'judged'],
  ['no action', plan, plan.put(`${proxy} actions`, []), 'refused'],
  ['an action that is no text', plan, plan.put(`${proxy} actions`, ['create', 7]), 'refused'],
  ['nothing after a create', plan, plan.put(`${proxy} after`, null), 'refused'],
  [
    'an unknown member of a list',
    plan,
    plan.put('change aws_db_instance.main: after.vpc_security_group_ids', [null]),
    'judged',
  ],
  [
    'a list in a list',
    plan,
    plan.put('change aws_db_instance.main: after.vpc_security_group_ids', [['sg-1']]),
    'judged',
  ],
  ['a port beyond all numbers', network, network.text.replaceAll(/"(from|to)_port":\d+/g, '"$1_port":1e999'), 'judged'],
  [
    'a port that is no whole number',
    network,
    network.text.replaceAll(/"(from|to)_port":\d+/g, '"$1_port":-0.5e-300'),
    'judged',
  ],
  [
    'groups that admit each other',
    network,
    network.text.replaceAll(
      /"referenced_security_group_id":\{"references":\[[^\]]*\]/g,
      '"referenced_security_group_id":{"references":["aws_security_group.database.id","aws_security_group.proxy.id"]',
    ),
    'judged',
  ],
  ['100,000 resources of another type', plan, unwanted(1e5), 'same'],
  ['a byte order mark', plan, `\ufeff${plan.text}`, 'same'],
  ['UTF-16 with a mark', plan, Buffer.from(`\ufeff${plan.text}`, 'utf16le'), 'same'],
  ['UTF-16 without a mark', plan, Buffer.from(plan.text, 'utf16le'), 'same'],
  ['UTF-16, big end first', plan, Buffer.from(`\ufeff${plan.text}`, 'utf16le').swap16(), 'same'],
];

describe('nesting', () => testRows(nesting));
describe('things that are there twice, or contradict each other', () => testRows(doubles));
describe('other oddities', () => testRows(oddities));
