import { assertMaster, assertName } from './assertions.ts';
import type { ConnectionFacts } from './connection.ts';
import type { Database } from './database.ts';
import { type Engine, protocolOf } from './engines.ts';
import { Construct, DbSubnetGroup, type ITerraformDependable, SecretsmanagerSecretRotation } from './framework.ts';
import { type Network, type Peer, assertTwoSubnets, firewallOf, letIn } from './network.ts';
import { replaceable } from './replaceable.ts';
import { type Tags, tagsOf } from './tags.ts';
import { declareMethod } from './user-methods.ts';

/** Who administers a database unless it says otherwise. */
export const MASTER = 'root_admin';

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

export type DatabasePattern<Iam extends boolean> = {
  readonly iamAuthentication: Iam;
  readonly logs: readonly string[];
};

/** The logs of the pattern, and those that the caller adds. */
export const logExports = ({ logs }: DatabasePattern<boolean>, added: readonly string[] = []) => {
  const all = [...new Set([...logs, ...added])];
  return all.length === 0 ? {} : { enabledCloudwatchLogsExports: all };
};

/** What the databases of the patterns have in common; not exported from the package. */
export abstract class ManagedDatabase<E extends Engine, Iam extends boolean>
  extends Construct
  implements Database<E, Iam>
{
  readonly name: string;
  readonly engine: E;
  readonly engineVersion: string;
  readonly iamAuthentication: Iam;
  readonly network: Network;
  readonly securityGroupId: string;
  protected readonly securityGroupIds: readonly string[];
  private readonly tags: Tags | undefined;

  abstract readonly kind: 'instance' | 'cluster';
  abstract readonly readyWhen: readonly ITerraformDependable[];

  protected constructor(
    scope: Construct,
    id: string,
    props: DatabaseProps & { readonly engine: E },
    { iamAuthentication }: DatabasePattern<Iam>,
  ) {
    super(scope, id);
    const { name, engine, engineVersion, network, tags } = props;
    assertName(name);
    assertTwoSubnets(network);
    this.name = name;
    this.tags = tags;
    this.engine = engine;
    this.engineVersion = engineVersion;
    this.iamAuthentication = iamAuthentication;
    this.network = network;
    const user = props.masterUsername ?? MASTER;
    assertMaster(engine, user);
    declareMethod(this, { database: this, user, method: 'password', by: 'its master user' });
    const firewall = firewallOf(this, {
      name: `${name}-database`,
      description: `Database ${name}`,
      vpcId: network.vpcId,
      securityGroupIds: props.securityGroupIds,
      tags,
    });
    this.securityGroupId = firewall.securityGroupId;
    this.securityGroupIds = firewall.securityGroupIds;
  }

  abstract get identifier(): string;
  abstract get arn(): string;
  abstract get resourceId(): string;
  abstract get endpoint(): string;
  abstract get port(): number;

  /** The secret in which RDS keeps the master user's password. */
  abstract get masterSecretArn(): string;

  protected makeSubnetGroup({ name, network, tags }: DatabaseProps): DbSubnetGroup {
    return new DbSubnetGroup(this, 'subnets', {
      ...replaceable(name),
      subnetIds: [...network.subnetIds],
      tags: tagsOf(name, tags),
    });
  }

  /** The caller's, and the one by which the engine refuses connections without TLS. */
  protected parametersOf({ parameters = {} }: DatabaseProps) {
    const { tls } = protocolOf(this.engine);
    if (tls.name in parameters) {
      throw new Error(`parameters has ${tls.name}, which the pattern sets to ${tls.value}. Leave it out.`);
    }
    const others = Object.entries(parameters).map(([name, value]) => ({ name, value, applyMethod: 'pending-reboot' }));
    return [tls, ...others];
  }

  protected rotateMasterSecret({ masterSecretRotationDays }: DatabaseProps): void {
    if (masterSecretRotationDays === undefined) return;
    new SecretsmanagerSecretRotation(this, 'master-rotation', {
      secretId: this.masterSecretArn,
      rotationRules: { automaticallyAfterDays: masterSecretRotationDays },
    });
  }

  /** Lets a client in on the database's port. */
  allowFrom(id: string, peer: Peer): void {
    letIn(this, `from-${id}`, {
      name: this.name,
      securityGroupId: this.securityGroupId,
      port: this.port,
      peer,
      description: `From ${id}`,
      tags: this.tags,
    });
  }

  /** How a user logs in by password. */
  passwordConnection(user: string): ConnectionFacts {
    const { endpoint: host, port, engine } = this;
    return { host, port, user, engine, authentication: 'password', certificateAuthority: 'rds' };
  }
}
