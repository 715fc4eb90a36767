import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { installPacked } from '../../src/testing/install-packed.ts';

let project = '';
const peersOf = (framework: string): readonly string[] => ['constructs', framework, `@${framework}/provider-aws`];

beforeAll(() => {
  project = installPacked();
}, 60_000);

afterAll(() => rmSync(project, { recursive: true }));

const node = (...argv: readonly string[]) => spawnSync(process.execPath, argv, { cwd: project, encoding: 'utf8' });

/** Of a program that imports the constructs in each way there is, what it prints, or the message of its error. */
const ways = {
  require: (name: string, body: string) => ['-e', `const them = require('${name}'); ${body}`],
  import: (name: string, body: string) => ['--input-type=module', '-e', `import * as them from '${name}'; ${body}`],
} as const;

const print = 'console.log(Object.keys(them).sort().join());';
const messageOf = (stderr: string): string => /^Error: (.*)$/m.exec(stderr)?.[1] ?? stderr;

const rows = (['cdktf', 'cdktn'] as const).flatMap((framework) =>
  (['require', 'import'] as const).map((way) => [framework, way] as const),
);

describe('a project that has the package and no peer of it', () => {
  test('checks a plan', () => {
    const plan = resolve('testdata/scenarios/mistake-tls-off/plan.json');
    const { status, stdout, stderr } = node('node_modules/rds-auth-policy/bin/rds-auth-policy.js', plan);
    expect([status, stderr]).toEqual([1, '']);
    expect(stdout).toContain('proxy-iam-requires-tls');
  });

  test('imports the library', () => {
    const { stdout, stderr } = node(...ways.import('rds-auth-policy', 'console.log(typeof them.check);'));
    expect([stdout, stderr]).toEqual(['function\n', '']);
  });

  test.each(rows)('says what to install for the constructs of %s, by %s', (framework, way) => {
    const { status, stderr } = node(...ways[way](`rds-auth-policy/${framework}`, print));
    expect(status).toBe(1);
    expect(messageOf(stderr)).toBe(
      `The constructs of rds-auth-policy need constructs, ${framework}, @${framework}/provider-aws, which the checker does without. ` +
        `Type: npm install constructs@10.7 ${framework} @${framework}/provider-aws`,
    );
  });

  test('has no test, no source of the constructs and nothing that is not published', () => {
    const files = readdirSync(join(project, 'node_modules/rds-auth-policy/dist'), {
      recursive: true,
      encoding: 'utf8',
    });
    const constructs = files.filter((file) => /^cdkt[fn]\//.test(file));
    expect(constructs.filter((file) => !/\/([a-z-]+\.(d\.ts|js)|package\.json)$/.test(file))).toEqual([]);
    expect(files.filter((file) => /\.test\./.test(file))).toEqual([]);
    expect(constructs.length).toBeGreaterThan(40);
  });
});

describe('a project that has the peers', () => {
  const link = (name: string): void => {
    const target = join(project, 'node_modules', name);
    mkdirSync(dirname(target), { recursive: true });
    symlinkSync(resolve('node_modules', name), target);
  };

  test.each(['cdktf', 'cdktn'])('says which one is missing, of %s', (framework) => {
    const [constructs = '', core = '', bindings = ''] = peersOf(framework);
    if (framework === 'cdktf') link(constructs);
    link(core);
    const { stderr } = node(...ways.require(`rds-auth-policy/${framework}`, print));
    expect(messageOf(stderr)).toBe(
      `The constructs of rds-auth-policy need ${bindings}, which the checker does without. Type: npm install ${bindings}`,
    );
    link(bindings);
  });

  test.each(rows)('imports the constructs of %s, by %s', (framework, way) => {
    const { stdout, stderr } = node(...ways[way](`rds-auth-policy/${framework}`, print));
    expect(stderr).toBe('');
    expect(stdout).toContain('EndToEndIamProxy,IamCluster,IamDatabase,IamProxy,');
  });

  test.each(rows)('makes a stack of %s, by %s', (framework, way) => {
    const program = `
      const network = { vpcId: 'vpc-1', subnetIds: ['subnet-1', 'subnet-2'] };
      const stack = new framework.TerraformStack(new framework.App({ outdir: 'out-${framework}-${way}' }), 'stack');
      new AwsProvider(stack, 'aws', { region: 'eu-west-1' });
      const database = new them.IamDatabase(stack, 'database', {
        name: 'orders', engine: 'postgres', engineVersion: '16.4', network, instanceClass: 'db.t4g.medium', allocatedStorage: 20,
      });
      new them.EndToEndIamProxy(stack, 'proxy', { name: 'orders', database, users: ['app'] });
      framework.App.of(stack).synth();`;
    const provider = `@${framework}/provider-aws/lib/provider/index.js`;
    const start =
      way === 'require'
        ? `const framework = require('${framework}'); const { AwsProvider } = require('${provider}');`
        : `import * as framework from '${framework}'; import { AwsProvider } from '${provider}';`;
    const { stderr, status } = node(...ways[way](`rds-auth-policy/${framework}`, `${start}${program}`));
    expect([status, stderr]).toEqual([0, '']);
    const path = join(project, `out-${framework}-${way}/stacks/stack/cdk.tf.json`);
    const { resource } = JSON.parse(readFileSync(path, 'utf8'));
    expect(Object.values(resource.aws_db_proxy)).toMatchObject([{ default_auth_scheme: 'IAM_AUTH' }]);
  });
});

test('the bindings are imported one by one', () => {
  const loaded = node(
    '-e',
    "require('rds-auth-policy/cdktf'); console.log(JSON.stringify(Object.keys(require.cache)))",
  ).stdout;
  const bindings: readonly string[] = JSON.parse(loaded).filter((path: string) => path.includes('provider-aws'));
  expect(bindings.length).toBeGreaterThan(20);
  expect(bindings.filter((path) => path.endsWith('provider-aws/lib/index.js'))).toEqual([]);
  expect(bindings.length).toBeLessThan(100);
});
