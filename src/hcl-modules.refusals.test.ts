import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

// What the modules in modules/hcl refuse, by the words of Terraform. Validations look at variables alone, so that a plan
// of the variables needs no provider. All rows of a module are planned together, a call for each.

const environment = { ...process.env, TF_CLI_CONFIG_FILE: '/dev/null', CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' };
const hasTerraform = spawnSync('terraform', ['version'], { env: environment }).status === 0;
const withTerraform = hasTerraform ? describe : describe.skip;

type Inputs = Readonly<Record<string, string>>;
type Row = readonly [what: string, changed: Inputs, words: string | null];

const network: Inputs = { vpc_id: '"vpc-1"', subnet_ids: '["subnet-1", "subnet-2"]' };

const instance: Inputs = {
  name: '"orders"',
  engine: '"mysql"',
  engine_version: '"8.0.40"',
  instance_class: '"db.m7g.large"',
  ...network,
};

/** Terraform names no place for what is left out: what a validation is about is written, as it is by default. */
const cluster: Inputs = {
  ...instance,
  engine: '"aurora-mysql"',
  engine_version: '"8.0.mysql_aurora.3.08.0"',
  instances: '{ one = {}, two = {} }',
};

const database = (changed: Inputs = {}): string =>
  `{ ${Object.entries({
    kind: '"instance"',
    identifier: '"orders"',
    engine: '"mysql"',
    port: '3306',
    security_group_id: '"sg-1"',
    resource_id: '"db-ABCDEF"',
    ...changed,
  })
    .map(([name, value]) => `${name} = ${value}`)
    .join(', ')} }`;

const proxy: Inputs = { name: '"orders"', database: database(), users: '["app"]', ...network };

const proxyWithSecrets: Inputs = { ...proxy, secrets: '{}' };

const none = 'null';

const names: readonly Row[] = [
  ['a name with capitals', { name: '"Orders"' }, 'write, for instance, "orders"'],
  ['a name that ends with a hyphen', { name: '"orders-"' }, 'does not end with a hyphen'],
  ['two hyphens in a row', { name: '"or--ders"' }, 'single hyphens'],
  ['an empty name', { name: '""' }, '1 to 50'],
  ['no name', { name: none }, 'required variable may not be set to null'],
];

const networks: readonly Row[] = [
  ['no VPC and no security group', { vpc_id: none }, 'write vpc_id = "vpc-…"'],
  ['a security group in place of the VPC', { vpc_id: none, security_group: '{ id = "sg-1" }' }, null],
  ['a block without length', { allowed_cidr_blocks: '{ office = "10.0.0.0" }' }, 'office = "10.20.0.0/16"'],
  ['an address of IPv6', { allowed_cidr_blocks: '{ office = "2001:db8::/32" }' }, 'office = "10.20.0.0/16"'],
  ['the whole internet', { allowed_cidr_blocks: '{ all = "0.0.0.0/0" }' }, 'write the blocks of the clients'],
  ['no client', { allowed_cidr_blocks: '{}' }, null],
];

const databases: readonly Row[] = [
  ...names,
  ...networks,
  ['as it is', {}, null],
  ['one subnet', { subnet_ids: '["subnet-1"]' }, 'subnets in two availability zones'],
  ['a subnet group in place of subnets', { subnet_ids: '[]', subnet_group: '{ name = "shared" }' }, null],
  ['Oracle', { engine: '"oracle-ee"' }, 'engine = '],
  ['no version', { engine_version: '"latest"' }, 'for instance engine_version ='],
  ['a class without db.', { instance_class: '"m7g.large"' }, 'begins with "db."'],
  ['a port below 1150', { port: '22' }, '1150 to 65535'],
  ['a port with a fraction', { port: '3306.5' }, '1150 to 65535'],
  ['a port of its own', { port: '6033' }, null],
  ['rdsadmin as master user', { master_username: '"rdsadmin"' }, 'master_username = "root_admin"'],
  ['a master user with a hyphen', { master_username: '"root-admin"' }, 'master_username = "root_admin"'],
  ['no day between rotations', { master_user_secret_rotation_days: '0' }, 'master_user_secret_rotation_days = 30'],
  [
    'TLS among the parameters',
    { parameters: '[{ name = "require_secure_transport", value = "0" }]' },
    'leave rds.force_ssl and require_secure_transport out',
  ],
  [
    'parameters for a group that exists',
    { parameter_group: '{ name = "tls" }', parameters: '[{ name = "a", value = "1" }]' },
    'leave parameter_group out',
  ],
];

const grants = (grant: string): Inputs => ({ grants: `[${grant}]` });

const granting: readonly Row[] = [
  ['a role', grants('{ role = "orders", user = "app" }'), null],
  ['a user', grants('{ user_name = "somebody", user = "app" }'), null],
  ['a group', grants('{ group_name = "analysts", user = "app" }'), null],
  ['nobody', grants('{ user = "app" }'), 'A grant is for one principal'],
  ['two principals', grants('{ role = "a", group_name = "b", user = "app" }'), 'A grant is for one principal'],
  ['an ARN', grants('{ role = "arn:aws:iam::123456789012:role/orders", user = "app" }'), 'write role = aws_iam_role'],
  [
    'the role of a permission set',
    grants('{ role = "AWSReservedSSO_DbReader_1f2e", user = "app" }'),
    'takes no inline policy',
  ],
  ['every user', grants('{ role = "orders", user = "*" }'), 'without wildcards'],
  ['a user of 64 characters', grants(`{ role = "orders", user = "${'a'.repeat(64)}" }`), '1 to 63 letters'],
  ['a variable of a policy', grants('{ role = "orders", user = "$${aws:username}" }'), 'without wildcards'],
  ['an empty user', grants('{ role = "orders", user = "" }'), 'without wildcards'],
  ['the same twice', grants('{ role = "a", user = "app" }, { role = "a", user = "app" }'), 'write it once'],
  ['no user', grants('{ role = "orders" }'), 'attribute "user" is required'],
];

const toDatabase: readonly Row[] = [
  ...granting,
  ['the master user', grants('{ role = "orders", user = "root_admin" }'), 'write a user of its own for IAM'],
  ['a long user', grants(`{ role = "orders", user = "${'a'.repeat(33)}" }`), '32 characters at most in MySQL'],
];

const toProxy: readonly Row[] = [
  ...granting,
  [
    'a user whom the proxy does not know',
    grants('{ role = "orders", user = "reports" }'),
    'add each user of grants to users',
  ],
];

const proxies: readonly Row[] = [
  ...names,
  ...networks,
  ['as it is', {}, null],
  ['one subnet', { subnet_ids: '["subnet-1"]' }, 'subnets in two availability zones'],
  ['neither instance nor cluster', { database: database({ kind: '"aurora"' }) }, 'write kind = "instance"'],
  ['Oracle', { database: database({ engine: '"oracle-ee"' }) }, 'engine = "mysql"'],
  ['an instance of Aurora', { database: database({ engine: '"aurora-mysql"' }) }, 'write kind = "cluster"'],
  ['Aurora', { database: database({ engine: '"aurora-mysql"', kind: '"cluster"' }) }, null],
  ['no security group of the database', { database: '{ kind = "instance" }' }, 'required'],
  ['a user with a wildcard', { users: '["app_*"]' }, 'write, for instance, users = ["app"]'],
  ['no time for idle clients', { idle_client_timeout: '0' }, 'idle_client_timeout = 1800'],
];

const arn = '"arn:aws:secretsmanager:us-east-1:123456789012:secret:orders/app-AbCdEf"';

const secrets: readonly Row[] = [
  ['no secret', { users: '[]' }, 'write users = ["app"] to have secrets made'],
  ['a secret that exists', { users: '[]', secrets: `{ app = { arn = ${arn} } }` }, null],
  ['the name of a secret', { users: '[]', secrets: '{ app = { arn = "orders/app" } }' }, 'takes a secret by its ARN'],
  ['two secrets of a user', { secrets: `{ app = { arn = ${arn} } }` }, 'leave those that are in secrets out of users'],
  ['201 users', { users: '[for index in range(201) : "user${index}"]' }, '200 secrets at most'],
  ['5 days of recovery', { secret_recovery_window_in_days: '5' }, '7 to 30 days'],
  ['no recovery', { secret_recovery_window_in_days: '0' }, null],
  [
    'no day between rotations',
    { rotation: '{ lambda_arn = "arn:aws:lambda:us-east-1:1:function:a", automatically_after_days = 0 }' },
    'automatically_after_days = 30',
  ],
  [
    'SQL Server 2022',
    { database: database({ engine: '"sqlserver-se"', engine_version: '"16.00"' }) },
    '2016, 2017 and 2019',
  ],
  ['SQL Server 2019', { database: database({ engine: '"sqlserver-se"', engine_version: '"15.00"' }) }, null],
];

const modules: readonly (readonly [name: string, base: Inputs, rows: readonly Row[]])[] = [
  [
    'password-database',
    instance,
    [
      ...databases,
      ['Aurora', { engine: '"aurora-mysql"' }, 'take the module password-cluster'],
      ['SQL Server', { engine: '"sqlserver-se"', engine_version: '"15.00"' }, null],
      [
        'SQL Server with a database',
        { engine: '"sqlserver-se"', engine_version: '"15.00"', db_name: '"a"' },
        'leave db_name out',
      ],
      ['MySQL by major version', { engine_version: '"8"' }, 'for instance engine_version ='],
      ['PostgreSQL by major version', { engine: '"postgres"', engine_version: '"16"' }, null],
      ['MariaDB without a parameter for TLS', { engine: '"mariadb"', engine_version: '"10.4"' }, 'from 10.5 on'],
      ['MariaDB 10.6', { engine: '"mariadb"', engine_version: '"10.6"' }, null],
      ['little storage', { allocated_storage: '5' }, 'allocated_storage = 20 or more'],
    ],
  ],
  [
    'iam-database',
    instance,
    [
      ...databases,
      ...toDatabase,
      ['Aurora', { engine: '"aurora-mysql"' }, 'take the module iam-cluster'],
      ['SQL Server', { engine: '"sqlserver-se"' }, 'SQL Server has no IAM authentication'],
      ['MariaDB 10.6', { engine: '"mariadb"', engine_version: '"10.6.19"' }, 'from 10.11 on'],
      ['MariaDB 10.11', { engine: '"mariadb"', engine_version: '"10.11.9"' }, null],
      ['MariaDB 11.4', { engine: '"mariadb"', engine_version: '"11.4"' }, null],
      [
        'admin of PostgreSQL',
        { engine: '"postgres"', engine_version: '"16"', master_username: '"admin"' },
        'reserved word',
      ],
    ],
  ],
  [
    'password-cluster',
    cluster,
    [
      ...databases,
      ['an instance', { engine: '"mysql"', engine_version: '"8.0"' }, 'take the module password-database'],
      ['no instance', { instances: '{}' }, 'instances = { one = {} }'],
      ['a key with capitals', { instances: '{ Writer = {} }' }, 'lower-case letters'],
      ['Serverless without capacity', { instance_class: '"db.serverless"' }, 'belong together'],
      [
        'capacity without Serverless',
        { serverlessv2_scaling: '{ min_capacity = 1, max_capacity = 2 }' },
        'belong together',
      ],
      ['a small class', { instance_class: '"db.t3.small"' }, null],
    ],
  ],
  [
    'iam-cluster',
    cluster,
    [
      ...databases,
      ...toDatabase,
      ['a class without IAM', { instance_class: '"db.t3.small"' }, 'write a larger class'],
      [
        'one instance of such a class',
        { instances: '{ one = {}, two = { instance_class = "db.t2.small" } }' },
        'write a larger class',
      ],
    ],
  ],
  [
    'password-proxy',
    proxyWithSecrets,
    [
      ...proxies,
      ...secrets,
      [
        'a type of another engine',
        { client_password_auth_type: '"POSTGRES_MD5"' },
        'leave client_password_auth_type out',
      ],
      ['a type of the engine', { client_password_auth_type: '"MYSQL_NATIVE_PASSWORD"' }, null],
      [
        'a type that MariaDB lacks',
        { database: database({ engine: '"mariadb"' }), client_password_auth_type: '"MYSQL_CACHING_SHA2_PASSWORD"' },
        'leave client_password_auth_type out',
      ],
    ],
  ],
  ['iam-proxy', proxyWithSecrets, [...proxies, ...secrets, ...toProxy]],
  [
    'end-to-end-iam-proxy',
    proxy,
    [
      ...proxies,
      ...toProxy,
      ['no user', { users: '[]' }, 'write, for instance, users = ["app"]'],
      ['SQL Server', { database: database({ engine: '"sqlserver-se"' }) }, 'take the module iam-proxy'],
      ['MariaDB 10.6', { database: database({ engine: '"mariadb"', engine_version: '"10.6"' }) }, 'from 10.11 on'],
      ['an identifier', { database: database({ resource_id: '"orders"' }) }, 'not the identifier'],
      [
        'a database without IAM',
        { database: database({ iam_database_authentication_enabled: 'false' }) },
        'or take the module iam-proxy',
      ],
    ],
  ],
];

/** What Terraform says, by call. */
type Refusals = ReadonlyMap<string, readonly string[]>;

const callOf = (index: number): string => `row_${index}`;

/** The calls that are left to plan. */
const callsOf = (base: Inputs, rows: readonly Row[], refused: Refusals): string =>
  rows
    .map(([, changed], index) => {
      const inputs = Object.entries({ ...base, ...changed }).map(([input, value]) => `  ${input} = ${value}`);
      const call = callOf(index);
      return refused.has(call) ? '' : `module "${call}" {\n  source = "./module"\n${inputs.join('\n')}\n}\n`;
    })
    .join('\n');

type Diagnostic = { readonly detail: string; readonly snippet?: { readonly context: string | null } };

const refusalsIn = (output: string): Refusals => {
  const found = new Map<string, string[]>();
  for (const line of output.split('\n').filter((text) => text.startsWith('{'))) {
    const { diagnostic }: { diagnostic?: Diagnostic } = JSON.parse(line);
    const [, call] = /^module "(\w+)"/.exec(diagnostic?.snippet?.context ?? '') ?? [];
    if (diagnostic === undefined || call === undefined) continue;
    found.set(call, [...(found.get(call) ?? []), diagnostic.detail]);
  }
  return found;
};

/** What a validation finds by its variable alone is refused before the others are asked: so one plan after another. */
const plan = (folder: string, name: string, base: Inputs, rows: readonly Row[]): Refusals => {
  const terraform = (...args: readonly string[]) =>
    spawnSync('terraform', args, { cwd: folder, env: environment, encoding: 'utf8' });
  mkdirSync(join(folder, 'module'));
  cpSync(`modules/hcl/${name}/variables.tf`, join(folder, 'module/variables.tf'));
  let refused: Refusals = new Map();
  for (let status: number | null = 1; status !== 0; ) {
    writeFileSync(join(folder, 'main.tf'), callsOf(base, rows, refused));
    expect(terraform('init', '-input=false').status).toBe(0);
    const planned = terraform('plan', '-input=false', '-json');
    const more = refusalsIn(planned.stdout);
    status = planned.status;
    if (status !== 0 && more.size === 0) throw new Error(planned.stdout);
    refused = new Map([...refused, ...more]);
  }
  return refused;
};

withTerraform.each(modules)('%s', (name, base, rows) => {
  let refusals: Refusals = new Map();
  const folder = mkdtempSync(join(tmpdir(), 'rds-auth-modules-'));

  beforeAll(() => {
    refusals = plan(folder, name, base, rows);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(rows.map(([what, , words], index) => [what, words, callOf(index)] as const))('%s', (_, words, call) => {
    const said = refusals.get(call) ?? [];
    if (words === null) expect(said).toEqual([]);
    else expect(said.join('\n')).toContain(words);
  });
});
