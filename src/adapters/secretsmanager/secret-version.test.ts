import { describe, expect, test } from '@jest/globals';
import { adaptFile, renderAlias, testRows } from '../adapt-plan.test-support.ts';

describe('versions of a first plan', () => {
  /** What can be seen of most. */
  const empty = {
    judged: true,
    managed: true,
    origin: '@',
    secretId: 'known("arn:aws:secretsmanager:eu-west-1:123456789012:secret:orders/app-AbCdEf")@secret_id',
    username: 'unknown()@secret_string',
    holdsCredentials: 'unknown',
    shape: 'no secret_string',
    hidden: true,
    password: 'absent@secret_string',
  };

  testRows(adaptFile('secret-version/plan.json').model.secretVersions, empty, [
    [
      'empty resource',
      'aws_secretsmanager_secret_version.empty',
      { username: 'absent@secret_string', holdsCredentials: false, shape: 'no value', hidden: false },
    ],
    [
      'a generated password',
      'aws_secretsmanager_secret_version.generated',
      {
        password: 'known("generated")@secret_string',
        secretId: 'unknown(aws_secretsmanager_secret.a.id)@secret_id',
        username: 'unknown(random_password.a.result)@secret_string',
        shape: 'a value that is known after apply',
        hidden: false,
      },
    ],
    [
      'binary',
      'aws_secretsmanager_secret_version.binary',
      { secretId: 'unknown(aws_secretsmanager_secret.a.id)@secret_id' },
    ],
    [
      'empty username, password null',
      'aws_secretsmanager_secret_version.empty_fields',
      {
        secretId: 'unknown(aws_secretsmanager_secret.a.id)@secret_id',
        username: 'absent@secret_string',
        holdsCredentials: false,
        shape: 'a JSON object without username and password',
        hidden: false,
      },
    ],
    [
      '"" in the configuration',
      'aws_secretsmanager_secret_version.empty_string',
      { secretId: 'unknown(aws_secretsmanager_secret.a.id)@secret_id' },
    ],
    [
      'JSON, and no object',
      'aws_secretsmanager_secret_version.list',
      {
        secretId: 'unknown(aws_secretsmanager_secret.a.id)@secret_id',
        username: 'absent@secret_string',
        holdsCredentials: false,
        shape: 'not a JSON object',
        hidden: false,
      },
    ],
    [
      'no JSON',
      'aws_secretsmanager_secret_version.not_json',
      {
        secretId: 'unknown(aws_secretsmanager_secret.a.id)@secret_id',
        username: 'absent@secret_string',
        holdsCredentials: false,
        shape: 'not a JSON object',
        hidden: false,
      },
    ],
    [
      'username and password',
      'aws_secretsmanager_secret_version.object',
      {
        password: 'known("given")@secret_string',
        secretId: 'unknown(aws_secretsmanager_secret.a.arn)@secret_id',
        username: 'known("app")@secret_string',
        holdsCredentials: true,
        shape: 'username and password',
        hidden: false,
      },
    ],
    [
      'reference, in jsonencode',
      'aws_secretsmanager_secret_version.reference',
      {
        password: 'unknown(terraform_data.later.output)@secret_string',
        secretId: 'unknown(aws_secretsmanager_secret.a.id)@secret_id',
        username: 'unknown(terraform_data.later.output)@secret_string',
        shape: 'a value that is known after apply',
        hidden: false,
      },
    ],
    [
      'unknown',
      'aws_secretsmanager_secret_version.unknown',
      {
        password: 'unknown(terraform_data.later.output)@secret_string',
        secretId: 'unknown(terraform_data.later.output)@secret_id',
        username: 'unknown(terraform_data.later.output)@secret_string',
        shape: 'a value that is known after apply',
        hidden: false,
      },
    ],
    [
      'no password',
      'aws_secretsmanager_secret_version.without_password',
      {
        secretId: 'unknown(aws_secretsmanager_secret.a.id)@secret_id',
        username: 'known("app")@secret_string',
        holdsCredentials: false,
        shape: 'a JSON object without password',
        hidden: false,
      },
    ],
    [
      'no username',
      'aws_secretsmanager_secret_version.without_username',
      {
        password: 'known("given")@secret_string',
        secretId: 'unknown(aws_secretsmanager_secret.a.id)@secret_id',
        username: 'absent@secret_string',
        holdsCredentials: false,
        shape: 'a JSON object without username',
        hidden: false,
      },
    ],
    [
      'write-only',
      'aws_secretsmanager_secret_version.write_only',
      { secretId: 'unknown(aws_secretsmanager_secret.a.id)@secret_id', shape: 'a write-only value' },
    ],
    [
      'data source, later',
      'data.aws_secretsmanager_secret_version.later',
      { managed: false, secretId: 'unknown(aws_secretsmanager_secret.a.id)@secret_id', shape: 'a data source' },
    ],
    [
      'data source, known',
      'data.aws_secretsmanager_secret_version.known',
      { managed: false, secretId: 'known("legacy")@secret_id', shape: 'a data source' },
    ],
  ]);
});

