import { expect, test } from '@jest/globals';
import { type TemplatePart, known, literal, unknown } from '../../model/value.ts';
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

const proxy = { resource: 'aws_db_proxy.main', path: 'endpoint' };
const port = { resource: 'aws_rds_cluster.main', path: 'port' };
const elsewhere = { resource: 'aws_lb.main', path: 'dns_name' };

test.each<readonly [name: string, template: readonly TemplatePart[], ports: readonly (number | undefined)[]]>([
  ['a port behind the host', ['postgres://app:canary@', proxy, ':5433/canary'], [5433]],
  ['a port behind the host alone', [proxy, ':5433'], [5433]],
  ['a port in a list of hosts', ['postgres://', proxy, ':5432,', proxy, ':5433/canary'], [5432, 5433]],
  ['no port', ['postgres://app@', proxy, '/canary'], []],
  ['a port that is known later', ['postgres://', proxy, ':', port, '/canary'], [undefined]],
  ['the port of another host', ['https://', elsewhere, ':5433/', proxy], []],
  ['a name before the host', ['postgres://canary', proxy, ':5433/canary'], []],
  ['what may be any text', [proxy, ':5433 canary'], []],
])('of a text with the host of an endpoint in it: %s', (_, template, ports) => {
  const references = template.filter((part) => typeof part === 'object' && 'path' in part);
  const value = { ...unknown(origin, references), template };
  const told = readSettings([{ name: 'DATABASE_URL', value }], names, origin);
  expect(told.hosts.items).toEqual(
    references.some(({ resource }) => resource === proxy.resource) ? [unknown(origin, [proxy])] : [],
  );
  expect(told.ports.map(literal)).toEqual(ports);
  expect(JSON.stringify(told)).not.toContain('canary');
});
