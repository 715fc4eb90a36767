import { describe, expect, test } from '@jest/globals';
import { adaptFile, testRows } from '../adapt-plan.test-support.ts';

describe('roles of a first plan', () => {
  /** Nothing but the name is set: a role that may not log in. */
  const empty = {
    judged: true,
    managed: true,
    origin: '@',
    engine: 'postgresql',
    name: 'known("empty")@name',
    databaseHost: 'unknown(aws_db_instance.a.address)@provider',
    roles: ['complete@roles'],
    plugin: 'absent@',
    hasPassword: false,
    mayLogIn: false,
    clientHost: 'absent@',
    password: 'absent@password',
  };

  const users = adaptFile('database-user/plan.json').model.databaseUsers;
  testRows(
    users.filter(({ engine }) => engine === 'postgresql'),
    empty,
    [
      ['empty resource; the provider refers to the host', 'postgresql_role.empty', {}],
      [
        'known',
        'postgresql_role.known',
        {
          password: 'known("given")@password',
          name: 'known("app")@name',
          databaseHost: 'known("orders.db.example.com")@provider',
          roles: ['known("rds_iam")@roles[0]', 'complete@roles'],
          hasPassword: true,
          mayLogIn: true,
        },
      ],
      [
        'reference; a password that is generated; a host in a variable',
        'postgresql_role.reference',
        {
          password: 'known("generated")@password',
          name: 'unknown(postgresql_role.unknown.name)@name',
          databaseHost: 'known("orders.abcdefghijkl.eu-west-1.rds.amazonaws.com")@provider',
          roles: ['unknown(postgresql_role.unknown.name)@roles[0]', 'complete@roles'],
          hasPassword: true,
          mayLogIn: true,
        },
      ],
      [
        'unknown',
        'postgresql_role.unknown',
        {
          password: 'unknown(terraform_data.later.output)@password',
          name: 'unknown(terraform_data.later.output)@name',
          databaseHost: 'unknown(terraform_data.later.output)@provider',
          roles: ['unknown(terraform_data.later.output)@roles', 'incomplete@roles'],
          hasPassword: 'unknown',
          mayLogIn: 'unknown',
        },
      ],
      [
        'sensitive password; sensitive host',
        'postgresql_role.sensitive',
        {
          password: 'known("given")@password',
          name: 'known("sensitive")@name',
          databaseHost: 'unknown()@provider',
          hasPassword: true,
        },
      ],
      [
        'write-only password; a variable that is a part of the host',
        'postgresql_role.write_only',
        { name: 'known("write-only")@name', databaseHost: 'unknown()@provider', hasPassword: true },
      ],
      [
        'write-only password that may be null; "" in the configuration; a host in the environment',
        'postgresql_role.write_only_perhaps',
        { name: 'known("write-only-perhaps")@name', databaseHost: 'unknown()@provider', hasPassword: 'unknown' },
      ],
      ['provider inherited in a module', 'module.inherits.postgresql_role.this', { name: 'known("module")@name' }],
      [
        'provider passed to a module',
        'module.passed.postgresql_role.this',
        { name: 'known("module")@name', databaseHost: 'known("orders.db.example.com")@provider' },
      ],
      [
        'provider in the module, with a host from outside',
        'module.own.postgresql_role.this',
        { name: 'known("own")@name' },
      ],
    ],
  );
});

test('no password, and no host that is sensitive, is part of the model', () => {
  expect(JSON.stringify(adaptFile('database-user/plan.json').model)).not.toContain('canary');
});
