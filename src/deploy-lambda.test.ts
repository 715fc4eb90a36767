import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parseFile } from './terraform/hcl/parse/parse.ts';

// The function of deploy/lambda, as Terraform plans it, and what we ask of others: testdata/lambda/function is how one calls it.

const home = 'deploy/lambda';
const planText = readFileSync('testdata/lambda/function/plan.json', 'utf8');
// biome-ignore lint/suspicious/noExplicitAny: plans have any shape
type Json = any;
const plan: Json = JSON.parse(planText);
const keyInPlanKind = /hmac_key=(\S+)/.exec(readFileSync('testdata/lambda/function/plan-kind', 'utf8'))?.[1] ?? '';

const changes: readonly Json[] = plan.resource_changes;
const after = (type: string, name = 'this'): Json =>
  changes.find((change) => change.type === type && change.name === name)?.change.after;
const inCode = (address: string): Json =>
  plan.configuration.root_module.module_calls.run_task.module.resources.find(
    (resource: Json) => resource.address === address,
  )?.expressions;

test('the plan is of what is here', () => {
  const written = ['main.tf'].flatMap((file) => {
    const { body, faults } = parseFile({ path: file, text: readFileSync(`${home}/${file}`, 'utf8') });
    expect(faults).toEqual([]);
    return body.blocks
      .filter(({ type }) => type !== 'locals')
      .map(({ type, labels }) => {
        const prefix = type === 'data' ? 'data.' : '';
        return prefix + labels.map(({ text }) => text).join('.');
      });
  });
  const resources = plan.configuration.root_module.module_calls.run_task.module.resources;
  expect(resources.map(({ address }: Json) => address).sort()).toEqual(written.sort());
});

describe('the key', () => {
  test('is not in the plan', () => {
    expect(keyInPlanKind.length).toBeGreaterThanOrEqual(32);
    expect(planText).not.toContain(keyInPlanKind);
  });

  test('is written and never read by Terraform', () => {
    const { secret_string, secret_string_wo, secret_string_wo_version } = after(
      'aws_secretsmanager_secret_version',
      'hmac_key',
    );
    expect([secret_string, secret_string_wo, secret_string_wo_version]).toEqual([null, null, 1]);
    expect(inCode('aws_secretsmanager_secret_version.hmac_key').secret_string_wo.references).toEqual(['var.hmac_key']);
  });

  test('goes nowhere else', () => {
    const text = readFileSync(`${home}/main.tf`, 'utf8') + readFileSync(`${home}/outputs.tf`, 'utf8');
    expect(text.match(/var\.hmac_key\b(?!_)/g)).toHaveLength(1);
    const { ephemeral, sensitive } = Object.fromEntries(
      [...readFileSync(`${home}/variables.tf`, 'utf8').matchAll(/variable "hmac_key" \{[\s\S]*?\n\}/g)]
        .flatMap(([block]) => [...block.matchAll(/^ {2}(\w+)\s+= (\w+)$/gm)])
        .map(([, name = '', value]) => [name, value]),
    );
    expect([ephemeral, sensitive]).toEqual(['true', 'true']);
  });

  test('is in the environment by the address of its secret alone', () => {
    const [environment] = after('aws_lambda_function').environment;
    expect(Object.keys(environment.variables)).not.toContain('RDS_AUTH_POLICY_HMAC_KEY');
    expect(inCode('aws_lambda_function.this').environment[0].variables.references).toContain(
      'aws_secretsmanager_secret.hmac_key.arn',
    );
  });
});

