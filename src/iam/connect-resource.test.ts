import { describe, expect, test } from '@jest/globals';
import { type TemplatePart, type Unknown, type Value, absent, known, unknown } from '../model/value.ts';
import { type ConnectResource, parseConnectResource } from './connect-resource.ts';

const origin = { address: 'aws_iam_policy.p', path: 'policy' };
const proxy = { resource: 'aws_db_proxy.main', path: 'arn' };
const head = 'arn:aws:rds-db:us-east-1:123456789012:dbuser:';
const place = { kind: 'arn', partition: 'aws', service: 'rds-db', region: 'us-east-1', account: '123456789012' };

const any = { ...place, region: '*', account: '*' };

const data = {
  partition: { resource: 'data.aws_partition.current', path: 'partition' },
  region: { resource: 'data.aws_region.current', path: 'region' },
  account: { resource: 'data.aws_caller_identity.current', path: 'account_id' },
};
const id = { resource: 'aws_db_proxy.main', path: 'arn[6]' };
const computed: TemplatePart = { computed: true, references: [proxy], trailEnds: ['var.x'] };

const template = (...parts: readonly TemplatePart[]): Unknown => ({
  ...unknown(origin, [proxy]),
  template: parts,
});

const templates: readonly [string, Value<string>, object][] = [
  [
    'fields from data sources',
    template('arn:', data.partition, ':rds-db:', data.region, ':', data.account, ':dbuser:', id, '/app'),
    { kind: 'arn', ...data, service: 'rds-db', id: [id], user: ['app'] },
  ],
  [
    'a field of several parts',
    template('arn:aws:rds-db:us-', data.region, ':123456789012:dbuser:', id, '/app'),
    {
      ...place,
      region: { computed: true, references: [data.region], trailEnds: [] },
      id: [id],
      user: ['app'],
    },
  ],
  [
    'fields and a * for the rest',
    template('arn:aws:rds-db:', data.region, ':', data.account, ':*'),
    { ...place, region: data.region, account: data.account, id: ['*'], user: ['*'] },
  ],
  [
    'a region and a * that goes on beyond the colon',
    template('arn:', data.partition, ':rds-db:*:dbuser:', id, '/app'),
    { ...any, partition: data.partition, id: [id], user: ['app'] },
  ],
  [
    'what is computed may hold all fields',
    template(computed, ':dbuser:', id, '/app'),
    {
      kind: 'arn',
      partition: computed,
      service: computed,
      region: computed,
      account: computed,
      id: [id],
      user: ['app'],
    },
  ],
  [
    'or some of them',
    template('arn:aws:rds-db:', computed, ':dbuser:', id, '/app'),
    {
      kind: 'arn',
      partition: computed,
      service: 'rds-db',
      region: computed,
      account: computed,
      id: [id],
      user: ['app'],
    },
  ],
  [
    'an attribute holds no fields',
    template('arn:aws:rds-db:', data.region, ':dbuser:', id, '/app'),
    { kind: 'references', references: [data.region, id], trailEnds: [] },
  ],
  [
    'another service',
    template('arn:aws:rds:', data.region, ':', data.account, ':dbuser:', id, '/app'),
    { ...place, service: 'rds', region: data.region, account: data.account, id: [id], user: ['app'] },
  ],
  ['an attribute alone', template(proxy), { kind: 'attribute', reference: proxy, user: null }],
  ['an attribute and a user', template(proxy, '/app'), { kind: 'attribute', reference: proxy, user: ['app'] }],
  ['an attribute and more', template(proxy, 'x/app'), { kind: 'references', references: [proxy], trailEnds: [] }],
  ['something computed', template(computed), { kind: 'references', references: [proxy], trailEnds: ['var.x'] }],
  ['text before an id', template(`${head}prx-`, computed, '/app'), { ...place, id: ['prx-', computed], user: ['app'] }],
  [
    'a user of several parts',
    template(`${head}`, id, '/app_', computed),
    { ...place, id: [id], user: ['app_', computed] },
  ],
  [
    'characters that stand for parts',
    template(`${head}\ue000`, id, '/app'),
    { kind: 'references', references: [id], trailEnds: [] },
  ],
];

test.each<[string, Value<string>, object]>([
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
    {
      kind: 'other',
      text: 'arn:aws:rds-db:us-east-1:123456789012:cluster*',
      name: 'arn:aws:rds-db:us-east-1:123456789012:cluster*',
      user: null,
    },
  ],
  [
    'another service with a *',
    known('arn:aws:rds:*', origin),
    { kind: 'other', text: 'arn:aws:rds:*', name: 'arn:aws:rds:*', user: null },
  ],
  [
    'another ARN and a user',
    known('arn:aws:rds:us-east-1:1:cluster:main/app', origin),
    {
      kind: 'other',
      text: 'arn:aws:rds:us-east-1:1:cluster:main/app',
      name: 'arn:aws:rds:us-east-1:1:cluster:main',
      user: ['app'],
    },
  ],
  ['no text', known('', origin), { kind: 'other', text: '', name: '', user: null }],
  [
    'another ARN',
    known('arn:aws:rds:us-east-1:1:db:main', origin),
    { kind: 'other', text: 'arn:aws:rds:us-east-1:1:db:main', name: 'arn:aws:rds:us-east-1:1:db:main', user: null },
  ],
  ['nothing', absent(origin), { kind: 'other', text: '', name: '', user: null }],
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
    { ...unknown(origin, [proxy]), template: [proxy, '-app'] },
    { kind: 'references', references: [proxy], trailEnds: [] },
  ],
  ...templates,
])('%s', (_, value, parsed) => expect(withoutEmpty(parseConnectResource(value))).toEqual(parsed));

const withoutEmpty = (resource: ConnectResource): object => {
  if (resource.kind !== 'arn') return resource;
  const { idReferences, ...others } = resource;
  return idReferences.length === 0 ? others : resource;
};

describe('what the id was made from', () => {
  const from = (start: number, end: number) => ({ resource: 'aws_db_instance.main', path: 'identifier', start, end });
  const at = head.length;

  test.each<[string, Value<string>, readonly object[]]>([
    ['all of it', { ...known(`${head}orders/app`, origin), references: [from(at, at + 6)] }, [from(at, at + 6)]],
    ['a piece of it', { ...known(`${head}orders-1`, origin), references: [from(at, at + 6)] }, [from(at, at + 6)]],
    ['not the user', { ...known(`${head}orders/app`, origin), references: [from(at + 7, at + 10)] }, []],
    ['not the account', { ...known(`${head}orders/app`, origin), references: [from(27, 39)] }, []],
    ['nor what made more than it', { ...known(`${head}orders/app`, origin), references: [from(0, at + 10)] }, []],
    [
      'in a template, of which each piece is one character',
      {
        ...template('arn:aws:rds-db:', data.region, ':', data.account, ':dbuser:orders/app'),
        textReferences: [from(26, 32), from(33, 36)],
      },
      [from(26, 32)],
    ],
  ])('%s', (_, value, references) => expect(parseConnectResource(value)).toMatchObject({ idReferences: references }));
});
