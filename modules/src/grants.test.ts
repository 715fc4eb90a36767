import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import { beforeEach, expect, test } from '@jest/globals';
import { App, TerraformStack, Testing } from 'cdktf';
import { IamDatabase } from './databases.ts';

let stack: TerraformStack;
let database: IamDatabase;

beforeEach(() => {
  stack = new TerraformStack(new App(), 'stack');
  database = new IamDatabase(stack, 'database', {
    name: 'orders',
    engine: 'postgres',
    engineVersion: '16.4',
    network: { vpcId: 'vpc-1', subnetIds: ['subnet-1', 'subnet-2'] },
    instanceClass: 'db.m7g.large',
    allocatedStorage: 20,
  });
});

const roleOf = (id: string): IamRole => new IamRole(stack, id, { name: id, assumeRolePolicy: '{}' });

type Policy = { readonly role: string; readonly policy: string; readonly name_prefix: string };

const policies = (): readonly Policy[] => {
  const { resource } = JSON.parse(Testing.synth(stack));
  return Object.values<Policy>(resource['aws_iam_role_policy']);
};

/** Who may log in as whom. */
const logins = (): readonly string[] =>
  policies()
    .map(({ role, policy }) => `${role.replace(/.*\.(.*)\.name}/, '$1')}: ${/\/([^/"]*)"/.exec(policy)?.[1]}`)
    .sort();

test('two grants whose ids would be the same text are both there', () => {
  database.grantConnect(roleOf('ro-role'), 'app');
  database.grantConnect(roleOf('role'), 'app-ro');
  expect(logins()).toEqual(['ro-role: app', 'role: app-ro']);
});

test('so are those of a role of the stack and one by its name', () => {
  database.grantConnect({ roleName: 'service' }, 'app');
  database.grantConnect(roleOf('role-service'), 'app');
  expect(logins()).toEqual(['role-service: app', 'service: app']);
});

test('to grant the same twice is to grant it once', () => {
  const role = roleOf('role');
  database.grantConnect(role, 'app');
  database.grantConnect(role, 'app');
  database.grantConnect({ roleName: 'service' }, 'app');
  database.grantConnect({ roleName: 'service' }, 'app');
  expect(logins()).toEqual(['role: app', 'service: app']);
});

test('the name of a policy is only begun, as the same role may be granted the same in another region', () => {
  database.grantConnect(roleOf('role'), 'app');
  expect(policies()).toMatchObject([{ name_prefix: 'connect-instance-orders-app-' }]);
});
