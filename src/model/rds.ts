import type { Entity, Location } from './entity.ts';
import type { PasswordSource } from './secrets.ts';
import type { ListValue, Origin, Tri, Value } from './value.ts';

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
    /** What `iamEnabled` is now, where the plan changes the database in place; absent elsewhere. */
    readonly iamEnabledNow: Value<boolean>;
    /** Whether a change in place waits for no maintenance window: `apply_immediately`, or a blue/green update. */
    readonly changesAtOnce: Value<boolean>;
    /** An address outside the VPC; that of a cluster's instances is theirs. */
    readonly publiclyAccessible: Value<boolean>;
    /** `enabled_cloudwatch_logs_exports`. */
    readonly logExports: ListValue<string>;
    readonly masterUser: Value<string>;
    /** The password that Terraform is given for the master user; absent where RDS makes it, or where it is write-only. */
    readonly masterPassword: Value<PasswordSource>;
    /** Set when settings are inherited: a snapshot, a point in time, a source database. */
    readonly restoredFrom: Value<string>;
    readonly replicaOf: Value<string>;
    readonly kerberosDomain: Value<string>;
    /** Whether RDS makes the password of the master user and keeps it in a secret. */
    readonly managesMasterPassword: Value<boolean>;
    readonly masterSecretArn: Value<string>;
    /** The customer-managed key of that secret; absent for the AWS-managed one. */
    readonly masterSecretKey: Value<string>;
    readonly securityGroups: ListValue<string>;
    /** Name of its `SubnetGroup`; absent for the default one of the region. */
    readonly subnetGroup: Value<string>;
    /** Name of its `ParameterGroup`; absent for the default one of engine and version. */
    readonly parameterGroup: Value<string>;
    /** Identifier of the Aurora global database that it is a member of. */
    readonly globalCluster: Value<string>;
    /** Host names that clients use, the writer's first. */
    readonly hosts: readonly Value<string>[];
  };

export type ClusterInstance = Entity & {
  readonly clusterIdentifier: Value<string>;
  readonly instanceClass: Value<string>;
  readonly publiclyAccessible: Value<boolean>;
  readonly resourceId: Value<string>;
  readonly host: Value<string>;
};

/** `aws_rds_global_cluster`. */
export type GlobalCluster = Entity & {
  readonly identifier: Value<string>;
  readonly engine: Value<string>;
};

/** One `parameter` block. */
export type Parameter = { readonly origin: Origin; readonly name: Value<string>; readonly value: Value<string> };

/** `aws_db_parameter_group`, `aws_rds_cluster_parameter_group`: of a database instance, or of a cluster. */
export type ParameterGroup = Entity & {
  readonly kind: Database['kind'];
  readonly name: Value<string>;
  readonly family: Value<string>;
  readonly parameters: readonly Parameter[];
  /** False when blocks may exist that the plan does not show. */
  readonly complete: boolean;
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
    readonly subnets: ListValue<string>;
    readonly host: Value<string>;
  };

export type ProxyTarget = Entity & {
  readonly region: Value<string>;
  readonly proxyName: Value<string>;
  readonly instanceIdentifier: Value<string>;
  readonly clusterIdentifier: Value<string>;
};

/**
 * What a plan creates of that on which the order of things hangs: targets of proxies, secret versions, and the policies
 * of roles. Empty where it registers no target.
 */
export type Creation = Entity & {
  /** Of a target: what of these Terraform has made before, by address without instance keys. */
  readonly waitsFor: readonly string[];
  /** False where something between cannot be seen: a local value in a plan without its text, a module that is not installed. */
  readonly complete: boolean;
};

export type ProxyEndpoint = Entity & {
  readonly region: Value<string>;
  readonly proxyName: Value<string>;
  readonly targetRole: Value<string>;
  readonly host: Value<string>;
  readonly securityGroups: ListValue<string>;
  /** Whether the configuration sets them; otherwise AWS takes the default group of the VPC (fact 6.7). */
  readonly choosesGroups: Tri;
  readonly subnets: ListValue<string>;
};

/** A user inside a database: `postgresql_role`, `mysql_user`. */
export type DatabaseUser = Entity & {
  readonly engine: 'postgresql' | 'mysql';
  readonly name: Value<string>;
  /** The host of the provider that makes it; what tells whose user it is. */
  readonly databaseHost: Value<string>;
  /** PostgreSQL: roles that the resource itself lists. MySQL: empty. */
  readonly roles: ListValue<string>;
  /** MySQL: `auth_plugin`. */
  readonly plugin: Value<string>;
  /** Whether it is given a password. */
  readonly hasPassword: Tri;
  readonly password: Value<PasswordSource>;
  /** PostgreSQL: false for a role that is a group of users. */
  readonly mayLogIn: Tri;
  /** MySQL: where its clients are, `%` for anywhere. */
  readonly clientHost: Value<string>;
};

/** `postgresql_grant_role`: a role that a user gets. */
export type DatabaseRoleGrant = Entity & {
  readonly user: Value<string>;
  readonly role: Value<string>;
  readonly databaseHost: Value<string>;
};
