import type { IamPolicyDocument } from '../model/iam.ts';
import type { Origin } from '../model/value.ts';
import { opaqueDocument, parseDocument } from './parse-document.ts';

const allowEverything = { Effect: 'Allow', Action: '*', Resource: '*' };

/**
 * Policies that AWS manages, as far as a login hangs on them: actions on nothing but the console, and on services that no
 * leg asks about, are left out. Source of each: the page of its name below
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/
 */
const statements = new Map<string, object>([
  // https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AdministratorAccess.html
  ['AdministratorAccess', allowEverything],
  // https://docs.aws.amazon.com/aws-managed-policy/latest/reference/PowerUserAccess.html
  ['PowerUserAccess', { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' }],
  // https://docs.aws.amazon.com/aws-managed-policy/latest/reference/SecretsManagerReadWrite.html
  [
    'SecretsManagerReadWrite',
    {
      Effect: 'Allow',
      Action: ['secretsmanager:*', 'kms:DescribeKey', 'kms:ListAliases', 'kms:ListKeys'],
      Resource: '*',
    },
  ],
  // https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSDenyAll.html
  ['AWSDenyAll', { Effect: 'Deny', Action: '*', Resource: '*' }],
]);

/**
 * Policies that many roles have and that allow none of rds-db:connect, secretsmanager:GetSecretValue and kms:Decrypt, nor
 * deny anything. Source: the same pages, where the path is a part of the ARN that each states.
 */
const withoutLogins: ReadonlySet<string> = new Set([
  'service-role/AWSLambdaBasicExecutionRole',
  'service-role/AWSLambdaVPCAccessExecutionRole',
  'service-role/AWSLambdaENIManagementAccess',
  'service-role/AWSLambdaSQSQueueExecutionRole',
  'service-role/AWSLambdaDynamoDBExecutionRole',
  'service-role/AWSLambdaKinesisExecutionRole',
  'service-role/AWSLambdaRole',
  'AWSLambdaExecute',
  'AWSLambda_FullAccess',
  'CloudWatchLambdaInsightsExecutionRolePolicy',
  'AWSXRayDaemonWriteAccess',
  'AWSXrayWriteOnlyAccess',
  'AWSXrayFullAccess',
  'AWSXrayReadOnlyAccess',
  'AmazonSSMManagedInstanceCore',
  'AmazonSSMManagedEC2InstanceDefaultPolicy',
  'service-role/AmazonEC2RoleforSSM',
  'AmazonSSMReadOnlyAccess',
  'AmazonSSMFullAccess',
  'EC2InstanceConnect',
  'CloudWatchAgentServerPolicy',
  'CloudWatchAgentAdminPolicy',
  'CloudWatchFullAccess',
  'CloudWatchFullAccessV2',
  'CloudWatchReadOnlyAccess',
  'CloudWatchLogsFullAccess',
  'CloudWatchLogsReadOnlyAccess',
  'service-role/AmazonECSTaskExecutionRolePolicy',
  'service-role/AmazonEC2ContainerServiceforEC2Role',
  'service-role/AmazonEC2ContainerServiceRole',
  'service-role/AmazonEC2ContainerServiceAutoscaleRole',
  'service-role/AmazonEC2ContainerServiceEventsRole',
  'AmazonECS_FullAccess',
  'AmazonEC2ContainerRegistryReadOnly',
  'AmazonEC2ContainerRegistryPullOnly',
  'AmazonEC2ContainerRegistryPowerUser',
  'AmazonEC2ContainerRegistryFullAccess',
  'AmazonEKSWorkerNodePolicy',
  'AmazonEKSWorkerNodeMinimalPolicy',
  'AmazonEKS_CNI_Policy',
  'AmazonEKSClusterPolicy',
  'AmazonEKSServicePolicy',
  'AmazonEKSVPCResourceController',
  'AmazonEKSFargatePodExecutionRolePolicy',
  'service-role/AmazonEBSCSIDriverPolicy',
  'service-role/AmazonEFSCSIDriverPolicy',
  'service-role/AWSAppRunnerServicePolicyForECRAccess',
  'AWSElasticBeanstalkWebTier',
  'AWSElasticBeanstalkWorkerTier',
  'AWSElasticBeanstalkMulticontainerDocker',
  'service-role/AmazonRDSEnhancedMonitoringRole',
  'service-role/AmazonRDSDirectoryServiceAccess',
  'AmazonRDSFullAccess',
  'AmazonRDSReadOnlyAccess',
  'AmazonS3FullAccess',
  'AmazonS3ReadOnlyAccess',
  'AmazonDynamoDBFullAccess',
  'AmazonDynamoDBReadOnlyAccess',
  'AmazonSQSFullAccess',
  'AmazonSNSFullAccess',
  'AmazonSESFullAccess',
  'AmazonKinesisFullAccess',
  'AmazonKinesisFirehoseFullAccess',
  'AmazonEC2FullAccess',
  'AmazonEC2ReadOnlyAccess',
  'AmazonVPCFullAccess',
  'AmazonElasticFileSystemClientReadWriteAccess',
  'AmazonElasticFileSystemClientFullAccess',
  'AmazonCognitoPowerUser',
  'AmazonCognitoReadOnly',
  'AmazonAPIGatewayInvokeFullAccess',
  'service-role/AmazonAPIGatewayPushToCloudWatchLogs',
  'AWSStepFunctionsFullAccess',
  'AmazonBedrockFullAccess',
  'service-role/AWSGlueServiceRole',
  'service-role/AWSCodeDeployRole',
  'AWSCodeDeployRoleForECS',
  'service-role/AWSCodeDeployRoleForLambda',
  'service-role/AWSBatchServiceRole',
  'AWSAppMeshEnvoyAccess',
  'IAMFullAccess',
  'IAMReadOnlyAccess',
  'ReadOnlyAccess',
  'SecurityAudit',
  'job-function/ViewOnlyAccess',
]);

/** The document of a policy that AWS manages, by its ARN in any partition; null for every other. */
export const managedPolicy = (arn: string, origin: Origin): IamPolicyDocument | null => {
  const name = /^arn:aws[\w-]*:iam::aws:policy\/((?:[\w+=,.@-]+\/)?[\w+=,.@-]+)$/.exec(arn)?.[1];
  if (name === undefined) return null;
  if (withoutLogins.has(name)) return { ...opaqueDocument(origin), complete: true };
  const statement = statements.get(name);
  return statement === undefined ? null : parseDocument(JSON.stringify({ Statement: [statement] }), origin);
};

const pathsByName: ReadonlyMap<string, string> = new Map(
  [...statements.keys(), ...withoutLogins].map((path) => [path.slice(path.lastIndexOf('/') + 1), path]),
);

/** The ARN of a policy above by its name alone, in the partition `aws`; null for every other name. */
export const managedPolicyArn = (name: string): string | null => {
  const path = pathsByName.get(name);
  return path === undefined ? null : `arn:aws:iam::aws:policy/${path}`;
};
