import type { Entity } from './entity.ts';
import type { ListValue, Origin, Value } from './value.ts';

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
  readonly vpcId: Value<string>;
  /** Rules written in the resource itself. */
  readonly rules: readonly SecurityGroupRule[];
  /** Directions whose inline rules cannot all be seen. */
  readonly incomplete: readonly ('ingress' | 'egress')[];
};

/** A rule that is a resource of its own. */
export type StandaloneRule = Entity & { readonly securityGroup: Value<string>; readonly rule: SecurityGroupRule };

/** `aws_ec2_managed_prefix_list`: the addresses behind a `pl-…` in a rule. */
export type PrefixList = Entity & { readonly listId: Value<string>; readonly ranges: ListValue<string> };

/** `aws_vpc`. */
export type Vpc = Entity & {
  readonly vpcId: Value<string>;
  readonly tenancy: Value<string>;
  /** CIDR blocks, IPv4 and IPv6. */
  readonly ranges: ListValue<string>;
};

/** `aws_subnet`. */
export type Subnet = Entity & {
  readonly subnetId: Value<string>;
  readonly arn: Value<string>;
  readonly vpcId: Value<string>;
  /** `us-east-1a`. */
  readonly zone: Value<string>;
  /** `use1-az1`. */
  readonly zoneId: Value<string>;
  /** CIDR blocks, IPv4 and IPv6. */
  readonly ranges: ListValue<string>;
};

/** `aws_db_subnet_group`. */
export type SubnetGroup = Entity & {
  readonly name: Value<string>;
  readonly subnets: ListValue<string>;
  readonly vpcId: Value<string>;
};

/** `aws_route53_record` of a type that names another host: CNAME, or an alias. */
export type DnsRecord = Entity & {
  /** As it is written; the zone's name may be left out. */
  readonly name: Value<string>;
  readonly fqdn: Value<string>;
  readonly type: Value<string>;
  /** The hosts that it stands for. */
  readonly targets: ListValue<string>;
};
