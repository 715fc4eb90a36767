import { describe } from '@jest/globals';
import { adaptFile, testRows } from '../adapt-plan.test-support.ts';

describe('roles that pods assume', () => {
  const empty = {
    judged: true,
    managed: true,
    origin: '@',
    kind: 'eks',
    role: 'unknown(.arn)=${.arn}@arn',
    executionRole: 'absent@assume_role_policy',
    securityGroups: ['incomplete@assume_role_policy'],
    subnets: ['incomplete@assume_role_policy'],
    inVpc: false,
    hosts: ['incomplete@assume_role_policy'],
    ports: [],
  };
  testRows(
    adaptFile('eks/plan.json').model.clients.filter(({ address }) => address.startsWith('aws_iam_role')),
    empty,
    [
      ['known: trust of other kinds makes no client', 'aws_iam_role.pod', {}],
      ['an ARN put together from the issuer of a cluster', 'aws_iam_role.pod_of_cluster', {}],
      ['reference', 'aws_iam_role.pod_reference', {}],
    ],
  );
});
