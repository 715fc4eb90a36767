import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import type * as Cdktf from 'cdktf';
import type { Report } from '../../src/model/report.ts';
import { checkDirectory, modelOfDirectory } from '../../src/testing/check-source.ts';
import type * as Library from './index.ts';

// Each HCL module and its construct, for every engine: asked for the same, they are the same to the checker.

const load = createRequire(resolve('modules/src/parity.test.ts'));
const { App, Testing, TerraformStack }: typeof Cdktf = load('cdktf');
const { AwsProvider } = load('@cdktf/provider-aws/lib/provider');
const library: typeof Library = load('../../dist/cdktf');

type Stack = Cdktf.TerraformStack;

const folder = mkdtempSync(join(tmpdir(), 'parity-'));
afterAll(() => rmSync(folder, { recursive: true }));

const home = 'testdata/hcl-modules';
const names = readdirSync(home).filter((name) => !/-(applied|changed)$/.test(name));

const network = {
  vpcId: 'vpc-0123456789abcdef0',
  subnetIds: ['subnet-0aaa0000000000001', 'subnet-0bbb0000000000002'],
};
const tags = { Project: 'orders' };
const service = { roleName: 'orders-service' };
const analysts = { groupName: 'analysts' };
const client = { securityGroupId: 'sg-0c11e000000000001' };
const users = ['app', 'reports'] as const;

/** As the configurations of the modules write them. */
const versions: Readonly<Record<string, string>> = {
  mysql: '8.0.40',
  mariadb: '10.11.9',
  postgres: '16.4',
  'sqlserver-ex': '15.00.4430.1.v1',
  'sqlserver-se': '15.00.4430.1.v1',
  'aurora-mysql': '8.0.mysql_aurora.3.08.0',
  'aurora-postgresql': '16.4',
};

/** The engine is that of a folder's name; modules/types holds what goes with what. */
type AnyEngine = 'mysql' & 'aurora-mysql';

const instanceClassOf = (engine: string): string =>
  String(engine).startsWith('sqlserver') ? 'db.m7i.large' : 'db.m7g.large';

const propsOf = (engine: AnyEngine) => ({
  name: 'orders',
  engine,
  engineVersion: String(versions[engine]),
  network,
  tags,
});

const databaseOf = (stack: Stack, engine: AnyEngine): Library.PasswordDatabase | Library.PasswordCluster => {
  const { PasswordCluster, PasswordDatabase } = library;
  return String(engine).startsWith('aurora')
    ? new PasswordCluster(stack, 'database', { ...propsOf(engine), instanceClass: 'db.r7g.large' })
    : new PasswordDatabase(stack, 'database', {
        ...propsOf(engine),
        instanceClass: instanceClassOf(engine),
        allocatedStorage: 100,
      });
};

const iamDatabaseOf = (stack: Stack, engine: AnyEngine): Library.IamDatabase | Library.IamCluster => {
  const { IamCluster, IamDatabase } = library;
  return String(engine).startsWith('aurora')
    ? new IamCluster(stack, 'database', { ...propsOf(engine), instanceClass: 'db.r7g.large' })
    : new IamDatabase(stack, 'database', {
        ...propsOf(engine),
        instanceClass: instanceClassOf(engine),
        allocatedStorage: 100,
      });
};

const password = (stack: Stack, engine: AnyEngine) => {
  databaseOf(stack, engine).allowFrom('orders-service', client);
};

const iam = (stack: Stack, engine: AnyEngine) => {
  const database = iamDatabaseOf(stack, engine);
  database.allowFrom('orders-service', client);
  database.grantConnect(service, 'app');
  database.grantConnect(analysts, 'reports');
};

