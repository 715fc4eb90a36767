import { expect, test } from '@jest/globals';
import { longestReferences } from './references.ts';

test.each([
  [[], []],
  [['aws_db_proxy.p.arn', 'aws_db_proxy.p'], ['aws_db_proxy.p.arn']],
  [['aws_x.y["a.b"].arn', 'aws_x.y["a.b"]', 'aws_x.y'], ['aws_x.y["a.b"].arn']],
  [['aws_x.y.a.b', 'aws_x.y.a', 'aws_x.y'], ['aws_x.y.a.b']],
  [
    ['aws_x.y', 'each.key'],
    ['aws_x.y', 'each.key'],
  ],
  [
    ['aws_x.y.arn', 'aws_x.y', 'aws_x.y.id', 'aws_x.y'],
    ['aws_x.y.arn', 'aws_x.y.id'],
  ],
  [
    ['aws_x.yz', 'aws_x.y'],
    ['aws_x.yz', 'aws_x.y'],
  ],
  [
    ['module.m.out', 'module.m', 'var.x'],
    ['module.m.out', 'var.x'],
  ],
])('%j → %j', (names, longest) => expect(longestReferences(names)).toEqual(longest));
