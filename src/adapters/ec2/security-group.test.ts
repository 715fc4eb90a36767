import { describe } from '@jest/globals';
import { adaptFile, testRows } from '../adapt-plan.test-support.ts';

describe('groups of a first plan', () => {
  /** Nothing is set: no rules, although the plan calls them unknown. */
  const empty = {
    judged: true,
    managed: true,
    origin: '@',
    groupId: 'unknown(.id)=${.id}@id',
    arn: 'unknown(.arn)=${.arn}@arn',
    vpcId: 'absent@vpc_id',
    rules: [],
    incomplete: [],
  };

  testRows(adaptFile('security-group/plan.json').model.securityGroups, empty, [
    ['empty resource', 'aws_security_group.empty', {}],
    [
      'a dynamic block',
      'aws_security_group.dynamic',
      {
        rules: [
          {
            origin: '@ingress[0]',
            direction: 'ingress',
            protocol: 'known("tcp")@ingress[0].protocol',
            fromPort: 'known(3306)@ingress[0].from_port',
            toPort: 'known(3306)@ingress[0].to_port',
            groups: ['unknown()@ingress[0].security_groups[0]', 'complete@ingress[0].security_groups'],
            self: 'known(false)@ingress[0].self',
            ranges: ['complete@ingress[0]'],
          },
          {
            origin: '@ingress[1]',
            direction: 'ingress',
            protocol: 'known("tcp")@ingress[1].protocol',
            fromPort: 'known(5432)@ingress[1].from_port',
            toPort: 'known(5432)@ingress[1].to_port',
            groups: ['unknown()@ingress[1].security_groups[0]', 'complete@ingress[1].security_groups'],
            self: 'known(false)@ingress[1].self',
            ranges: ['complete@ingress[1]'],
          },
        ],
      },
    ],
    [
      'a dynamic block beside another',
      'aws_security_group.dynamic_and_static',
      {
        rules: [
          {
            origin: '@ingress[0]',
            direction: 'ingress',
            protocol: 'known("tcp")@ingress[0].protocol',
            fromPort: 'known(22)@ingress[0].from_port',
            toPort: 'known(22)@ingress[0].to_port',
            groups: ['unknown()@ingress[0].security_groups[0]', 'complete@ingress[0].security_groups'],
            self: 'known(false)@ingress[0].self',
            ranges: ['complete@ingress[0]'],
          },
          {
            origin: '@ingress[1]',
            direction: 'ingress',
            protocol: 'known("tcp")@ingress[1].protocol',
            fromPort: 'known(5432)@ingress[1].from_port',
            toPort: 'known(5432)@ingress[1].to_port',
            groups: ['unknown()@ingress[1].security_groups[0]', 'complete@ingress[1].security_groups'],
            self: 'known(false)@ingress[1].self',
            ranges: ['complete@ingress[1]'],
          },
        ],
      },
    ],
    [
      'a dynamic block, known after apply',
      'aws_security_group.dynamic_unknown',
      {
        rules: [
          {
            origin: '@ingress[0]',
            direction: 'ingress',
            protocol: 'unknown()@ingress[0].protocol',
            fromPort: 'unknown()@ingress[0].from_port',
            toPort: 'unknown()@ingress[0].to_port',
            groups: ['unknown()@ingress[0].security_groups', 'incomplete@ingress[0].security_groups'],
            self: 'known(false)@ingress[0].self',
            ranges: ['complete@ingress[0]'],
          },
        ],
      },
    ],
    [
      'inline rules',
      'aws_security_group.known',
      {
        vpcId: 'known("vpc-0123456789abcdef0")@vpc_id',
        rules: [
          {
            origin: '@ingress[0]',
            direction: 'ingress',
            protocol: 'known("tcp")@ingress[0].protocol',
            fromPort: 'known(5432)@ingress[0].from_port',
            toPort: 'known(5432)@ingress[0].to_port',
            groups: ['complete@ingress[0].security_groups'],
            self: 'known(false)@ingress[0].self',
            ranges: ['known("10.0.0.0/8")@ingress[0].cidr_blocks[0]', 'complete@ingress[0]'],
          },
          {
            origin: '@egress[0]',
            direction: 'egress',
            protocol: 'known("-1")@egress[0].protocol',
            fromPort: 'known(0)@egress[0].from_port',
            toPort: 'known(0)@egress[0].to_port',
            groups: [
              'known("sg-0123456789abcdef0")@egress[0].security_groups[0]',
              'complete@egress[0].security_groups',
            ],
            self: 'known(true)@egress[0].self',
            ranges: [
              'known("0.0.0.0/0")@egress[0].cidr_blocks[0]',
              'known("::/0")@egress[0].ipv6_cidr_blocks[0]',
              'known("pl-12345678")@egress[0].prefix_list_ids[0]',
              'complete@egress[0]',
            ],
          },
        ],
      },
    ],
    ['[] in the configuration', 'aws_security_group.none', {}],
    ['null in the configuration', 'aws_security_group.nulls', {}],
    [
      'reference: the plan joins those of all blocks',
      'aws_security_group.reference',
      {
        vpcId: 'unknown(aws_vpc.a.id)@vpc_id',
        rules: [
          {
            origin: '@ingress[0]',
            direction: 'ingress',
            protocol: 'known("tcp")@ingress[0].protocol',
            fromPort: 'known(22)@ingress[0].from_port',
            toPort: 'known(22)@ingress[0].to_port',
            groups: ['unknown()@ingress[0].security_groups[0]', 'complete@ingress[0].security_groups'],
            self: 'known(false)@ingress[0].self',
            ranges: ['complete@ingress[0]'],
          },
          {
            origin: '@ingress[1]',
            direction: 'ingress',
            protocol: 'known("tcp")@ingress[1].protocol',
            fromPort: 'known(5432)@ingress[1].from_port',
            toPort: 'known(5432)@ingress[1].to_port',
            groups: ['unknown()@ingress[1].security_groups[0]', 'complete@ingress[1].security_groups'],
            self: 'known(false)@ingress[1].self',
            ranges: ['complete@ingress[1]'],
          },
          {
            origin: '@egress[0]',
            direction: 'egress',
            protocol: 'known("tcp")@egress[0].protocol',
            fromPort: 'known(5432)@egress[0].from_port',
            toPort: 'known(5432)@egress[0].to_port',
            groups: ['unknown()@egress[0].security_groups[0]', 'complete@egress[0].security_groups'],
            self: 'known(false)@egress[0].self',
            ranges: ['complete@egress[0]'],
          },
        ],
      },
    ],
    ['empty resource, default group', 'aws_default_security_group.empty', {}],
    [
      'reference, default group',
      'aws_default_security_group.reference',
      {
        vpcId: 'unknown(aws_vpc.a.id)@vpc_id',
        rules: [
          {
            origin: '@ingress[0]',
            direction: 'ingress',
            protocol: 'known("tcp")@ingress[0].protocol',
            fromPort: 'known(5432)@ingress[0].from_port',
            toPort: 'known(5432)@ingress[0].to_port',
            groups: ['complete@ingress[0].security_groups'],
            self: 'known(true)@ingress[0].self',
            ranges: ['complete@ingress[0]'],
          },
        ],
      },
    ],
    [
      'data source, known: no rule is in view',
      'data.aws_security_group.known',
      {
        managed: false,
        groupId: 'known("sg-0123456789abcdef0")@id',
        arn: 'known("arn:aws:ec2:eu-west-1:123456789012:security-group/e4nb65i6o9mv")@arn',
        vpcId: 'known("vpc-0123456789abcdef0")@vpc_id',
        incomplete: ['ingress', 'egress'],
      },
    ],
    [
      'data source, later',
      'data.aws_security_group.later',
      {
        managed: false,
        vpcId: 'unknown(aws_vpc.a.id)@vpc_id',
        incomplete: ['ingress', 'egress'],
      },
    ],
    [
      'data source, unknown',
      'data.aws_security_group.unknown',
      {
        managed: false,
        groupId: 'unknown(terraform_data.later.output)@id',
        vpcId: 'unknown(.vpc_id)=${.vpc_id}@vpc_id',
        incomplete: ['ingress', 'egress'],
      },
    ],
    [
      'unknown',
      'aws_security_group.unknown',
      {
        vpcId: 'unknown(terraform_data.later.output)@vpc_id',
        rules: [
          {
            origin: '@ingress[0]',
            direction: 'ingress',
            protocol: 'unknown()@ingress[0].protocol',
            fromPort: 'unknown()@ingress[0].from_port',
            toPort: 'unknown()@ingress[0].to_port',
            groups: ['unknown()@ingress[0].security_groups', 'incomplete@ingress[0].security_groups'],
            self: 'unknown()@ingress[0].self',
            ranges: [
              'unknown()@ingress[0].cidr_blocks[0]',
              'unknown()@ingress[0].ipv6_cidr_blocks',
              'incomplete@ingress[0]',
            ],
          },
        ],
        incomplete: ['egress'],
      },
    ],
  ]);
});

