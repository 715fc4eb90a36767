import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Report } from './model/report.ts';
import type { Origin } from './model/value.ts';
import { renderGithub } from './report/github.ts';
import { plain } from './report/report.test-support.ts';
import { renderSarif } from './report/sarif.ts';
import { checkDirectory, modelOfDirectory, modelWithSource } from './testing/check-source.ts';
import { checkText } from './testing/check-text.ts';
import { runMain } from './testing/run-main.ts';

const root = 'testdata/handed-on';
const config = `${root}/config`;

/** Every object of a document that has an address and a path. */
const originsIn = (value: unknown): readonly Origin[] => {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'address' in value && 'path' in value && 'line' in value ? [value as Origin] : [];
  return [...own, ...Object.values(value).flatMap(originsIn)];
};

const lineOf = (file: string, line: number): string => (readFileSync(file, 'utf8').split('\n')[line - 1] ?? '').trim();

const database = 'module.orders.aws_db_instance.this';
const proxy = 'module.orders.module.proxy.aws_db_proxy.this';

const inputs = [
  ['a local value', database, 'identifier', 'main.tf', 'identifier = "orders"', undefined],
  ['the default of a variable of the root', database, 'port', 'main.tf', 'default = 5433', undefined],
  ['a file of variables', database, 'engine_version', 'terraform.tfvars', 'engine_version = "16.4"', undefined],
  ['the default of a module', database, 'iam_database_authentication_enabled', 'main.tf', 'module "orders" {', 'iam'],
  ['an input of the module around it', proxy, 'require_tls', 'main.tf', 'tls            = false', undefined],
  [
    'a text that the module makes',
    proxy,
    'name',
    'modules/orders/main.tf',
    'name       = "${var.identifier}-proxy"',
    undefined,
  ],
  [
    'the default of a module in a module',
    proxy,
    'default_auth_scheme',
    'modules/orders/main.tf',
    'module "proxy" {',
    'scheme',
  ],
  ['what an input refers to', proxy, 'role_arn', 'main.tf', 'role_arn       = aws_iam_role.proxy.arn', undefined],
  ['an object in an input', proxy, 'auth[0].iam_auth', 'main.tf', 'iam_auth   = "DISABLED"', undefined],
  [
    'what such an object refers to',
    proxy,
    'auth[0].secret_arn',
    'main.tf',
    'secret_arn = aws_secretsmanager_secret.app.arn',
    undefined,
  ],
  ['nothing, of what is written in its place', proxy, 'auth[0].auth_scheme', null, null, undefined],
  [
    'what refers to another resource',
    'module.orders.module.proxy.aws_db_proxy_target.this',
    'db_instance_identifier',
    'modules/orders/main.tf',
    'identifier = aws_db_instance.this.identifier',
    undefined,
  ],
] as const;

describe.each([
  ['the source alone', () => modelOfDirectory(config)],
  ['a plan with its source', () => modelWithSource(`${root}/plan.json`, config)],
] as const)('from %s', (_, read) => {
  test.each(inputs)('%s: %s.%s', async (_what, address, path, file, text, leftOut) => {
    const found = originsIn(await read()).filter((origin) => origin.address === address && origin.path === path);
    expect(found.length).toBeGreaterThan(0);
    for (const { given } of found) {
      const line = given === undefined ? null : lineOf(given.file, given.line);
      expect([given?.file ?? null, line, given?.leftOut]).toEqual([
        file === null ? null : `${config}/${file}`,
        text,
        leftOut,
      ]);
    }
  });
});

const proxyModule = (tls: string): string => `
resource "aws_db_proxy" "p" {
  name           = "orders"
  engine_family  = "POSTGRESQL"
  role_arn       = "arn:aws:iam::123456789012:role/proxy"
  vpc_subnet_ids = ["subnet-1", "subnet-2"]
  require_tls    = ${tls}
  auth {
    secret_arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:orders-AbCdEf"
  }
}
output "tls" { value = ${tls} }
`;

