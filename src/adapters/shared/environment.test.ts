import { expect, test } from '@jest/globals';
import { known, literal } from '../../model/value.ts';
import { readSettings } from './environment.ts';

const origin = { address: 'aws_lambda_function.a', path: 'environment' };
const names = new Set(['orders.internal.example.com']);
const db = 'orders.c1.eu-west-1.rds.amazonaws.com';

const read = (name: string, text: string): readonly (string | number | undefined)[] => {
  const { hosts, ports } = readSettings([{ name, value: known(text, origin) }], names, origin);
  return [...hosts.items.map(literal), ...ports.map(literal)];
};

test.each<readonly [text: string, found: readonly (string | number)[]]>([
  [db, [db]],
  [`${db.toUpperCase()}.`, [db]],
  [`${db}:3306`, [db, 3306]],
  [`${db}:0`, [db]],
  [`${db}:99999`, [db]],
  ['orders.c1.rds.cn-north-1.amazonaws.com.cn', ['orders.c1.rds.cn-north-1.amazonaws.com.cn']],
  ['orders.c1.cn-north-1.rds.amazonaws.com.cn', ['orders.c1.cn-north-1.rds.amazonaws.com.cn']],
  ['Orders.Internal.Example.com:5432', ['orders.internal.example.com', 5432]],
  [`postgres://app:canary@${db}:5432/canary?password=canary#canary`, [db, 5432]],
  [`postgres://app:can@ary@${db}/orders`, [db]],
  [
    `postgresql://app:canary@${db}:5432,orders.internal.example.com:5433/`,
    [db, 'orders.internal.example.com', 5432, 5433],
  ],
  [`jdbc:sqlserver://${db}:1433;password=canary`, [db, 1433]],
  [`app:canary@tcp(${db}:3306)/orders`, [db, 3306]],
  [JSON.stringify({ host: db, replicas: [{ url: `postgres://app:canary@${db}:5433/orders` }] }), [db, 5433]],
])('%s tells %j', (text, found) => {
  expect(read('DATABASE', text)).toEqual(found);
});

test.each([
  'canary',
  'canary.example.com',
  'https://app:canary@example.com:8443/',
  `canary ${db}`,
  `canary/${db}`,
  `${db}.example.com`,
  `${db}/canary`,
  `postgres://app:can/ary@${db}:5432/orders`,
  `postgres://${db}:canary@example.com/`,
  'rds.amazonaws.com',
  'rds.eu-west-1.amazonaws.com',
  'https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem',
  'truststore.pki.eu-west-1.rds.amazonaws.com',
  '3306',
  JSON.stringify({ password: 'canary', [db]: 1, other: `canary ${db}` }),
  `{"host":"${db}"`,
  `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
  `${'a'.repeat(50_000)}:`,
])('of %s nothing is kept', (text) => {
  expect(read('DATABASE', text)).toEqual([]);
});

test.each([
  ['PORT', '3306', [3306]],
  ['DB_PORT', '3306', [3306]],
  ['db_port', '3306', [3306]],
  ['PASSPORT', '3306', []],
  ['PORT_PASSWORD', '3306', []],
  ['DB_PORT', 'canary', []],
  ['DB_PORT', ' 3306', []],
  ['DB_PORT', '0', []],
  ['DB_PORT', '65536', []],
])('%s = %s gives the ports %j', (name, text, found) => {
  expect(read(name, text)).toEqual(found);
});
