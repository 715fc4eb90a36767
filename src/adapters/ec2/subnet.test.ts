import { describe } from '@jest/globals';
import { adaptFile, testRows } from '../adapt-plan.test-support.ts';

describe('subnets of a first plan', () => {
  /** Nothing but the required arguments is set. */
  const empty = {
    judged: true,
    managed: true,
    origin: '@',
    subnetId: 'unknown(.id)=${.id}@id',
    arn: 'unknown(.arn)=${.arn}@arn',
    vpcId: 'known("vpc-0123456789abcdef0")@vpc_id',
    zone: 'unknown(.availability_zone)=${.availability_zone}@availability_zone',
    zoneId: 'unknown(.availability_zone_id)=${.availability_zone_id}@availability_zone_id',
    ranges: ['unknown(.cidr_block)=${.cidr_block}@cidr_block', 'complete@'],
  };

  testRows(adaptFile('vpc/plan.json').model.subnets, empty, [
    ['empty resource', 'aws_subnet.empty', {}],
    [
      'known',
      'aws_subnet.known',
      {
        zone: 'known("eu-west-1a")@availability_zone',
        zoneId: 'known("euw1-az1")@availability_zone_id',
        ranges: ['known("10.0.0.0/24")@cidr_block', 'known("2001:db8::/64")@ipv6_cidr_block', 'complete@'],
      },
    ],
    [
      'reference',
      'aws_subnet.reference',
      {
        vpcId: 'unknown(aws_vpc.empty.id)@vpc_id',
        zone: 'unknown(aws_subnet.empty.availability_zone)@availability_zone',
        ranges: ['unknown(aws_vpc.empty.cidr_block)@cidr_block', 'complete@'],
      },
    ],
    [
      'unknown',
      'aws_subnet.unknown',
      {
        vpcId: 'unknown(terraform_data.later.output)@vpc_id',
        zone: 'unknown(terraform_data.later.output)@availability_zone',
        zoneId: 'unknown(terraform_data.later.output)@availability_zone_id',
        ranges: [
          'unknown(terraform_data.later.output)@cidr_block',
          'unknown(terraform_data.later.output)@ipv6_cidr_block',
          'complete@',
        ],
      },
    ],
    [
      'empty resource, default subnet',
      'aws_default_subnet.empty',
      { vpcId: 'unknown(.vpc_id)=${.vpc_id}@vpc_id', zone: 'known("eu-west-1b")@availability_zone' },
    ],
    [
      'data source, known',
      'data.aws_subnet.known',
      {
        managed: false,
        subnetId: 'known("subnet-0123456789abcdef0")@id',
        arn: 'known("arn:aws:ec2:eu-west-1:123456789012:subnet/subnet-0123456789abcdef0")@arn',
        vpcId: 'known("vpc-61295ac94386b3b5e")@vpc_id',
        zone: 'known("eu-west-1a")@availability_zone',
        zoneId: 'known("ZDO3JVB2RQ54OV")@availability_zone_id',
        ranges: ['known("10.0.1.0/24")@cidr_block', 'complete@'],
      },
    ],
    [
      'data source, later',
      'data.aws_subnet.later',
      {
        managed: false,
        vpcId: 'unknown(aws_vpc.empty.id)@vpc_id',
        zone: 'known("eu-west-1a")@availability_zone',
        ranges: [
          'unknown(.cidr_block)=${.cidr_block}@cidr_block',
          'unknown(.ipv6_cidr_block)=${.ipv6_cidr_block}@ipv6_cidr_block',
          'complete@',
        ],
      },
    ],
  ]);
});
