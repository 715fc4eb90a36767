/**
 * The one place that names the framework: the build makes `rds-auth-policy/cdktn` of the same source by writing other
 * names here. Bindings are imported one by one, because their index takes seconds and half a gigabyte.
 */
export type { DataAwsDbInstance } from '@cdktf/provider-aws/lib/data-aws-db-instance/index.js';
export type { DataAwsIamGroup } from '@cdktf/provider-aws/lib/data-aws-iam-group/index.js';
export type { DataAwsIamRole } from '@cdktf/provider-aws/lib/data-aws-iam-role/index.js';
export type { DataAwsIamUser } from '@cdktf/provider-aws/lib/data-aws-iam-user/index.js';
export type { DataAwsRdsCluster } from '@cdktf/provider-aws/lib/data-aws-rds-cluster/index.js';
export { DbInstance, type DbInstanceConfig } from '@cdktf/provider-aws/lib/db-instance/index.js';
export { DbParameterGroup } from '@cdktf/provider-aws/lib/db-parameter-group/index.js';
export { DbProxy, type DbProxyAuth } from '@cdktf/provider-aws/lib/db-proxy/index.js';
export { DbProxyDefaultTargetGroup } from '@cdktf/provider-aws/lib/db-proxy-default-target-group/index.js';
export { DbProxyTarget } from '@cdktf/provider-aws/lib/db-proxy-target/index.js';
export { DbSubnetGroup } from '@cdktf/provider-aws/lib/db-subnet-group/index.js';
export type { IamGroup } from '@cdktf/provider-aws/lib/iam-group/index.js';
export { IamGroupPolicy } from '@cdktf/provider-aws/lib/iam-group-policy/index.js';
export { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
export { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy/index.js';
export type { IamUser } from '@cdktf/provider-aws/lib/iam-user/index.js';
export { IamUserPolicy } from '@cdktf/provider-aws/lib/iam-user-policy/index.js';
export { KmsKey } from '@cdktf/provider-aws/lib/kms-key/index.js';
export { RdsCluster, type RdsClusterConfig } from '@cdktf/provider-aws/lib/rds-cluster/index.js';
export {
  RdsClusterInstance,
  type RdsClusterInstanceConfig,
} from '@cdktf/provider-aws/lib/rds-cluster-instance/index.js';
export { RdsClusterParameterGroup } from '@cdktf/provider-aws/lib/rds-cluster-parameter-group/index.js';
export { SecretsmanagerSecret } from '@cdktf/provider-aws/lib/secretsmanager-secret/index.js';
export { SecretsmanagerSecretRotation } from '@cdktf/provider-aws/lib/secretsmanager-secret-rotation/index.js';
export { SecretsmanagerSecretVersion } from '@cdktf/provider-aws/lib/secretsmanager-secret-version/index.js';
export { SecurityGroup } from '@cdktf/provider-aws/lib/security-group/index.js';
export { Subnet } from '@cdktf/provider-aws/lib/subnet/index.js';
export { Vpc } from '@cdktf/provider-aws/lib/vpc/index.js';
export { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule/index.js';
export { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule/index.js';
export {
  Annotations,
  Aspects,
  Fn,
  type ITerraformDependable,
  TerraformOutput,
  type TerraformProvider,
  TerraformResource,
  TerraformStack,
  Token,
} from 'cdktf';
export { Construct, type IConstruct } from 'constructs';
