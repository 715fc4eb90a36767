import { createRequire } from 'node:module';
import { describe, expect, test } from '@jest/globals';
import type * as Framework from 'cdktf';
import { judgeStack, openStackRules, userStatements } from '../../src/engine.ts';
import type { Database } from './database.ts';
import type { DatabaseUserProps } from './database-user.ts';
import type * as Constructs from './index.ts';

/** As they are built: the SQL comes out of the checker that is built beside them. */
const load = createRequire(import.meta.url);
const {
  DatabaseUser,
  EndToEndIamProxy,
  IamCluster,
  IamDatabase,
  IamProxy,
  PasswordDatabase,
  PasswordProxy,
  databaseFromInstance,
}: typeof Constructs = load('../../dist/cdktf');
const { App, TerraformProvider, TerraformStack, Testing }: typeof Framework = load('cdktf');
const { DbInstance } = load('@cdktf/provider-aws/lib/db-instance');
const { IamRole } = load('@cdktf/provider-aws/lib/iam-role');
type Stack = Framework.TerraformStack;

const network = { vpcId: 'vpc-1', subnetIds: ['subnet-1', 'subnet-2'] };
const versions = { postgres: '16.4', mysql: '8.0.40', mariadb: '10.11.8', 'sqlserver-se': '15.00' } as const;

const ofInstance = <E extends keyof typeof versions>(engine: E) =>
  ({
    name: 'orders',
    engine,
    engineVersion: versions[engine],
    network,
    instanceClass: 'db.m6g.large',
    allocatedStorage: 20,
  }) as const;
const iamDatabase = (stack: Stack, engine: 'postgres' | 'mysql' | 'mariadb' = 'postgres') =>
  new IamDatabase(stack, 'database', ofInstance(engine));
const passwordDatabase = (stack: Stack, engine: keyof typeof versions = 'postgres') =>
  new PasswordDatabase(stack, 'database', ofInstance(engine));
const ofProxy = (database: Database) => ({ name: 'orders', database, users: ['app'] as const });
const iamProxy = (stack: Stack, database: Database = passwordDatabase(stack)) =>
  new IamProxy(stack, 'proxy', ofProxy(database));
const endToEnd = (stack: Stack, engine: 'postgres' | 'mysql' = 'postgres') =>
  new EndToEndIamProxy(stack, 'proxy', { ...ofProxy(iamDatabase(stack, engine)), database: iamDatabaseOf(stack) });
const iamDatabaseOf = (stack: Stack) => stack.node.findChild('database') as Constructs.IamDatabase;

/** A provider of the caller's, whose bindings the package does not have. */
const providerOf = (stack: Stack, type: string, host: string, argument: string): Framework.TerraformProvider => {
  const provider = new (
    TerraformProvider as unknown as new (
      ...given: readonly unknown[]
    ) => Framework.TerraformProvider
  )(stack, type, {
    terraformResourceType: type,
    terraformGeneratorMetadata: { providerName: type },
    terraformProviderSource: type === 'mysql' ? 'petoju/mysql' : 'cyrilgdn/postgresql',
  });
  provider.addOverride(argument, host);
  return provider;
};
const postgresql = (stack: Stack, host: string) => providerOf(stack, 'postgresql', host, 'host');
const mysql = (stack: Stack, host: string) => providerOf(stack, 'mysql', host, 'endpoint');

const stackOf = (): Stack => new TerraformStack(new App(), 'stack');
const resourcesOf = (stack: Stack) => JSON.parse(Testing.synth(stack));

