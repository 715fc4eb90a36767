import { DataAwsDbInstance } from '@cdktf/provider-aws/lib/data-aws-db-instance/index.js';
import { DbInstance } from '@cdktf/provider-aws/lib/db-instance/index.js';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import { RdsCluster } from '@cdktf/provider-aws/lib/rds-cluster/index.js';
import { describe, expect, test } from '@jest/globals';
import { App, TerraformStack, TerraformVariable } from 'cdktf';
import { type Database, databaseFromAttributes, databaseFromCluster, databaseFromInstance } from './database.ts';
import { IamCluster, IamDatabase, PasswordCluster, PasswordDatabase } from './databases.ts';
import type { InstanceEngine } from './engines.ts';
import { DatabaseNetwork } from './network.ts';
import { EndToEndIamProxy, IamProxy, PasswordProxy } from './proxies.ts';

/** What no caller can write in TypeScript, for those who write JavaScript or cast. */
type Loose = Readonly<Record<string, unknown>>;
type Row = readonly [name: string, make: (stack: TerraformStack) => unknown, message: string];

const network = { vpcId: 'vpc-1', subnetIds: ['subnet-1', 'subnet-2'] };
const attributes = {
  identifier: 'orders',
  arn: 'arn:aws:rds:eu-west-1:123456789012:db:orders',
  resourceId: 'db-ABCDEFGHIJKL',
  endpoint: 'orders.abcdefghijkl.eu-west-1.rds.amazonaws.com',
  port: 5432,
};
const taken = { ...attributes, engine: 'postgres', iamAuthentication: true, network } as const;

const ofInstance = {
  name: 'orders',
  engine: 'postgres',
  engineVersion: '16.4',
  network,
  instanceClass: 'db.t4g.medium',
  allocatedStorage: 20,
} as const;
const ofCluster = {
  name: 'orders',
  engine: 'aurora-postgresql',
  engineVersion: '16.4',
  network,
  instanceClass: 'db.r6g.large',
} as const;

const passwordDatabase = (stack: TerraformStack, props: Loose = {}) =>
  new PasswordDatabase<InstanceEngine>(stack, 'database', { ...ofInstance, ...props });
const iamDatabase = (stack: TerraformStack, props: Loose = {}) =>
  new IamDatabase(stack, 'database', { ...ofInstance, ...props });
const passwordCluster = (stack: TerraformStack, props: Loose = {}) =>
  new PasswordCluster(stack, 'database', { ...ofCluster, ...props });

const ofProxy = { name: 'orders', database: databaseFromAttributes(taken) as Database, users: ['app'] as string[] };
const passwordProxy = (stack: TerraformStack, props: Loose = {}) =>
  new PasswordProxy(stack, 'proxy', { ...ofProxy, ...props });
const iamProxy = (stack: TerraformStack, props: Loose = {}) => new IamProxy(stack, 'proxy', { ...ofProxy, ...props });
const endToEnd = (stack: TerraformStack, props: Loose = {}) =>
  new EndToEndIamProxy(stack, 'proxy', { ...ofProxy, ...props } as never);

const text = (stack: TerraformStack): string => new TerraformVariable(stack, 'text', {}).stringValue;
const roleOf = (stack: TerraformStack): IamRole => new IamRole(stack, 'role', { name: 'app', assumeRolePolicy: '{}' });
const sqlServer = (engineVersion: string): Database =>
  databaseFromAttributes({ ...taken, engine: 'sqlserver-se', engineVersion, iamAuthentication: false });

