import { describe } from '@jest/globals';
import { adaptFile, testRows } from '../adapt-plan.test-support.ts';

describe('task definitions of a first plan', () => {
  const empty = {
    judged: true,
    managed: true,
    origin: '@',
    kind: 'ecs-task',
    role: 'absent@task_role_arn',
    executionRole: 'absent@execution_role_arn',
    hosts: ['complete@container_definitions'],
    ports: [],
    securityGroups: ['incomplete@'],
    subnets: ['incomplete@'],
    inVpc: 'unknown',
  };
  testRows(adaptFile('ecs-task-definition/plan.json').model.clients, empty, [
    [
      'of each service its own',
      'aws_ecs_task_definition.each["one"]',
      {
        securityGroups: [
          'known("sg-one")@aws_ecs_service.each["one"] network_configuration[0].security_groups[0]',
          'complete@aws_ecs_service.each["one"] network_configuration[0].security_groups',
        ],
        subnets: [
          'known("subnet-1")@aws_ecs_service.each["one"] network_configuration[0].subnets[0]',
          'complete@aws_ecs_service.each["one"] network_configuration[0].subnets',
        ],
        inVpc: true,
      },
    ],
    [
      'of each service its own',
      'aws_ecs_task_definition.each["two"]',
      {
        securityGroups: [
          'known("sg-two")@aws_ecs_service.each["two"] network_configuration[0].security_groups[0]',
          'complete@aws_ecs_service.each["two"] network_configuration[0].security_groups',
        ],
        subnets: [
          'known("subnet-1")@aws_ecs_service.each["two"] network_configuration[0].subnets[0]',
          'complete@aws_ecs_service.each["two"] network_configuration[0].subnets',
        ],
        inVpc: true,
      },
    ],
    ['empty resource', 'aws_ecs_task_definition.empty', {}],
    [
      'known, and one of two services',
      'aws_ecs_service.known_one',
      {
        role: 'absent@aws_ecs_task_definition.known task_role_arn',
        executionRole: 'absent@aws_ecs_task_definition.known execution_role_arn',
        hosts: [
          'known("orders.c1.eu-west-1.rds.amazonaws.com")@aws_ecs_task_definition.known container_definitions',
          'known("report.c1.eu-west-1.rds.amazonaws.com")@aws_ecs_task_definition.known container_definitions',
          'complete@aws_ecs_task_definition.known container_definitions',
        ],
        ports: [
          'known(3307)@aws_ecs_task_definition.known container_definitions',
          'known(3306)@aws_ecs_task_definition.known container_definitions',
        ],
        securityGroups: [
          'known("sg-1")@network_configuration[0].security_groups[0]',
          'complete@network_configuration[0].security_groups',
        ],
        subnets: ['known("subnet-1")@network_configuration[0].subnets[0]', 'complete@network_configuration[0].subnets'],
        inVpc: true,
      },
    ],
    [
      'known, and the other service',
      'aws_ecs_service.known_two',
      {
        role: 'absent@aws_ecs_task_definition.known task_role_arn',
        executionRole: 'absent@aws_ecs_task_definition.known execution_role_arn',
        hosts: [
          'known("orders.c1.eu-west-1.rds.amazonaws.com")@aws_ecs_task_definition.known container_definitions',
          'known("report.c1.eu-west-1.rds.amazonaws.com")@aws_ecs_task_definition.known container_definitions',
          'complete@aws_ecs_task_definition.known container_definitions',
        ],
        ports: [
          'known(3307)@aws_ecs_task_definition.known container_definitions',
          'known(3306)@aws_ecs_task_definition.known container_definitions',
        ],
        securityGroups: [
          'known("sg-2")@network_configuration[0].security_groups[0]',
          'complete@network_configuration[0].security_groups',
        ],
        subnets: ['known("subnet-2")@network_configuration[0].subnets[0]', 'complete@network_configuration[0].subnets'],
        inVpc: true,
      },
    ],
    [
      'no JSON, and a service without groups, through a data source',
      'aws_ecs_task_definition.no_json',
      {
        hosts: ['incomplete@container_definitions'],
        securityGroups: ['complete@aws_ecs_service.no_json network_configuration[0].security_groups'],
        subnets: [
          'known("subnet-1")@aws_ecs_service.no_json network_configuration[0].subnets[0]',
          'complete@aws_ecs_service.no_json network_configuration[0].subnets',
        ],
        inVpc: false,
      },
    ],
    [
      'reference',
      'aws_ecs_task_definition.reference',
      {
        role: 'unknown(aws_iam_role.task.arn)@task_role_arn',
        executionRole: 'unknown(aws_iam_role.execution.arn)@execution_role_arn',
        hosts: ['unknown(aws_db_proxy.a.endpoint)@container_definitions', 'incomplete@container_definitions'],
        securityGroups: [
          'unknown(aws_security_group.a.id)@aws_ecs_service.reference network_configuration[0].security_groups[0]',
          'complete@aws_ecs_service.reference network_configuration[0].security_groups',
        ],
        subnets: [
          'known("subnet-1")@aws_ecs_service.reference network_configuration[0].subnets[0]',
          'complete@aws_ecs_service.reference network_configuration[0].subnets',
        ],
        inVpc: true,
      },
    ],
    [
      'secrets, and a service without a network of its own',
      'aws_ecs_task_definition.secrets',
      {
        hosts: ['incomplete@container_definitions'],
        ports: ['unknown()@container_definitions'],
        securityGroups: ['complete@aws_ecs_service.secrets network_configuration'],
        subnets: ['complete@aws_ecs_service.secrets network_configuration'],
        inVpc: false,
      },
    ],
    [
      'unknown',
      'aws_ecs_task_definition.unknown',
      {
        role: 'unknown(terraform_data.later.output)@task_role_arn',
        executionRole: 'unknown(terraform_data.later.output)@execution_role_arn',
        hosts: ['incomplete@container_definitions'],
      },
    ],
    [
      'a data source that is read later',
      'data.aws_ecs_task_definition.later',
      {
        managed: false,
        role: 'unknown(.task_role_arn)=${.task_role_arn}@task_role_arn',
        executionRole: 'unknown(.execution_role_arn)=${.execution_role_arn}@execution_role_arn',
        hosts: ['incomplete@container_definitions'],
      },
    ],
    [
      'a data source',
      'data.aws_ecs_task_definition.elsewhere',
      {
        managed: false,
        role: 'known("arn:aws:ecs:eu-west-1:123456789012:task-definition/0izxqeui2y14")@task_role_arn',
        executionRole: 'known("arn:aws:iam::123456789012:role/g5x44y6dlq")@execution_role_arn',
      },
    ],
  ]);
});

describe.each(['state.json', 'noop-plan.json'])('task definitions that exist, in %s', (file) => {
  const empty = {
    judged: true,
    managed: true,
    origin: '@',
    kind: 'ecs-task',
    role: 'known("arn:aws:iam::123456789012:role/orders")@task_role_arn',
    executionRole: 'absent@execution_role_arn',
    hosts: ['known("orders.c1.eu-west-1.rds.amazonaws.com")@container_definitions', 'complete@container_definitions'],
    ports: ['known(3306)@container_definitions'],
    securityGroups: [
      'known("sg-e542956fa6672497a")@aws_ecs_service.orders network_configuration[0].security_groups[0]',
      'complete@aws_ecs_service.orders network_configuration[0].security_groups',
    ],
    subnets: [
      'known("subnet-1")@aws_ecs_service.orders network_configuration[0].subnets[0]',
      'complete@aws_ecs_service.orders network_configuration[0].subnets',
    ],
    inVpc: true,
  };
  testRows(
    adaptFile(`clients-applied/${file}`).model.clients.filter(({ kind }) => kind === 'ecs-task'),
    empty,
    [['orders', 'aws_ecs_task_definition.orders', {}]],
  );
});