describe('rules of their own', () => {
  /** Nothing but the required arguments is set. */
  const empty = {
    judged: true,
    managed: true,
    origin: '@',
    securityGroup: 'known("sg-0123456789abcdef0")@security_group_id',
    rule: {
      origin: '@',
      direction: 'egress',
      protocol: 'known("tcp")@protocol',
      fromPort: 'known(0)@from_port',
      toPort: 'known(65535)@to_port',
      groups: ['complete@source_security_group_id'],
      self: 'known(false)@self',
      ranges: ['complete@'],
    },
  };

  testRows(adaptFile('security-group/plan.json').model.standaloneRules, empty, [
    ['empty resource', 'aws_security_group_rule.empty', {}],
    [
      'known',
      'aws_security_group_rule.known',
      {
        rule: {
          origin: '@',
          direction: 'ingress',
          protocol: 'known("tcp")@protocol',
          fromPort: 'known(5432)@from_port',
          toPort: 'known(5432)@to_port',
          groups: ['complete@source_security_group_id'],
          self: 'known(true)@self',
          ranges: [
            'known("10.0.0.0/8")@cidr_blocks[0]',
            'known("::/0")@ipv6_cidr_blocks[0]',
            'known("pl-12345678")@prefix_list_ids[0]',
            'complete@',
          ],
        },
      },
    ],
    [
      'reference, count, chosen by the index',
      'aws_security_group_rule.reference[0]',
      {
        securityGroup: 'unknown(aws_security_group.empty.id, aws_security_group.known.id)@security_group_id',
        rule: {
          origin: '@',
          direction: 'ingress',
          protocol: 'known("tcp")@protocol',
          fromPort: 'known(5432)@from_port',
          toPort: 'known(5432)@to_port',
          groups: ['unknown(aws_security_group.none.id)@source_security_group_id', 'complete@source_security_group_id'],
          self: 'known(false)@self',
          ranges: ['complete@'],
        },
      },
    ],
    [
      'reference, count, chosen by the index',
      'aws_security_group_rule.reference[1]',
      {
        securityGroup: 'unknown(aws_security_group.empty.id, aws_security_group.known.id)@security_group_id',
        rule: {
          origin: '@',
          direction: 'egress',
          protocol: 'known("tcp")@protocol',
          fromPort: 'known(5432)@from_port',
          toPort: 'known(5432)@to_port',
          groups: ['unknown(aws_security_group.none.id)@source_security_group_id', 'complete@source_security_group_id'],
          self: 'known(false)@self',
          ranges: ['complete@'],
        },
      },
    ],
    [
      'unknown: ingress perhaps',
      'aws_security_group_rule.unknown',
      {
        securityGroup: 'unknown(terraform_data.later.output)@security_group_id',
        rule: {
          origin: '@',
          direction: 'ingress',
          protocol: 'unknown()@type',
          fromPort: 'unknown(terraform_data.later.output)@from_port',
          toPort: 'unknown(terraform_data.later.output)@to_port',
          groups: [
            'unknown(terraform_data.later.output)@source_security_group_id',
            'complete@source_security_group_id',
          ],
          self: 'unknown(terraform_data.later.output)@self',
          ranges: ['complete@'],
        },
      },
    ],
    [
      'unknown: egress perhaps',
      'aws_security_group_rule.unknown #2',
      {
        securityGroup: 'unknown(terraform_data.later.output)@security_group_id',
        rule: {
          origin: '@',
          direction: 'egress',
          protocol: 'unknown()@type',
          fromPort: 'unknown(terraform_data.later.output)@from_port',
          toPort: 'unknown(terraform_data.later.output)@to_port',
          groups: [
            'unknown(terraform_data.later.output)@source_security_group_id',
            'complete@source_security_group_id',
          ],
          self: 'unknown(terraform_data.later.output)@self',
          ranges: ['complete@'],
        },
      },
    ],
    [
      'empty resource, ingress rule',
      'aws_vpc_security_group_ingress_rule.empty',
      {
        rule: {
          origin: '@',
          direction: 'ingress',
          protocol: 'known("-1")@ip_protocol',
          fromPort: 'absent@from_port',
          toPort: 'absent@to_port',
          groups: ['complete@referenced_security_group_id'],
          self: 'absent@',
          ranges: ['complete@'],
        },
      },
    ],
    [
      'reference, ingress rule',
      'aws_vpc_security_group_ingress_rule.reference',
      {
        securityGroup: 'unknown(aws_security_group.empty.id)@security_group_id',
        rule: {
          origin: '@',
          direction: 'ingress',
          protocol: 'known("tcp")@ip_protocol',
          fromPort: 'known(5432)@from_port',
          toPort: 'known(5432)@to_port',
          groups: [
            'unknown(aws_security_group.known.id)@referenced_security_group_id',
            'complete@referenced_security_group_id',
          ],
          self: 'absent@',
          ranges: ['complete@'],
        },
      },
    ],
    [
      'unknown, ingress rule',
      'aws_vpc_security_group_ingress_rule.unknown',
      {
        securityGroup: 'unknown(terraform_data.later.output)@security_group_id',
        rule: {
          origin: '@',
          direction: 'ingress',
          protocol: 'unknown(terraform_data.later.output)@ip_protocol',
          fromPort: 'unknown(terraform_data.later.output)@from_port',
          toPort: 'unknown(terraform_data.later.output)@to_port',
          groups: [
            'unknown(terraform_data.later.output)@referenced_security_group_id',
            'complete@referenced_security_group_id',
          ],
          self: 'absent@',
          ranges: ['complete@'],
        },
      },
    ],
    [
      'empty resource, egress rule',
      'aws_vpc_security_group_egress_rule.empty',
      {
        rule: {
          origin: '@',
          direction: 'egress',
          protocol: 'known("-1")@ip_protocol',
          fromPort: 'absent@from_port',
          toPort: 'absent@to_port',
          groups: ['complete@referenced_security_group_id'],
          self: 'absent@',
          ranges: ['complete@'],
        },
      },
    ],
    [
      'known, egress rule',
      'aws_vpc_security_group_egress_rule.known',
      {
        rule: {
          origin: '@',
          direction: 'egress',
          protocol: 'known("tcp")@ip_protocol',
          fromPort: 'known(0)@from_port',
          toPort: 'known(65535)@to_port',
          groups: ['complete@referenced_security_group_id'],
          self: 'absent@',
          ranges: ['known("10.0.0.0/8")@cidr_ipv4', 'complete@'],
        },
      },
    ],
    [
      'reference, egress rule',
      'aws_vpc_security_group_egress_rule.reference',
      {
        securityGroup: 'unknown(aws_security_group.empty.id)@security_group_id',
        rule: {
          origin: '@',
          direction: 'egress',
          protocol: 'known("tcp")@ip_protocol',
          fromPort: 'known(5432)@from_port',
          toPort: 'known(5432)@to_port',
          groups: [
            'unknown(aws_security_group.known.id)@referenced_security_group_id',
            'complete@referenced_security_group_id',
          ],
          self: 'absent@',
          ranges: ['complete@'],
        },
      },
    ],
    [
      'unknown, egress rule',
      'aws_vpc_security_group_egress_rule.unknown',
      {
        securityGroup: 'unknown(terraform_data.later.output)@security_group_id',
        rule: {
          origin: '@',
          direction: 'egress',
          protocol: 'known("tcp")@ip_protocol',
          fromPort: 'absent@from_port',
          toPort: 'absent@to_port',
          groups: ['complete@referenced_security_group_id'],
          self: 'absent@',
          ranges: [
            'unknown(terraform_data.later.output)@cidr_ipv4',
            'unknown(terraform_data.later.output)@cidr_ipv6',
            'unknown(terraform_data.later.output)@prefix_list_id',
            'complete@',
          ],
        },
      },
    ],
  ]);
});

