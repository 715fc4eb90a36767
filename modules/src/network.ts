import {
  Construct,
  Fn,
  SecurityGroup,
  Subnet,
  TerraformStack,
  Vpc,
  VpcSecurityGroupEgressRule,
  VpcSecurityGroupIngressRule,
} from './framework.ts';
import { replaceable } from './replaceable.ts';
import { type Tags, tagsOf } from './tags.ts';

/** Where databases and proxies are: an existing VPC by its id, or a `DatabaseNetwork`. Ids may be tokens. */
export type Network = {
  readonly vpcId: string;
  /** At least two, in different availability zones. */
  readonly subnetIds: readonly string[];
};

export type DatabaseNetworkProps = {
  /** The VPC's addresses, a /16 to /24, which may be a token. Default: `10.0.0.0/16`. */
  readonly cidrBlock?: string;
  /** A subnet is made in each. */
  readonly availabilityZones: readonly [string, string, ...string[]];
  readonly tags?: Tags;
};

/** A VPC with private subnets for databases and their proxies: nothing in it has a way to the internet. */
export class DatabaseNetwork extends Construct implements Network {
  readonly vpcId: string;
  readonly subnetIds: readonly string[];

  constructor(scope: Construct, id: string, props: DatabaseNetworkProps) {
    super(scope, id);
    const { cidrBlock = '10.0.0.0/16', availabilityZones, tags } = props;
    const twice = availabilityZones.find((zone, i) => availabilityZones.indexOf(zone) < i);
    if (twice !== undefined) throw new Error(`availabilityZones names ${twice} twice. RDS wants two different ones.`);
    const vpc = new Vpc(this, 'vpc', {
      cidrBlock,
      enableDnsHostnames: true,
      enableDnsSupport: true,
      tags: tagsOf(id, tags),
    });
    this.vpcId = vpc.id;
    this.subnetIds = availabilityZones.map(
      (zone, i) =>
        new Subnet(this, `subnet-${i}`, {
          vpcId: vpc.id,
          availabilityZone: zone,
          cidrBlock: Fn.cidrsubnet(cidrBlock, 4, i),
          tags: tagsOf(`${id}-${zone}`, tags),
        }).id,
    );
  }
}

/** @throws Error where a network has fewer than two subnets. */
export const assertTwoSubnets = ({ subnetIds }: Network): void => {
  const { size } = new Set(subnetIds);
  if (size >= 2) return;
  throw new Error(
    `subnetIds names ${size === 0 ? 'no subnet' : 'one subnet'}. RDS wants at least two, in different availability zones.`,
  );
};

/** Who may connect: a security group, addresses, or a prefix list. */
export type Peer =
  | { readonly securityGroupId: string }
  | { readonly cidrIpv4: string }
  | { readonly cidrIpv6: string }
  | { readonly prefixListId: string };

const targetOf = (peer: Peer) => {
  if (!('securityGroupId' in peer)) return peer;
  return { referencedSecurityGroupId: peer.securityGroupId };
};

export type Firewall = {
  /** All of them, for the resource that they protect. */
  readonly securityGroupIds: readonly string[];
  /** The one that takes rules. */
  readonly securityGroupId: string;
};

type FirewallProps = {
  readonly name: string;
  readonly description: string;
  readonly vpcId: string;
  readonly securityGroupIds: readonly string[] | undefined;
  readonly tags: Tags | undefined;
};

/** The security groups that are given, or one that is made. Rules go to the first. */
export const firewallOf = (scope: Construct, props: FirewallProps): Firewall => {
  const { name, description, vpcId, securityGroupIds, tags } = props;
  if (securityGroupIds !== undefined) {
    const [securityGroupId] = securityGroupIds;
    if (securityGroupId === undefined)
      throw new Error('securityGroupIds is empty. Leave it out, and a security group is made.');
    return { securityGroupIds, securityGroupId };
  }
  const made = new SecurityGroup(scope, 'security-group', {
    ...replaceable(name),
    description,
    vpcId,
    tags: tagsOf(name, tags),
  });
  return { securityGroupIds: [made.id], securityGroupId: made.id };
};

type RuleProps = {
  /** Of whom the rule is, for its tag. */
  readonly name: string;
  readonly securityGroupId: string;
  readonly port: number;
  readonly peer: Peer;
  readonly description: string;
  readonly tags: Tags | undefined;
};

const ruleOf = ({ name, securityGroupId, port, peer, description, tags }: RuleProps) => ({
  securityGroupId,
  ipProtocol: 'tcp',
  fromPort: port,
  toPort: port,
  description,
  ...targetOf(peer),
  tags: tagsOf(name, tags),
});

/** The rules of each stack: AWS refuses the same one twice, as two proxies with one security group would write it. */
const rulesOf = new WeakMap<TerraformStack, Set<string>>();

const isNew = (scope: Construct, direction: 'in' | 'out', { securityGroupId, port, peer }: RuleProps): boolean => {
  const stack = TerraformStack.of(scope);
  const rules = rulesOf.get(stack) ?? new Set();
  rulesOf.set(stack, rules);
  const rule = JSON.stringify([direction, securityGroupId, port, peer]);
  const before = rules.size;
  return rules.add(rule).size > before;
};

export const letIn = (scope: Construct, id: string, rule: RuleProps): void => {
  if (isNew(scope, 'in', rule)) new VpcSecurityGroupIngressRule(scope, id, ruleOf(rule));
};

export const letOut = (scope: Construct, id: string, rule: RuleProps): void => {
  if (isNew(scope, 'out', rule)) new VpcSecurityGroupEgressRule(scope, id, ruleOf(rule));
};
