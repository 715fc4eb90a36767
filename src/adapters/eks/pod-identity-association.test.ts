import { describe } from '@jest/globals';
import { adaptFile, testRows } from '../adapt-plan.test-support.ts';

describe('pod identities of a first plan', () => {
  const empty = {
    judged: true,
    managed: true,
    origin: '@',
    kind: 'eks',
    role: 'known("arn:aws:iam::123456789012:role/orders")@role_arn',
    executionRole: 'absent@',
    securityGroups: ['incomplete@'],
    subnets: ['incomplete@'],
    inVpc: false,
    hosts: ['incomplete@'],
    ports: [],
  };
  testRows(
    adaptFile('eks/plan.json').model.clients.filter(({ address }) => address.startsWith('aws_eks')),
    empty,
    [
      [
        'through one role into another',
        'aws_eks_pod_identity_association.chained',
        { role: 'known("arn:aws:iam::210987654321:role/orders")@target_role_arn' },
      ],
      ['empty resource', 'aws_eks_pod_identity_association.empty', {}],
      ['reference', 'aws_eks_pod_identity_association.reference', { role: 'unknown(aws_iam_role.a.arn)@role_arn' }],
      [
        'unknown',
        'aws_eks_pod_identity_association.unknown',
        { role: 'unknown(terraform_data.later.output)@role_arn' },
      ],
    ],
  );
});