const databases: readonly Row[] = [
  [
    'MariaDB without IAM',
    (stack) => iamDatabase(stack, { engine: 'mariadb', engineVersion: '10.6.14' }),
    'MariaDB 10.6.14 takes no IAM tokens for sure: AWS lists IAM authentication from 10.11 on. Write engineVersion "10.11" or newer, or use PasswordDatabase.',
  ],
  [
    'Aurora MySQL on a class without IAM',
    (stack) =>
      new IamCluster(stack, 'database', {
        ...ofCluster,
        engine: 'aurora-mysql',
        engineVersion: '8.0.mysql_aurora.3.08.0',
        instanceClass: 'db.t3.small',
      }),
    'Aurora MySQL takes no IAM tokens on db.t3.small. Write another instanceClass, or use PasswordCluster.',
  ],
  [
    'IAM of SQL Server',
    (stack) => iamDatabase(stack, { engine: 'sqlserver-se', engineVersion: '15.00' }),
    'engine "sqlserver-se" has no such pattern. Write one of mysql, mariadb, postgres.',
  ],
  [
    'an engine of a cluster for an instance',
    (stack) => passwordDatabase(stack, { engine: 'aurora-mysql' }),
    'engine "aurora-mysql" has no such pattern. Write one of mysql, mariadb, postgres, sqlserver-ee, sqlserver-se, sqlserver-ex, sqlserver-web.',
  ],
  [
    'an engine of an instance for a cluster',
    (stack) => passwordCluster(stack, { engine: 'mysql' }),
    'engine "mysql" has no such pattern. Write one of aurora-mysql, aurora-postgresql.',
  ],
  [
    'a version that is a token',
    (stack) => passwordDatabase(stack, { engineVersion: text(stack) }),
    'does not begin with a number, so that nobody can tell the family of its parameter group. Write the version as text, for instance "8.0.40".',
  ],
  [
    'a name that is a token',
    (stack) => passwordDatabase(stack, { name: text(stack) }),
    'name is a token. Write it as text: security groups, policies and secrets are named after it.',
  ],
  [
    'one subnet',
    (stack) => passwordDatabase(stack, { network: { vpcId: 'vpc-1', subnetIds: ['subnet-1'] } }),
    'subnetIds names one subnet. RDS wants at least two, in different availability zones.',
  ],
  [
    'one subnet twice',
    (stack) => passwordCluster(stack, { network: { vpcId: 'vpc-1', subnetIds: ['subnet-1', 'subnet-1'] } }),
    'subnetIds names one subnet. RDS wants at least two, in different availability zones.',
  ],
  [
    'no subnet',
    (stack) => passwordDatabase(stack, { network: { vpcId: 'vpc-1', subnetIds: [] } }),
    'subnetIds names no subnet. RDS wants at least two, in different availability zones.',
  ],
  [
    'two subnets in one zone',
    (stack) => new DatabaseNetwork(stack, 'network', { availabilityZones: ['eu-west-1a', 'eu-west-1a'] }),
    'availabilityZones names eu-west-1a twice. RDS wants two different ones.',
  ],
  [
    'no security group',
    (stack) => passwordDatabase(stack, { securityGroupIds: [] }),
    'securityGroupIds is empty. Leave it out, and a security group is made.',
  ],
  [
    'TLS switched off by a parameter',
    (stack) => passwordDatabase(stack, { parameters: { 'rds.force_ssl': '0' } }),
    'parameters has rds.force_ssl, which the pattern sets to 1. Leave it out.',
  ],
  [
    'TLS switched off by a parameter of a cluster',
    (stack) =>
      passwordCluster(stack, {
        engine: 'aurora-mysql',
        engineVersion: '8.0.mysql_aurora.3.08.0',
        parameters: { require_secure_transport: 'OFF' },
      }),
    'parameters has require_secure_transport, which the pattern sets to ON. Leave it out.',
  ],
  [
    'a cluster of nothing',
    (stack) => passwordCluster(stack, { instances: 0 }),
    'instances is 0: nobody can log in to a cluster without one. Write 1 or more.',
  ],
  [
    'a name that AWS takes for no database',
    (stack) => passwordDatabase(stack, { name: 'Orders_1' }),
    'name is "Orders_1", and has 1 to 50 lower-case letters, digits and single hyphens, begins with a letter and does not end with a hyphen. Write, for instance, "orders".',
  ],
  [
    'a master user of PostgreSQL by a reserved name',
    (stack) => passwordDatabase(stack, { masterUsername: 'Admin' }),
    'masterUsername is "Admin", and has 1 to 16 letters, digits and underscores, begins with a letter and is no reserved word. Write, for instance, "root_admin".',
  ],
  [
    'a cluster of less than nothing',
    (stack) => passwordCluster(stack, { instances: -1 }),
    'instances is -1: nobody can log in to a cluster without one. Write 1 or more.',
  ],
];