/** What the module of the folder's name is asked for, asked of the construct. */
const patterns: Readonly<Record<string, (stack: Stack, engine: AnyEngine) => void>> = {
  'password-database': password,
  'password-cluster': password,
  'iam-database': iam,
  'iam-cluster': iam,
  'password-proxy': (stack, engine) => {
    const database = databaseOf(stack, engine);
    const proxy = new library.PasswordProxy(stack, 'proxy', { name: 'orders', database, users, tags });
    proxy.allowFrom('orders-service', client);
  },
  'iam-proxy': (stack, engine) => {
    const database = databaseOf(stack, engine);
    const proxy = new library.IamProxy(stack, 'proxy', { name: 'orders', database, users, tags });
    proxy.allowFrom('orders-service', client);
    proxy.grantConnect(service, 'app');
    proxy.grantConnect(analysts, 'reports');
  },
  'end-to-end-iam-proxy': (stack, engine) => {
    const database = iamDatabaseOf(stack, engine);
    const proxy = new library.EndToEndIamProxy(stack, 'proxy', { name: 'orders', database, users, tags });
    proxy.allowFrom('orders-service', client);
    proxy.grantConnect(service, 'app');
    proxy.grantConnect(analysts, 'reports');
  },
};

const synthesize = (name: string): string => {
  const [, pattern = '', engine = ''] = /^(.*?(?:database|cluster|proxy))-(.*)$/.exec(name) ?? [];
  const stack = new TerraformStack(new App(), 'stack');
  new AwsProvider(stack, 'aws', { region: 'us-east-1' });
  patterns[pattern]?.(stack, engine as AnyEngine);
  const directory = mkdtempSync(join(folder, `${name}-`));
  writeFileSync(join(directory, 'cdk.tf.json'), Testing.synth(stack));
  return directory;
};

/** An address as the type of its resource: modules and constructs have names of their own. */
const asType = (text: string): string =>
  text.replaceAll(/(?:module\.[\w-]+(?:\[[^\]]*\])?\.)*((?:data\.)?aws_\w+)\.[\w-]+(?:\[[^\]]*\])?/g, '$1');

/** Where something is written, what it is called, and what only the constraint of a module on its provider tells. */
const ownWords = new Set([
  ...['id', 'address', 'origin', 'origins', 'calls', 'place', 'tags', 'sid'],
  ...['name', 'names', 'description', 'subnetGroup', 'parameterGroup', 'legacyIdMeans'],
]);

const plain = (value: unknown): unknown => {
  if (typeof value === 'string') return asType(value);
  if (Array.isArray(value)) return sorted(value.map(plain));
  return value === null || typeof value !== 'object' ? value : plainObject(value);
};

type Loose = { readonly [key in 'kind' | 'value' | 'template' | 'resource' | 'path']?: unknown };

const plainObject = (value: Loose): unknown => {
  if (value.kind === 'known') return plain(value.value);
  if (value.kind === 'absent') return null;
  if (value.kind === 'unknown' && Array.isArray(value.template)) return textOf(value.template);
  const entries = Object.entries(value).filter(([key]) => !ownWords.has(key));
  return Object.fromEntries(
    entries.map(([key, item]) => [key, key === 'changesAtOnce' ? (plain(item) ?? false) : plain(item)]),
  );
};

/** A template as text. Where the endpoint is, one says by data sources, the other by parts of its ARN. */
const textOf = (template: readonly (string | Loose)[]): string =>
  template
    .map((part) => (typeof part === 'string' ? part : `<${asType(String(part.resource))}.${part.path}>`))
    .join('')
    .replace(/^arn:.*:dbuser:/, 'dbuser:');

/** Without order. What is made once for each user is one block in HCL, and as many resources of a construct. */
const sorted = (items: readonly unknown[]): readonly unknown[] =>
  items.every((item) => typeof item === 'string')
    ? [...new Set(items)].sort()
    : [...items].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

const verdictsOf = ({ matrix, connections, findings }: Report): unknown =>
  plain({
    matrix,
    connections: connections.map(({ path, user, principal, database, proxy, verdict, legs }) => ({
      ...{ path, user, principal, database, proxy, verdict },
      legs: legs.map(({ leg, status }) => `${leg} ${status}`),
    })),
    findings: findings.map(({ policy, address, outcome, message }) => ({ policy, at: address, outcome, message })),
  });

describe.each(names)('%s', (name) => {
  const synthesized = synthesize(name);

  test('has the verdicts of its construct', () => {
    expect(verdictsOf(checkDirectory(`${home}/${name}`))).toEqual(verdictsOf(checkDirectory(synthesized)));
  });

  test('has the model of its construct', async () => {
    const [module, construct] = await Promise.all([`${home}/${name}`, synthesized].map(modelOfDirectory));
    expect(plain(module?.model)).toEqual(plain(construct?.model));
  });
});
