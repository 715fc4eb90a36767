import { expect, test } from '@jest/globals';
import { App, TerraformStack, Testing } from 'cdktf';
import { IamCluster, IamDatabase, PasswordDatabase } from './databases.ts';

const network = { vpcId: 'vpc-1', subnetIds: ['subnet-1', 'subnet-2'] };
const ofInstance = {
  name: 'orders',
  engine: 'postgres',
  engineVersion: '16.4',
  network,
  instanceClass: 'db.m6g.large',
  allocatedStorage: 20,
} as const;
const added = { enabledCloudwatchLogsExports: ['postgresql', 'iam-db-auth-error'] };

test.each<[string, (stack: TerraformStack) => unknown, readonly string[] | undefined]>([
  ['IamDatabase alone', (stack) => new IamDatabase(stack, 'd', ofInstance), ['iam-db-auth-error']],
  [
    'IamDatabase with more',
    (stack) => new IamDatabase(stack, 'd', { ...ofInstance, instance: added }),
    ['iam-db-auth-error', 'postgresql'],
  ],
  [
    'IamCluster with more',
    (stack) => {
      const ofCluster = { name: 'orders', engineVersion: '16.4', network, instanceClass: 'db.r6g.large' };
      return new IamCluster(stack, 'd', { ...ofCluster, engine: 'aurora-postgresql', cluster: added });
    },
    ['iam-db-auth-error', 'postgresql'],
  ],
  ['PasswordDatabase alone', (stack) => new PasswordDatabase(stack, 'd', ofInstance), undefined],
])('the logs of %s', (_, make, logs) => {
  const stack = new TerraformStack(new App(), 'stack');
  make(stack);
  const { resource } = JSON.parse(Testing.synth(stack));
  const [database] = Object.values<{ enabled_cloudwatch_logs_exports?: unknown }>(
    resource.aws_db_instance ?? resource.aws_rds_cluster,
  );
  expect(database?.enabled_cloudwatch_logs_exports).toEqual(logs);
});
