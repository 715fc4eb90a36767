import type { ConnectionFacts } from './connection.ts';
import type { Database } from './database.ts';
import { type ClusterEngine, parameterGroupFamily, protocolOf } from './engines.ts';
import {
  Construct,
  DbSubnetGroup,
  type ITerraformDependable,
  RdsCluster,
  type RdsClusterConfig,
  RdsClusterInstance,
  type RdsClusterInstanceConfig,
  RdsClusterParameterGroup,
  SecretsmanagerSecretRotation,
} from './framework.ts';
import type { DatabaseProps } from './instance-database.ts';
import { type Network, type Peer, assertTwoSubnets, firewallOf, letIn } from './network.ts';
import { tagsOf } from './tags.ts';

/** Arguments of `aws_rds_cluster` that the pattern says itself. */
type OwnArgument =
  | 'clusterIdentifier'
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

export type ClusterPattern<Iam extends boolean> = { readonly iamAuthentication: Iam; readonly logs: readonly string[] };

/** What `PasswordCluster` and `IamCluster` have in common; not exported from the package. */
export abstract class ClusterDatabase<E extends ClusterEngine, Iam extends boolean>
  extends Construct
  implements Database<E, Iam>
{
  readonly kind = 'cluster';
  readonly name: string;
  readonly engine: E;
  readonly iamAuthentication: Iam;
  readonly network: Network;
  readonly securityGroupId: string;
  readonly cluster: RdsCluster;
  readonly instances: readonly RdsClusterInstance[];
  readonly readyWhen: readonly ITerraformDependable[];

  protected constructor(scope: Construct, id: string, props: ClusterProps<E>, pattern: ClusterPattern<Iam>) {
    super(scope, id);
    assertTwoSubnets(props.network);
    this.name = props.name;
    this.engine = props.engine;
    this.iamAuthentication = pattern.iamAuthentication;
    this.network = props.network;
    const firewall = firewallOf(this, {
      name: `${props.name}-database`,
      description: `Database ${props.name}`,
      vpcId: props.network.vpcId,
      securityGroupIds: props.securityGroupIds,
      tags: props.tags,
    });
    this.securityGroupId = firewall.securityGroupId;
    this.cluster = this.makeCluster(props, pattern, [...firewall.securityGroupIds]);
    this.instances = Array.from({ length: props.instances ?? 2 }, (_, i) => this.makeInstance(props, i));
    this.readyWhen = [this.cluster, ...this.instances];
    if (props.masterSecretRotationDays !== undefined) {
      new SecretsmanagerSecretRotation(this, 'master-rotation', {
        secretId: this.masterSecretArn,
        rotationRules: { automaticallyAfterDays: props.masterSecretRotationDays },
      });
    }
  }

  private makeCluster(props: ClusterProps<E>, pattern: ClusterPattern<Iam>, vpcSecurityGroupIds: string[]): RdsCluster {
    const { name, tags } = props;
    const subnets = new DbSubnetGroup(this, 'subnets', {
      name,
      subnetIds: [...props.network.subnetIds],
      tags: tagsOf(name, tags),
    });
    return new RdsCluster(this, 'cluster', {
      storageEncrypted: true,
      deletionProtection: true,
      finalSnapshotIdentifier: `${name}-final`,
      copyTagsToSnapshot: true,
      ...(pattern.logs.length === 0 ? {} : { enabledCloudwatchLogsExports: [...pattern.logs] }),
      ...props.cluster,
      clusterIdentifier: name,
      engine: props.engine,
      engineVersion: props.engineVersion,
      port: props.port ?? protocolOf(props.engine).port,
      masterUsername: props.masterUsername ?? 'root_admin',
      manageMasterUserPassword: true,
      ...(props.masterSecretKmsKeyArn === undefined ? {} : { masterUserSecretKmsKeyId: props.masterSecretKmsKeyArn }),
      iamDatabaseAuthenticationEnabled: pattern.iamAuthentication,
      dbSubnetGroupName: subnets.name,
      vpcSecurityGroupIds,
      dbClusterParameterGroupName: this.makeParameters(props).name,
      tags: tagsOf(name, tags),
    });
  }

  private makeParameters({
    name,
    engine,
    engineVersion,
    parameters = {},
    tags,
  }: ClusterProps<E>): RdsClusterParameterGroup {
    return new RdsClusterParameterGroup(this, 'parameters', {
      name,
      family: parameterGroupFamily(engine, engineVersion),
      parameter: [
        protocolOf(engine).tls,
        ...Object.entries(parameters).map(([key, value]) => ({ name: key, value, applyMethod: 'pending-reboot' })),
      ],
      tags: tagsOf(name, tags),
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

  /** The secret in which RDS keeps the master user's password. */
  get masterSecretArn(): string {
    return this.cluster.masterUserSecret.get(0).secretArn;
  }

  /** Lets a client in on the database's port. */
  allowFrom(id: string, peer: Peer): void {
    letIn(this, `from-${id}`, {
      securityGroupId: this.securityGroupId,
      port: this.port,
      peer,
      description: `From ${id}`,
    });
  }

  /** How a user logs in by password. */
  passwordConnection(user: string): ConnectionFacts {
    const { endpoint: host, port, engine } = this;
    return { host, port, user, engine, authentication: 'password', certificateAuthority: 'rds' };
  }
}
