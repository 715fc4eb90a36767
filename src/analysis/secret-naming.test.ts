import { describe, expect, test } from '@jest/globals';
import type { AuthBlock, AuthModel } from '../model/auth-model.ts';
import { type Reference, type TemplatePart, type Value, absent, known, unknown } from '../model/value.ts';
import { namingOf } from './secret-naming.ts';

const origin = { address: 'aws_db_proxy.main', path: 'auth[0]' };
const unset = absent(origin);
const arn = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:app-AbCdEf';

const blockOf = (secretArn: Value<string>): AuthBlock => ({
  origin,
  scheme: unset,
  iamAuth: unset,
  secretArn,
  username: unset,
  clientPasswordAuthType: unset,
});

const of = (resource: string, path: string): Reference => ({ resource, path });
const secret = (path: string): Reference => of('aws_secretsmanager_secret.app', path);
const version = (path: string): Reference => of('aws_secretsmanager_secret_version.app', path);
const later = (...references: readonly Reference[]): Value<string> => unknown(origin, references);
/** What the text says: the pieces of the value. */
const written = (...template: readonly TemplatePart[]): Value<string> => ({
  ...unknown(
    origin,
    template.flatMap((part) => (typeof part === 'string' || 'computed' in part ? [] : part)),
  ),
  template,
});
const computed = (...references: readonly Reference[]): TemplatePart => ({ computed: true, references, trailEnds: [] });

/** What versions say of the secret that they belong to, by their `secret_id`. */
const naming = (
  value: Value<string>,
  secretId: Value<string> = later(secret('id')),
  judgedInput: AuthModel['judgedInput'] = 'plan',
) => {
  const values = new Map(
    ['arn', 'secret_id'].map((path) => [`aws_secretsmanager_secret_version.app ${path}`, secretId] as const),
  );
  return namingOf({ aliases: { values, same: new Map() }, model: { judgedInput } }, blockOf(value));
};

describe('how an auth block names its secret', () => {
  test.each<[string, Value<string>]>([
    ['an ARN', known(arn, origin)],
    ['an ARN without its suffix', known(arn.slice(0, -7), origin)],
    ['the ARN of a secret', written(secret('arn'))],
    ['the id of a secret, which is its ARN', written(secret('id'))],
    ['the ARN of a version', written(version('arn'))],
    ['what a version belongs to', written(version('secret_id'))],
    ['the same in a plan', later(version('secret_id'))],
    ['an ARN that is put together', written('arn:aws:secretsmanager:us-east-1:1:secret:', secret('name'))],
    ['an ARN of which the partition is open', written('arn:', of('data.aws_partition.a', 'partition'), ':x')],
    ['a piece of a text that may start an ARN', written('ar', secret('name'))],
    ['a piece of the id of a version', written(computed(version('id')))],
    ['the master secret of a database', written(of('aws_db_instance.a', 'master_user_secret[0].secret_arn'))],
    ['the name beside what makes an ARN of it', later(of('data.aws_caller_identity.a', 'account_id'), secret('name'))],
    ['the name of something else', written(of('aws_db_instance.a', 'name'))],
    ['something nobody can see', later()],
  ])('by an ARN, or nobody can say that it is none: %s', (_, value) => {
    expect(naming(value)).toEqual({
      byArn: expect.objectContaining({ holds: true }),
      meant: value,
      written: null,
      isNoArn: false,
    });
  });

  test.each<[string, Value<string>, string, boolean, Reference | null]>([
    ['nothing', unset, 'auth[0] has no secret_arn', false, null],
    ['a name', known('orders/app', origin), 'secret_arn of auth[0] is "orders/app", which is not an ARN', true, null],
    [
      'the name of a secret',
      written(secret('name')),
      'secret_arn of auth[0] is aws_secretsmanager_secret.app.name, which is not an ARN',
      true,
      secret('name'),
    ],
    [
      'the name that a data source reads, of one instance in a module',
      written(of('module.a["x.y"].data.aws_secretsmanager_secret.app["b.c"]', 'name')),
      'secret_arn of auth[0] is module.a["x.y"].data.aws_secretsmanager_secret.app["b.c"].name, which is not an ARN',
      true,
      of('module.a["x.y"].data.aws_secretsmanager_secret.app["b.c"]', 'name'),
    ],
    [
      'a name that is put together',
      written('orders-', of('random_pet.a', 'id')),
      `secret_arn of auth[0] is "orders-\${random_pet.a.id}", which is not an ARN`,
      true,
      null,
    ],
    [
      'the ARN of something else',
      known('arn:aws:ssm:us-east-1:123456789012:parameter/app', origin),
      'secret_arn of auth[0] is "arn:aws:ssm:us-east-1:123456789012:parameter/app", which is the ARN of something else than a secret',
      false,
      null,
    ],
    [
      'the id of a version',
      written(version('id')),
      'secret_arn of auth[0] is aws_secretsmanager_secret_version.app.id, the id of a version and not the ARN of its secret',
      false,
      version('id'),
    ],
    [
      'the same, known',
      known(`${arn}|4e1c`, origin),
      `secret_arn of auth[0] is "${arn}|4e1c", the id of a version and not the ARN of its secret`,
      false,
      null,
    ],
    [
      'the same, put together',
      written(secret('arn'), '|', version('version_id')),
      `secret_arn of auth[0] is "\${aws_secretsmanager_secret.app.arn}|\${aws_secretsmanager_secret_version.app.version_id}", the id of a version and not the ARN of its secret`,
      false,
      null,
    ],
  ])('by no ARN: %s', (_, value, reason, isNoArn, reference) => {
    expect(naming(value)).toMatchObject({ byArn: { holds: false, reason }, isNoArn, written: reference });
  });

  test.each<[string, Value<string>]>([
    ['a text', known('orders/app', origin)],
    ['an attribute', written(secret('name'))],
  ])('a version that is told its secret by name, %s, has it in secret_id and not in arn', (_, secretId) => {
    expect(naming(written(version('secret_id')), secretId).byArn).toMatchObject({
      holds: false,
      reason: 'secret_arn of auth[0] is aws_secretsmanager_secret_version.app.secret_id, which is not an ARN',
    });
    expect(naming(written(version('arn')), secretId).byArn.holds).toBe(true);
  });

  test.each([
    [secret('name')],
    [version('id')],
    [secret('name'), secret('arn')],
    [secret('name'), secret('arn'), of('random_pet.p', 'id')],
  ])('a plan does not tell %o from an ARN that is made of it', (reference, ...more) => {
    expect(naming(later(reference, ...more))).toMatchObject({
      byArn: { holds: 'unknown' },
      isNoArn: reference.path === 'name',
    });
  });

  test.each([[secret('name')], [version('id')]])('nor does %o beside what nobody can follow', (reference) => {
    expect(naming(unknown(origin, [reference], ['local.x'])).byArn.holds).toBe('unknown');
  });

  test('the secret that is meant is found by the ARN of its version, or by what is before the id of one', () => {
    expect(naming(written(version('id'))).meant).toMatchObject({ kind: 'unknown', references: [version('arn')] });
    expect(naming(known(`${arn}|4e1c`, origin)).meant).toMatchObject({ value: arn });
  });
});

test.each(['plan', 'configuration'] as const)('what is not decided is not in the %s that was given', (given) => {
  const { byArn } = naming(later(secret('name')), undefined, given);
  expect(byArn.reason).toBe(
    `whether secret_arn of auth[0], which comes from aws_secretsmanager_secret.app.name, is an ARN is not in the ${given}`,
  );
});