const flag = 'variable "tls" {\n  type    = bool\n  default = false\n}\n';

const texts: readonly (readonly [
  what: string,
  files: Record<string, string>,
  line: string | null,
  leftOut: string | undefined,
])[] = [
  [
    'the output of another module is where it is handed in, whoever has left out what',
    {
      'main.tf': 'module "two" {\n  source = "./m"\n}\nmodule "p" {\n  source = "./m"\n  tls    = module.two.tls\n}\n',
      'm/m.tf': flag + proxyModule('var.tls'),
    },
    'tls    = module.two.tls',
    undefined,
  ],
  [
    'the output of a module is written in its place',
    {
      'main.tf': `module "flags" {\n  source = "./m"\n}\n${proxyModule('module.flags.tls')}`,
      'm/m.tf': `${flag}output "tls" { value = var.tls }\n`,
    },
    null,
    undefined,
  ],
  [
    'an optional attribute is missing in what is given',
    {
      'main.tf': 'module "p" {\n  source  = "./m"\n  options = {}\n}\n',
      'm/m.tf': `variable "options" {\n  type = object({ tls = optional(bool, false) })\n}\n${proxyModule('var.options.tls')}`,
    },
    'options = {}',
    undefined,
  ],
  [
    'a template of one name is that name',
    {
      'main.tf': 'module "p" {\n  source = "./m"\n  tls    = false\n}\n',
      'm/m.tf': flag + proxyModule('"${var.tls}"'),
    },
    'tls    = false',
    undefined,
  ],
  [
    'JSON syntax has no other way to write a name',
    {
      'main.tf': 'module "p" {\n  source = "./m"\n}\n',
      'm/m.tf.json': JSON.stringify({
        variable: { tls: { type: 'bool', default: false } },
        resource: { aws_db_proxy: { p: { name: 'p', engine_family: 'POSTGRESQL', require_tls: '${var.tls}' } } },
      }),
    },
    'module "p" {',
    'tls',
  ],
];

