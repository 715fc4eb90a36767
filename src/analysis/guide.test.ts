import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { adaptGraph, adaptedTypes } from '../adapters/index.ts';
import type { AuthModel, Client, Database, DnsRecord, Subnet } from '../model/auth-model.ts';
import type { Connection, Path } from '../model/connection.ts';
import type { Guide } from '../model/guide.ts';
import { type ListValue, type Value, absent, known, unknown } from '../model/value.ts';
import { buildGraph } from '../terraform/build-graph.ts';
import { detectDocument } from '../terraform/plan/detect.ts';
import { analyse } from './analyse.ts';
import { buildGuides } from './guide.ts';

const modelOf = (path: string): AuthModel => {
  const detected = detectDocument(readFileSync(path, 'utf8'), path);
  if (!detected.ok) throw new Error(path);
  return adaptGraph(buildGraph([{ ...detected.document, index: 0 }], adaptedTypes)).model;
};

const scenario = (name: string): AuthModel => modelOf(`testdata/scenarios/${name}/plan.json`);

const guideOf = (model: AuthModel, path: Path, user?: Connection['user']): Guide => {
  const { context, judged } = analyse(model);
  const guides = buildGuides(context, judged);
  const { connections } = analyse(model);
  const wanted = connections.find((one) => one.path === path && (user === undefined || one.user === user));
  const guide = guides.find(({ connection }) => connection === wanted?.id);
  if (guide === undefined) throw new Error(`There is no ${path}`);
  return guide;
};

const origin = { address: 'x', path: '' };
const text = (value: string): Value<string> => known(value, origin);
const later = (resource: string, path: string): Value<string> => unknown(origin, [{ resource, path }]);
const listOf = (...items: readonly Value<string>[]): ListValue<string> => ({ items, complete: true, origin });
const entity = (address: string) => ({ id: address, address, judged: true, managed: true, origin });

describe('where the client connects to', () => {
  test.each<[string, string, Path, Partial<Guide>]>([
    [
      'a proxy that does not exist yet',
      'testdata/scenarios/mistake-grant-proxy-name/plan.json',
      'iam-proxy-rds',
      {
        dialect: 'mysql',
        host: { kind: 'after-apply', expression: 'aws_db_proxy.main.endpoint' },
        port: { kind: 'known', text: '3306' },
        region: { kind: 'known', text: 'us-east-1' },
        trust: 'amazon-roots',
        secret: 'aws_secretsmanager_secret.app',
      },
    ],
    [
      'a database that does not exist yet',
      'testdata/scenarios/mistake-grant-proxy-name/plan.json',
      'iam-rds',
      {
        host: { kind: 'after-apply', expression: 'aws_db_instance.main.address' },
        trust: 'rds-bundle',
        secret: null,
      },
    ],
    [
      'a cluster',
      'testdata/scenarios/wildcard-aurora-postgresql-document/plan.json',
      'password-rds',
      { dialect: 'postgresql', host: { kind: 'after-apply', expression: 'aws_rds_cluster.main.endpoint' } },
    ],
    [
      'an instance in a module',
      'testdata/lifecycle/end-to-end-modules/create-plan.json',
      'iam-proxy-iam-rds',
      { port: { kind: 'known', text: '5432' }, secret: null },
    ],
    [
      'what exists',
      'testdata/lifecycle/end-to-end-modules/state.json',
      'iam-proxy-iam-rds',
      { host: { kind: 'known', text: expect.stringMatching(/^orders-web-proxy\..*\.rds\.amazonaws\.com$/) } as never },
    ],
    [
      'MariaDB behind a proxy',
      'testdata/scenarios/password-mariadb-jsonencode-for-each/plan.json',
      'password-proxy-rds',
      { dialect: 'mariadb' },
    ],
    [
      'SQL Server',
      'testdata/scenarios/password-sqlserver-document/plan.json',
      'password-proxy-rds',
      { dialect: 'sqlserver', port: { kind: 'known', text: '1433' } },
    ],
  ])('%s', (_, plan, path, expected) => {
    expect(guideOf(modelOf(plan), path)).toMatchObject(expected);
  });

  const base = scenario('mistake-grant-proxy-name');
  const changed = (change: Partial<Database>): AuthModel => ({
    ...base,
    databases: base.databases.map((database) => ({ ...database, ...change })),
  });

  test('a proxy keeps the port of its family, whatever the port of the database (fact 6.3)', () => {
    const model = changed({ port: known(3399, origin) });
    expect(guideOf(model, 'iam-proxy-rds').port).toEqual({ kind: 'known', text: '3306' });
    expect(guideOf(model, 'password-rds').port).toEqual({ kind: 'known', text: '3399' });
  });

  test('an unknown port is an expression', () => {
    const model = changed({ port: unknown(origin) });
    expect(guideOf(model, 'password-rds').port).toEqual({
      kind: 'after-apply',
      expression: 'aws_db_instance.main.port',
    });
  });

  test.each(['db.example.com; reboot', 'x sslmode=disable', '$(id)', "a'b"])('%s is no host', (host) => {
    expect(guideOf(changed({ hosts: [text(host)] }), 'password-rds').host).toEqual({ kind: 'not-in-view' });
  });

  test.each([
    ['oracle-ee', null],
    ['db2-se', null],
    ['aurora-postgresql', 'postgresql'],
    ['sqlserver-ex', 'sqlserver'],
  ])('the client of %s', (engine, dialect) => {
    expect(guideOf(changed({ engine: text(engine) }), 'password-rds').dialect).toBe(dialect);
  });

  test('an unknown engine behind a proxy is of its family', () => {
    const model = changed({ engine: unknown(origin) });
    expect(guideOf(model, 'iam-proxy-rds').dialect).toBe('mysql');
    expect(guideOf(model, 'password-rds').dialect).toBeNull();
  });
});

