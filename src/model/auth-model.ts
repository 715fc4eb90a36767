import type { IamPolicyDocument } from './iam.ts';
import type { ListValue, Origin, Tri, Value } from './value.ts';

/** What every element of the model has. */
export type Entity = {
  /** Unique over all inputs; what a `Reference` names. */
  readonly id: string;
  /** Terraform address, module and instance keys included. */
  readonly address: string;
  /** False for what a context input brings: it completes the model and is not judged. */
  readonly judged: boolean;
  /** False for a data source: only what it shows is in view. */
  readonly managed: boolean;
  readonly origin: Origin;
};

/** Where an entity lives, as far as configuration or an ARN says. */
export type Location = {
  readonly region: Value<string>;
  readonly account: Value<string>;
};

/** `aws_db_instance`, `aws_rds_cluster`, or a data source for one. */
export type Database = Entity &
  Location & {
    readonly kind: 'instance' | 'cluster';
    readonly identifier: Value<string>;
    /** `db-…` or `cluster-…`: what IAM compares. */
    readonly resourceId: Value<string>;
    readonly arn: Value<string>;
    /** The attribute `id`: the resource id of an instance from provider 5 on, the identifier of a cluster (fact 4.21). */
    readonly legacyId: Value<string>;
    /** Which of the two `legacyId` is. */
    readonly legacyIdMeans: 'resource-id' | 'identifier' | 'unknown';
    readonly engine: Value<string>;
    readonly engineVersion: Value<string>;
    readonly engineMode: Value<string>;
    readonly scalabilityType: Value<string>;
    readonly instanceClass: Value<string>;
    readonly port: Value<number>;
    readonly iamEnabled: Value<boolean>;
    readonly masterUser: Value<string>;
    /** Set when settings are inherited: a snapshot, a point in time, a source database. */
    readonly restoredFrom: Value<string>;
    readonly replicaOf: Value<string>;
    readonly kerberosDomain: Value<string>;
    readonly masterSecretArn: Value<string>;
    readonly securityGroups: ListValue<string>;
  };

export type ClusterInstance = Entity & {
  readonly clusterIdentifier: Value<string>;
  readonly instanceClass: Value<string>;
  readonly resourceId: Value<string>;
};

/** One `auth` block of a proxy. */
export type AuthBlock = {
  readonly origin: Origin;
  readonly scheme: Value<string>;
  readonly iamAuth: Value<string>;
  readonly secretArn: Value<string>;
  readonly username: Value<string>;
  readonly clientPasswordAuthType: Value<string>;
};

/** `aws_db_proxy`, or a data source for one. */
export type Proxy = Entity &
  Location & {
    readonly name: Value<string>;
    readonly arn: Value<string>;
    /** `prx-…`, the last part of the ARN; no attribute shows it (fact 4.9). */
    readonly resourceId: Value<string>;
    readonly engineFamily: Value<string>;
    readonly requireTls: Value<boolean>;
    readonly defaultAuthScheme: Value<string>;
    readonly auth: readonly AuthBlock[];
    /** False when blocks may exist that the plan does not show. */
    readonly authComplete: boolean;
    readonly roleArn: Value<string>;
    readonly securityGroups: ListValue<string>;
  };

export type ProxyTarget = Entity & {
  readonly region: Value<string>;
  readonly proxyName: Value<string>;
  readonly instanceIdentifier: Value<string>;
  readonly clusterIdentifier: Value<string>;
};

export type ProxyEndpoint = Entity & {
  readonly region: Value<string>;
  readonly proxyName: Value<string>;
  readonly targetRole: Value<string>;
};

export type Secret = Entity &
  Location & {
    readonly name: Value<string>;
    readonly arn: Value<string>;
    readonly kmsKey: Value<string>;
    /** The secret's resource policy; null where it has none. */
    readonly resourcePolicy: IamPolicyDocument | null;
    /** For a data source: the managed secret that it reads is found by these. */
    readonly lookup: readonly Value<string>[];
  };

/** What a secret version holds, without the values. */
export type SecretVersion = Entity & {
  readonly secretId: Value<string>;
  /** The `username` in the JSON; unknown where nobody can see it. */
  readonly username: Value<string>;
  /** Whether it is a JSON object with `username` and `password`. */
  readonly holdsCredentials: Tri;
  /** What was seen, in words, never the content. */
  readonly shape: string;
  /** Write-only, binary or data source: hidden from every plan, not only until apply. */
  readonly hidden: boolean;
};