const proxies: readonly Row[] = [
  [
    'no user',
    (stack) => iamProxy(stack, { users: [] }),
    'users is empty. Name at least one user as whom the proxy logs in.',
  ],
  [
    'no user, end to end',
    (stack) => endToEnd(stack, { users: [] }),
    'users is empty. Name at least one user as whom the proxy logs in.',
  ],
  [
    'no user of a record',
    (stack) => passwordProxy(stack, { users: {} }),
    'users is empty. Name at least one user as whom the proxy logs in.',
  ],
  [
    'a user twice',
    (stack) => iamProxy(stack, { users: ['app', 'report', 'app'] }),
    'users names "app" twice. Name each user once.',
  ],
  [
    'a user twice, end to end',
    (stack) => endToEnd(stack, { users: ['app', 'app'] }),
    'users names "app" twice. Name each user once.',
  ],
  [
    'more users than a proxy has secrets',
    (stack) => iamProxy(stack, { users: Array.from({ length: 201 }, (_, i) => `user${i}`) }),
    'users names 201 users, and a proxy takes at most 200. Make another proxy for the rest.',
  ],
  [
    'two users of one secret',
    (stack) => iamProxy(stack, { users: { app: { secret: { arn: 'arn:1' } }, report: { secret: { arn: 'arn:1' } } } }),
    'The users "app" and "report" have one secret, which holds one login. Name one for each.',
  ],
  [
    'a user who is a token',
    (stack) => iamProxy(stack, { users: [text(stack)] }),
    'A database user is a token. Write the name as text, so that its grant and its secret can be compared.',
  ],
  [
    'every user',
    (stack) => endToEnd(stack, { users: ['*'] }),
    '"*" is not the name of one database user. A grant names one user, without wildcards, quotes, blanks and slashes.',
  ],
  [
    'a proxy without TLS',
    (stack) => iamProxy(stack, { requireTls: false }),
    'requireTls is not true, and each of these proxies requires TLS: RDS refuses tokens without it, and a password is not for the network. Leave requireTls out.',
  ],
  [
    'a proxy whose name is a token',
    (stack) => iamProxy(stack, { name: text(stack) }),
    'name is a token. Write it as text: security groups, policies and secrets are named after it.',
  ],
  [
    'a database of which nobody says where it is',
    (stack) =>
      passwordProxy(stack, {
        database: databaseFromAttributes({ ...attributes, engine: 'mysql', iamAuthentication: false }),
      }),
    'The database does not say where it is, and the proxy needs subnets. Write network, with vpcId and subnetIds.',
  ],
  [
    'a proxy in one subnet',
    (stack) => passwordProxy(stack, { network: { vpcId: 'vpc-1', subnetIds: ['subnet-1'] } }),
    'subnetIds names one subnet. RDS wants at least two, in different availability zones.',
  ],
  [
    'SQL Server 2022',
    (stack) => iamProxy(stack, { database: sqlServer('16.00.4131.2.v1') }),
    'RDS Proxy takes SQL Server 2016, 2017 and 2019, which are the versions 13, 14, 15, and the database has 16.00.4131.2.v1. Write an engineVersion that begins with 15, or connect to the database directly.',
  ],
  [
    'SQL Server 2022 of the same program',
    (stack) =>
      passwordProxy(stack, { database: passwordDatabase(stack, { engine: 'sqlserver-se', engineVersion: '16.00' }) }),
    'and the database has 16.00.',
  ],
  [
    'SQL Server 2014 by its resource',
    (stack) => {
      const instance = new DbInstance(stack, 'i', {
        instanceClass: 'db.m5.large',
        engine: 'sqlserver-ee',
        engineVersion: '12.00',
      });
      iamProxy(stack, {
        database: databaseFromInstance(instance, { engine: 'sqlserver-ee', iamAuthentication: false, network }),
      });
    },
    'and the database has 12.00.',
  ],
  [
    'tokens to SQL Server',
    (stack) => endToEnd(stack, { database: sqlServer('15.00') }),
    'RDS for SQL Server takes no IAM tokens, so no proxy can log in to it with one. Use IamProxy.',
  ],
  [
    'tokens to a database without IAM',
    (stack) => endToEnd(stack, { database: passwordDatabase(stack) }),
    'The database has iamAuthentication off, and an EndToEndIamProxy logs in to it with IAM tokens. Use IamDatabase or IamCluster for the database, or IamProxy in front of it.',
  ],
];

