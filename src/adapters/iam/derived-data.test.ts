import { describe, expect, test } from '@jest/globals';
import type { Hole, Symbolic } from '../../terraform/hcl/symbolic.ts';
import { attributeOf, lost, nothing, piecesOf, scalar, textFrom } from '../../terraform/hcl/values.ts';
import { providerKnowledge } from './derived-data.ts';

const written = (pieces: readonly (string | Hole)[] | null): string | null =>
  pieces?.map((piece) => (typeof piece === 'string' ? piece : `<${piece.exactly?.path ?? 'computed'}>`)).join('') ??
  null;

describe('the form of an ARN', () => {
  test.each([
    ['aws_db_proxy', 'arn:<arn[1]>:rds:<arn[3]>:<arn[4]>:db-proxy:<arn[6]>'],
    ['aws_db_instance', 'arn:<arn[1]>:rds:<arn[3]>:<arn[4]>:db:<arn[6]>'],
    ['aws_rds_cluster', 'arn:<arn[1]>:rds:<arn[3]>:<arn[4]>:cluster:<arn[6]>'],
    ['aws_rds_global_cluster', 'arn:<arn[1]>:rds::<arn[4]>:global-cluster:<arn[6]>'],
    ['aws_secretsmanager_secret', 'arn:<arn[1]>:secretsmanager:<arn[3]>:<arn[4]>:secret:<arn[6]>'],
    ['aws_kms_key', 'arn:<arn[1]>:kms:<arn[3]>:<arn[4]>:key/<key_id>'],
    ['aws_iam_role', 'arn:<arn[1]>:iam::<arn[4]>:role/<computed>'],
    ['aws_iam_policy', 'arn:<arn[1]>:iam::<arn[4]>:policy/<computed>'],
    ['aws_security_group', 'arn:<arn[1]>:ec2:<arn[3]>:<arn[4]>:security-group/<id>'],
    ['aws_s3_bucket', null],
  ])('%s: %s', (type, form) => {
    const pieces = providerKnowledge.structureOf(type, 'arn', `${type}.x`);
    expect(written(pieces)).toBe(form);
    expect(providerKnowledge.structureOf(type, 'name', `${type}.x`)).toBeNull();
    for (const piece of pieces ?? []) {
      if (typeof piece === 'string') continue;
      expect(piece.without).toBe(':');
      expect(piece.references.map(({ resource }) => resource)).toEqual([`${type}.x`]);
    }
  });

  test('the data source of an instance calls it otherwise', () => {
    const pieces = providerKnowledge.structureOf('aws_db_instance', 'db_instance_arn', 'data.aws_db_instance.x');
    expect(written(pieces)).toBe('arn:<arn[1]>:rds:<arn[3]>:<arn[4]>:db:<arn[6]>');
  });
});

const derive = (
  type: string,
  name: string,
  provider: { readonly region?: string; readonly account?: string },
  args: { readonly [argument: string]: Symbolic } = {},
): Symbolic | undefined =>
  providerKnowledge.derive(
    type,
    name,
    { region: provider.region, account: provider.account },
    (argument) => args[argument] ?? nothing,
  );

const derivedText = (value: Symbolic | undefined): string | null | undefined =>
  value === undefined ? undefined : written(piecesOf(value));

const virginia = { region: 'us-east-1', account: '123456789012' };