describe('the role', () => {
  test('is for Lambda', () => {
    const { Statement } = JSON.parse(after('aws_iam_role').assume_role_policy);
    expect(Statement).toEqual([
      { Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' } },
    ]);
  });

  test('writes logs, reads one secret, and may do nothing else', () => {
    const { statement } = after('aws_iam_policy_document');
    expect(statement.map(({ actions }: Json) => actions)).toEqual([
      ['logs:CreateLogStream', 'logs:PutLogEvents'],
      ['secretsmanager:GetSecretValue'],
    ]);
    const code: Json = inCode('data.aws_iam_policy_document.this');
    expect(code.statement.map(({ resources }: Json) => resources.references[0])).toEqual([
      'aws_cloudwatch_log_group.this.arn',
      'aws_secretsmanager_secret.hmac_key.arn',
    ]);
    expect(changes.filter(({ type }) => /attachment/.test(type))).toEqual([]);
  });

  test('has no wildcard but the names of its own log streams, which Lambda makes up', () => {
    const text = readFileSync(`${home}/main.tf`, 'utf8');
    const [, policy = ''] = /data "aws_iam_policy_document" "this" \{([\s\S]*?)\n\}/.exec(text) ?? [];
    expect(policy.match(/"[^"]*\*[^"]*"/g)).toEqual([`"\${aws_cloudwatch_log_group.this.arn}:log-stream:*"`]);
  });
});

describe('the function', () => {
  test('has bounds', () => {
    expect(after('aws_lambda_function')).toMatchObject({
      memory_size: 2048,
      timeout: 300,
      reserved_concurrent_executions: 10,
      runtime: 'nodejs22.x',
      handler: 'index.handler',
    });
  });

  test('judges every organization by its own text', () => {
    const [{ resources }] = plan.prior_state.values.root_module.child_modules;
    const files = resources.find(({ address }: Json) => address.endsWith('archive_file.configuration')).values.source;
    expect(Object.fromEntries(files.map(({ filename, content }: Json) => [filename, content]))).toEqual({
      'rds-auth-policy.yaml': '{}',
      'organizations/acme.yaml': 'output: { unknown: fail }',
      'organizations/other.yaml': 'sets: [security]',
    });
    const [{ variables }] = after('aws_lambda_function').environment;
    expect(variables).toMatchObject({
      RDS_AUTH_POLICY_ORGANIZATION: 'acme=/opt/organizations/acme.yaml,other=/opt/organizations/other.yaml',
      RDS_AUTH_POLICY_MAX_RUN_AGE: '720',
      RDS_AUTH_POLICY_MAX_PLAN_MB: '100',
      RDS_AUTH_POLICY_MAX_CONFIGURATION_MB: '64',
    });
  });

  test('has room for the largest downloads', () => {
    expect(after('aws_lambda_function').ephemeral_storage).toEqual([{ size: 1024 }]);
  });

  test('has logs that end, in a group that is there before', () => {
    expect(after('aws_cloudwatch_log_group').retention_in_days).toBe(30);
    expect(inCode('aws_lambda_function.this').logging_config[0].log_group.references).toContain(
      'aws_cloudwatch_log_group.this.name',
    );
  });

  test('is called by its address and no other way', () => {
    expect(after('aws_lambda_function_url')).toMatchObject({ authorization_type: 'NONE', cors: [] });
    expect(after('aws_lambda_permission', 'function_url')).toMatchObject({
      action: 'lambda:InvokeFunctionUrl',
      function_url_auth_type: 'NONE',
    });
    expect(after('aws_lambda_permission', 'function')).toMatchObject({
      action: 'lambda:InvokeFunction',
      invoked_via_function_url: true,
    });
  });

  test('knows every variable of its environment', () => {
    const [{ variables }] = after('aws_lambda_function').environment;
    const source = readFileSync('src/server/lambda-settings.ts', 'utf8');
    const options = [...source.matchAll(/^ {2}'([\w-]+)',$/gm)].map(
      ([, name = '']) => `RDS_AUTH_POLICY_${name.replaceAll('-', '_').toUpperCase()}`,
    );
    const known = [...options, 'RDS_AUTH_POLICY_ACCEPT_PREVIOUS', 'RDS_AUTH_POLICY_HMAC_SECRET'];
    expect(Object.keys(variables).filter((name) => !known.includes(name))).toEqual([]);
  });

  test('has the tags that were asked for on all that can have them', () => {
    const tagged = changes.filter(({ change }) => change.after !== null && 'tags_all' in change.after);
    expect(tagged.map(({ type }) => type).sort()).toEqual([
      'aws_cloudwatch_log_group',
      'aws_iam_role',
      'aws_lambda_function',
      'aws_secretsmanager_secret',
    ]);
    for (const { change } of tagged) expect(change.after.tags).toEqual({ Project: 'rds-auth-policy' });
  });
});

describe('the page', () => {
  const readme = readFileSync(`${home}/README.md`, 'utf8');
  const labelsOf = (file: string): readonly string[] =>
    parseFile({ path: file, text: readFileSync(`${home}/${file}`, 'utf8') }).body.blocks.map(
      ({ labels }) => labels[0]?.text ?? '',
    );

  test.each(['variables.tf', 'outputs.tf'])('names all of %s', (file) => {
    expect(labelsOf(file).length).toBeGreaterThan(0);
    expect(labelsOf(file).filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
  });

  test('has the files of a configuration', () => {
    expect(readdirSync(home).sort()).toEqual(['README.md', 'main.tf', 'outputs.tf', 'variables.tf', 'versions.tf']);
  });
});

const environment = { ...process.env, TF_CLI_CONFIG_FILE: '/dev/null', CHECKPOINT_DISABLE: '1' };
const hasTerraform = spawnSync('terraform', ['version'], { env: environment }).status === 0;

(hasTerraform ? test : test.skip)('is formatted', () => {
  expect(spawnSync('terraform', ['fmt', '-check', home], { env: environment, encoding: 'utf8' })).toMatchObject({
    status: 0,
    stdout: '',
  });
});

/** `terraform console` evaluates validations without a provider: only the variables are looked at. */
const refusalOf = (values: Readonly<Record<string, string>>): string => {
  const folder = mkdtempSync(join(tmpdir(), 'deploy-lambda-'));
  try {
    cpSync(`${home}/variables.tf`, join(folder, 'variables.tf'));
    cpSync('testdata/lambda/function/modules/index.mjs', join(folder, 'index.mjs'));
    const layer = 'arn:aws:lambda:eu-west-1:111122223333:layer:AWS-Parameters-and-Secrets-Lambda-Extension-Arm64:18';
    const good = { program: './index.mjs', hmac_key: 'k'.repeat(32), secrets_extension_layer_arn: layer };
    const given = Object.entries({ ...good, ...values });
    const args = given.filter(([, value]) => value !== 'null').map(([name, value]) => `-var=${name}=${value}`);
    // On a command line null is a text.
    const nulls = given.filter(([, value]) => value === 'null').map(([name]) => `${name} = null\n`);
    writeFileSync(join(folder, 'terraform.tfvars'), nulls.join(''));
    const env = { ...environment, TF_IN_AUTOMATION: '1' };
    const { status, stderr } = spawnSync('terraform', ['plan', '-input=false', '-no-color', ...args], {
      cwd: folder,
      env,
      encoding: 'utf8',
    });
    expect(existsSync(folder)).toBe(true);
    return status === 0 ? '' : stderr.replace(/\s*\n\s*│?\s*/g, ' ');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

(hasTerraform ? describe : describe.skip)('values that cannot work are refused', () => {
  test.each([[{}], [{ reserved_concurrency: 'null' }], [{ organization_configurations: '{"acme":"sets: []"}' }]])(
    'and right ones are not: %j',
    (values: Readonly<Record<string, string>>) => expect(refusalOf(values)).toBe(''),
  );

  test.each<[string, string, string]>([
    ['name', 'a b', 'begins with a letter or a digit'],
    ['program', './gone/index.mjs', 'There is no such file'],
    ['hmac_key', 'short', 'at least 32 characters'],
    ['hmac_key_version', '0', 'whole number from 1'],
    [
      'secrets_extension_layer_arn',
      'arn:aws:lambda:us-east-1:177933569100:layer:AWS-Parameters-and-Secrets-Lambda-Extension:11',
      'runs on arm64',
    ],
    ['allowed_hosts', '["https://app.terraform.io"]', 'name of one host'],
    ['allowed_hosts', '[]', 'name of one host'],
    ['configuration', '{', 'is no YAML'],
    ['unknown', 'perhaps', '"report" or "fail"'],
    ['organization_configurations', '{"a b":"{}"}', 'Every organization'],
    ['organization_configurations', '{"acme":"{"}', 'Every organization'],
    ['max_run_age_hours', '0', 'from 1 to 87600'],
    ['max_plan_mb', '501', 'from 1 to 500'],
    ['max_configuration_mb', '1.5', 'from 1 to 500'],
    ['memory_mb', '128', '512 to 10240'],
    ['timeout_seconds', '901', '30 to 900'],
    ['reserved_concurrency', '0', 'a number from 1'],
    ['log_retention_days', '31', 'CloudWatch keeps logs'],
  ])('%s = %s', (name, value, message) => {
    expect(refusalOf({ [name]: value })).toContain(message);
  });
});
