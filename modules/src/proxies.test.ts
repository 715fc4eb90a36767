import { beforeEach, describe, expect, test } from '@jest/globals';
import { App, TerraformOutput, TerraformStack, Testing } from 'cdktf';
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

describe('what a caller says of a proxy', () => {
  const database = databaseFromAttributes({
    identifier: 'orders',
    arn: 'arn:aws:rds:eu-west-1:123456789012:db:orders',
    resourceId: 'db-ABCDEFGHIJKL',
    endpoint: 'orders.abcdefghijkl.eu-west-1.rds.amazonaws.com',
    port: 5432,
    engine: 'postgres',
    iamAuthentication: false,
    network,
    securityGroupId: 'sg-database',
  });
  const props = { database, users: ['app'] } as const;

  test('two proxies with one security group write its rules once', () => {
    for (const name of ['orders', 'reports']) {
      new IamProxy(stack, name, { ...props, name, securityGroupIds: ['sg-1'] });
    }
    const types = ['aws_vpc_security_group_egress_rule', 'aws_vpc_security_group_ingress_rule'];
    expect(types.map((type) => Object.keys(blocksOf(type)).length)).toEqual([1, 1]);
  });

  test('its role has a name, a path and a boundary', () => {
    const permissionsBoundary = 'arn:aws:iam::123456789012:policy/boundary';
    const role = { name: 'orders-proxy-eu', path: '/databases/', permissionsBoundary };
    new IamProxy(stack, 'proxy', { ...props, name: 'orders', role });
    const said = { name: role.name, path: role.path, permissions_boundary: permissionsBoundary };
    expect(Object.values(blocksOf('aws_iam_role'))).toMatchObject([said]);
  });

  test('its secrets can be restored for so many days', () => {
    new IamProxy(stack, 'proxy', { ...props, name: 'orders', secretRecoveryWindowInDays: 7 });
    expect(Object.values(blocksOf('aws_secretsmanager_secret'))).toMatchObject([{ recovery_window_in_days: 7 }]);
  });

  test('userArn is what a grant names', () => {
    const proxy = new IamProxy(stack, 'proxy', { ...props, name: 'orders' });
    proxy.grantConnect({ roleName: 'service' }, 'app');
    new TerraformOutput(stack, 'arn', { value: proxy.userArn('app') });
    const { output, resource } = JSON.parse(Testing.synth(stack));
    const grants: readonly string[] = Object.values<{ readonly policy: string }>(resource['aws_iam_role_policy']).map(
      ({ policy }) =>
        JSON.parse(policy.replaceAll(/\$\{[^}]*\}/g, (token) => token.replaceAll('"', "'"))).Statement[0].Resource,
    );
    expect(grants).toContain(output.arn.value.replaceAll('"', "'"));
  });
});