test.each<[string, string, { readonly region?: string; readonly account?: string }, string | undefined]>([
  ['aws_partition', 'partition', virginia, 'aws'],
  ['aws_partition', 'id', { region: 'cn-north-1' }, 'aws-cn'],
  ['aws_partition', 'partition', {}, undefined],
  ['aws_partition', 'partition', { region: 'us-iso-east-1' }, undefined],
  ['aws_partition', 'dns_suffix', virginia, 'amazonaws.com'],
  ['aws_partition', 'dns_suffix', { region: 'cn-north-1' }, 'amazonaws.com.cn'],
  ['aws_partition', 'reverse_dns_prefix', virginia, 'com.amazonaws'],
  ['aws_partition', 'other', virginia, undefined],
  ['aws_region', 'name', virginia, 'us-east-1'],
  ['aws_region', 'id', virginia, 'us-east-1'],
  ['aws_region', 'region', virginia, 'us-east-1'],
  ['aws_region', 'description', virginia, undefined],
  ['aws_region', 'name', {}, undefined],
  ['aws_caller_identity', 'account_id', virginia, '123456789012'],
  ['aws_caller_identity', 'id', virginia, '123456789012'],
  ['aws_caller_identity', 'arn', virginia, undefined],
  ['aws_caller_identity', 'account_id', {}, undefined],
  ['aws_ami', 'id', virginia, undefined],
])('data.%s.%s of %j: %s', (type, name, provider, text) => {
  expect(derivedText(derive(type, name, provider))).toBe(text);
});

test.each<[string, { readonly [name: string]: Symbolic }, string | undefined]>([
  ['by name', { name: scalar('eu-west-1') }, 'eu-west-1'],
  ['by region', { region: scalar('eu-west-1') }, 'eu-west-1'],
  ['by a name that is known after apply', { name: lost('var.region') }, '<computed>'],
  ['by endpoint', { endpoint: scalar('rds.eu-west-1.amazonaws.com') }, undefined],
])('a region that is asked for %s', (_, args, text) => {
  expect(derivedText(derive('aws_region', 'name', virginia, args))).toBe(text);
});

test.each<[Symbolic, string, string | undefined]>([
  [scalar('rds'), 'name', 'rds.amazonaws.com'],
  [scalar('rds'), 'suffix', 'amazonaws.com'],
  [scalar('rds'), 'id', undefined],
  [scalar('logs'), 'name', undefined],
  [lost('var.service'), 'name', undefined],
])('the principal of the service %j, %s: %s', (service, name, text) => {
  expect(derivedText(derive('aws_service_principal', name, {}, { service_name: service }))).toBe(text);
});

describe('aws_arn takes an ARN apart', () => {
  const proxy = attributeOf({ resource: 'module.m["a.b"].aws_db_proxy.main["x.y"]', path: 'arn' });
  const role = attributeOf({ resource: 'aws_iam_role.app[0]', path: 'arn' });
  const topic = attributeOf({ resource: 'aws_sns_topic.x', path: 'arn' });
  const region: Hole = { references: [], trailEnds: ['var.region'] };
  test.each<[Symbolic, string, string | undefined]>([
    [proxy, 'partition', '<arn[1]>'],
    [proxy, 'service', 'rds'],
    [proxy, 'region', '<arn[3]>'],
    [proxy, 'account', '<arn[4]>'],
    [proxy, 'resource', 'db-proxy:<arn[6]>'],
    [proxy, 'arn', '<arn>'],
    [role, 'region', ''],
    [role, 'resource', 'role/<computed>'],
    [topic, 'account', undefined],
    [topic, 'resource', undefined],
    [scalar('arn:aws:rds:us-east-1:1:db-proxy:prx-1'), 'resource', 'db-proxy:prx-1'],
    [scalar('arn:aws:rds:us-east-1:1:db-proxy:prx-1'), 'account', '1'],
    [scalar('arn:aws:rds'), 'service', undefined],
    [textFrom(['arn:aws:rds:us-east-1:1:db:', region]), 'resource', 'db:<computed>'],
    [textFrom(['arn:aws:rds:', region, ':1:db:x']), 'account', undefined],
    [textFrom(['arn:aws:rds:', { ...region, without: ':' }, ':1:db:x']), 'account', '1'],
    [proxy, 'other', undefined],
  ])('%j %s: %s', (value, name, text) => {
    expect(derivedText(derive('aws_arn', name, {}, { arn: value }))).toBe(text);
  });
});
