import { describe, expect, test } from '@jest/globals';
import { type ArnTarget, coversArn, partitionOf } from './arn-target.ts';
import { anyCharacter, anyText } from './shape.ts';

const suffix = Array.from({ length: 6 }, () => anyCharacter);
const place = { partition: 'aws', region: 'us-east-1', account: '123456789012' };

const user: ArnTarget = { ...place, service: 'rds-db', resource: ['dbuser:', 'db-', anyText, '/', 'app'] };
const secret: ArnTarget = { ...place, service: 'secretsmanager', resource: ['secret:', 'orders/app', '-', ...suffix] };
const key: ArnTarget = { ...place, service: 'kms', resource: ['key/', anyText] };
const nowhere: ArnTarget = { service: 'secretsmanager', resource: secret.resource };
const elsewhere: ArnTarget = { ...secret, account: undefined };

const own = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:orders/app';

type Row = readonly [pattern: string, target: ArnTarget, matches: boolean | 'unknown', assumed?: boolean];

describe('whether a pattern covers an ARN that may not exist yet', () => {
  const rows: readonly Row[] = [
    ['*', user, true],
    ['*', nowhere, true],
    ['arn:aws:rds-db:us-east-1:123456789012:dbuser:*/app', user, true],
    ['arn:aws:rds-db:us-east-1:123456789012:dbuser:db-*/app', user, true],
    ['arn:aws:rds-db:us-east-1:123456789012:dbuser:db-ABC/app', user, 'unknown'],
    ['arn:aws:rds-db:us-east-1:123456789012:dbuser:prx-ABC/app', user, false],
    ['arn:aws:rds-db:us-east-1:123456789012:dbuser:*/other', user, false],
    ['arn:aws:rds-db:eu-west-1:123456789012:dbuser:*/app', user, false],
    ['arn:aws:rds-db:*:*:dbuser:*/app', user, true],
    ['arn:aws:rds-db:us-*-1:1234567890??:dbuser:*/app', user, true],
    ['arn:aws-cn:rds-db:us-east-1:123456789012:dbuser:*/app', user, false],
    ['arn:*:rds-db:us-east-1:123456789012:dbuser:*/app', user, true],
    ['arn:aws:rds:us-east-1:123456789012:dbuser:*/app', user, false],
    ['arn:aws:rds-db::123456789012:dbuser:*/app', user, false],
    ['ARN:aws:rds-db:us-east-1:123456789012:dbuser:*/app', user, false],
    ['dbuser:*/app', user, false],
    [`${own}-??????`, secret, true],
    [`${own}-*`, secret, true],
    [`${own}*`, secret, true],
    [own, secret, false],
    [`${own}-AbCdEf`, secret, 'unknown'],
    [`${own}-AbCdEfG`, secret, false],
    ['arn:aws:secretsmanager:us-east-1:123456789012:secret:billing/*', secret, false],
    ['arn:aws:kms:us-east-1:123456789012:key/*', key, true],
    ['arn:aws:kms:us-east-1:123456789012:key/1234abcd', key, 'unknown'],
    ['arn:aws:kms:us-east-1:123456789012:alias/*', key, false],
  ];

  test.each(rows)('%s on %j: %s', (pattern, target, matches) => {
    expect(coversArn(pattern, target)).toEqual({ matches, assumed: false });
  });
});

describe('a field that nothing states is the one that the pattern names', () => {
  test.each<Row>([
    [`${own}-*`, elsewhere, true, true],
    [`${own}-*`, nowhere, true, true],
    ['arn:aws:secretsmanager:us-east-1:*:secret:orders/*', elsewhere, true, false],
    ['arn:*:secretsmanager:*:*:secret:orders/*', nowhere, true, false],
    ['arn:aws:secretsmanager:us-east-1:12*:secret:orders/*', elsewhere, true, true],
    ['arn:aws:secretsmanager:us-west-1:123456789012:secret:orders/*', elsewhere, false, false],
    ['arn:aws:secretsmanager:us-east-1:123456789012:secret:billing/*', nowhere, false, false],
    [`${own}-AbCdEf`, nowhere, 'unknown', false],
  ])('%s on %j: %s, assumed %s', (pattern, target, matches, assumed) => {
    expect(coversArn(pattern, target)).toEqual({ matches, assumed });
  });
});

describe('a * that ends a segment goes on beyond the colon', () => {
  test.each<Row>([
    ['arn:aws:rds-db:*', user, true],
    ['arn:aws:rds-db:us-east-1:*', user, true],
    ['arn:aws:rds-db:us-east-1:123456789012:*', user, true],
    ['arn:aws:rds-db:*/app', user, true],
    ['arn:aws:rds-db:*/other', user, false],
    ['arn:aws:rds-db:eu-*', user, false],
    ['arn:aws:rds-db:*:dbuser:db-*/app', user, true],
    // For all that is known, the unknown text holds colons, too.
    ['arn:aws:rds-db:*:dbuser:prx-*/app', user, 'unknown'],
    ['arn:aws:rds-db:*:dbuser:db-ABC/app', user, 'unknown'],
    ['arn:aws:secretsmanager:*:secret:orders/*', secret, true],
    ['arn:aws:secretsmanager:*:orders/*', secret, true],
    ['arn:aws:secretsmanager:*:secret:billing/*', secret, false],
    ['arn:aws:secretsmanager:us-west-1:*:orders/*', secret, false],
    ['arn:aws:secretsmanager:us-east-1:123456789012:*', secret, true],
    ['arn:aws:secretsmanager:*:secret:orders/*', elsewhere, true],
    ['arn:aws:secretsmanager:*:secret:orders/*', nowhere, 'unknown'],
  ])('%s on %j: %s', (pattern, target, matches) => {
    expect(coversArn(pattern, target).matches).toBe(matches);
  });
});

test.each([
  [undefined, undefined],
  ['us-east-1', 'aws'],
  ['ap-southeast-4', 'aws'],
  ['cn-northwest-1', 'aws-cn'],
  ['us-gov-west-1', 'aws-us-gov'],
  ['eusc-de-east-1', 'aws-eusc'],
  ['us-iso-east-1', undefined],
  ['us-isob-east-1', undefined],
  ['eu-isoe-west-1', undefined],
])('the partition of %s is %s', (region, partition) => expect(partitionOf(region)).toBe(partition));
