import { describe } from '@jest/globals';
import { adaptFile, testRows } from '../adapt-plan.test-support.ts';

describe('granted roles of a first plan', () => {
  /** Nothing but the required arguments is set. */
  const empty = {
    judged: true,
    managed: true,
    origin: '@',
    user: 'known("app")@role',
    role: 'known("rds_iam")@grant_role',
    databaseHost: 'unknown(aws_db_instance.a.address)@provider',
  };

  testRows(adaptFile('database-user/plan.json').model.databaseRoleGrants, empty, [
    ['empty resource', 'postgresql_grant_role.empty', {}],
    [
      'reference',
      'postgresql_grant_role.reference',
      {
        user: 'unknown(postgresql_role.unknown.name)@role',
        role: 'known("empty")@grant_role',
        databaseHost: 'known("orders.db.example.com")@provider',
      },
    ],
    [
      'unknown',
      'postgresql_grant_role.unknown',
      { user: 'unknown(terraform_data.later.output)@role', role: 'unknown(terraform_data.later.output)@grant_role' },
    ],
  ]);
});
