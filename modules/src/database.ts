import type { ClusterEngine, Engine, InstanceEngine } from './engines.ts';
import {
  type DataAwsDbInstance,
  type DataAwsRdsCluster,
  type DbInstance,
  type ITerraformDependable,
  type RdsCluster,
  Token,
} from './framework.ts';
import type { Network } from './network.ts';

/** What a proxy and a user need to know of a database, whoever made it. */
export type Database<E extends Engine = Engine, Iam extends boolean = boolean> = {
  readonly kind: 'instance' | 'cluster';
  readonly engine: E;
  /** Where it is known as text. */
  readonly engineVersion: string | undefined;
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
  /** As AWS writes it: RDS has no proxy for every version. */
  readonly engineVersion?: string;
  /** Whether `iam_database_authentication_enabled` is true, which a data source of an instance does not show. */
  readonly iamAuthentication: Iam;
  /** Where the proxy's subnets are, if they are to be those of the database. */
  readonly network?: Network;
  /** The database's security group; without it nobody opens the way from a proxy. */
  readonly securityGroupId?: string;
  /** What has to be there before a proxy can register it, such as the instances of a cluster that the stack makes. */
  readonly readyWhen?: readonly ITerraformDependable[];
};

const identities = new WeakMap<object, object>();

/** What is the same for two descriptions of one database: the resource that they are taken from. */
export const identityOf = (database: Database): object => identities.get(database) ?? database;

const identify = <D extends Database>(resource: object, database: D): D => {
  identities.set(database, resource);
  return database;
};

type Resource = DbInstance | DataAwsDbInstance | RdsCluster | DataAwsRdsCluster;

const takenAs = <E extends Engine, Iam extends boolean>(facts: DatabaseFacts<E, Iam>, resource?: Resource) => {
  const said = resource !== undefined && 'engineVersionInput' in resource ? resource : undefined;
  if (said !== undefined) {
    assertSame('engine', facts.engine, said.engineInput);
    assertSame('iamAuthentication', facts.iamAuthentication, said.iamDatabaseAuthenticationEnabledInput);
  }
  return {
    engine: facts.engine,
    engineVersion: facts.engineVersion ?? said?.engineVersionInput,
    iamAuthentication: facts.iamAuthentication,
    network: facts.network,
    securityGroupId: facts.securityGroupId,
    readyWhen: facts.readyWhen ?? [],
  };
};

/** @throws Error where a resource of the same program says something else of itself, and it is no token. */
const assertSame = (fact: string, given: string | boolean, said: unknown): void => {
  if (typeof said !== typeof given || Token.isUnresolved(said) || said === given) return;
  const own = JSON.stringify(said);
  throw new Error(`${fact} is ${JSON.stringify(given)}, and the database's own is ${own}. Write ${own}.`);
};

/** Of an Aurora cluster, the cluster: an instance of it has no login of its own. */
export const databaseFromInstance = <E extends InstanceEngine, Iam extends boolean>(
  instance: DbInstance | DataAwsDbInstance,
  facts: DatabaseFacts<E, Iam>,
): Database<E, Iam> =>
  identify(instance, {
    ...takenAs(facts, instance),
    kind: 'instance',
    identifier: 'identifier' in instance ? instance.identifier : instance.dbInstanceIdentifier,
    arn: 'dbInstanceArn' in instance ? instance.dbInstanceArn : instance.arn,
    resourceId: instance.resourceId,
    endpoint: instance.address,
    port: instance.port,
  });

export const databaseFromCluster = <E extends ClusterEngine, Iam extends boolean>(
  cluster: RdsCluster | DataAwsRdsCluster,
  facts: DatabaseFacts<E, Iam>,
): Database<E, Iam> =>
  identify(cluster, {
    ...takenAs(facts, cluster),
    kind: 'cluster',
    identifier: cluster.clusterIdentifier,
    arn: cluster.arn,
    resourceId: cluster.clusterResourceId,
    endpoint: cluster.endpoint,
    port: cluster.port,
  });

/** A database that the stack neither makes nor reads, by what is known of it. */
export const databaseFromAttributes = <E extends Engine, Iam extends boolean>(
  attributes: DatabaseFacts<E, Iam> & Pick<Database, 'identifier' | 'arn' | 'resourceId' | 'endpoint' | 'port'>,
): Database<E, Iam> => {
  const { identifier, arn, resourceId, endpoint, port } = attributes;
  const kind = attributes.engine.startsWith('aurora') ? 'cluster' : 'instance';
  return { ...takenAs(attributes), kind, identifier, arn, resourceId, endpoint, port };
};
