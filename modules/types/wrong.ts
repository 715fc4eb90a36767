/**
 * Combinations that must not compile. The error that stands with each is the one meant, by words of its message:
 * `combinations.test.ts` compares, because TypeScript takes any error for an expected one.
 */
import {
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
  auroraByPassword,
  byIam,
  byPassword,
  cluster,
  instance,
  ofCluster,
  ofInstance,
  ofProxy,
  readInstance,
  role,
  secret,
  sqlServer,
  stack,
} from './given.ts';

// TLS is no choice.
// @ts-expect-error 'false' is not assignable to type 'true'
new PasswordProxy(stack, 'password-proxy-without-tls', { ...ofProxy, requireTls: false });
// @ts-expect-error 'false' is not assignable to type 'true'
new IamProxy(stack, 'iam-proxy-without-tls', { ...ofProxy, requireTls: false });
// @ts-expect-error 'false' is not assignable to type 'true'
new EndToEndIamProxy(stack, 'end-to-end-without-tls', { ...ofProxy, requireTls: false });
// @ts-expect-error 'boolean' is not assignable to type 'true'
new IamProxy(stack, 'iam-proxy-perhaps-with-tls', { ...ofProxy, requireTls: Math.random() > 0.5 });

// End-to-end IAM needs a database that takes tokens.
// @ts-expect-error 'false' is not assignable to type 'true'
new EndToEndIamProxy(stack, 'over-password-database', { ...ofProxy, database: byPassword });
// @ts-expect-error 'false' is not assignable to type 'true'
new EndToEndIamProxy(stack, 'over-password-cluster', { ...ofProxy, database: auroraByPassword });
// @ts-expect-error '"sqlserver-se"' is not assignable to type 'IamEngine'
new EndToEndIamProxy(stack, 'over-sql-server', { ...ofProxy, database: sqlServer });
const taken = { ...attributes, engine: 'postgres' } as const;
const off = databaseFromAttributes({ ...taken, iamAuthentication: false });
// @ts-expect-error 'false' is not assignable to type 'true'
new EndToEndIamProxy(stack, 'over-taken-database', { ...ofProxy, database: off });
const perhaps = databaseFromAttributes({ ...taken, iamAuthentication: Math.random() > 0.5 });
// @ts-expect-error 'boolean' is not assignable to type 'true'
new EndToEndIamProxy(stack, 'over-who-knows', { ...ofProxy, database: perhaps });
const sqlServerByIam = databaseFromAttributes({ ...attributes, engine: 'sqlserver-se', iamAuthentication: true });
// @ts-expect-error '"sqlserver-se"' is not assignable to type 'IamEngine'
new EndToEndIamProxy(stack, 'over-taken-sql-server', { ...ofProxy, database: sqlServerByIam });
// @ts-expect-error 'DbInstance' is missing the following properties from type 'Database<
new IamProxy(stack, 'over-an-instance-itself', { ...ofProxy, database: instance });

// Each database has its engines.
// @ts-expect-error '"sqlserver-se"' is not assignable to type 'IamInstanceEngine'
new IamDatabase(stack, 'sql-server', { ...ofInstance, engine: 'sqlserver-se' });
// @ts-expect-error '"aurora-mysql"' is not assignable to type 'IamInstanceEngine'
new IamDatabase(stack, 'aurora', { ...ofInstance, engine: 'aurora-mysql' });
// @ts-expect-error '"oracle-se2"' is not assignable to type 'InstanceEngine'
new PasswordDatabase(stack, 'oracle', { ...ofInstance, engine: 'oracle-se2' });
// @ts-expect-error '"mysql"' is not assignable to type 'ClusterEngine'
new PasswordCluster(stack, 'mysql', { ...ofCluster, engine: 'mysql' });
// @ts-expect-error '"postgres"' is not assignable to type 'ClusterEngine'
new IamCluster(stack, 'postgres', { ...ofCluster, engine: 'postgres' });
// @ts-expect-error '"postgres"' is not assignable to type 'ClusterEngine'
databaseFromCluster(cluster, { engine: 'postgres', iamAuthentication: true });
// @ts-expect-error '"aurora-mysql"' is not assignable to type 'InstanceEngine'
databaseFromInstance(instance, { engine: 'aurora-mysql', iamAuthentication: true });
// @ts-expect-error 'RdsCluster' is missing the following properties from type 'DbInstance'
databaseFromInstance(cluster, { engine: 'postgres', iamAuthentication: true });
// @ts-expect-error Property 'iamAuthentication' is missing
databaseFromInstance(readInstance, { engine: 'postgres' });

