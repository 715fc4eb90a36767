import { describe } from '@jest/globals';
import { adaptFile, testRows } from '../adapt-plan.test-support.ts';

describe('users of a first plan', () => {
  /** Nothing but the name is set. The provider joins host and port. */
  const empty = {
    judged: true,
    managed: true,
    origin: '@',
    engine: 'mysql',
    name: 'known("empty")@user',
    databaseHost: 'unknown(aws_rds_cluster.a.endpoint)@provider',
    roles: ['complete@'],
    plugin: 'absent@auth_plugin',
    hasPassword: false,
    mayLogIn: true,
    clientHost: 'absent@host',
    password: 'absent@plaintext_password',
  };

  const users = adaptFile('database-user/plan.json').model.databaseUsers;
  testRows(
    users.filter(({ engine }) => engine === 'mysql'),
    empty,
    [
      ['empty resource', 'mysql_user.empty', {}],
      [
        'known',
        'mysql_user.known',
        {
          name: 'known("app")@user',
          databaseHost: 'known("orders.db.example.com")@provider',
          plugin: 'known("AWSAuthenticationPlugin")@auth_plugin',
          clientHost: 'known("%")@host',
        },
      ],
      [
        'reference; a password that is generated',
        'mysql_user.reference',
        {
          password: 'known("generated")@plaintext_password',
          name: 'unknown(mysql_user.unknown.user)@user',
          hasPassword: true,
          clientHost: 'unknown(mysql_user.unknown.host)@host',
        },
      ],
      [
        'unknown',
        'mysql_user.unknown',
        {
          password: 'unknown(terraform_data.later.output)@plaintext_password',
          name: 'unknown(terraform_data.later.output)@user',
          plugin: 'unknown(terraform_data.later.output)@auth_plugin',
          hasPassword: 'unknown',
          clientHost: 'unknown(terraform_data.later.output)@host',
        },
      ],
      [
        'the hash of a password',
        'mysql_user.hashed',
        { name: 'known("hashed")@user', plugin: 'known("caching_sha2_password")@auth_plugin', hasPassword: true },
      ],
    ],
  );
});