describe('versions of a state', () => {
  testRows(adaptFile('applied/state.json').model.secretVersions, {}, [
    [
      'binary',
      'aws_secretsmanager_secret_version.binary',
      {
        password: 'absent@secret_string',
        judged: true,
        managed: true,
        origin: '@',
        secretId: 'known("arn:aws:secretsmanager:eu-west-1:123456789012:secret:orders/report-2EeEbB")@secret_id',
        username: 'unknown()@secret_string',
        holdsCredentials: 'unknown',
        shape: 'no secret_string',
        hidden: true,
      },
    ],
    [
      'username and password',
      'aws_secretsmanager_secret_version.object',
      {
        password: 'known("kept")@secret_string',
        judged: true,
        managed: true,
        origin: '@',
        secretId: 'known("arn:aws:secretsmanager:eu-west-1:123456789012:secret:orders/app-bhi56E")@secret_id',
        username: 'known("app")@secret_string',
        holdsCredentials: true,
        shape: 'username and password',
        hidden: false,
      },
    ],
    [
      'write-only',
      'aws_secretsmanager_secret_version.write_only',
      {
        password: 'absent@secret_string',
        judged: true,
        managed: true,
        origin: '@',
        secretId: 'known("arn:aws:secretsmanager:eu-west-1:123456789012:secret:orders/report-2EeEbB")@secret_id',
        username: 'unknown()@secret_string',
        holdsCredentials: 'unknown',
        shape: 'a write-only value',
        hidden: true,
      },
    ],
  ]);
});

test('a version stands for its secret, save for its id', () => {
  const aliases = adaptFile('secret-version/plan.json').model.aliases.map(renderAlias);
  expect(aliases.filter((alias) => /_version\.(empty|object|known)\./.test(alias))).toEqual([
    'aws_secretsmanager_secret_version.empty.arn = known("arn:aws:secretsmanager:eu-west-1:123456789012:secret:orders/app-AbCdEf")@secret_id',
    'aws_secretsmanager_secret_version.empty.secret_arn = known("arn:aws:secretsmanager:eu-west-1:123456789012:secret:orders/app-AbCdEf")@secret_id',
    'aws_secretsmanager_secret_version.empty.secret_id = known("arn:aws:secretsmanager:eu-west-1:123456789012:secret:orders/app-AbCdEf")@secret_id',
    'aws_secretsmanager_secret_version.object.arn = unknown(aws_secretsmanager_secret.a.arn)@secret_id',
    'aws_secretsmanager_secret_version.object.secret_arn = unknown(aws_secretsmanager_secret.a.arn)@secret_id',
    'aws_secretsmanager_secret_version.object.secret_id = unknown(aws_secretsmanager_secret.a.arn)@secret_id',
    'data.aws_secretsmanager_secret_version.known.arn = known("legacy")@secret_id',
    'data.aws_secretsmanager_secret_version.known.secret_arn = known("legacy")@secret_id',
    'data.aws_secretsmanager_secret_version.known.secret_id = known("legacy")@secret_id',
  ]);
});

test('no password leaves the adapter', () => {
  const { model, diagnostics } = adaptFile('secret-version/plan.json');
  expect(JSON.stringify([model, diagnostics])).not.toContain('canary');
});
