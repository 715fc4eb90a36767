import type { Client } from './clients.ts';
import type {
  BoundaryAttachment,
  ExclusivePolicies,
  GroupMembership,
  PolicyAttachment,
  PolicyCarrier,
  Principal,
} from './identity.ts';
import type { DnsRecord, PrefixList, SecurityGroup, StandaloneRule, Subnet, SubnetGroup, Vpc } from './network.ts';
import type {
  ClusterInstance,
  Creation,
  Database,
  DatabaseRoleGrant,
  DatabaseUser,
  GlobalCluster,
  ParameterGroup,
  Proxy,
  ProxyEndpoint,
  ProxyTarget,
} from './rds.ts';
import type {
  IgnoredChanges,
  KmsGrant,
  KmsKey,
  KmsKeyPolicy,
  RotationFunction,
  Secret,
  SecretPolicy,
  SecretRotation,
  SecretVersion,
} from './secrets.ts';
import type { UnreadModule } from './unread-module.ts';
import type { Value } from './value.ts';

export type * from './clients.ts';
export type * from './entity.ts';
export type * from './identity.ts';
export type * from './network.ts';
export type * from './rds.ts';
export type * from './secrets.ts';
export type * from './unread-module.ts';

/** An attribute that stands for one of another entity: `aws_secretsmanager_secret_version.x.secret_id`. */
export type Alias = { readonly resource: string; readonly path: string; readonly value: Value<string> };

/** The shared authentication model: what adapters make of the resources, before anything is joined or judged. */
export type AuthModel = {
  /** False when an input leaves things out, so that what is not in view may be there all the same. */
  readonly complete: boolean;
  /** True when nobody can say what an input leaves out: a plan with targets, or with an error on the way. */
  readonly cut: boolean;
  /** What the judged input is called in sentences; a state counts as a plan. */
  readonly judgedInput: 'plan' | 'configuration';
  /** What a configuration without a plan calls and does not have. */
  readonly unreadModules: readonly UnreadModule[];
  readonly databases: readonly Database[];
  readonly clusterInstances: readonly ClusterInstance[];
  readonly globalClusters: readonly GlobalCluster[];
  readonly parameterGroups: readonly ParameterGroup[];
  readonly proxies: readonly Proxy[];
  readonly proxyTargets: readonly ProxyTarget[];
  readonly proxyEndpoints: readonly ProxyEndpoint[];
  readonly creations: readonly Creation[];
  readonly secrets: readonly Secret[];
  readonly secretVersions: readonly SecretVersion[];
  readonly secretPolicies: readonly SecretPolicy[];
  readonly secretRotations: readonly SecretRotation[];
  readonly rotationFunctions: readonly RotationFunction[];
  readonly ignoredChanges: readonly IgnoredChanges[];
  readonly kmsKeys: readonly KmsKey[];
  readonly kmsKeyPolicies: readonly KmsKeyPolicy[];
  readonly kmsGrants: readonly KmsGrant[];
  readonly principals: readonly Principal[];
  readonly policyCarriers: readonly PolicyCarrier[];
  readonly policyAttachments: readonly PolicyAttachment[];
  readonly boundaryAttachments: readonly BoundaryAttachment[];
  readonly exclusivePolicies: readonly ExclusivePolicies[];
  readonly groupMemberships: readonly GroupMembership[];
  readonly securityGroups: readonly SecurityGroup[];
  readonly standaloneRules: readonly StandaloneRule[];
  readonly prefixLists: readonly PrefixList[];
  readonly vpcs: readonly Vpc[];
  readonly subnets: readonly Subnet[];
  readonly subnetGroups: readonly SubnetGroup[];
  readonly dnsRecords: readonly DnsRecord[];
  readonly clients: readonly Client[];
  readonly databaseUsers: readonly DatabaseUser[];
  readonly databaseRoleGrants: readonly DatabaseRoleGrant[];
  readonly aliases: readonly Alias[];
};

/** The lists of the model, which adapters fill. */
export type EntityLists = Omit<AuthModel, 'complete' | 'cut' | 'judgedInput'>;
