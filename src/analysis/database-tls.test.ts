import { expect, test } from '@jest/globals';
import type { Database, ParameterGroup } from '../model/auth-model.ts';
import { type Tri, type Value, absent, known, unknown } from '../model/value.ts';
import { insistsOnTls } from './database-tls.ts';
import type { Join } from './join.ts';
import type { World } from './world.ts';

const origin = { address: 'aws_db_instance.main', path: '' };
const nothing = absent(origin);

const databaseOf = (engine: string, version: string | null, group: Value<string> = nothing): Database =>
  ({
    engine: known(engine, origin),
    engineVersion: version === null ? nothing : known(version, origin),
    parameterGroup: group,
    replicaOf: nothing,
    restoredFrom: nothing,
  }) as unknown as Database;

const groupOf = (parameters: Readonly<Record<string, Value<string>>>, complete = true): ParameterGroup =>
  ({
    managed: true,
    address: 'aws_db_parameter_group.main',
    family: nothing,
    complete,
    parameters: Object.entries(parameters).map(([name, value]) => ({ origin, name: known(name, origin), value })),
  }) as unknown as ParameterGroup;

const worldWith = (join: Join<ParameterGroup>): World => ({ findParameterGroup: () => join }) as unknown as World;
const noGroup = worldWith({ kind: 'absent' });

test.each<[engine: string, version: string | null, insists: Tri]>([
  ['postgres', '14.12', false],
  ['postgres', '15.7', true],
  ['postgres', '17', true],
  ['postgres', null, 'unknown'],
  ['aurora-postgresql', '16.4', false],
  ['aurora-postgresql', '17.4', true],
  ['mariadb', '11.4.3', false],
  ['mariadb', '11.8.2', true],
  ['mariadb', '11', 'unknown'],
  ['mariadb', '12.0', true],
  ['mysql', '8.4.3', false],
  ['aurora-mysql', '8.0.mysql_aurora.3.08.0', false],
  ['sqlserver-se', '15.00.4415.2.v1', false],
  ['oracle-ee', '19', 'unknown'],
])('%s %s by default: %s', (engine, version, insists) => {
  expect(insistsOnTls(noGroup, databaseOf(engine, version))).toBe(insists);
});

const one = (group: ParameterGroup): Join<ParameterGroup> => ({ kind: 'one', entity: group });
const set = known('orders', origin);

test.each<[title: string, database: Database, join: Join<ParameterGroup>, insists: Tri]>([
  ['on', databaseOf('postgres', '14', set), one(groupOf({ 'rds.force_ssl': known('1', origin) })), true],
  ['off', databaseOf('postgres', '16', set), one(groupOf({ 'rds.force_ssl': known('0', origin) })), false],
  ['ON', databaseOf('mysql', '8.0', set), one(groupOf({ require_secure_transport: known('ON', origin) })), true],
  ['of another engine', databaseOf('mysql', '8.0', set), one(groupOf({ 'rds.force_ssl': known('1', origin) })), false],
  [
    'after apply',
    databaseOf('mysql', '8.0', set),
    one(groupOf({ require_secure_transport: unknown(origin) })),
    'unknown',
  ],
  ['not set', databaseOf('postgres', '16', set), one(groupOf({})), true],
  ['perhaps in a dynamic block', databaseOf('postgres', '16', set), one(groupOf({}, false)), 'unknown'],
  ['out of view', databaseOf('postgres', '16', set), { kind: 'outside', text: 'orders' }, 'unknown'],
  [
    'the default one by its name',
    databaseOf('postgres', '16', known('default.postgres16', origin)),
    { kind: 'outside', text: 'default.postgres16' },
    true,
  ],
])('a parameter group: %s', (_, database, join, insists) => {
  expect(insistsOnTls(worldWith(join), database)).toBe(insists);
});

test('a replica has the group of its source', () => {
  const replica = { ...databaseOf('postgres', '16'), replicaOf: known('orders', origin) };
  expect(insistsOnTls(noGroup, replica)).toBe('unknown');
});