// Who has no login is granted none.
const proxy = new IamProxy(stack, 'named', { ...ofProxy });
// @ts-expect-error '"admin"' is not assignable to parameter of type '"
proxy.grantConnect(role, 'admin');
// @ts-expect-error '"admin"' is not assignable to parameter of type '"
proxy.connection('admin');
// @ts-expect-error '"admin"' is not assignable to parameter of type '"
proxy.secretArn('admin');
const described = new IamProxy(stack, 'described', { ...ofProxy, users: { app: { secret }, report: {} } });
// @ts-expect-error '"admin"' is not assignable to parameter of type '"
described.grantConnect(role, 'admin');
const passwordProxy = new PasswordProxy(stack, 'password', { ...ofProxy });
// @ts-expect-error '"admin"' is not assignable to parameter of type '"
passwordProxy.connection('admin');
const endToEnd = new EndToEndIamProxy(stack, 'end-to-end', { ...ofProxy });
// @ts-expect-error '"admin"' is not assignable to parameter of type '"
endToEnd.grantConnect(role, 'admin');
// @ts-expect-error 'string' is not assignable to parameter of type 'Principal'
proxy.grantConnect('service', 'app');

// Where logins are by password there is nothing to grant, and where they are by IAM there is no secret.
// @ts-expect-error 'grantConnect' does not exist on type 'PasswordDatabase<
byPassword.grantConnect(role, 'app');
// @ts-expect-error 'iamConnection' does not exist on type 'PasswordCluster<
auroraByPassword.iamConnection('app');
// @ts-expect-error 'grantConnect' does not exist on type 'PasswordProxy<
passwordProxy.grantConnect(role, 'app');
// @ts-expect-error 'secretArn' does not exist on type 'EndToEndIamProxy<
endToEnd.secretArn('app');
// @ts-expect-error 'app' does not exist in type 'readonly string[]'
new EndToEndIamProxy(stack, 'with-secrets', { ...ofProxy, users: { app: { secret } } });
// @ts-expect-error 'secretsKey' does not exist in type 'EndToEndIamProxyProps<
new EndToEndIamProxy(stack, 'with-key', { ...ofProxy, secretsKey: 'create' });

// A user is defined as its way in needs it.
// @ts-expect-error '"admin"' is not assignable to type '"
new DatabaseUser(stack, 'not-of-the-proxy', { proxy, user: 'admin' });
// @ts-expect-error '"iam"' is not assignable to type '"password"'
new DatabaseUser(stack, 'without-iam', { database: byPassword, user: 'app', method: 'iam' });
// @ts-expect-error '"iam"' is not assignable to type '"password"'
new DatabaseUser(stack, 'of-sql-server', { database: sqlServer, user: 'app', method: 'iam' });
// @ts-expect-error '"iam"' is not assignable to type 'undefined'
new DatabaseUser(stack, 'of-a-proxy-by-choice', { proxy, user: 'app', method: 'iam' as const });

// What the pattern says itself is not said again.
// @ts-expect-error 'password' does not exist in type
new PasswordDatabase(stack, 'password', { ...ofInstance, engine: 'mysql', instance: { password: 'secret' } });
// @ts-expect-error 'passwordWo' does not exist in type
new PasswordDatabase(stack, 'write-only', { ...ofInstance, engine: 'mysql', instance: { passwordWo: 'secret' } });
// @ts-expect-error 'publiclyAccessible' does not exist in type
new PasswordDatabase(stack, 'public', { ...ofInstance, engine: 'mysql', instance: { publiclyAccessible: true } });
// @ts-expect-error 'iamDatabaseAuthenticationEnabled' does not exist in type
new IamDatabase(stack, '-', { ...ofInstance, engine: 'mysql', instance: { iamDatabaseAuthenticationEnabled: false } });
// @ts-expect-error 'parameterGroupName' does not exist in type
new IamDatabase(stack, 'parameters', { ...ofInstance, engine: 'mysql', instance: { parameterGroupName: 'default' } });
// @ts-expect-error 'masterPassword' does not exist in type
new PasswordCluster(stack, 'own', { ...ofCluster, engine: 'aurora-mysql', cluster: { masterPassword: 'secret' } });
// @ts-expect-error 'publiclyAccessible' does not exist in type
new IamCluster(stack, 'open', { ...ofCluster, engine: 'aurora-mysql', clusterInstance: { publiclyAccessible: true } });
// @ts-expect-error 'identifierPrefix' does not exist in type
new PasswordDatabase(stack, 'prefix', { ...ofInstance, engine: 'mysql', instance: { identifierPrefix: 'orders-' } });
// @ts-expect-error 'replicateSourceDb' does not exist in type
new PasswordDatabase(stack, 'replica', { ...ofInstance, engine: 'mysql', instance: { replicateSourceDb: 'orders' } });
// @ts-expect-error 'clusterIdentifierPrefix' does not exist in type
new IamCluster(stack, 'prefixed', { ...ofCluster, engine: 'aurora-mysql', cluster: { clusterIdentifierPrefix: 'o-' } });
// @ts-expect-error 'password' does not exist in type 'ProxyUser'
new IamProxy(stack, 'with-password', { ...ofProxy, users: { app: { password: 'secret' } } });

// RDS wants two zones, and rules name one peer.
// @ts-expect-error '[string]' is not assignable to type 'readonly [string, string, ...string[]]'
new DatabaseNetwork(stack, 'network', { availabilityZones: ['eu-west-1a'] });
// @ts-expect-error 'string' is not assignable to parameter of type 'Peer'
byIam.allowFrom('service', 'sg-1');
