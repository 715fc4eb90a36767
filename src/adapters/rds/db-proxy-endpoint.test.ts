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
    host: 'unknown(.endpoint)=${.endpoint}@endpoint',
    securityGroups: ['incomplete@vpc_security_group_ids'],
    choosesGroups: false,
    subnets: ['known("subnet-1")@vpc_subnet_ids[0]', 'complete@vpc_subnet_ids'],
  };

  testRows(adaptFile('db-proxy/plan.json').model.proxyEndpoints, empty, [
    ['empty resource', 'aws_db_proxy_endpoint.empty', {}],
    [
      'reference',
      'aws_db_proxy_endpoint.reference',
      {
        proxyName: 'unknown(aws_db_proxy.unknown.name)@db_proxy_name',
        targetRole: 'known("READ_ONLY")@target_role',
        securityGroups: [
          'unknown(aws_security_group.a[0].id)@vpc_security_group_ids[0]',
          'complete@vpc_security_group_ids',
        ],
        choosesGroups: true,
        subnets: ['unknown(aws_subnet.a.id)@vpc_subnet_ids[0]', 'complete@vpc_subnet_ids'],
      },
    ],
    [
      'unknown',
      'aws_db_proxy_endpoint.unknown',
      {
        proxyName: 'unknown(terraform_data.later.output)@db_proxy_name',
        targetRole: 'unknown(terraform_data.later.output)@target_role',
        securityGroups: [
          'unknown(terraform_data.later.output)@vpc_security_group_ids',
          'incomplete@vpc_security_group_ids',
        ],
        choosesGroups: 'unknown',
        subnets: ['unknown(terraform_data.later.output)@vpc_subnet_ids', 'incomplete@vpc_subnet_ids'],
      },
    ],
  ]);
});
