/** What the combinations beside this file are made of. */
import type { DataAwsDbInstance } from '@cdktf/provider-aws/lib/data-aws-db-instance/index.js';
import type { DataAwsRdsCluster } from '@cdktf/provider-aws/lib/data-aws-rds-cluster/index.js';
import type { DbInstance } from '@cdktf/provider-aws/lib/db-instance/index.js';
import type { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import type { RdsCluster } from '@cdktf/provider-aws/lib/rds-cluster/index.js';
import type { TerraformStack } from 'cdktf';
import type { IamCluster, IamDatabase, PasswordCluster, PasswordDatabase } from '../src/index.ts';

export declare const stack: TerraformStack;
export declare const role: IamRole;
export declare const instance: DbInstance;
export declare const readInstance: DataAwsDbInstance;
export declare const cluster: RdsCluster;
export declare const readCluster: DataAwsRdsCluster;

export declare const byPassword: PasswordDatabase<'postgres'>;
export declare const byIam: IamDatabase<'postgres'>;
export declare const auroraByPassword: PasswordCluster<'aurora-mysql'>;
export declare const auroraByIam: IamCluster<'aurora-mysql'>;
export declare const sqlServer: PasswordDatabase<'sqlserver-se'>;

const network = { vpcId: 'vpc-1', subnetIds: ['subnet-1', 'subnet-2'] };

export const ofInstance = {
  name: 'orders',
  engineVersion: '16.4',
  network,
  instanceClass: 'db.t4g.medium',
  allocatedStorage: 20,
} as const;

export const ofCluster = { name: 'orders', engineVersion: '16.4', network, instanceClass: 'db.r6g.large' } as const;

export const ofProxy = { name: 'orders', database: byIam, users: ['app', 'report'] } as const;

export const attributes = {
  identifier: 'orders',
  arn: 'arn:aws:rds:eu-west-1:123456789012:db:orders',
  resourceId: 'db-ABCDEFGHIJKL',
  endpoint: 'orders.abcdefghijkl.eu-west-1.rds.amazonaws.com',
  port: 5432,
} as const;

export const secret = { arn: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:orders/app-AbCdEf' } as const;
