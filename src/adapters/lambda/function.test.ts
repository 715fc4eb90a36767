import { describe } from '@jest/globals';
import { adaptFile, testRows } from '../adapt-plan.test-support.ts';

describe('functions of a first plan', () => {
  const empty = {
    judged: true,
    managed: true,
    origin: '@',
    kind: 'lambda',
    role: 'known("arn:aws:iam::123456789012:role/empty")@role',
    executionRole: 'absent@role',
    securityGroups: ['complete@vpc_config'],
    subnets: ['complete@vpc_config'],
    inVpc: false,
    hosts: ['complete@environment'],
    ports: [],
  };
  testRows(adaptFile('lambda-function/plan.json').model.clients, empty, [
    [
      'dynamic blocks',
      'aws_lambda_function.dynamic',
      {
        role: 'unknown(aws_iam_role.a.arn)@role',
        securityGroups: ['unknown()@vpc_config[0].security_group_ids[0]', 'complete@vpc_config[0].security_group_ids'],
        subnets: ['known("subnet-1")@vpc_config[0].subnet_ids[0]', 'complete@vpc_config[0].subnet_ids'],
        inVpc: true,
        hosts: ['incomplete@environment'],
      },
    ],
    [
      'dynamic blocks over what is known after apply',
      'aws_lambda_function.dynamic_unknown',
      {
        role: 'unknown(aws_iam_role.a.arn)@role',
        securityGroups: ['incomplete@vpc_config'],
        subnets: ['incomplete@vpc_config'],
        inVpc: 'unknown',
        hosts: ['incomplete@environment'],
      },
    ],
    ['empty resource', 'aws_lambda_function.empty', {}],
    [
      'hosts and ports, and nothing else',
      'aws_lambda_function.known',
      {
        role: 'unknown(aws_iam_role.a.arn)@role',
        hosts: [
          'known("orders.cluster-c1.eu-west-1.rds.amazonaws.com")@environment[0].variables["AGAIN"]',
          'known("orders.c1.rds.cn-north-1.amazonaws.com.cn")@environment[0].variables["BEIJING"]',
          'known("orders.c2.cn-north-1.rds.amazonaws.com.cn")@environment[0].variables["CHINA"]',
          'known("url.c1.eu-west-1.rds.amazonaws.com")@environment[0].variables["DATABASE"]',
          'known("orders.internal.example.com")@environment[0].variables["DNS"]',
          'known("dsn.c1.eu-west-1.rds.amazonaws.com")@environment[0].variables["DSN"]',
          'known("one.c1.eu-west-1.rds.amazonaws.com")@environment[0].variables["HOSTS"]',
          'known("two.c1.eu-west-1.rds.amazonaws.com")@environment[0].variables["HOSTS"]',
          'known("jdbc.c1.eu-west-1.rds.amazonaws.com")@environment[0].variables["JDBC"]',
          'complete@environment',
        ],
        ports: [
          'known(5433)@environment[0].variables["CHINA"]',
          'known(5432)@environment[0].variables["DATABASE"]',
          'known(3307)@environment[0].variables["DSN"]',
          'known(5434)@environment[0].variables["HOSTS"]',
          'known(3306)@environment[0].variables["A_PORT"]',
          'known(8080)@environment[0].variables["PORT"]',
        ],
      },
    ],
    [
      'a map that the plan does not keep',
      'aws_lambda_function.local',
      {
        role: 'unknown(aws_iam_role.a.arn)@role',
        hosts: ['incomplete@environment'],
        ports: ['unknown(ends local.names)@environment[0].variables["DB_PORT"]'],
      },
    ],
    [
      'a VPC without groups is none',
      'aws_lambda_function.outside',
      {
        role: 'unknown(aws_iam_role.a.arn)@role',
        securityGroups: ['complete@vpc_config[0].security_group_ids'],
        subnets: ['complete@vpc_config[0].subnet_ids'],
      },
    ],
    [
      'reference',
      'aws_lambda_function.reference',
      {
        role: 'unknown(aws_iam_role.a.arn)@role',
        securityGroups: [
          'known("sg-1")@vpc_config[0].security_group_ids[0]',
          'unknown(aws_security_group.a.id)@vpc_config[0].security_group_ids[1]',
          'complete@vpc_config[0].security_group_ids',
        ],
        subnets: ['known("subnet-1")@vpc_config[0].subnet_ids[0]', 'complete@vpc_config[0].subnet_ids'],
        inVpc: true,
        hosts: [
          'unknown(aws_db_proxy.a.endpoint)@environment',
          'unknown(aws_route53_record.a.fqdn)@environment',
          // A secret may hold another host.
          'incomplete@environment',
        ],
        ports: ['known(8080)@environment[0].variables["API_PORT"]', 'unknown(aws_db_instance.a.port)@environment'],
      },
    ],
    [
      'a sensitive value is not read',
      'aws_lambda_function.sensitive',
      {
        role: 'unknown(aws_iam_role.a.arn)@role',
        hosts: ['incomplete@environment'],
        ports: ['known(5432)@environment[0].variables["PORT"]'],
      },
    ],
    [
      'unknown',
      'aws_lambda_function.unknown',
      {
        role: 'unknown(terraform_data.later.output)@role',
        securityGroups: [
          'unknown(terraform_data.later.output)@vpc_config[0].security_group_ids[0]',
          'complete@vpc_config[0].security_group_ids',
        ],
        subnets: [
          'unknown(terraform_data.later.output)@vpc_config[0].subnet_ids[0]',
          'complete@vpc_config[0].subnet_ids',
        ],
        inVpc: true,
        hosts: ['incomplete@environment'],
      },
    ],
    [
      'a data source that is read later',
      'data.aws_lambda_function.later',
      {
        managed: false,
        role: 'unknown(.role)=${.role}@role',
        securityGroups: ['incomplete@vpc_config'],
        subnets: ['incomplete@vpc_config'],
        inVpc: 'unknown',
        hosts: ['incomplete@environment'],
      },
    ],
    ['a data source', 'data.aws_lambda_function.read', { managed: false, role: 'absent@role' }],
  ]);
});

describe.each(['state.json', 'noop-plan.json'])('functions that exist, in %s', (file) => {
  const empty = {
    judged: true,
    managed: true,
    origin: '@',
    kind: 'lambda',
    role: 'known("arn:aws:iam::123456789012:role/orders")@role',
    executionRole: 'absent@role',
    securityGroups: ['complete@vpc_config'],
    subnets: ['complete@vpc_config'],
    inVpc: false,
    hosts: ['complete@environment'],
    ports: [],
  };
  testRows(
    adaptFile(`clients-applied/${file}`).model.clients.filter(({ kind }) => kind === 'lambda'),
    empty,
    [
      [
        'orders',
        'aws_lambda_function.orders',
        {
          securityGroups: [
            'known("sg-e542956fa6672497a")@vpc_config[0].security_group_ids[0]',
            'complete@vpc_config[0].security_group_ids',
          ],
          subnets: ['known("subnet-1")@vpc_config[0].subnet_ids[0]', 'complete@vpc_config[0].subnet_ids'],
          inVpc: true,
          hosts: ['known("orders.internal.example.com")@environment[0].variables["DB_HOST"]', 'complete@environment'],
          ports: ['known(3306)@environment[0].variables["DB_PORT"]'],
        },
      ],
      ['outside', 'aws_lambda_function.outside', {}],
    ],
  );
});