export type KmsKey = Entity & {
  readonly arn: Value<string>;
  readonly keyId: Value<string>;
  /** Null for the default key policy, which delegates to the account's IAM policies. */
  readonly policy: IamPolicyDocument | null;
  /** False where the policy cannot be seen. */
  readonly policyInView: boolean;
};

/** A resource policy, or a key policy, that is a resource of its own. */
export type SecretPolicy = Entity & { readonly secretArn: Value<string>; readonly document: IamPolicyDocument };
export type KmsKeyPolicy = Entity & { readonly keyId: Value<string>; readonly document: IamPolicyDocument };

export type KmsGrant = Entity & {
  readonly keyId: Value<string>;
  readonly grantee: Value<string>;
  readonly operations: ListValue<string>;
};

export type PrincipalKind = 'role' | 'user' | 'group';

/** An IAM role, user or group. */
export type Principal = Entity &
  Location & {
    readonly kind: PrincipalKind;
    readonly name: Value<string>;
    readonly arn: Value<string>;
    /** Roles only. */
    readonly trust: IamPolicyDocument | null;
    /** ARN of the permissions boundary. */
    readonly boundary: Value<string>;
    /** ARNs of managed policies that the resource itself lists. */
    readonly managedPolicyArns: ListValue<string>;
  };

/** A resource that carries an IAM policy document, inline or managed. */
export type PolicyCarrier = Entity & {
  readonly document: IamPolicyDocument;
  /** ARN of a managed policy; absent for an inline one. */
  readonly arn: Value<string>;
  /** Name of a managed policy; absent for an inline one. */
  readonly name: Value<string>;
  /** For an inline one: the principal that holds it. */
  readonly holder: { readonly kind: PrincipalKind; readonly name: Value<string> } | null;
};

/** A managed policy attached to principals. */
export type PolicyAttachment = Entity & {
  readonly policyArn: Value<string>;
  readonly holders: readonly { readonly kind: PrincipalKind; readonly name: Value<string> }[];
};

/** An IAM user in groups: `aws_iam_user_group_membership`, `aws_iam_group_membership`. */
export type GroupMembership = Entity & { readonly users: ListValue<string>; readonly groups: ListValue<string> };

export type SecurityGroupRule = {
  readonly origin: Origin;
  readonly direction: 'ingress' | 'egress';
  /** `tcp`, `-1`, a number. */
  readonly protocol: Value<string>;
  readonly fromPort: Value<number>;
  readonly toPort: Value<number>;
  /** Ids of the groups on the other side. */
  readonly groups: ListValue<string>;
  readonly self: Value<boolean>;
  /** CIDR blocks and prefix lists on the other side, IPv4 and IPv6. */
  readonly ranges: ListValue<string>;
};

export type SecurityGroup = Entity & {
  readonly groupId: Value<string>;
  readonly arn: Value<string>;
  /** Rules written in the resource itself. */
  readonly rules: readonly SecurityGroupRule[];
  /** Directions whose inline rules cannot all be seen. */
  readonly incomplete: readonly ('ingress' | 'egress')[];
};

/** A rule that is a resource of its own. */
export type StandaloneRule = Entity & { readonly securityGroup: Value<string>; readonly rule: SecurityGroupRule };

/** An attribute that stands for one of another entity: `aws_secretsmanager_secret_version.x.secret_id`. */
export type Alias = { readonly resource: string; readonly path: string; readonly value: Value<string> };

/** The shared authentication model: what adapters make of the resources, before anything is joined or judged. */
export type AuthModel = {
  /** False when an input leaves things out, so that what is not in view may be there all the same. */
  readonly complete: boolean;
  readonly databases: readonly Database[];
  readonly clusterInstances: readonly ClusterInstance[];
  readonly proxies: readonly Proxy[];
  readonly proxyTargets: readonly ProxyTarget[];
  readonly proxyEndpoints: readonly ProxyEndpoint[];
  readonly secrets: readonly Secret[];
  readonly secretVersions: readonly SecretVersion[];
  readonly secretPolicies: readonly SecretPolicy[];
  readonly kmsKeys: readonly KmsKey[];
  readonly kmsKeyPolicies: readonly KmsKeyPolicy[];
  readonly kmsGrants: readonly KmsGrant[];
  readonly principals: readonly Principal[];
  readonly policyCarriers: readonly PolicyCarrier[];
  readonly policyAttachments: readonly PolicyAttachment[];
  readonly groupMemberships: readonly GroupMembership[];
  readonly securityGroups: readonly SecurityGroup[];
  readonly standaloneRules: readonly StandaloneRule[];
  readonly aliases: readonly Alias[];
};

/** The lists of the model, which adapters fill. */
export type EntityLists = Omit<AuthModel, 'complete'>;
