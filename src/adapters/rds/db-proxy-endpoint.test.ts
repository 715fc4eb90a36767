import { describe } from '@jest/globals';
import { adaptFile, testRows } from '../adapt-plan.test-support.ts';

describe('endpoints of a first plan', () => {
  /** Nothing but the required arguments is set. */
  const empty = {
    judged: true,
    managed: true,
    origin: '@',
    region: 'known("eu-west-1")@region',
    proxyName: 'known("empty")@db_proxy_name',
    targetRole: 'known("READ_WRITE")@target_role',
  };

  testRows(adaptFile('db-proxy/plan.json').model.proxyEndpoints, empty, [
    ['empty resource', 'aws_db_proxy_endpoint.empty', {}],
    [
      'reference',
      'aws_db_proxy_endpoint.reference',
      { proxyName: 'unknown(aws_db_proxy.unknown.name)@db_proxy_name', targetRole: 'known("READ_ONLY")@target_role' },
    ],
    [
      'unknown',
      'aws_db_proxy_endpoint.unknown',
      {
        proxyName: 'unknown(terraform_data.later.output)@db_proxy_name',
        targetRole: 'unknown(terraform_data.later.output)@target_role',
      },
    ],
  ]);
});
