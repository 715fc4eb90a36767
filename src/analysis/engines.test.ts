import { describe, expect, test } from '@jest/globals';
import { type Value, absent, known, unknown } from '../model/value.ts';
import { defaultPort, familyOf, iamSupportOf, proxySupportOf } from './engines.ts';

const origin = { address: 'aws_db_instance.main', path: 'engine_version' };
const version = (text: string | null): Value<string> => (text === null ? absent(origin) : known(text, origin));

describe('IAM database authentication, by engine and version', () => {
  test.each([
    ['mysql', '8.0.40', true],
    ['mysql', null, true],
    ['postgres', '16.4', true],
    ['aurora-mysql', '8.0.mysql_aurora.3.08.0', true],
    ['aurora-postgresql', '16.4', true],
    ['mariadb', '10.5.27', false],
    ['mariadb', '10.4', false],
    ['mariadb', '10.6.20', 'unknown'],
    ['mariadb', '10.11.10', true],
    ['mariadb', '11.4.3', true],
    ['mariadb', '10', true],
    ['mariadb', null, true],
    ['oracle-se2', '19', false],
    ['sqlserver-se', '15.00.4415.2.v1', false],
    ['db2-se', '11.5', false],
    ['custom-oracle-ee', '19.my', false],
    ['neptune', '1.3', 'unknown'],
    ['mariadb', 'quick-fox', 'unknown'],
  ])('%s %s: %s', (engine, text, answer) => {
    expect(iamSupportOf(engine, version(text)).answer).toBe(answer);
  });

  test('a version that is known after apply decides nothing where versions differ', () => {
    expect(iamSupportOf('mariadb', unknown(origin)).answer).toBe('unknown');
    expect(iamSupportOf('mysql', unknown(origin)).answer).toBe(true);
  });
});

describe('RDS Proxy, by engine and version', () => {
  test.each([
    ['mysql', '8.4.3', true],
    ['mysql', '5.7.44', true],
    ['mysql', '5.6.51', false],
    ['mariadb', '10.6.20', true],
    ['postgres', '9.6.24', false],
    ['postgres', '10.23', true],
    ['postgres', '18.1', true],
    ['postgres', '19.0', 'unknown'],
    ['aurora-postgresql', '17.4', true],
    ['aurora-postgresql', '17.2', false],
    ['aurora-postgresql', '13.3', false],
    ['aurora-postgresql', '10.21', false],
    ['aurora-postgresql', '16', true],
    ['aurora-mysql', '8.0.mysql_aurora.3.00.1', false],
    ['aurora-mysql', '8.0.mysql_aurora.3.08.0', true],
    ['aurora-mysql', '5.7.mysql_aurora.2.07.9', true],
    ['aurora-mysql', '5.7.mysql_aurora.2.11.4', true],
    ['aurora-mysql', '5.7.mysql_aurora.2.09.2', 'unknown'],
    ['aurora', '5.6.mysql_aurora.1.23.4', false],
    ['sqlserver-ex', '13.00.6435.1.v1', true],
    ['sqlserver-ee', '15.00.4415.2.v1', true],
    ['sqlserver-se', '16.00.4185.3.v1', false],
    ['sqlserver-se', '12.00.6449.1.v1', false],
    ['oracle-ee', '19', false],
    ['db2-ae', '11.5', false],
    ['mysql', null, true],
    ['neptune', '1.3', 'unknown'],
    ['postgres', 'quick-fox', 'unknown'],
  ])('%s %s: %s', (engine, text, answer) => {
    expect(proxySupportOf(engine, version(text)).answer).toBe(answer);
  });

  test('a version that is known after apply decides nothing', () => {
    expect(proxySupportOf('postgres', unknown(origin)).answer).toBe('unknown');
  });
});

test.each([
  ['mysql', 'MYSQL', 3306],
  ['mariadb', 'MYSQL', 3306],
  ['aurora-postgresql', 'POSTGRESQL', 5432],
  ['sqlserver-web', 'SQLSERVER', 1433],
  ['oracle-ee', undefined, 1521],
  ['db2-se', undefined, 50000],
])('%s: family %s, port %s', (engine, family, port) => {
  expect(familyOf(engine)).toBe(family);
  expect(defaultPort(engine)).toBe(port);
});