test.each(texts)('%s', async (_, files, line, leftOut) => {
  const folder = mkdtempSync(join(tmpdir(), 'handed-on-'));
  mkdirSync(join(folder, 'm'));
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  const found = originsIn(await modelOfDirectory(folder)).filter(({ path }) => path === 'require_tls');
  const lineIn = (file: string, at: number): string | undefined =>
    files[file.replace(/^[^/]*\//, '')]?.split('\n')[at - 1]?.trim();
  const places = found.map(({ given }) => [
    given === undefined ? null : lineIn(given.file, given.line),
    given?.leftOut,
  ]);
  rmSync(folder, { recursive: true });
  expect(places).toContainEqual([line, leftOut]);
});

test('a place within what is handed on is known by itself', async () => {
  const report = checkText(`
resource "aws_db_instance" "main" {
  identifier = "main"
  engine     = "postgres"
  username   = "root1"
  iam_database_authentication_enabled = true
}
resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { Service = "ec2.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}
locals {
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "rds-db:connect"
    Resource = "arn:aws:rds-db:us-east-1:123456789012:dbuser:\${aws_db_instance.main.identifier}/app" }] })
}
resource "aws_iam_role_policy" "app" {
  role   = aws_iam_role.app.name
  policy = local.policy
}`);
  const [finding] = report.findings.filter(({ policy }) => policy === 'connect-arn-not-resource-id');
  const [origin] = finding?.origins ?? [];
  expect([origin?.path, origin?.line, origin?.given]).toEqual(['policy', 14, undefined]);
});

/** Of a plan with another value than the text has, the nearest place is where the variable is handed on. */
test.each([
  ['a default', 'port', 'main.tf', '= 5433', '= 5434', 'port           = var.port'],
  [
    'a file of variables',
    'engine_version',
    'terraform.tfvars',
    '"16.4"',
    '"16.6"',
    'engine_version = var.engine_version',
  ],
])('%s that does not say what the plan has gives no value', async (_, path, file, from, to, line) => {
  const folder = mkdtempSync(join(tmpdir(), 'handed-on-'));
  try {
    cpSync(config, folder, { recursive: true });
    const text = readFileSync(join(folder, file), 'utf8');
    writeFileSync(join(folder, file), text.replace(from, to));
    const found = originsIn(await modelWithSource(`${root}/plan.json`, folder)).filter(
      (origin) => origin.address === database && origin.path === path,
    );
    expect(found.length).toBeGreaterThan(0);
    for (const { given } of found) expect(given && lineOf(join(folder, '..', given.file), given.line)).toBe(line);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

const fixOf = ({ findings }: Report, policy: string): readonly string[] =>
  findings.filter((finding) => finding.policy === policy).flatMap(({ remediation }) => remediation.split('\n'));

test.each([
  [
    'proxy-tls-not-required',
    [
      `In ${proxy} write:`,
      '  require_tls = true',
      `${proxy}.require_tls comes from ${config}/main.tf:49: change that.`,
    ],
  ],
  [
    'database-iam-auth-disabled',
    [
      `In ${database} write:`,
      '  iam_database_authentication_enabled = true',
      `${database}.iam_database_authentication_enabled is the default of iam: give that in the call of the module at ${config}/main.tf:43.`,
    ],
  ],
])('the fix of %s says where the value comes from', (policy, lines) => {
  expect(fixOf(checkDirectory(config), policy)).toEqual(lines);
});

test('SARIF relates what is wrong to where its value is given', () => {
  const [run] = JSON.parse(renderSarif([checkDirectory(config)], plain)).runs;
  const result = run.results.find(({ ruleId }: { readonly ruleId: string }) => ruleId === 'proxy-tls-not-required');
  expect(result.relatedLocations[0]).toMatchObject({
    physicalLocation: { artifactLocation: { uri: `${config}/main.tf` }, region: { startLine: 49 } },
    message: { text: 'The value is given here.' },
  });
});

test('the lines at both places are shown', async () => {
  const { stdout } = await runMain([config, '--verbose', '--only', 'proxy-tls-not-required']);
  expect(stdout).toContain(
    [
      '    31 │   require_tls         = var.tls',
      '       │   ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━',
      `    ${config}/main.tf:49`,
      '    49 │   tls            = false',
      '       │                    ━━━━━',
    ].join('\n'),
  );
});

describe('a module that Terraform has installed', () => {
  let folder = '';
  let report: Report;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'handed-on-'));
    cpSync(config, folder, { recursive: true });
    mkdirSync(join(folder, '.terraform'));
    renameSync(join(folder, 'modules'), join(folder, '.terraform/modules'));
    const main = readFileSync(join(folder, 'main.tf'), 'utf8');
    writeFileSync(join(folder, 'main.tf'), main.replace('"./modules/orders"', '"example/orders/aws"'));
    const at = { Source: 'registry.terraform.io/example/orders/aws', Version: '1.0.0' };
    const modules = [
      { Key: '', Source: '', Dir: '.' },
      { Key: 'orders', ...at, Dir: '.terraform/modules/orders' },
      { Key: 'orders.proxy', Source: '../proxy', Dir: '.terraform/modules/proxy' },
    ];
    writeFileSync(join(folder, '.terraform/modules/modules.json'), JSON.stringify({ Modules: modules }));
    report = checkDirectory(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('has its findings where somebody can mend them, on a code host', () => {
    const written = renderGithub([report], plain);
    expect(written).toMatch(/main\.tf,line=49,.*title=proxy-tls-not-required/);
    expect(written).toMatch(/main\.tf,line=43,.*title=database-iam-auth-disabled/);
    expect(written).not.toContain('.terraform');
    const [run] = JSON.parse(renderSarif([report], plain)).runs;
    const uris = JSON.stringify(run.results.map(({ locations }: { readonly locations: unknown }) => locations));
    expect(uris).toContain('main.tf');
    expect(uris).not.toContain('.terraform');
  });
});