describe('the SQL of a user', () => {
  const byIam = { postgres: 'CREATE USER app WITH LOGIN;\nGRANT rds_iam TO app;' } as const;

  test.each<[string, (stack: Stack) => DatabaseUserProps, string]>([
    ['by IAM in PostgreSQL', (stack) => ({ database: iamDatabase(stack), user: 'app' }), byIam.postgres],
    [
      'by IAM in MySQL',
      (stack) => ({ database: iamDatabase(stack, 'mysql'), user: 'app' }),
      "CREATE USER 'app'@'%' IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS';\nALTER USER 'app'@'%' REQUIRE SSL;",
    ],
    [
      'by IAM in Aurora',
      (stack) => ({
        database: new IamCluster(stack, 'c', {
          name: 'orders',
          engine: 'aurora-postgresql',
          engineVersion: '16.4',
          network,
          instanceClass: 'db.r6g.large',
        }),
        user: 'Report',
      }),
      'CREATE USER "Report" WITH LOGIN;\nGRANT rds_iam TO "Report";',
    ],
    ['behind a proxy that logs in by IAM', (stack) => ({ proxy: endToEnd(stack), user: 'app' }), byIam.postgres],
    [
      'by password beside IAM',
      (stack) => ({ database: iamDatabase(stack), user: 'app', method: 'password' }),
      "CREATE USER app WITH LOGIN PASSWORD '<the password in the secret>';\nREVOKE rds_iam FROM app;",
    ],
    [
      'by password where there is no IAM',
      (stack) => ({ database: passwordDatabase(stack, 'mariadb'), user: 'app' }),
      "CREATE USER 'app'@'%' IDENTIFIED BY '<the password in the secret>';",
    ],
    [
      'behind a proxy for IAM, with the secret that was made',
      (stack) => ({ proxy: iamProxy(stack), user: 'app' }),
      "CREATE USER app WITH LOGIN PASSWORD '<the password in the secret orders/app>';\nREVOKE rds_iam FROM app;",
    ],
    [
      'behind a proxy for IAM, in SQL Server',
      (stack) => ({ proxy: iamProxy(stack, passwordDatabase(stack, 'sqlserver-se')), user: 'app' }),
      "CREATE LOGIN [app] WITH PASSWORD = '<the password in the secret orders/app>';\nCREATE USER [app] FOR LOGIN [app];",
    ],
    [
      'behind a proxy for passwords, with a secret that exists',
      (stack) => ({
        proxy: new PasswordProxy(stack, 'proxy', {
          ...ofProxy(passwordDatabase(stack, 'mysql')),
          users: { app: { secret: { arn: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:app-AbCdEf' } } },
        }),
        user: 'app',
      }),
      "CREATE USER 'app'@'%' IDENTIFIED BY '<the password in the secret arn:aws:secretsmanager:eu-west-1:123456789012:secret:app-AbCdEf>';",
    ],
  ])('%s', (_, props, sql) => {
    const stack = stackOf();
    const user = new DatabaseUser(stack, 'user', { ...props(stack), output: true } as DatabaseUserProps);
    expect(user.sql).toBe(sql);
    expect(user.notes.join(' ')).toMatch(/\w\.$/);
    expect(Object.values(resourcesOf(stack).output)).toEqual([
      { description: `What defines the user ${user.user} in the database`, value: sql },
    ]);
  });

  test('is that of explain', () => {
    const user = new DatabaseUser(stackOf(), 'user', { database: iamDatabase(stackOf(), 'mysql'), user: 'app' });
    expect({ lines: user.sql.split('\n'), notes: user.notes }).toEqual(userStatements('iam-rds', 'mysql', 'app'));
  });

  test('is no output unless it is asked for', () => {
    const stack = stackOf();
    new DatabaseUser(stack, 'user', { database: iamDatabase(stack), user: 'app' });
    expect(resourcesOf(stack).output).toBeUndefined();
  });
});

/** The role that logs in, and the way of it that the checker sees, with what it says of the user. */
const legsOf = (stack: Stack) => {
  const { report } = judgeStack({
    text: Testing.synth(stack),
    label: 'stack.tf.json',
    rules: openStackRules(null),
    today: '2026-01-01',
    toolVersion: 'test',
  });
  expect(report.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return report.connections
    .filter(({ user }) => user === 'app')
    .map(({ path, legs }) => [path, legs.find(({ leg }) => leg === 'database-user')?.status]);
};

describe('a user that a provider makes', () => {
  const roleOf = (stack: Stack) => new IamRole(stack, 'role', { name: 'service', assumeRolePolicy: '{}' });

  test.each<[string, (stack: Stack) => void, string, object, string]>([
    [
      'by IAM in PostgreSQL',
      (stack) => {
        const database = iamDatabase(stack);
        database.grantConnect(roleOf(stack), 'app');
        new DatabaseUser(stack, 'user', { database, user: 'app', provider: postgresql(stack, database.endpoint) });
      },
      'postgresql_role',
      { name: 'app', login: true, roles: ['rds_iam'], provider: 'postgresql' },
      'iam-rds',
    ],
    [
      'by IAM in MySQL',
      (stack) => {
        const database = iamDatabase(stack, 'mysql');
        database.grantConnect(roleOf(stack), 'app');
        new DatabaseUser(stack, 'user', { database, user: 'app', provider: mysql(stack, database.endpoint) });
      },
      'mysql_user',
      { user: 'app', host: '%', auth_plugin: 'AWSAuthenticationPlugin', tls_option: 'SSL', provider: 'mysql' },
      'iam-rds',
    ],
    [
      'for a proxy that logs in by IAM',
      (stack) => {
        const proxy = endToEnd(stack);
        proxy.grantConnect(roleOf(stack), 'app');
        const provider = postgresql(stack, iamDatabaseOf(stack).endpoint);
        new DatabaseUser(stack, 'user', { proxy, user: 'app', provider });
      },
      'postgresql_role',
      { name: 'app', login: true, roles: ['rds_iam'] },
      'iam-proxy-iam-rds',
    ],
    [
      'for a proxy that logs in by password, with what is in its secret',
      (stack) => {
        const proxy = iamProxy(stack);
        proxy.grantConnect(roleOf(stack), 'app');
        const provider = postgresql(stack, proxy.database.endpoint);
        new DatabaseUser(stack, 'user', { proxy, user: 'app', provider });
      },
      'postgresql_role',
      {
        name: 'app',
        login: true,
        password_wo: expect.stringMatching(
          /^\$\{jsondecode\(ephemeral\.aws_secretsmanager_secret_version\.user_\w+\.secret_string\)\.password\}$/,
        ),
        password_wo_version: '1',
      },
      'iam-proxy-rds',
    ],
  ])('%s', (_, make, type, wanted, path) => {
    const stack = stackOf();
    make(stack);
    const { resource } = resourcesOf(stack);
    expect(Object.values(resource[type])).toEqual([expect.objectContaining(wanted)]);
    expect(Object.values<{ depends_on: unknown }>(resource[type])[0]?.depends_on).toEqual([
      expect.stringMatching(/^aws_db_instance\./),
    ]);
    expect(legsOf(stack)).toEqual([[path, 'ok']]);
  });

  test('takes the password from the version of the secret, once it is there', () => {
    const stack = stackOf();
    const proxy = new IamProxy(stack, 'proxy', {
      ...ofProxy(passwordDatabase(stack)),
      users: { app: { passwordVersion: 3 } },
    });
    new DatabaseUser(stack, 'user', { proxy, user: 'app', provider: postgresql(stack, proxy.database.endpoint) });
    const { resource, ephemeral } = resourcesOf(stack);
    const [version] = Object.keys(resource.aws_secretsmanager_secret_version);
    expect(Object.values(ephemeral.aws_secretsmanager_secret_version)).toEqual([
      { secret_id: `\${aws_secretsmanager_secret_version.${version}.arn}` },
    ]);
    expect(Object.values(resource.postgresql_role)).toMatchObject([{ password_wo_version: '3' }]);
  });
});

describe('a user has one method', () => {
  const words = 'A database user has one method: name another user for one of them.';
  const instanceOf = (stack: Stack) =>
    new DbInstance(stack, 'instance', { instanceClass: 'db.m6g.large', engine: 'postgres' });
  const taken = (instance: Parameters<typeof databaseFromInstance>[0]) =>
    databaseFromInstance(instance, { engine: 'postgres', iamAuthentication: true, network });

  test.each<[string, (stack: Stack) => unknown, string]>([
    [
      'not two of DatabaseUser',
      (stack) => {
        const database = iamDatabase(stack);
        new DatabaseUser(stack, 'one', { database, user: 'app' });
        new DatabaseUser(stack, 'other', { database, user: 'app', method: 'password' });
      },
      `The user "app" logs in to the database by password for DatabaseUser stack/other, and by IAM for DatabaseUser stack/one. ${words}`,
    ],
    [
      'not one of a proxy and another of the database itself',
      (stack) => {
        const database = iamDatabase(stack);
        new IamProxy(stack, 'proxy', ofProxy(database));
        database.grantConnect({ roleName: 'service' }, 'app');
      },
      `The user "app" logs in to the database by IAM for a grant, and by password for the proxy orders. ${words}`,
    ],
    [
      'not one of each of two proxies',
      (stack) => {
        const database = iamDatabase(stack);
        new IamProxy(stack, 'proxy', ofProxy(database));
        new EndToEndIamProxy(stack, 'other', { name: 'reports', database, users: ['app'] });
      },
      `The user "app" logs in to the database by IAM for the proxy reports, and by password for the proxy orders. ${words}`,
    ],
    [
      'also of a database that is taken twice',
      (stack) => {
        const instance = instanceOf(stack);
        new IamProxy(stack, 'proxy', ofProxy(taken(instance)));
        new DatabaseUser(stack, 'user', { database: taken(instance), user: 'app' });
      },
      `The user "app" logs in to the database by IAM for DatabaseUser stack/user, and by password for the proxy orders. ${words}`,
    ],
    [
      'nor of the master user',
      (stack) => iamDatabase(stack).grantConnect({ roleName: 'service' }, 'root_admin'),
      `The user "root_admin" logs in to the database by IAM for a grant, and by password for its master user. ${words}`,
    ],
  ])('%s', (_, make, message) => {
    const stack = stackOf();
    expect(() => make(stack)).toThrow(message);
  });

  test('which several may use', () => {
    const stack = stackOf();
    const database = iamDatabase(stack);
    const proxy = new EndToEndIamProxy(stack, 'proxy', { name: 'orders', database, users: ['app'] });
    database.grantConnect({ roleName: 'service' }, 'app');
    expect(new DatabaseUser(stack, 'user', { proxy, user: 'app' }).method).toBe('iam');
    expect(new DatabaseUser(stack, 'same', { database, user: 'app' }).method).toBe('iam');
    expect(new DatabaseUser(stack, 'other', { database, user: 'report', method: 'password' }).method).toBe('password');
  });

  test('and another in another database', () => {
    const stack = stackOf();
    const other = new IamDatabase(stack, 'other', { ...ofInstance('postgres'), name: 'other' });
    new IamProxy(stack, 'proxy', ofProxy(iamDatabase(stack)));
    expect(new DatabaseUser(stack, 'user', { database: other, user: 'app' }).method).toBe('iam');
  });
});

describe('there is no user', () => {
  test.each<[string, (stack: Stack) => unknown, string]>([
    [
      'whom the proxy does not know',
      (stack) => new DatabaseUser(stack, 'user', { proxy: iamProxy(stack), user: 'report' as 'app' }),
      'Proxy orders has no secret for the user "report", only for app. Name the user in users.',
    ],
    [
      'whom the role of the proxy may not be',
      (stack) => new DatabaseUser(stack, 'user', { proxy: endToEnd(stack), user: 'report' as 'app' }),
      'Proxy orders may not log in as "report", only as app. Name the user in users.',
    ],
    [
      'by IAM without IAM',
      (stack) =>
        new DatabaseUser(stack, 'user', {
          database: passwordDatabase(stack),
          user: 'app',
          method: 'iam' as 'password',
        }),
      'method is "iam", and the database has iamAuthentication off. Use IamDatabase or IamCluster for it.',
    ],
    [
      'of all names',
      (stack) => new DatabaseUser(stack, 'user', { database: iamDatabase(stack), user: '*' }),
      '"*" is not the name of one database user.',
    ],
    [
      'of PostgreSQL by the provider for MySQL',
      (stack) =>
        new DatabaseUser(stack, 'user', { database: iamDatabase(stack), user: 'app', provider: mysql(stack, 'a') }),
      'provider is mysql, and users of postgres are made by postgresql. Hand over that one.',
    ],
    [
      'of SQL Server by a provider',
      (stack) => {
        const proxy = iamProxy(stack, passwordDatabase(stack, 'sqlserver-se'));
        new DatabaseUser(stack, 'user', { proxy, user: 'app', provider: mysql(stack, 'a') });
      },
      'No provider is known here that makes users of SQL Server. Leave provider out, and run sql.',
    ],
    [
      'whose password the state would hold',
      (stack) => {
        const proxy = iamProxy(stack, passwordDatabase(stack, 'mysql'));
        new DatabaseUser(stack, 'user', { proxy, user: 'app', provider: mysql(stack, 'a') });
      },
      'The provider mysql takes no password that stays out of plan and state. Leave provider out, and run sql.',
    ],
    [
      'whose password nobody knows',
      (stack) =>
        new DatabaseUser(stack, 'user', {
          database: passwordDatabase(stack),
          user: 'app',
          provider: postgresql(stack, 'a'),
        }),
      'Nothing says what password the user has: only a proxy has secrets of its users. Leave provider out, and run sql.',
    ],
  ])('%s', (_, make, message) => {
    const stack = stackOf();
    expect(() => make(stack)).toThrow(message);
  });
});
