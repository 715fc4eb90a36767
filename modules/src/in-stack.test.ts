import { beforeEach, describe, expect, test } from '@jest/globals';
import { App, TerraformStack, Testing } from 'cdktf';
import { IamCluster } from './databases.ts';
import { EndToEndIamProxy } from './proxies.ts';

const network = { vpcId: 'vpc-1', subnetIds: ['subnet-1', 'subnet-2'] };

let app: App;
let stack: TerraformStack;

beforeEach(() => {
  app = new App();
  stack = new TerraformStack(app, 'stack');
});

type Blocks = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const blocksOf = (type: string): Blocks => JSON.parse(Testing.synth(stack)).resource[type];

describe('a proxy of another stack than its database', () => {
  const clusterOf = (scope: TerraformStack) =>
    new IamCluster(scope, 'database', {
      name: 'orders',
      engine: 'aurora-postgresql',
      engineVersion: '16.4',
      network,
      instanceClass: 'db.r7g.large',
    });

  test('waits for what is in its own: Terraform refuses a whole output in depends_on', () => {
    new EndToEndIamProxy(stack, 'proxy', {
      name: 'orders',
      database: clusterOf(new TerraformStack(app, 'other')),
      users: ['app'],
    });
    const [target] = Object.values(blocksOf('aws_db_proxy_target'));
    expect(target?.['depends_on']).toEqual([expect.stringMatching(/^aws_iam_role_policy\.proxy_role-policy_/)]);
  });

  test('and one of the same stack waits for the instances, too', () => {
    new EndToEndIamProxy(stack, 'proxy', { name: 'orders', database: clusterOf(stack), users: ['app'] });
    const [target] = Object.values(blocksOf('aws_db_proxy_target'));
    expect(target?.['depends_on']).toHaveLength(4);
  });
});
