/** Combinations that have to compile, beside those of `wrong.ts` that must not. */
import {
  type ConnectionFacts,
  type Database,
  DatabaseNetwork,
  DatabaseUser,
  EndToEndIamProxy,
  IamCluster,
  IamDatabase,
  IamProxy,
  PasswordCluster,
  PasswordDatabase,
  PasswordProxy,
  databaseFromAttributes,
  databaseFromCluster,
  databaseFromInstance,
} from '../src/index.ts';
import {
  attributes,
  auroraByIam,
  auroraByPassword,
  byIam,
  byPassword,
  cluster,
  instance,
  ofCluster,
  ofInstance,
  ofProxy,
  readCluster,
  readInstance,
  role,
  secret,
  sqlServer,
  stack,
} from './given.ts';

const network = new DatabaseNetwork(stack, 'network', { availabilityZones: ['eu-west-1a', 'eu-west-1b'] });

// Every engine that a pattern has.
for (const engine of ['mysql', 'mariadb', 'postgres', 'sqlserver-se', 'sqlserver-ee'] as const) {
  new PasswordDatabase(stack, engine, { ...ofInstance, network, engine });
}
for (const engine of ['mysql', 'mariadb', 'postgres'] as const) {
  new IamDatabase(stack, engine, { ...ofInstance, engine }).grantConnect(role, 'app');
}
for (const engine of ['aurora-mysql', 'aurora-postgresql'] as const) {
  new PasswordCluster(stack, engine, { ...ofCluster, engine });
  new IamCluster(stack, engine, { ...ofCluster, engine }).grantConnect({ userName: 'admin' }, 'app');
}
new PasswordDatabase(stack, 'with-more', {
  ...ofInstance,
  engine: 'postgres',
  instance: { multiAz: true, storageEncrypted: true, deletionProtection: false },
});
new IamCluster(stack, 'serverless', {
  ...ofCluster,
  engine: 'aurora-postgresql',
  instanceClass: 'db.serverless',
  cluster: { serverlessv2ScalingConfiguration: { minCapacity: 0.5, maxCapacity: 4 } },
});

// A proxy in front of whatever has its pattern.
for (const database of [byPassword, byIam, auroraByPassword, auroraByIam, sqlServer]) {
  new PasswordProxy(stack, 'password-proxy', { ...ofProxy, database });
  new IamProxy(stack, 'iam-proxy', { ...ofProxy, database, requireTls: true });
}
for (const database of [byIam, auroraByIam]) new EndToEndIamProxy(stack, 'end-to-end', { ...ofProxy, database });

// Users by name, or with what there is to say of each.
const named = new IamProxy(stack, 'named', { ...ofProxy, users: ['app', 'report'] });
named.grantConnect(role, 'app');
named.grantConnect({ groupName: 'analysts' }, 'report');
const described = new IamProxy(stack, 'described', { ...ofProxy, users: { app: {}, report: { secret } } });
described.grantConnect({ roleName: 'service' }, 'report');
const facts: ConnectionFacts = described.connection('app');
const port: number = facts.port;

// Where the names are not known to TypeScript, the error is one of run time.
const names: readonly string[] = ['app'];
new IamProxy(stack, 'from-a-list', { ...ofProxy, users: names }).grantConnect(role, `${port}`);

// Databases of somebody else.
const ofSomebody = { engine: 'postgres', iamAuthentication: true, network } as const;
const taken: readonly Database<'postgres', true>[] = [
  databaseFromInstance(instance, ofSomebody),
  databaseFromInstance(readInstance, ofSomebody),
  databaseFromAttributes({ ...attributes, ...ofSomebody }),
];
for (const database of taken) new EndToEndIamProxy(stack, 'of-somebody', { ...ofProxy, database });
for (const resource of [cluster, readCluster]) {
  const database = databaseFromCluster(resource, { ...ofSomebody, engine: 'aurora-postgresql' });
  new EndToEndIamProxy(stack, 'of-a-cluster', { ...ofProxy, database });
}

// Users, by the method of their way in.
new DatabaseUser(stack, 'of-iam-proxy', { proxy: named, user: 'report', output: true });
new DatabaseUser(stack, 'of-password-proxy', {
  proxy: new PasswordProxy(stack, 'sql-server', { ...ofProxy, database: sqlServer }),
  user: 'app',
});
for (const database of [byIam, auroraByIam]) {
  new DatabaseUser(stack, 'by-iam', { database, user: 'app' });
  new DatabaseUser(stack, 'by-password', { database, user: 'other', method: 'password' });
  const proxy = new EndToEndIamProxy(stack, 'of-users', { ...ofProxy, database });
  new DatabaseUser(stack, 'of-end-to-end', { proxy, user: 'app' });
}
const sql: string = new DatabaseUser(stack, 'direct', { database: byPassword, user: `${port}` }).sql;

// Clients.
named.allowFrom('service', { securityGroupId: 'sg-1' });
byIam.allowFrom('office', { cidrIpv4: sql });