describe('facts', () => {
  const base = scenario('mistake-grant-proxy-name');
  const kinds = (model: AuthModel, path: Path): readonly string[] =>
    guideOf(model, path).facts.map(({ kind, addresses }) => `${kind} ${addresses.join()}`);
  const withDatabase = (change: Partial<Database>): AuthModel => ({
    ...base,
    databases: base.databases.map((database) => ({ ...database, ...change })),
  });
  const record = (targets: ListValue<string>): DnsRecord => ({
    ...entity('aws_route53_record.db'),
    name: text('db'),
    fqdn: text('db.example.com'),
    type: text('CNAME'),
    targets,
  });
  const subnet = (name: string, vpc: Value<string>, range: string): Subnet => ({
    ...entity(`aws_subnet.${name}`),
    subnetId: text(name),
    arn: absent(origin),
    vpcId: vpc,
    zone: text('us-east-1a'),
    zoneId: absent(origin),
    ranges: listOf(text(range)),
  });
  const withSubnets = (
    subnets: readonly Subnet[],
    ofProxy: readonly string[],
    clients: readonly Client[] = [],
  ): AuthModel => ({
    ...base,
    subnets,
    clients,
    proxies: base.proxies.map((proxy) => ({ ...proxy, subnets: listOf(...ofProxy.map(text)) })),
  });
  const lambda = (subnets: ListValue<string>): Client => ({
    ...entity('aws_lambda_function.app'),
    kind: 'lambda',
    role: later('aws_iam_role.orders', 'arn'),
    executionRole: absent(origin),
    securityGroups: listOf(),
    subnets,
    inVpc: true,
    hosts: listOf(),
    ports: [],
  });

  test('none where nothing is in view', () => expect(kinds(base, 'iam-proxy-rds')).toEqual([]));

  test('an endpoint of the proxy', () => {
    expect(kinds(scenario('mistake-read-only-endpoint'), 'iam-proxy-rds')).toEqual([
      expect.stringContaining('proxy-endpoint aws_db_proxy_endpoint.'),
    ]);
  });

  test.each<[string, Path, ListValue<string>, readonly string[]]>([
    [
      'the proxy',
      'iam-proxy-rds',
      listOf(later('aws_db_proxy.main', 'endpoint')),
      ['custom-dns aws_route53_record.db'],
    ],
    ['the database', 'iam-rds', listOf(later('aws_db_instance.main', 'address')), ['custom-dns aws_route53_record.db']],
    ['the other of both', 'iam-rds', listOf(later('aws_db_proxy.main', 'endpoint')), []],
    ['another attribute', 'iam-rds', listOf(later('aws_db_instance.main', 'arn')), []],
    ['something else', 'iam-rds', listOf(text('example.com')), []],
  ])('a record that stands for %s', (_, path, targets, expected) => {
    expect(kinds({ ...base, dnsRecords: [record(targets)] }, path)).toEqual(expected);
  });

  test.each<[string, readonly string[]]>([
    ['10.0.0.0/25', []],
    ['10.0.0.0/26', ['few-addresses aws_subnet.a']],
    ['2001:db8::/64', []],
  ])('a subnet of %s', (range, expected) => {
    expect(kinds(withSubnets([subnet('a', text('vpc-1'), range)], ['a']), 'iam-proxy-rds')).toEqual(expected);
  });

  test.each<[string, Value<string>, readonly string[]]>([
    ['another VPC', text('vpc-2'), ['other-vpc aws_lambda_function.app']],
    ['the same VPC', text('vpc-1'), []],
    ['a VPC that may be the same', later('aws_vpc.main', 'id'), []],
  ])('a client in %s', (_, vpc, expected) => {
    const subnets = [subnet('a', text('vpc-1'), '10.0.0.0/20'), subnet('b', vpc, '10.1.0.0/20')];
    expect(kinds(withSubnets(subnets, ['a'], [lambda(listOf(text('b')))]), 'iam-proxy-rds')).toEqual(expected);
  });

  test.each<[string, Partial<Database>, readonly string[]]>([
    [
      'a secondary of a global database',
      { kind: 'cluster', globalCluster: text('g'), replicaOf: text('arn:aws:rds:us-east-1:123456789012:cluster:a') },
      ['global-secondary aws_db_instance.main'],
    ],
    ['its primary', { kind: 'cluster', globalCluster: text('g'), replicaOf: absent(origin) }, []],
  ])('%s', (_, change, expected) => {
    const target = base.proxyTargets.map((one) => ({
      ...one,
      clusterIdentifier: later('aws_db_instance.main', 'identifier'),
      instanceIdentifier: absent(origin),
    }));
    expect(kinds({ ...withDatabase(change), proxyTargets: target }, 'iam-proxy-rds')).toEqual(expected);
  });

  test.each<[string, Path, readonly string[]]>([
    ['db.t3.micro', 'iam-rds', ['small-class aws_db_instance.main']],
    ['db.t4g.small', 'iam-rds', ['small-class aws_db_instance.main']],
    ['db.t4g.medium', 'iam-rds', []],
    ['db.t3.micro', 'iam-proxy-rds', []],
  ])('class %s, %s', (instanceClass, path, expected) => {
    expect(kinds(withDatabase({ instanceClass: text(instanceClass) }), path)).toEqual(expected);
  });

  test("the master user's secret rotates", () => {
    const model = {
      ...base,
      proxies: base.proxies.map((proxy) => ({
        ...proxy,
        auth: proxy.auth.map((block) => ({
          ...block,
          secretArn: later('aws_db_instance.main', 'master_user_secret[0].secret_arn'),
          iamAuth: absent(origin),
        })),
      })),
    };
    expect(kinds(model, 'password-proxy-rds')).toEqual(['master-secret-rotates aws_db_instance.main']);
    expect(kinds(model, 'password-rds')).toEqual([]);
  });
});
