import { describe } from '@jest/globals';
import { adaptFile, testRows } from '../adapt-plan.test-support.ts';

describe('prefix lists of a first plan', () => {
  /** Nothing is set, which looks like a `dynamic` block that is known after apply. */
  const empty = {
    judged: true,
    managed: true,
    origin: '@',
    listId: 'unknown(.id)=${.id}@id',
    ranges: ['incomplete@'],
  };

  testRows(adaptFile('prefix-list/plan.json').model.prefixLists, empty, [
    ['a dynamic block, known after apply', 'aws_ec2_managed_prefix_list.dynamic_unknown', {}],
    [
      'empty resource, and an entry of its own',
      'aws_ec2_managed_prefix_list.empty',
      { ranges: ['known("10.2.0.0/24")@aws_ec2_managed_prefix_list_entry.reference cidr', 'incomplete@'] },
    ],
    [
      'known',
      'aws_ec2_managed_prefix_list.known',
      { ranges: ['known("10.0.0.0/24")@entry[0].cidr', 'known("10.1.0.0/24")@entry[1].cidr', 'complete@'] },
    ],
    [
      'reference',
      'aws_ec2_managed_prefix_list.reference',
      { ranges: ['unknown(aws_vpc.a.cidr_block)@entry[0].cidr', 'complete@'] },
    ],
    [
      'unknown',
      'aws_ec2_managed_prefix_list.unknown',
      { ranges: ['unknown(terraform_data.later.output)@entry[0].cidr', 'complete@'] },
    ],
    [
      'data source, known, and an entry of its own',
      'data.aws_ec2_managed_prefix_list.known',
      {
        managed: false,
        listId: 'known("pl-0123456789abcdef0")@id',
        ranges: ['known("10.4.0.0/24")@aws_ec2_managed_prefix_list_entry.data cidr', 'complete@'],
      },
    ],
    [
      'data source, later',
      'data.aws_ec2_managed_prefix_list.later',
      { managed: false, listId: 'unknown(terraform_data.later.output)@id' },
    ],
    [
      'an entry of a list out of view',
      'aws_ec2_managed_prefix_list_entry.outside',
      { listId: 'known("pl-0fffffffffffffff0")@prefix_list_id', ranges: ['known("10.3.0.0/24")@cidr', 'incomplete@'] },
    ],
  ]);
});
