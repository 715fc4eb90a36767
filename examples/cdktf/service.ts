import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import type { ConnectionFacts, Network } from 'rds-auth-policy/cdktf';

export type ServiceProps = {
  readonly network: Network;
  readonly connection: ConnectionFacts;
  /** The security group of what it connects to. */
  readonly to: { readonly securityGroupId: string };
};

/** An application in the network: a function with its role and its security group, which may go to one endpoint. */
export class Service extends Construct {
  readonly role: IamRole;
  readonly securityGroupId: string;

  constructor(scope: Construct, id: string, { network, connection, to }: ServiceProps) {
    super(scope, id);
    this.role = new IamRole(this, 'role', {
      name: id,
      assumeRolePolicy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
      }),
      managedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole'],
    });
    this.securityGroupId = new SecurityGroup(this, 'security-group', { name: id, vpcId: network.vpcId }).id;
    new VpcSecurityGroupEgressRule(this, 'to-database', {
      securityGroupId: this.securityGroupId,
      referencedSecurityGroupId: to.securityGroupId,
      ipProtocol: 'tcp',
      fromPort: connection.port,
      toPort: connection.port,
    });
    new LambdaFunction(this, 'function', {
      functionName: id,
      role: this.role.arn,
      packageType: 'Image',
      imageUri: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/${id}:1`,
      vpcConfig: { subnetIds: [...network.subnetIds], securityGroupIds: [this.securityGroupId] },
      environment: {
        variables: {
          DB_HOST: connection.host,
          DB_PORT: Token.asString(connection.port),
          DB_USER: connection.user,
          ...(connection.secretArn === undefined ? {} : { DB_SECRET_ARN: connection.secretArn }),
        },
      },
    });
  }
}
