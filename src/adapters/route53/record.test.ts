import { describe } from '@jest/globals';
import { adaptFile, testRows } from '../adapt-plan.test-support.ts';

describe('records of a first plan that may name a host', () => {
  /** Nothing but the required arguments is set. */
  const empty = {
    judged: true,
    managed: true,
    origin: '@',
    name: 'known("empty")@name',
    fqdn: 'unknown(.fqdn)=${.fqdn}@fqdn',
    type: 'known("CNAME")@type',
    targets: ['complete@records'],
  };

  testRows(adaptFile('route53-record/plan.json').model.dnsRecords, empty, [
    ['empty resource', 'aws_route53_record.empty', {}],
    [
      'known',
      'aws_route53_record.known',
      {
        name: 'known("orders.db.example.com")@name',
        targets: ['known("orders.abcdefghijkl.eu-west-1.rds.amazonaws.com")@records[0]', 'complete@records'],
      },
    ],
    [
      'reference',
      'aws_route53_record.reference',
      { name: 'known("orders")@name', targets: ['unknown(aws_db_instance.a.address)@records[0]', 'complete@records'] },
    ],
    [
      'unknown',
      'aws_route53_record.unknown',
      {
        name: 'unknown(terraform_data.later.output)@name',
        type: 'unknown(terraform_data.later.output)@type',
        targets: ['unknown(terraform_data.later.output)@records[0]', 'complete@records'],
      },
    ],
    [
      'an alias',
      'aws_route53_record.alias',
      {
        name: 'known("proxy.db.example.com")@name',
        type: 'known("A")@type',
        targets: ['unknown(aws_db_proxy.a.endpoint)@alias[0].name', 'complete@records'],
      },
    ],
    [
      'an alias in a dynamic block, known after apply',
      'aws_route53_record.alias_perhaps',
      { name: 'known("perhaps")@name', type: 'known("A")@type', targets: ['incomplete@records'] },
    ],
  ]);
});
