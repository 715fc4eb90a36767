import type { ConnectionFacts } from './connection.ts';
import type { Database } from './database.ts';
import { type InstanceEngine, parameterGroupFamily, protocolOf } from './engines.ts';
import {
  Construct,
  DbInstance,
  type DbInstanceConfig,
  DbParameterGroup,
  DbSubnetGroup,
  type ITerraformDependable,
  SecretsmanagerSecretRotation,
} from './framework.ts';
import { type Network, type Peer, assertTwoSubnets, firewallOf, letIn } from './network.ts';
import { type Tags, tagsOf } from './tags.ts';

/** Arguments of `aws_db_instance` that the pattern says itself. */
type OwnArgument =
  | 'identifier'
  | 'engine'
  | 'engineVersion'
  | 'instanceClass'
  | 'port'
  | 'username'
  | 'password'
  | 'passwordWo'
  | 'passwordWoVersion'
  | 'manageMasterUserPassword'
  | 'masterUserSecretKmsKeyId'
  | 'iamDatabaseAuthenticationEnabled'
  | 'dbSubnetGroupName'
  | 'vpcSecurityGroupIds'
  | 'parameterGroupName'
  | 'publiclyAccessible'
  | 'tags';

/** What every database says, whatever its pattern. */
export type DatabaseProps = {
  /** Its identifier, as text. */
  readonly name: string;
  /** As AWS writes it, for instance `8.0.40`; it says the family of the parameter group. */
  readonly engineVersion: string;
  readonly network: Network;
  /** Security groups that exist; rules go to the first. Without them one is made. */
  readonly securityGroupIds?: readonly string[];
  /** Default: that of the engine. */
  readonly port?: number;
  /** Default: `root_admin`. RDS keeps the password in a secret of its own. */
  readonly masterUsername?: string;
  /** The key for the master user's secret, by its ARN. Default: `aws/secretsmanager`. */
  readonly masterSecretKmsKeyArn?: string;
  /** RDS rotates the master user's secret every seven days unless it is told another number here. */
  readonly masterSecretRotationDays?: number;
  /** Parameters beside the one that insists on TLS. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly tags?: Tags;
};

export type InstanceProps<E extends InstanceEngine> = DatabaseProps & {
  readonly engine: E;
  readonly instanceClass: string;
  /** In GiB. */
  readonly allocatedStorage: number;
  /** All else that `aws_db_instance` takes. Storage is encrypted and deletion protected unless it says otherwise. */
  readonly instance?: Omit<Partial<DbInstanceConfig>, OwnArgument | 'allocatedStorage'>;
};

export type InstancePattern<Iam extends boolean> = {
  readonly iamAuthentication: Iam;
  readonly logs: readonly string[];
};

/** What `PasswordDatabase` and `IamDatabase` have in common; not exported from the package. */
export abstract class InstanceDatabase<E extends InstanceEngine, Iam extends boolean>
  extends Construct
  implements Database<E, Iam>
{
  readonly kind = 'instance';
  readonly name: string;
  readonly engine: E;
  readonly iamAuthentication: Iam;
  readonly network: Network;
  readonly securityGroupId: string;
  readonly instance: DbInstance;
  readonly readyWhen: readonly ITerraformDependable[];

  protected constructor(scope: Construct, id: string, props: InstanceProps<E>, pattern: InstancePattern<Iam>) {
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
    this.instance = this.makeInstance(props, pattern, [...firewall.securityGroupIds]);
    this.readyWhen = [this.instance];
    if (props.masterSecretRotationDays !== undefined) {
      new SecretsmanagerSecretRotation(this, 'master-rotation', {
        secretId: this.masterSecretArn,
        rotationRules: { automaticallyAfterDays: props.masterSecretRotationDays },
      });
    }
  }

  private makeInstance(
    props: InstanceProps<E>,
    pattern: InstancePattern<Iam>,
    vpcSecurityGroupIds: string[],
  ): DbInstance {
    const { name, tags } = props;
    const subnets = new DbSubnetGroup(this, 'subnets', {
      name,
      subnetIds: [...props.network.subnetIds],
      tags: tagsOf(name, tags),
    });
    return new DbInstance(this, 'instance', {
      storageEncrypted: true,
      deletionProtection: true,
      finalSnapshotIdentifier: `${name}-final`,
      copyTagsToSnapshot: true,
      ...(pattern.logs.length === 0 ? {} : { enabledCloudwatchLogsExports: [...pattern.logs] }),
      ...props.instance,
      identifier: name,
      engine: props.engine,
      engineVersion: props.engineVersion,
      instanceClass: props.instanceClass,
      allocatedStorage: props.allocatedStorage,
      port: props.port ?? protocolOf(props.engine).port,
      username: props.masterUsername ?? 'root_admin',
      manageMasterUserPassword: true,
      ...(props.masterSecretKmsKeyArn === undefined ? {} : { masterUserSecretKmsKeyId: props.masterSecretKmsKeyArn }),
      iamDatabaseAuthenticationEnabled: pattern.iamAuthentication,
      dbSubnetGroupName: subnets.name,
      vpcSecurityGroupIds,
      parameterGroupName: this.makeParameters(props).name,
      publiclyAccessible: false,
      tags: tagsOf(name, tags),
    });
  }

  private makeParameters({ name, engine, engineVersion, parameters = {}, tags }: InstanceProps<E>): DbParameterGroup {
    return new DbParameterGroup(this, 'parameters', {
      name,
      family: parameterGroupFamily(engine, engineVersion),
      parameter: [
        protocolOf(engine).tls,
        ...Object.entries(parameters).map(([key, value]) => ({ name: key, value, applyMethod: 'pending-reboot' })),
      ],
      tags: tagsOf(name, tags),
    });
  }

  get identifier(): string {
    return this.instance.identifier;
  }

  get arn(): string {
    return this.instance.arn;
  }

  get resourceId(): string {
    return this.instance.resourceId;
  }

  get endpoint(): string {
    return this.instance.address;
  }

  get port(): number {
    return this.instance.port;
  }

  /** The secret in which RDS keeps the master user's password. */
  get masterSecretArn(): string {
    return this.instance.masterUserSecret.get(0).secretArn;
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
