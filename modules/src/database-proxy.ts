import { policyOf, proxyResourceId } from './arns.ts';
import { assertName, assertProxied, assertTls } from './assertions.ts';
import type { Database } from './database.ts';
import { type Engine, protocolOf } from './engines.ts';
import {
  Construct,
  DbProxy,
  type DbProxyAuth,
  DbProxyDefaultTargetGroup,
  DbProxyTarget,
  type ITerraformDependable,
  IamRole,
  IamRolePolicy,
} from './framework.ts';
import { inStackOf } from './in-stack.ts';
import { type Firewall, type Network, type Peer, assertTwoSubnets, firewallOf, letIn, letOut } from './network.ts';
import { type Tags, tagsOf } from './tags.ts';

export type ProxyProps<E extends Engine = Engine, Iam extends boolean = boolean> = {
  /** Its name, as text. */
  readonly name: string;
  readonly database: Database<E, Iam>;
  /** Default: that of the database. */
  readonly network?: Network;
  /** Security groups that exist; rules go to the first. Without them one is made. */
  readonly securityGroupIds?: readonly string[];
  /** There is no proxy without: one that asks for IAM needs TLS, and passwords are not for the network. */
  readonly requireTls?: true;
  /** Of its role. A name is taken in all regions: by default `<name>-proxy`. */
  readonly role?: { readonly name?: string; readonly path?: string; readonly permissionsBoundary?: string };
  /** In seconds. Default: that of RDS, 1,800. */
  readonly idleClientTimeout?: number;
  /** Shares of the connections that the database allows, in percent. */
  readonly connectionPool?: {
    readonly maxConnectionsPercent?: number;
    readonly maxIdleConnectionsPercent?: number;
  };
  readonly tags?: Tags;
};

/** How a proxy lets clients in, and what it logs in to the database with. */
export type Authentication = {
  readonly auth: readonly DbProxyAuth[];
  readonly defaultAuthScheme: 'NONE' | 'IAM_AUTH';
  /** What its role needs. */
  readonly statements: readonly object[];
  readonly readyWhen: readonly ITerraformDependable[];
};

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'rds.amazonaws.com' } }],
});

const networkOf = ({ network, database }: ProxyProps): Network => {
  const found = network ?? database.network;
  if (found === undefined)
    throw new Error(
      'The database does not say where it is, and the proxy needs subnets. Write network, with vpcId and subnetIds.',
    );
  assertTwoSubnets(found);
  return found;
};

/** What the three proxies have in common; not exported from the package. */
export abstract class DatabaseProxy<E extends Engine> extends Construct {
  readonly name: string;
  readonly engine: E;
  readonly database: Database<E>;
  readonly proxy: DbProxy;
  readonly role: IamRole;
  readonly securityGroupId: string;
  private readonly tags: Tags | undefined;

  /** Where clients connect: a proxy listens on its family's port alone, whatever that of the database. */
  readonly port: number;

  protected constructor(
    scope: Construct,
    id: string,
    props: ProxyProps<E>,
    authenticate: (proxy: Construct) => Authentication,
  ) {
    super(scope, id);
    const { name, database } = props;
    assertName(name);
    assertTls(props.requireTls);
    assertProxied(database);
    const network = networkOf(props);
    this.tags = props.tags;
    this.name = name;
    this.engine = database.engine;
    this.database = database;
    this.port = protocolOf(database.engine).port;
    const firewall = firewallOf(this, {
      name: `${name}-proxy`,
      description: `Proxy ${name}`,
      vpcId: network.vpcId,
      securityGroupIds: props.securityGroupIds,
      tags: props.tags,
    });
    this.securityGroupId = firewall.securityGroupId;
    const authentication = authenticate(this);
    this.role = this.makeRole(props);
    const rights = new IamRolePolicy(this, 'role-policy', {
      name: 'log-in-to-the-database',
      role: this.role.name,
      policy: policyOf(authentication.statements),
    });
    this.proxy = this.makeProxy(props, network, firewall, authentication);
    this.register(props, [...authentication.readyWhen, ...database.readyWhen, rights]);
    this.openTheWay(database);
  }

  private makeRole({ name, role = {}, tags }: ProxyProps<E>): IamRole {
    const roleName = role.name ?? `${name}-proxy`;
    return new IamRole(this, 'role', {
      ...role,
      name: roleName,
      assumeRolePolicy: trust,
      tags: tagsOf(roleName, tags),
    });
  }

  private makeProxy(
    props: ProxyProps<E>,
    network: Network,
    firewall: Firewall,
    authentication: Authentication,
  ): DbProxy {
    const { name, idleClientTimeout, tags } = props;
    const { auth, defaultAuthScheme } = authentication;
    return new DbProxy(this, 'proxy', {
      name,
      engineFamily: protocolOf(this.engine).family,
      requireTls: true,
      roleArn: this.role.arn,
      vpcSubnetIds: [...network.subnetIds],
      vpcSecurityGroupIds: [...firewall.securityGroupIds],
      defaultAuthScheme,
      ...(auth.length === 0 ? {} : { auth: [...auth] }),
      ...(idleClientTimeout === undefined ? {} : { idleClientTimeout }),
      tags: tagsOf(name, tags),
    });
  }

  /** A target that is registered before its credentials are there stays unavailable. */
  private register({ database, connectionPool }: ProxyProps<E>, dependsOn: ITerraformDependable[]): void {
    const group = new DbProxyDefaultTargetGroup(this, 'target-group', {
      dbProxyName: this.proxy.name,
      ...(connectionPool === undefined ? {} : { connectionPoolConfig: connectionPool }),
    });
    new DbProxyTarget(this, 'target', {
      dbProxyName: this.proxy.name,
      targetGroupName: group.name,
      ...(database.kind === 'cluster'
        ? { dbClusterIdentifier: database.identifier }
        : { dbInstanceIdentifier: database.identifier }),
      dependsOn: inStackOf(this, dependsOn),
    });
  }

  private openTheWay({ port, securityGroupId }: Database): void {
    if (securityGroupId === undefined) return;
    const { name, tags } = this;
    const toDatabase = { name, tags, port, description: `Proxy ${name} to its database` };
    letOut(this, 'to-database', { ...toDatabase, securityGroupId: this.securityGroupId, peer: { securityGroupId } });
    letIn(this, 'database-from-proxy', {
      ...toDatabase,
      securityGroupId,
      peer: { securityGroupId: this.securityGroupId },
    });
  }

  /** Where clients connect, with the name that the proxy's certificate has. */
  get endpoint(): string {
    return this.proxy.endpoint;
  }

  get arn(): string {
    return this.proxy.arn;
  }

  /** `prx-…`, which a grant of `rds-db:connect` names. */
  get resourceId(): string {
    return proxyResourceId(this.proxy.arn);
  }

  /** Lets a client in on the proxy's port. */
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
}
