import { describe } from '@jest/globals';
import { adaptFile, testRows } from '../adapt-plan.test-support.ts';

describe('instances of a first plan', () => {
  const empty = {
    judged: true,
    managed: true,
    origin: '@',
    kind: 'ec2',
    role: 'absent@iam_instance_profile',
    executionRole: 'absent@iam_instance_profile',
    securityGroups: ['incomplete@security_groups'],
    subnets: ['complete@subnet_id'],
    inVpc: false,
    hosts: ['complete@user_data'],
    ports: [],
  };
  testRows(adaptFile('ec2-instance/plan.json').model.clients, empty, [
    ['empty resource', 'aws_instance.empty', {}],
    [
      'known: of the script nothing',
      'aws_instance.known',
      {
        role: 'known("worker")@aws_iam_instance_profile.named role',
        securityGroups: ['known("default")@security_groups[0]', 'incomplete@security_groups'],
        inVpc: true,
        hosts: ['incomplete@user_data'],
      },
    ],
    ['profile elsewhere', 'aws_instance.profile_elsewhere', { role: 'unknown()@iam_instance_profile' }],
    [
      'profile read',
      'aws_instance.profile_read',
      { role: 'known("arn:aws:iam::123456789012:role/m1jjdkc4k2")@data.aws_iam_instance_profile.read role_arn' },
    ],
    [
      'profile read later',
      'aws_instance.profile_read_later',
      {
        role: 'unknown(data.aws_iam_instance_profile.later.role_arn)=${data.aws_iam_instance_profile.later.role_arn}@data.aws_iam_instance_profile.later role_arn',
      },
    ],
    [
      'profile without role',
      'aws_instance.profile_without_role',
      { role: 'absent@aws_iam_instance_profile.without_role role' },
    ],
    [
      'reference',
      'aws_instance.reference',
      {
        role: 'unknown(aws_iam_role.a.name)@aws_iam_instance_profile.a role',
        securityGroups: [
          'unknown(aws_security_group.a.id)@vpc_security_group_ids[0]',
          'complete@vpc_security_group_ids',
        ],
        subnets: ['unknown(aws_subnet.a.id)@subnet_id', 'complete@subnet_id'],
        inVpc: true,
        hosts: ['unknown(aws_db_instance.a.address)@user_data', 'incomplete@user_data'],
        ports: ['unknown(aws_db_instance.a.port)@user_data'],
      },
    ],
    [
      'unknown',
      'aws_instance.unknown',
      {
        role: 'unknown()@iam_instance_profile',
        securityGroups: [
          'unknown(terraform_data.later.output)@vpc_security_group_ids[0]',
          'complete@vpc_security_group_ids',
        ],
        subnets: ['unknown(terraform_data.later.output)@subnet_id', 'complete@subnet_id'],
        inVpc: true,
        hosts: ['incomplete@user_data'],
      },
    ],
    [
      'a data source that is read later',
      'data.aws_instance.later',
      {
        managed: false,
        role: 'unknown()@iam_instance_profile',
        securityGroups: ['unknown()@vpc_security_group_ids', 'incomplete@vpc_security_group_ids'],
        subnets: ['unknown(.subnet_id)=${.subnet_id}@subnet_id', 'complete@subnet_id'],
        inVpc: true,
        hosts: ['incomplete@user_data'],
      },
    ],
    [
      'a data source',
      'data.aws_instance.read',
      {
        managed: false,
        securityGroups: ['known("nbjd460bawwyzghc")@vpc_security_group_ids[0]', 'complete@vpc_security_group_ids'],
        subnets: ['known("subnet-2dfc06d09e5c92f91")@subnet_id', 'complete@subnet_id'],
        inVpc: true,
      },
    ],
  ]);
});

describe.each(['state.json', 'noop-plan.json'])('instances that exist, in %s', (file) => {
  const empty = {
    judged: true,
    managed: true,
    origin: '@',
    kind: 'ec2',
    role: 'absent@iam_instance_profile',
    executionRole: 'absent@iam_instance_profile',
    securityGroups: ['complete@security_groups'],
    subnets: ['known("subnet-2e6abb5b1b4262d75")@subnet_id', 'complete@subnet_id'],
    inVpc: false,
    hosts: ['complete@user_data'],
    ports: [],
  };
  testRows(
    adaptFile(`clients-applied/${file}`).model.clients.filter(({ kind }) => kind === 'ec2'),
    empty,
    [
      ['bare', 'aws_instance.bare', {}],
      [
        'orders',
        'aws_instance.orders',
        {
          role: 'known("orders")@aws_iam_instance_profile.orders role',
          securityGroups: [
            'known("sg-e542956fa6672497a")@vpc_security_group_ids[0]',
            'complete@vpc_security_group_ids',
          ],
          subnets: ['known("subnet-1")@subnet_id', 'complete@subnet_id'],
          inVpc: true,
        },
      ],
    ],
  );
});
