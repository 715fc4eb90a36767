import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { DbProxyConfig } from '@cdktf/provider-aws/lib/db-proxy/index.js';
import { afterAll, describe, expect, test } from '@jest/globals';
import type * as Cdktf from 'cdktf';
import type * as Constructs from 'constructs';
import * as checker from '../../src/engine.ts';
import type { EnforceOptions, RdsAuthPolicy as Enforcement } from './enforce.ts';
import type { Engine } from './engine.ts';

const load = createRequire(resolve('modules/src/enforce.ts'));
const folder = mkdtempSync(join(tmpdir(), 'enforce-'));
afterAll(() => rmSync(folder, { recursive: true }));

const write = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

test('what the constructs take the checker for is what it is', () => {
  const isEngine = <Rules>(engine: Engine<Rules>): Engine<Rules> => engine;
  expect(Object.keys(isEngine(checker)).sort()).toEqual(['judgeStack', 'openStackRules', 'userStatements']);
});

const mandatory = 'proxy-iam-requires-tls';
const advisory = 'proxy-tls-not-required';
const only = [mandatory, advisory];

const frameworks = [
  ['cdktf', 'CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS'],
  ['cdktn', 'CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS'],
] as const;

describe.each(frameworks)('%s', (name, switchOff) => {
  const { App, Aspects, TerraformStack, TerraformVariable, Testing }: typeof Cdktf = load(name);
  const { Construct }: typeof Constructs = load('constructs');
  const { DbProxy } = load(`@${name}/provider-aws/lib/db-proxy`);
  const { DbInstance } = load(`@${name}/provider-aws/lib/db-instance`);
  const { DbProxyTarget } = load(`@${name}/provider-aws/lib/db-proxy-target`);
  const { AwsProvider } = load(`@${name}/provider-aws/lib/provider`);
  const { RdsAuthPolicy }: { RdsAuthPolicy: typeof Enforcement } = load(`../../dist/${name}`);

  type Made = { readonly app: Cdktf.App; readonly stack: Cdktf.TerraformStack; readonly file: string };

  let count = 0;
  const makeApp = (config: Cdktf.AppConfig = {}): Cdktf.App => {
    count += 1;
    return new App({ outdir: join(folder, `${name}-${count}`), ...config });
  };

  const addStack = (app: Cdktf.App, id = 'orders'): Made => {
    const stack = new TerraformStack(app, id);
    new AwsProvider(stack, 'aws', { region: 'us-east-1' });
    return { app, stack, file: join(app.outdir, 'stacks', id, 'cdk.tf.json') };
  };

  const addProxy = (scope: Constructs.Construct, change: Partial<DbProxyConfig> = {}) =>
    new DbProxy(new Construct(scope, 'proxy'), 'main', {
      name: 'orders',
      engineFamily: 'POSTGRESQL',
      roleArn: 'arn:aws:iam::123456789012:role/proxy',
      vpcSubnetIds: ['subnet-1', 'subnet-2'],
      auth: [
        {
          authScheme: 'SECRETS',
          iamAuth: 'REQUIRED',
          secretArn: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:orders/app-abcdef',
        },
      ],
      ...change,
    });

  /** A stack with a proxy that requires IAM and no TLS. */
  const wrongStack = (config?: Cdktf.AppConfig, options: EnforceOptions = { only }): Made => {
    const made = addStack(makeApp(config));
    addProxy(made.stack);
    RdsAuthPolicy.enforce(made.stack, options);
    return made;
  };

  const synth = ({ app }: Pick<Made, 'app'>): string => {
    try {
      app.synth();
      return '';
    } catch (error) {
      return String(error);
    }
  };

  const annotationsOf = ({ node }: Cdktf.TerraformStack): readonly (readonly [string, string, string])[] =>
    node
      .findAll()
      .flatMap((one) =>
        one.node.metadata
          .filter(({ type }) => /^@cdkt[fn]\//.test(type))
          .map(({ type, data }) => [one.node.path, type.replace(/^.*\//, ''), String(data)] as const),
      );

  const finding = `[orders/proxy/main] ${mandatory}: aws_db_proxy.proxy_main_`;
  const edit = /In aws_db_proxy\.proxy_main_\w+ write:\n +require_tls = true/;

  describe('fails the synthesis', () => {
    test('by the validation', () => {
      const made = wrongStack();
      const error = synth(made);
      expect(error).toContain(`Validation failed with the following errors:\n  [orders] ${finding}`);
      expect(error).toMatch(edit);
      expect(error).not.toContain(advisory);
      expect(existsSync(made.file)).toBe(false);
    });

    test('by the annotation, where validations are skipped', () => {
      const made = wrongStack({ skipValidation: true });
      const error = synth(made);
      expect(error).toContain(`Encountered Annotations with level "ERROR":\n${finding}`);
      expect(error).toMatch(edit);
      expect(existsSync(made.file)).toBe(false);
    });

    test('by the validation, where annotations do not end it', () => {
      process.env[switchOff] = '1';
      try {
        const made = wrongStack();
        expect(synth(made)).toContain(`[orders] ${finding}`);
        expect(existsSync(made.file)).toBe(false);
      } finally {
        delete process.env[switchOff];
      }
    });

    test('of a stack with an unreadable configuration', () => {
      const made = wrongStack({}, { configuration: join(folder, 'missing.yaml') });
      const error = synth(made);
      expect(error).toMatch(/\[orders\] \[orders\] rds-auth-policy: \S*missing\.yaml: /);
      expect(error).toContain('The configuration decides what fails, so nothing is judged without it.');
      expect(existsSync(made.file)).toBe(false);
    });

    test('of a stack that is right, where the configuration is wrong', () => {
      const made = addStack(makeApp());
      addProxy(made.stack, { requireTls: true });
      RdsAuthPolicy.enforce(made.stack, { only, configuration: write('wrong.yaml', 'ruels: []\n') });
      expect(synth(made)).toMatch(/wrong\.yaml:1:1: Unknown key ruels; did you mean rules\?/);
    });

    test('of a stack whose policies have a name that does not exist', () => {
      expect(synth(wrongStack({}, { only: ['proxy-iam-requires-tsl'] }))).toContain(
        `There is no policy proxy-iam-requires-tsl; did you mean ${mandatory}?`,
      );
    });
  });

  test('Testing.synth does not fail, and records it at the construct', () => {
    const { stack } = wrongStack();
    expect(JSON.parse(Testing.synth(stack))).toHaveProperty('resource.aws_db_proxy');
    expect(annotationsOf(stack)).toEqual([
      ['orders/proxy/main', 'error', expect.stringMatching(`^${mandatory}: `)],
      ['orders/proxy/main', 'warn', expect.stringMatching(`^${advisory}: `)],
    ]);
    expect(() => Testing.synth(stack, true)).toThrow(mandatory);
  });

  test('judge gives the same as a list, and needs no enforce', () => {
    const { stack } = addStack(makeApp());
    addProxy(stack);
    expect(RdsAuthPolicy.judge(stack, { only })).toEqual([
      { level: 'error', path: 'orders/proxy/main', policy: mandatory, text: expect.stringMatching(edit) },
      { level: 'warning', path: 'orders/proxy/main', policy: advisory, text: expect.stringMatching(edit) },
    ]);
    expect(annotationsOf(stack)).toEqual([]);
  });

  describe('writes the stack', () => {
    test.each<[string, Partial<DbProxyConfig> | null, EnforceOptions]>([
      ['that is right', { requireTls: true }, { only }],
      ['without a database', null, {}],
      ['whose findings are advice', {}, { only: [advisory] }],
      ['that skips the policy', {}, { only, skip: [mandatory] }],
      ['that is judged by another set', {}, { sets: ['waivers'] }],
      ['whose configuration waives it', {}, { only, configuration: 'waives.yaml' }],
    ])('%s', (_, proxy, options) => {
      const waiver = `waivers:\n  - policy: ${mandatory}\n    address: aws_db_proxy.*\n    expires: 2999-01-01\n    reason: So.\n`;
      const configuration = options.configuration === undefined ? {} : { configuration: write('waives.yaml', waiver) };
      const made = addStack(makeApp());
      if (proxy !== null) addProxy(made.stack, proxy);
      RdsAuthPolicy.enforce(made.stack, { ...options, ...configuration });
      expect(synth(made)).toBe('');
      expect(existsSync(made.file)).toBe(true);
    });
  });

  describe('what is undecided', () => {
    const judged = (options: EnforceOptions): readonly [string, Cdktf.TerraformStack] => {
      const made = addStack(makeApp());
      addProxy(made.stack, { requireTls: new TerraformVariable(made.stack, 'tls', { type: 'bool' }).booleanValue });
      RdsAuthPolicy.enforce(made.stack, { only, ...options });
      return [synth(made), made.stack];
    };

    test('is a warning, or of advice a note', () => {
      const [error, stack] = judged({});
      expect(error).toBe('');
      expect(annotationsOf(stack)).toEqual([
        ['orders', 'warn', expect.stringContaining('Nothing gives a value to var.tls')],
        ['orders/proxy/main', 'warn', expect.stringContaining(`${mandatory}: undecided: require_tls`)],
        ['orders/proxy/main', 'info', expect.stringContaining(`${advisory}: undecided: require_tls`)],
      ]);
    });

    test('fails where that is asked for', () => {
      const [error] = judged({ unknown: 'fail' });
      expect(error).toContain(`[orders] [orders/proxy/main] ${mandatory}: undecided: require_tls`);
      expect(error).not.toContain(advisory);
    });

    test('fails where the configuration asks for it', () => {
      const configuration = write('unknown.yaml', 'output:\n  unknown: fail\n');
      expect(judged({ configuration })[0]).toContain(mandatory);
      expect(judged({ configuration, unknown: 'report' })[0]).toBe('');
    });
  });

  test('other aspects come first', () => {
    const made = addStack(makeApp());
    const proxy = addProxy(made.stack);
    RdsAuthPolicy.enforce(made.stack, { only });
    Aspects.of(made.stack).add({
      visit: (node) => {
        if (node === proxy) proxy.requireTls = true;
      },
    });
    expect(synth(made)).toBe('');
    expect(annotationsOf(made.stack)).toEqual([]);
  });

  test('each stack of an app is judged by itself', () => {
    const app = makeApp();
    const [network, orders] = [addStack(app, 'network'), addStack(app, 'orders')];
    addProxy(network.stack, { requireTls: true });
    addProxy(orders.stack);
    for (const { stack } of [network, orders]) RdsAuthPolicy.enforce(stack, { only });
    expect(synth({ app })).toContain(`[orders] ${finding}`);
    expect([existsSync(network.file), existsSync(orders.file)]).toEqual([true, false]);
  });

  test('what is in another stack is out of view, and undecided', () => {
    const app = makeApp();
    const [data, orders] = [addStack(app, 'data'), addStack(app, 'orders')];
    const policy = 'proxy-engine-mismatch';
    const database = new DbInstance(data.stack, 'db', {
      identifier: 'orders',
      engine: 'mysql',
      instanceClass: 'db.m6i.large',
    });
    const register = (scope: Constructs.Construct) =>
      new DbProxyTarget(scope, 'target', {
        dbProxyName: addProxy(scope).name,
        targetGroupName: 'default',
        dbInstanceIdentifier: database.identifier,
      });
    register(orders.stack);
    RdsAuthPolicy.enforce(orders.stack, { only: [policy] });
    expect(synth({ app })).toBe('');
    expect(annotationsOf(orders.stack)).toEqual([
      ['orders/proxy/main', 'warn', expect.stringContaining(`${policy}: undecided: `)],
    ]);
    register(data.stack);
    expect(RdsAuthPolicy.judge(data.stack, { only: [policy] })).toMatchObject([
      { level: 'error', path: 'data/proxy/main', policy },
    ]);
  });

  test('both switches together let everything through', () => {
    process.env[switchOff] = '1';
    try {
      const made = wrongStack({ skipValidation: true });
      expect(synth(made)).toBe('');
      expect(existsSync(made.file)).toBe(true);
    } finally {
      delete process.env[switchOff];
    }
  });

  test('a stack may be judged twice, by several', () => {
    const { app, stack } = wrongStack({ skipValidation: true }, { only: [mandatory] });
    RdsAuthPolicy.enforce(stack, { only: [advisory] });
    const error = synth({ app });
    expect(error.split(mandatory).length).toBe(2);
    expect(annotationsOf(stack).map(([, level]) => level)).toEqual(['error', 'warn']);
    expect(synth({ app })).toContain(mandatory);
  });

  test('aspect and validation judge a stack once', () => {
    const configuration = write('once.yaml', 'waivers: []\n');
    const made = addStack(makeApp());
    addProxy(made.stack, { requireTls: true });
    RdsAuthPolicy.enforce(made.stack, { only, configuration });
    // The last that is visited; to judge again would miss the file.
    Aspects.of(made.stack).add({
      visit: ({ node }) => {
        if (node.id === 'rds-auth-policy') rmSync(configuration);
      },
    });
    expect(synth(made)).toBe('');
    expect(existsSync(configuration)).toBe(false);
  });

  test('a change between two syntheses is seen', () => {
    const made = addStack(makeApp());
    const proxy = addProxy(made.stack);
    RdsAuthPolicy.enforce(made.stack, { only });
    proxy.requireTls = true;
    expect(synth(made)).toBe('');
    proxy.requireTls = false;
    expect(synth(made)).toContain(mandatory);
  });
});
