import { type ClusterEngine, assertEngine, clusterEngines, parameterGroupFamily, protocolOf } from './engines.ts';
import {
  type Construct,
  type ITerraformDependable,
  RdsCluster,
  type RdsClusterConfig,
  RdsClusterInstance,
  type RdsClusterInstanceConfig,
  RdsClusterParameterGroup,
} from './framework.ts';
import { type DatabasePattern, type DatabaseProps, MASTER, ManagedDatabase, logExports } from './managed-database.ts';
import { replaceable } from './replaceable.ts';
import { tagsOf } from './tags.ts';

/** Arguments of `aws_rds_cluster` that the pattern says itself. */
type OwnArgument =
  | 'clusterIdentifier'
  | 'clusterIdentifierPrefix'
  | 'engine'
  | 'engineVersion'
  | 'engineMode'
  | 'port'
  | 'masterUsername'
  | 'masterPassword'
  | 'masterPasswordWo'
  | 'masterPasswordWoVersion'
  | 'manageMasterUserPassword'
  | 'masterUserSecretKmsKeyId'
  | 'iamDatabaseAuthenticationEnabled'
  | 'dbSubnetGroupName'
  | 'vpcSecurityGroupIds'
  | 'dbClusterParameterGroupName'
  | 'tags';

/** Arguments of `aws_rds_cluster_instance` that the pattern says itself. */
type OwnInstanceArgument =
  | 'clusterIdentifier'
  | 'identifier'
  | 'identifierPrefix'
  | 'engine'
  | 'engineVersion'
  | 'instanceClass'
  | 'dbSubnetGroupName'
  | 'publiclyAccessible'
  | 'tags';

export type ClusterProps<E extends ClusterEngine> = DatabaseProps & {
  readonly engine: E;
  /** `db.serverless` goes with `serverlessv2ScalingConfiguration` of the cluster. */
  readonly instanceClass: string;
  /** A writer and its readers. Default: 2. */
  readonly instances?: number;
  /** All else that `aws_rds_cluster` takes. Storage is encrypted and deletion protected unless it says otherwise. */
  readonly cluster?: Omit<Partial<RdsClusterConfig>, OwnArgument>;
  /** All else that its instances take. */
  readonly clusterInstance?: Omit<Partial<RdsClusterInstanceConfig>, OwnInstanceArgument>;
};

/** What `PasswordCluster` and `IamCluster` have in common; not exported from the package. */
export abstract class ClusterDatabase<E extends ClusterEngine, Iam extends boolean> extends ManagedDatabase<E, Iam> {
  readonly kind = 'cluster';
  readonly cluster: RdsCluster;
  readonly instances: readonly RdsClusterInstance[];
  readonly readyWhen: readonly ITerraformDependable[];

  protected constructor(scope: Construct, id: string, props: ClusterProps<E>, pattern: DatabasePattern<Iam>) {
    assertEngine(props.engine, clusterEngines);
    const { instances = 2 } = props;
    if (!(instances >= 1))
      throw new Error(`instances is ${instances}: nobody can log in to a cluster without one. Write 1 or more.`);
    super(scope, id, props, pattern);
    this.cluster = this.makeCluster(props, pattern);
    this.instances = Array.from({ length: instances }, (_, i) => this.makeInstance(props, i));
    this.readyWhen = [this.cluster, ...this.instances];
    this.rotateMasterSecret(props);
  }

  private makeCluster(props: ClusterProps<E>, pattern: DatabasePattern<Iam>): RdsCluster {
    const { name, tags } = props;
    return new RdsCluster(this, 'cluster', {
      storageEncrypted: true,
      deletionProtection: true,
      finalSnapshotIdentifier: `${name}-final`,
      copyTagsToSnapshot: true,
      ...props.cluster,
      ...logExports(pattern, props.cluster?.enabledCloudwatchLogsExports),
      clusterIdentifier: name,
      engine: props.engine,
      engineVersion: props.engineVersion,
      port: props.port ?? protocolOf(props.engine).port,
      masterUsername: props.masterUsername ?? MASTER,
      manageMasterUserPassword: true,
      ...(props.masterSecretKmsKeyArn === undefined ? {} : { masterUserSecretKmsKeyId: props.masterSecretKmsKeyArn }),
      iamDatabaseAuthenticationEnabled: pattern.iamAuthentication,
      dbSubnetGroupName: this.makeSubnetGroup(props).name,
      vpcSecurityGroupIds: [...this.securityGroupIds],
      dbClusterParameterGroupName: this.makeParameterGroup(props).name,
      tags: tagsOf(name, tags),
    });
  }

  private makeParameterGroup(props: ClusterProps<E>): RdsClusterParameterGroup {
    return new RdsClusterParameterGroup(this, 'parameters', {
      ...replaceable(props.name),
      family: parameterGroupFamily(props.engine, props.engineVersion),
      parameter: this.parametersOf(props),
      tags: tagsOf(props.name, props.tags),
    });
  }

  private makeInstance(props: ClusterProps<E>, index: number): RdsClusterInstance {
    const identifier = `${props.name}-${index}`;
    return new RdsClusterInstance(this, `instance-${index}`, {
      ...props.clusterInstance,
      identifier,
      clusterIdentifier: this.cluster.id,
      engine: this.cluster.engine,
      engineVersion: this.cluster.engineVersion,
      instanceClass: props.instanceClass,
      publiclyAccessible: false,
      tags: tagsOf(identifier, props.tags),
    });
  }

  get identifier(): string {
    return this.cluster.clusterIdentifier;
  }

  get arn(): string {
    return this.cluster.arn;
  }

  get resourceId(): string {
    return this.cluster.clusterResourceId;
  }

  /** Of the writer. */
  get endpoint(): string {
    return this.cluster.endpoint;
  }

  get readerEndpoint(): string {
    return this.cluster.readerEndpoint;
  }

  get port(): number {
    return this.cluster.port;
  }

  get masterSecretArn(): string {
    return this.cluster.masterUserSecret.get(0).secretArn;
  }
}
