import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { VpcEndpoint } from '@cdktf/provider-aws/lib/vpc-endpoint';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { Construct } from 'constructs';
import type { Network } from 'rds-auth-policy/cdktf';

export type SecretsEndpointProps = {
  readonly network: Network;
  readonly from: readonly { readonly securityGroupId: string }[];
};

/** The way to Secrets Manager out of a network that has none to the internet. */
export class SecretsEndpoint extends Construct {
  constructor(scope: Construct, id: string, { network, from }: SecretsEndpointProps) {
    super(scope, id);
    const group = new SecurityGroup(this, 'security-group', { name: 'secrets-manager', vpcId: network.vpcId });
    new VpcEndpoint(this, 'endpoint', {
      vpcId: network.vpcId,
      serviceName: 'com.amazonaws.eu-west-1.secretsmanager',
      vpcEndpointType: 'Interface',
      privateDnsEnabled: true,
      subnetIds: [...network.subnetIds],
      securityGroupIds: [group.id],
    });
    const https = { ipProtocol: 'tcp', fromPort: 443, toPort: 443 };
    for (const [i, { securityGroupId }] of from.entries()) {
      new VpcSecurityGroupEgressRule(this, `egress-${i}`, {
        ...https,
        securityGroupId,
        referencedSecurityGroupId: group.id,
      });
      new VpcSecurityGroupIngressRule(this, `ingress-${i}`, {
        ...https,
        securityGroupId: group.id,
        referencedSecurityGroupId: securityGroupId,
      });
    }
  }
}
