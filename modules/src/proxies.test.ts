import { beforeEach, describe, expect, test } from '@jest/globals';
import { App, TerraformStack, Testing } from 'cdktf';
import type { ProxyUsers } from './credentials.ts';
import { databaseFromAttributes } from './database.ts';
import { IamProxy } from './proxies.ts';

const network = { vpcId: 'vpc-1', subnetIds: ['subnet-1', 'subnet-2'] };

let stack: TerraformStack;

beforeEach(() => {
  stack = new TerraformStack(new App(), 'stack');
});

type Blocks = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const blocksOf = (type: string): Blocks => JSON.parse(Testing.synth(stack)).resource[type];

describe('a secret that is made', () => {
  const database = databaseFromAttributes({
    identifier: 'orders',
    arn: 'arn:aws:rds:eu-west-1:123456789012:db:orders',
    resourceId: 'db-ABCDEFGHIJKL',
    endpoint: 'orders.abcdefghijkl.eu-west-1.rds.amazonaws.com',
    port: 5432,
    engine: 'postgres',
    iamAuthentication: false,
    network,
  });
  const make = (users: ProxyUsers<string>) => new IamProxy(stack, 'proxy', { name: 'orders', database, users });
  const rotation = { lambdaArn: 'arn:aws:lambda:eu-west-1:123456789012:function:rotate', automaticallyAfterDays: 30 };

  test('has what the functions of AWS that rotate look for', () => {
    make(['app']);
    const [version] = Object.values(blocksOf('aws_secretsmanager_secret_version'));
    expect(String(version?.['secret_string_wo']).replace(/ephemeral\.[^,]*/, '…')).toBe(
      '${jsonencode({ username = "app", password = …, engine = "postgres", host = "orders.abcdefghijkl.eu-west-1.rds.amazonaws.com", port = 5432 })}',
    );
  });

  test('is rotated when it has its value, and not at once, as the user may not be there yet', () => {
    make({ app: { rotation } });
    expect(Object.values(blocksOf('aws_secretsmanager_secret_rotation'))).toMatchObject([
      {
        rotate_immediately: false,
        depends_on: [expect.stringMatching(/^aws_secretsmanager_secret_version\.proxy_version-app_/)],
      },
    ]);
  });

  test('is rotated at once where that is asked for', () => {
    make({ app: { rotation: { ...rotation, rotateImmediately: true } } });
    expect(Object.values(blocksOf('aws_secretsmanager_secret_rotation'))).toMatchObject([{ rotate_immediately: true }]);
  });

  test('is one for each user, also where a user is called as a part of another', () => {
    make({ app: { rotation }, 'app-version': { rotation }, 'app-rotation': {} });
    expect(
      Object.values(blocksOf('aws_secretsmanager_secret'))
        .map((secret) => secret['name'])
        .sort(),
    ).toEqual(['orders/app', 'orders/app-rotation', 'orders/app-version']);
  });
});
