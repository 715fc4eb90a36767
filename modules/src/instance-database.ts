import { type InstanceEngine, assertEngine, instanceEngines, parameterGroupFamily, protocolOf } from './engines.ts';
import {
  type Construct,
  DbInstance,
  type DbInstanceConfig,
  DbParameterGroup,
  type ITerraformDependable,
} from './framework.ts';
import { type DatabasePattern, type DatabaseProps, MASTER, ManagedDatabase, logExports } from './managed-database.ts';
import { replaceable } from './replaceable.ts';
import { tagsOf } from './tags.ts';

/** Arguments of `aws_db_instance` that the pattern says itself. */
type OwnArgument =
  | 'identifier'
  | 'identifierPrefix'
  | 'engine'
  | 'engineVersion'
  | 'instanceClass'
  | 'port'
  | 'replicateSourceDb'
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

export type InstanceProps<E extends InstanceEngine> = DatabaseProps & {
  readonly engine: E;
  readonly instanceClass: string;
  /** In GiB. */
  readonly allocatedStorage: number;
  /** All else that `aws_db_instance` takes. Storage is encrypted and deletion protected unless it says otherwise. */
  readonly instance?: Omit<Partial<DbInstanceConfig>, OwnArgument | 'allocatedStorage'>;
};

/** What `PasswordDatabase` and `IamDatabase` have in common; not exported from the package. */
export abstract class InstanceDatabase<E extends InstanceEngine, Iam extends boolean> extends ManagedDatabase<E, Iam> {
  readonly kind = 'instance';
  readonly instance: DbInstance;
  readonly readyWhen: readonly ITerraformDependable[];

  protected constructor(scope: Construct, id: string, props: InstanceProps<E>, pattern: DatabasePattern<Iam>) {
    assertEngine(props.engine, instanceEngines);
    super(scope, id, props, pattern);
    this.instance = this.makeInstance(props, pattern);
    this.readyWhen = [this.instance];
    this.rotateMasterSecret(props);
  }

  private makeInstance(props: InstanceProps<E>, pattern: DatabasePattern<Iam>): DbInstance {
    const { name, tags } = props;
    return new DbInstance(this, 'instance', {
      storageEncrypted: true,
      deletionProtection: true,
      finalSnapshotIdentifier: `${name}-final`,
      copyTagsToSnapshot: true,
      ...props.instance,
      ...logExports(pattern, props.instance?.enabledCloudwatchLogsExports),
      identifier: name,
      engine: props.engine,
      engineVersion: props.engineVersion,
      instanceClass: props.instanceClass,
      allocatedStorage: props.allocatedStorage,
      port: props.port ?? protocolOf(props.engine).port,
      username: props.masterUsername ?? MASTER,
      manageMasterUserPassword: true,
      ...(props.masterSecretKmsKeyArn === undefined ? {} : { masterUserSecretKmsKeyId: props.masterSecretKmsKeyArn }),
      iamDatabaseAuthenticationEnabled: pattern.iamAuthentication,
      dbSubnetGroupName: this.makeSubnetGroup(props).name,
      vpcSecurityGroupIds: [...this.securityGroupIds],
      parameterGroupName: this.makeParameterGroup(props).name,
      publiclyAccessible: false,
      tags: tagsOf(name, tags),
    });
  }

  private makeParameterGroup(props: InstanceProps<E>): DbParameterGroup {
    return new DbParameterGroup(this, 'parameters', {
      ...replaceable(props.name),
      family: parameterGroupFamily(props.engine, props.engineVersion),
      parameter: this.parametersOf(props),
      tags: tagsOf(props.name, props.tags),
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

  get masterSecretArn(): string {
    return this.instance.masterUserSecret.get(0).secretArn;
  }
}
