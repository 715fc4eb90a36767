import type { ClusterEngine, Engine, InstanceEngine } from './engines.ts';
import type {
  DataAwsDbInstance,
  DataAwsRdsCluster,
  DbInstance,
  ITerraformDependable,
  RdsCluster,
} from './framework.ts';
import type { Network } from './network.ts';

/** What a proxy and a user need to know of a database, whoever made it. */
export type Database<E extends Engine = Engine, Iam extends boolean = boolean> = {
  readonly kind: 'instance' | 'cluster';
  readonly engine: E;
  /** Whether it takes IAM tokens. */
  readonly iamAuthentication: Iam;
  readonly identifier: string;
  readonly arn: string;
  /** `db-…` or `cluster-…`, which a grant of `rds-db:connect` names. */
  readonly resourceId: string;
  readonly endpoint: string;
  readonly port: number;
  readonly network: Network | undefined;
  /** The security group that takes rules for the database's port. */
  readonly securityGroupId: string | undefined;
  /** What has to be there before a proxy can register the database. */
  readonly readyWhen: readonly ITerraformDependable[];
};

/** What no resource says of itself. */
export type DatabaseFacts<E extends Engine, Iam extends boolean> = {
  /** Its engine, as text: a proxy's family hangs on it. */
  readonly engine: E;
  /** Whether `iam_database_authentication_enabled` is true, which a data source of an instance does not show. */
  readonly iamAuthentication: Iam;
  /** Where the proxy's subnets are, if they are to be those of the database. */
  readonly network?: Network;
  /** The database's security group; without it nobody opens the way from a proxy. */
  readonly securityGroupId?: string;
};

/** Of an Aurora cluster, the cluster: an instance of it has no login of its own. */
export const databaseFromInstance = <E extends InstanceEngine, Iam extends boolean>(
  instance: DbInstance | DataAwsDbInstance,
  { engine, iamAuthentication, network, securityGroupId }: DatabaseFacts<E, Iam>,
): Database<E, Iam> => ({
  kind: 'instance',
  engine,
  iamAuthentication,
  identifier: 'identifier' in instance ? instance.identifier : instance.dbInstanceIdentifier,
  arn: 'dbInstanceArn' in instance ? instance.dbInstanceArn : instance.arn,
  resourceId: instance.resourceId,
  endpoint: instance.address,
  port: instance.port,
  network,
  securityGroupId,
  readyWhen: [],
});

export const databaseFromCluster = <E extends ClusterEngine, Iam extends boolean>(
  cluster: RdsCluster | DataAwsRdsCluster,
  { engine, iamAuthentication, network, securityGroupId }: DatabaseFacts<E, Iam>,
): Database<E, Iam> => ({
  kind: 'cluster',
  engine,
  iamAuthentication,
  identifier: cluster.clusterIdentifier,
  arn: cluster.arn,
  resourceId: cluster.clusterResourceId,
  endpoint: cluster.endpoint,
  port: cluster.port,
  network,
  securityGroupId,
  readyWhen: [],
});

/** A database that the stack neither makes nor reads, by what is known of it. */
export const databaseFromAttributes = <E extends Engine, Iam extends boolean>(
  attributes: DatabaseFacts<E, Iam> & Pick<Database, 'identifier' | 'arn' | 'resourceId' | 'endpoint' | 'port'>,
): Database<E, Iam> => ({
  kind: attributes.engine.startsWith('aurora') ? 'cluster' : 'instance',
  readyWhen: [],
  ...attributes,
  network: attributes.network,
  securityGroupId: attributes.securityGroupId,
});
