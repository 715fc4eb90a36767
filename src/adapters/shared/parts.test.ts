import { expect, test } from '@jest/globals';
import { type Reference, type Value, absent, known, literal, unknown } from '../../model/value.ts';
import { withParts } from './parts.ts';

const origin = { address: 'aws_vpc_ipv4_cidr_block_association.a', path: 'vpc_id' };
const list = { items: [], complete: true, origin };
const owner = { id: 'aws_vpc.a', types: ['aws_vpc'], paths: ['id'], texts: [known('vpc-1', origin)] };
const to = (resource: string, path = 'id'): Reference => ({ resource, path });

test.each<[string, Value<string>, boolean | 'unknown']>([
  ['its text', known('vpc-1', origin), true],
  ['another text', known('vpc-2', origin), false],
  ['not set', absent(origin), false],
  ['a reference to it', unknown(origin, [to('aws_vpc.a')]), true],
  ['a reference to it as a whole', unknown(origin, [to('aws_vpc.a', '')]), true],
  ['a reference to another attribute of it', unknown(origin, [to('aws_vpc.a', 'tags')]), 'unknown'],
  ['a reference to another of its kind', unknown(origin, [to('module.x.aws_vpc.a')]), false],
  ['a reference to something else', unknown(origin, [to('terraform_data.later')]), 'unknown'],
  ['one of several', unknown(origin, [to('aws_vpc.a'), to('aws_vpc.b')]), 'unknown'],
  ['a trail that ends', unknown(origin, [to('aws_vpc.a')], ['local.vpc']), 'unknown'],
  ['nothing at all', unknown(origin), 'unknown'],
])('a part whose owner is %s', (_, value, expected) => {
  const { items, complete } = withParts(list, owner, [{ owner: value, value: known('10.0.0.0/16', origin) }]);
  expect(items.map(literal)).toEqual(expected === true ? ['10.0.0.0/16'] : []);
  expect(complete).toBe(expected !== 'unknown');
});
