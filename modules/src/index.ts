/**
 * Constructs of the valid ways to log in to Amazon RDS: by password or IAM, directly or through RDS Proxy. Wrong
 * combinations do not compile, or are refused with an error where TypeScript cannot see them.
 */
import './peers.ts';

export type { ClusterProps } from './cluster-database.ts';
export type { ConnectionFacts } from './connection.ts';
export type { ProxyUser, ProxyUsers, Secret, SecretsKey, UserSecret } from './credentials.ts';
export {
  type Database,
  type DatabaseFacts,
  databaseFromAttributes,
  databaseFromCluster,
  databaseFromInstance,
} from './database.ts';
export type { ProxyProps } from './database-proxy.ts';
export { DatabaseUser, type DatabaseUserProps } from './database-user.ts';
export { IamCluster, IamDatabase, PasswordCluster, PasswordDatabase } from './databases.ts';
export { type EnforceOptions, RdsAuthPolicy, type StackMessage } from './enforce.ts';
export type { ClusterEngine, Engine, IamEngine, InstanceEngine, SqlServerEngine } from './engines.ts';
export type { Principal } from './grants.ts';
export type { InstanceProps } from './instance-database.ts';
export type { DatabaseProps } from './managed-database.ts';
export { DatabaseNetwork, type DatabaseNetworkProps, type Network, type Peer } from './network.ts';
export {
  EndToEndIamProxy,
  type EndToEndIamProxyProps,
  IamProxy,
  PasswordProxy,
  type StandardProxyProps,
} from './proxies.ts';
export type { Tags } from './tags.ts';
export type { UserMethod } from './user-methods.ts';
