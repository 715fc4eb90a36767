import { describe, expect, test } from '@jest/globals';
import { adaptFile, renderAlias, testRows } from '../adapt-plan.test-support.ts';

describe('networks of a first plan', () => {
  /** Nothing is set: a pool chooses the addresses. */
  const empty = {
    judged: true,
    managed: true,
    origin: '@',
    vpcId: 'unknown(.id)=${.id}@id',
    tenancy: 'known("default")@instance_tenancy',
    ranges: ['unknown(.cidr_block)=${.cidr_block}@cidr_block', 'complete@'],
  };

  testRows(adaptFile('vpc/plan.json').model.vpcs, empty, [
    ['empty resource', 'aws_vpc.empty', {}],
    [
      'known',
      'aws_vpc.known',
      {
        tenancy: 'known("dedicated")@instance_tenancy',
        ranges: ['known("10.0.0.0/16")@cidr_block', 'known("2001:db8::/56")@ipv6_cidr_block', 'complete@'],
      },
    ],
    [
      'reference',
      'aws_vpc.reference',
      {
        tenancy: 'known("dedicated")@instance_tenancy',
        ranges: ['unknown(aws_vpc.empty.cidr_block)@cidr_block', 'complete@'],
      },
    ],
    [
      'unknown',
      'aws_vpc.unknown',
      {
        tenancy: 'unknown(terraform_data.later.output)@instance_tenancy',
        ranges: [
          'unknown(terraform_data.later.output)@cidr_block',
          'unknown(terraform_data.later.output)@ipv6_cidr_block',
          'complete@',
        ],
      },
    ],
    [
      'an IPv6 block that AWS chooses',
      'aws_vpc.generated',
      {
        ranges: [
          'known("10.1.0.0/16")@cidr_block',
          'unknown(.ipv6_cidr_block)=${.ipv6_cidr_block}@ipv6_cidr_block',
          'complete@',
        ],
      },
    ],
    ['no IPv6 block', 'aws_vpc.not_generated', { ranges: ['known("10.2.0.0/16")@cidr_block', 'complete@'] }],
    [
      'blocks that resources of their own add',
      'aws_vpc.associated',
      {
        ranges: [
          'known("10.3.0.0/16")@cidr_block',
          'known("100.64.0.0/16")@aws_vpc_ipv4_cidr_block_association.known cidr_block',
          'unknown(aws_vpc_ipv6_cidr_block_association.pool.ipv6_cidr_block)=${aws_vpc_ipv6_cidr_block_association.pool.ipv6_cidr_block}@aws_vpc_ipv6_cidr_block_association.pool ipv6_cidr_block',
          'complete@',
        ],
      },
    ],
    ['empty resource, default network', 'aws_default_vpc.empty', { tenancy: 'absent@instance_tenancy' }],
    [
      'data source, known',
      'data.aws_vpc.known',
      {
        managed: false,
        vpcId: 'known("vpc-0123456789abcdef0")@id',
        tenancy: 'absent@instance_tenancy',
        ranges: ['known("10.0.0.0/16")@cidr_block', 'complete@'],
      },
    ],
    [
      'data source, later',
      'data.aws_vpc.later',
      {
        managed: false,
        vpcId: 'unknown(terraform_data.later.output)@id',
        tenancy: 'unknown(.instance_tenancy)=${.instance_tenancy}@instance_tenancy',
        ranges: [
          'unknown(.cidr_block)=${.cidr_block}@cidr_block',
          'unknown(.ipv6_cidr_block)=${.ipv6_cidr_block}@ipv6_cidr_block',
          'incomplete@',
        ],
      },
    ],
  ]);
});

test('a network names its default group', () => {
  expect(adaptFile('vpc/plan.json').model.aliases.map(renderAlias)).toEqual([
    'aws_vpc.associated.default_security_group_id = unknown(aws_default_security_group.reference.id)=${aws_default_security_group.reference.id}@aws_default_security_group.reference id',
  ]);
});
