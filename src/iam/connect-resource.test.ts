import { expect, test } from '@jest/globals';
import { absent, known, unknown } from '../model/value.ts';
import { parseConnectResource } from './connect-resource.ts';

const origin = { address: 'aws_iam_policy.p', path: 'policy' };
const proxy = { resource: 'aws_db_proxy.main', path: 'arn' };
const head = 'arn:aws:rds-db:us-east-1:123456789012:dbuser:';
const place = { kind: 'arn', partition: 'aws', region: 'us-east-1', account: '123456789012' };

const any = { ...place, region: '*', account: '*' };

test.each([
  ['everything', known('*', origin), { kind: 'everything' }],
  ['an id and a user', known(`${head}db-ABC/app`, origin), { ...place, id: ['db-ABC'], user: ['app'] }],
  ['wildcards', known(`${head}*/*`, origin), { ...place, id: ['*'], user: ['*'] }],
  ['no user', known(`${head}db-ABC`, origin), { ...place, id: ['db-ABC'], user: null }],
  ['a * for every id and user', known(`${head}*`, origin), { ...place, id: ['*'], user: ['*'] }],
  ['a * for every proxy and user', known(`${head}prx-*`, origin), { ...place, id: ['prx-*'], user: ['*'] }],
  [
    'a * for the rest of an id and every user',
    known(`${head}prx-abc*`, origin),
    { ...place, id: ['prx-abc*'], user: ['*'] },
  ],
  ['a * that takes the slash in', known(`${head}*app`, origin), { ...place, id: ['*'], user: ['*app'] }],
  [
    'a * that takes the slash in, and another',
    known(`${head}db-*app*`, origin),
    { ...place, id: ['db-*'], user: ['*app*'] },
  ],
  ['two of them', known(`${head}**`, origin), { ...place, id: ['*'], user: ['*'] }],
  ['${*} is no wildcard', known(`${head}db-ABC${'$'}{*}`, origin), { ...place, id: ['db-ABC${*}'], user: null }],
  [
    'a * behind a reference',
    { ...unknown(origin, [proxy]), template: [head, proxy, '*'] },
    { ...place, id: [proxy], user: ['*'] },
  ],
  [
    'a * behind text and a reference',
    { ...unknown(origin, [proxy]), template: [`${head}x-`, proxy, '*'] },
    { ...place, id: ['x-', proxy], user: ['*'] },
  ],
  ['a slash in the user', known(`${head}db-ABC/a/b`, origin), { ...place, id: ['db-ABC'], user: ['a/b'] }],
  [
    'a whole ARN in place of the id',
    known(`${head}arn:aws:rds:us-east-1:123456789012:db-proxy:prx-1/app`, origin),
    { ...place, id: ['arn:aws:rds:us-east-1:123456789012:db-proxy:prx-1'], user: ['app'] },
  ],
  ['any region and account', known('arn:aws:rds-db:*:*:dbuser:*/app', origin), { ...any, id: ['*'], user: ['app'] }],
  [
    'a * that goes on beyond the colon',
    known('arn:aws:rds-db:*:dbuser:db-ABC/app', origin),
    { ...any, id: ['db-ABC'], user: ['app'] },
  ],
  ['a * for the rest, after the service', known('arn:aws:rds-db:*', origin), { ...any, id: ['*'], user: ['*'] }],
  [
    'a * for the rest, after a part of the region',
    known('arn:aws:rds-db:us-*', origin),
    { ...any, region: 'us-*', id: ['*'], user: ['*'] },
  ],
  [
    'a * for the rest, after the region',
    known('arn:aws:rds-db:us-east-1:*', origin),
    { ...any, region: 'us-east-1', id: ['*'], user: ['*'] },
  ],
  [
    'a * for the rest, after the account',
    known('arn:aws:rds-db:us-east-1:123456789012:*', origin),
    { ...place, id: ['*'], user: ['*'] },
  ],
  [
    'a * for the rest of dbuser',
    known('arn:aws:rds-db:us-east-1:123456789012:db*', origin),
    { ...place, id: ['*'], user: ['*'] },
  ],
  [
    'a * for the rest of something else',
    known('arn:aws:rds-db:us-east-1:123456789012:cluster*', origin),
    { kind: 'other', text: 'arn:aws:rds-db:us-east-1:123456789012:cluster*' },
  ],
  ['another service with a *', known('arn:aws:rds:*', origin), { kind: 'other', text: 'arn:aws:rds:*' }],
  ['no text', known('', origin), { kind: 'other', text: '' }],
  [
    'another ARN',
    known('arn:aws:rds:us-east-1:1:db:main', origin),
    { kind: 'other', text: 'arn:aws:rds:us-east-1:1:db:main' },
  ],
  ['nothing', absent(origin), { kind: 'other', text: '' }],
  [
    'references alone',
    unknown(origin, [proxy], ['local.x']),
    { kind: 'references', references: [proxy], trailEnds: ['local.x'] },
  ],
  [
    'a template',
    { ...unknown(origin, [proxy]), template: [head, proxy, '/app'] },
    { ...place, id: [proxy], user: ['app'] },
  ],
  [
    'a template with the user in it',
    { ...unknown(origin, [proxy]), template: [`${head}db-ABC/`, proxy] },
    { ...place, id: ['db-ABC'], user: [proxy] },
  ],
  [
    'a template with text around the reference',
    { ...unknown(origin, [proxy]), template: [`${head}x-`, proxy, '-y/a/b'] },
    { ...place, id: ['x-', proxy, '-y'], user: ['a/b'] },
  ],
  [
    'a template without a user',
    { ...unknown(origin, [proxy]), template: [head, proxy] },
    { ...place, id: [proxy], user: null },
  ],
  [
    'a template that begins with a reference',
    { ...unknown(origin, [proxy]), template: [proxy, '/app'] },
    { kind: 'references', references: [proxy], trailEnds: [] },
  ],
])('%s', (_, value, parsed) => expect(parseConnectResource(value)).toEqual(parsed));