const grants: readonly Row[] = [
  [
    'two secrets of one name',
    (stack) => iamProxy(stack, { users: ['app#1', 'app-1'] }),
    'The secrets of "app#1" and "app-1" would both be called orders/app-1: Secrets Manager takes no other characters. Make one of them yourself, and name it as secret.',
  ],
  [
    'a login that the proxy has no secret for',
    (stack) => iamProxy(stack).grantConnect(roleOf(stack), 'report'),
    'Proxy orders has no secret for the user "report", only for app. Name the user in users.',
  ],
  [
    'the connection of a user without a secret',
    (stack) => passwordProxy(stack).connection('report'),
    'Proxy orders has no secret for the user "report", only for app. Name the user in users.',
  ],
  [
    'a login that the role may not',
    (stack) => endToEnd(stack).grantConnect(roleOf(stack), 'report' as never),
    'Proxy orders may not log in as "report", only as app. Name the user in users.',
  ],
  [
    'a user with a wildcard',
    (stack) => iamDatabase(stack).grantConnect(roleOf(stack), 'app*'),
    '"app*" is not the name of one database user. A grant names one user, without wildcards, quotes, blanks and slashes.',
  ],
  [
    'a user who is a token, of a cluster',
    (stack) => new IamCluster(stack, 'c', ofCluster).grantConnect(roleOf(stack), text(stack)),
    'A database user is a token. Write the name as text, so that its grant and its secret can be compared.',
  ],
  [
    'a role by a name that is a token',
    (stack) => iamDatabase(stack).grantConnect({ roleName: roleOf(stack).name }, 'app'),
    'The name of the role is a token. Hand over the resource itself, or one that the stack reads by its name as text.',
  ],
  [
    'the role of a permission set',
    (stack) => iamDatabase(stack).grantConnect({ roleName: 'AWSReservedSSO_DbReader_1f2e' }, 'app'),
    'AWSReservedSSO_DbReader_1f2e is the role of a permission set, and takes no inline policy. Let the permission set allow rds-db:connect on userArn(user) instead.',
  ],
  [
    'a principal that is a text',
    (stack) => iamDatabase(stack).grantConnect('service' as never, 'app'),
    'A principal is a resource of IAM or an object: write, for instance, { roleName: "service" } in the place of a text.',
  ],
  [
    'who is no principal',
    (stack) => iamDatabase(stack).grantConnect(new RdsCluster(stack, 'c', { engine: 'aurora-mysql' }) as never, 'app'),
    'aws_rds_cluster is no principal. Hand over a role, a user or a group of IAM.',
  ],
];

const takenDatabases: readonly Row[] = [
  [
    'a database that says the contrary of IAM',
    (stack) => {
      const instance = new DbInstance(stack, 'i', {
        instanceClass: 'db.m5.large',
        iamDatabaseAuthenticationEnabled: false,
      });
      return databaseFromInstance(instance, { engine: 'postgres', iamAuthentication: true });
    },
    "iamAuthentication is true, and the database's own is false. Write false.",
  ],
  [
    'a cluster of another engine',
    (stack) => {
      const cluster = new RdsCluster(stack, 'c', { engine: 'aurora-mysql' });
      return databaseFromCluster(cluster, { engine: 'aurora-postgresql', iamAuthentication: true });
    },
    'engine is "aurora-postgresql", and the database\'s own is "aurora-mysql". Write "aurora-mysql".',
  ],
];

const stackOf = (): TerraformStack => new TerraformStack(new App(), 'stack');

describe.each([
  ['databases', databases],
  ['proxies', proxies],
  ['grants', grants],
  ['databases that are taken', takenDatabases],
])('of %s, there is none of', (_, rows) => {
  test.each(rows)('%s', (_name, make, message) => {
    const stack = stackOf();
    expect(() => make(stack)).toThrow(message);
  });
});

describe('beside it there is', () => {
  const allowed: readonly (readonly [string, (stack: TerraformStack) => unknown])[] = [
    ['MariaDB 10.11 with IAM', (stack) => iamDatabase(stack, { engine: 'mariadb', engineVersion: '10.11' })],
    ['SQL Server 2019 behind a proxy', (stack) => iamProxy(stack, { database: sqlServer('15.00.4345.5.v1') })],
    [
      'SQL Server of a version that is not said',
      (stack) => iamProxy(stack, { database: { ...sqlServer('15'), engineVersion: undefined } }),
    ],
    ['a proxy of 200 users', (stack) => iamProxy(stack, { users: Array.from({ length: 200 }, (_, i) => `user${i}`) })],
    [
      'subnets that are tokens',
      (stack) =>
        passwordDatabase(stack, { network: new DatabaseNetwork(stack, 'n', { availabilityZones: ['a', 'b'] }) }),
    ],
    [
      'IAM of a database that is read',
      (stack) =>
        databaseFromInstance(new DataAwsDbInstance(stack, 'i', { dbInstanceIdentifier: 'orders' }), {
          engine: 'postgres',
          iamAuthentication: true,
        }),
    ],
    [
      'a database that leaves open what it is told elsewhere',
      (stack) =>
        databaseFromInstance(new DbInstance(stack, 'i', { instanceClass: 'db.m5.large', engine: text(stack) }), {
          engine: 'postgres',
          iamAuthentication: true,
        }),
    ],
  ];

  test.each(allowed)('%s', (_, make) => {
    const stack = stackOf();
    expect(() => make(stack)).not.toThrow();
  });
});
