import { describe } from '@jest/globals';
import { adaptFile, testRows } from '../adapt-plan.test-support.ts';

describe('subnet groups of a first plan', () => {
  /** Nothing but the required arguments is set. */
  const empty = {
    judged: true,
    managed: true,
    origin: '@',
    name: 'unknown(.name)=${.name}@name',
    subnets: ['known("subnet-1")@subnet_ids[0]', 'known("subnet-2")@subnet_ids[1]', 'complete@subnet_ids'],
    vpcId: 'unknown(.vpc_id)=${.vpc_id}@vpc_id',
  };

  testRows(adaptFile('rds-group/plan.json').model.subnetGroups, empty, [
    ['empty resource', 'aws_db_subnet_group.empty', {}],
    [
      'reference',
      'aws_db_subnet_group.reference',
      {
        name: 'known("private")@name',
        subnets: [
          'unknown(aws_subnet.each["a"].id)@subnet_ids[0]',
          'unknown(aws_subnet.each["b"].id)@subnet_ids[1]',
          'complete@subnet_ids',
        ],
      },
    ],
    [
      'unknown',
      'aws_db_subnet_group.unknown',
      {
        name: 'unknown(terraform_data.later.output)@name',
        subnets: ['unknown(terraform_data.later.output)@subnet_ids', 'incomplete@subnet_ids'],
      },
    ],
    [
      'data source, known',
      'data.aws_db_subnet_group.known',
      {
        managed: false,
        name: 'known("legacy")@name',
        subnets: ['known("subnet-09665f6434aacb9d9")@subnet_ids[0]', 'complete@subnet_ids'],
        vpcId: 'known("vpc-032105fbc6464eaf2")@vpc_id',
      },
    ],
    [
      'data source, later',
      'data.aws_db_subnet_group.later',
      {
        managed: false,
        name: 'unknown(aws_db_subnet_group.empty.name)@name',
        subnets: ['unknown()@subnet_ids', 'incomplete@subnet_ids'],
      },
    ],
  ]);
});