describe('groups of a state', () => {
  testRows(adaptFile('applied/state.json').model.securityGroups, {}, [
    [
      'no rules',
      'aws_security_group.empty',
      {
        judged: true,
        managed: true,
        origin: '@',
        groupId: 'known("sg-6414ffa6f590b42ab")@id',
        arn: 'known("arn:aws:ec2:eu-west-1:123456789012:security-group/sg-6414ffa6f590b42ab")@arn',
        vpcId: 'known("vpc-7a2fe61c2f3337b16")@vpc_id',
        rules: [],
        incomplete: [],
      },
    ],
    [
      'inline rules',
      'aws_security_group.inline',
      {
        judged: true,
        managed: true,
        origin: '@',
        groupId: 'known("sg-f0a97a5bf007f82a5")@id',
        arn: 'known("arn:aws:ec2:eu-west-1:123456789012:security-group/sg-f0a97a5bf007f82a5")@arn',
        vpcId: 'known("vpc-e010dfdbb2aab7c24")@vpc_id',
        rules: [
          {
            origin: '@ingress[0]',
            direction: 'ingress',
            protocol: 'known("tcp")@ingress[0].protocol',
            fromPort: 'known(5432)@ingress[0].from_port',
            toPort: 'known(5432)@ingress[0].to_port',
            groups: [
              'known("sg-6414ffa6f590b42ab")@ingress[0].security_groups[0]',
              'complete@ingress[0].security_groups',
            ],
            self: 'known(false)@ingress[0].self',
            ranges: ['complete@ingress[0]'],
          },
          {
            origin: '@egress[0]',
            direction: 'egress',
            protocol: 'known("-1")@egress[0].protocol',
            fromPort: 'known(0)@egress[0].from_port',
            toPort: 'known(0)@egress[0].to_port',
            groups: ['complete@egress[0].security_groups'],
            self: 'known(false)@egress[0].self',
            ranges: ['known("0.0.0.0/0")@egress[0].cidr_blocks[0]', 'complete@egress[0]'],
          },
        ],
        incomplete: [],
      },
    ],
  ]);
});
