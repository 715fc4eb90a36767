import { expect, test } from '@jest/globals';
import type { Finding } from './model/finding.ts';
import type { Report } from './model/report.ts';
import { allow, checkText, textWith } from './testing/check-text.ts';

/** What is printed, put in where it says. */

const found = (report: Report, policy: string): readonly Finding[] =>
  report.findings.filter((finding) => finding.policy === policy);

const mendOf = (report: Report, policy: string): string =>
  found(report, policy).find(({ outcome }) => outcome === 'fail')?.remediation ?? '';

/** The lines of the step that begins so. */
const linesAfter = (mend: string, sentence: RegExp): string => {
  const parts = mend.split(/\n(?! {2})/);
  const part = parts.find((step) => sentence.test(step.split('\n')[0] ?? '')) ?? '';
  return part.split('\n').slice(1).join('\n');
};

const failures = (report: Report): readonly string[] =>
  report.findings
    .filter(({ outcome, enforcement }) => outcome === 'fail' && enforcement === 'mandatory')
    .map(({ policy }) => policy);

const masterText = textWith({
  secret: 'jsonencode({ username = "root_admin", password = random_password.app.result })',
  auth: `
  auth {
    auth_scheme               = "SECRETS"
    iam_auth                  = "REQUIRED"
    client_password_auth_type = "POSTGRES_SCRAM_SHA_256"
    secret_arn                = aws_secretsmanager_secret.app.arn
  }`,
  more: 'resource "random_password" "app" { length = 32 }',
}).replace('[6]}/app"', '[6]}/root_admin"');

test('a proxy that logs in as the master user: the lines that are printed keep the login that there was', () => {
  const before = checkText(masterText);
  expect(failures(before)).toEqual([]);
  const mend = mendOf(before, 'proxy-uses-master-secret');
  const after = checkText(
    [
      masterText
        .replace(/secret_arn +=.*/, linesAfter(mend, /auth block/).trim())
        .replace(/"arn:aws:rds-db[^\n]*\/root_admin"/, linesAfter(mend, /rds-db:connect/).trim()),
      linesAfter(mend, /^Add/),
    ].join('\n'),
  );
  expect(failures(after)).toEqual([]);
  expect(found(after, 'proxy-uses-master-secret')).toEqual([]);
  expect(found(after, 'password-in-configuration').map(({ address }) => address)).toEqual(
    found(before, 'password-in-configuration').map(({ address }) => address),
  );
  const logins = after.connections.filter(({ path }) => path === 'iam-proxy-rds');
  expect(logins.map(({ user, verdict }) => `${user} ${verdict}`)).toEqual(['app reachable']);
});

test('where it is not known who the secret holds, the mend says what would show it', () => {
  const text = masterText
    .replace(/secret_string = .*/, 'secret_string = var.content')
    .concat('\nvariable "content" {}');
  const [finding] = found(checkText(text), 'proxy-uses-master-secret');
  expect(finding?.outcome).toBe('unknown');
  expect(finding?.remediation).not.toContain('resource "');
  expect(finding?.remediation).toContain('aws_secretsmanager_secret.app');
});

const proxied = (password: string): string =>
  textWith({
    secret: `jsonencode({ username = "app", password = ${password} })`,
    more: 'resource "random_password" "app" { length = 32 }\nvariable "typed" {}',
  });

test.each([
  ['random_password.app.result', []],
  ['coalesce(var.typed, random_password.app.result)', ['unknown']],
  ['var.typed == "" ? random_password.app.result : var.typed', ['unknown']],
])('a password of %s: password-in-configuration is %j', (password, outcomes) => {
  const about = found(checkText(proxied(password)), 'password-in-configuration');
  expect(about.filter(({ address }) => address.includes('secret')).map(({ outcome }) => outcome)).toEqual(outcomes);
});

test('a rotation that is printed ignores nothing that is write-only', () => {
  const text = textWith({}).replace(
    'secret_string = jsonencode',
    'secret_string_wo_version = 1\n  secret_string_wo = jsonencode',
  );
  const [finding] = found(checkText(text), 'secret-not-rotated');
  expect(finding?.remediation).toContain('aws_secretsmanager_secret_rotation');
  expect(finding?.remediation).not.toContain('ignore_changes');
  const [usual] = found(checkText(textWith({})), 'secret-not-rotated');
  expect(usual?.remediation).toContain('ignore_changes = [secret_string]');
});

test('a rotation by a template for one user drops what only that for two users takes', () => {
  const text = textWith({
    more: `
resource "aws_serverlessapplicationrepository_cloudformation_stack" "r" {
  name           = "r"
  application_id = "arn:aws:serverlessrepo:us-east-1:297356227824:applications/SecretsManagerRDSPostgreSQLRotationMultiUser"
  capabilities   = ["CAPABILITY_IAM"]
  parameters     = { functionName = "r", superuserSecretArn = "arn:x" }
}
resource "aws_secretsmanager_secret_rotation" "app" {
  secret_id           = aws_secretsmanager_secret.app.id
  rotation_lambda_arn = aws_serverlessapplicationrepository_cloudformation_stack.r.outputs.RotationLambdaARN
}`,
  });
  const mend = mendOf(checkText(text), 'secret-rotation-alternates-users');
  expect(mend).toContain('RotationSingleUser');
  expect(mend).toContain('superuserSecretArn');
});

const grantOf = (action: string, resource: string): Report =>
  checkText(
    textWith({
      grant: `jsonencode({
  Version   = "2012-10-17"
  Statement = [{ Effect = "Allow", Action = "${action}", Resource = "${resource}" }]
})`,
    }),
  );

test('where only the action of a grant is too broad, the mend leaves its resources', () => {
  const arn = 'arn:aws:rds-db:us-east-1:123456789012:dbuser:${split(":", aws_db_proxy.main.arn)[6]}/app';
  const mend = mendOf(grantOf('rds-db:Conn*', arn), 'connect-grant-too-broad');
  expect(mend).toContain('"rds-db:connect"');
  expect(mend).not.toContain('dbuser');
});

test.each(['*', '?*', '*?', '**'])('%s stands for every user', (user) => {
  const report = grantOf('rds-db:connect', `arn:aws:rds-db:us-east-1:123456789012:dbuser:*/${user}`);
  expect(found(report, 'connect-grant-too-broad').map(({ outcome }) => outcome)).toEqual(['fail']);
});

const endpoint = `
resource "aws_db_proxy_endpoint" "reports" {
  db_proxy_name          = aws_db_proxy.main.name
  db_proxy_endpoint_name = "reports"
  vpc_subnet_ids         = ["subnet-a", "subnet-b"]
}`;

test('an endpoint takes the groups of its proxy where that has any, and else both get one', () => {
  const policy = 'proxy-endpoint-default-security-group';
  const none = mendOf(checkText(textWith({ more: endpoint })), policy);
  expect(none).toContain('resource "aws_security_group"');
  expect(none).not.toContain('aws_db_proxy.main.vpc_security_group_ids');
  const some = mendOf(
    checkText(textWith({ more: endpoint, proxy: '\n  vpc_security_group_ids = ["sg-1"]\n' })),
    policy,
  );
  expect(some).toContain('vpc_security_group_ids = aws_db_proxy.main.vpc_security_group_ids');
});

test.each([
  ['aws_secretsmanager_secret.app.name', 'aws_secretsmanager_secret.app.arn'],
  ['"orders/app"', 'aws_secretsmanager_secret.app.arn'],
  ['null', 'aws_secretsmanager_secret.app.arn'],
  ['aws_secretsmanager_secret_version.app.id', 'aws_secretsmanager_secret_version.app.arn'],
  ['aws_secretsmanager_secret_version.app.version_id', 'aws_secretsmanager_secret_version.app.arn'],
])('secret_arn = %s: one finding, whose line is %s and lets the user in', (written, mended) => {
  const text = textWith({});
  const before = checkText(text.replace(/(secret_arn +=).*/, `$1 ${written}`));
  const mandatory = before.findings.filter(({ enforcement }) => enforcement === 'mandatory');
  expect(mandatory.map(({ policy, outcome }) => `${policy} ${outcome}`)).toEqual(['proxy-without-credentials fail']);
  const login = before.connections.find(({ path }) => path === 'iam-proxy-rds');
  expect(login?.legs.find(({ leg }) => leg === 'secret')?.status).toBe('broken');
  const line = linesAfter(
    mendOf(before, 'proxy-without-credentials'),
    /^In the auth block of aws_db_proxy.main write/,
  ).trim();
  expect(line).toBe(`secret_arn = ${mended}`);
  const after = checkText(text.replace(/secret_arn +=.*/, line));
  expect(failures(after)).toEqual([]);
  expect(after.connections.find(({ path }) => path === 'iam-proxy-rds')?.verdict).toBe('reachable');
});

test('a secret that is made elsewhere and named by its name is read first', () => {
  const text = textWith({}).replace(/secret_arn +=.*/, 'secret_arn = "orders/other"');
  const mend = mendOf(checkText(text), 'proxy-without-credentials');
  const line = linesAfter(mend, /^and in the auth block of aws_db_proxy.main write/).trim();
  expect(line).toBe('secret_arn = data.aws_secretsmanager_secret.orders_other.arn');
  const after = checkText([text.replace(/secret_arn +=.*/, line), linesAfter(mend, /^Add/)].join('\n'));
  expect(found(after, 'proxy-without-credentials')).toEqual([]);
});

test.each([
  ['proxy-role-cannot-read-secret', '', '""'],
  ['proxy-role-cannot-decrypt-secret', '\nresource "aws_kms_key" "main" {}\n', 'aws_kms_key.main.arn'],
])(
  '%s beside end-to-end IAM: logins with the secret break, others do not, and the secret may go',
  (policy, more, key) => {
    const connect = `
resource "aws_iam_role_policy" "connects" {
  role   = aws_iam_role.proxy.name
  policy = ${allow('rds-db:connect', '"arn:aws:rds-db:us-east-1:123456789012:dbuser:${aws_db_instance.main.resource_id}/app"')}
}`;
    const reads = policy === 'proxy-role-cannot-read-secret' ? '*-of-others' : '*';
    const text = textWith({
      secret: 'jsonencode({ username = "batch", password = "canary-batch" })',
      proxy: '\n  default_auth_scheme = "IAM_AUTH"\n',
      roleReads: allow(
        'secretsmanager:GetSecretValue',
        `"arn:aws:secretsmanager:us-east-1:123456789012:secret:${reads}"`,
      ),
      more: more + connect,
    }).replace('name = "orders/app"', `name       = "orders/app"\n  kms_key_id = ${key}`);
    const before = checkText(text);
    expect(failures(before)).toEqual([policy]);
    const [finding] = found(before, policy);
    expect(finding?.message).toMatch(/; logins by end-to-end IAM need no secret$/);
    expect(finding?.remediation.split('\n').at(-1)).toBe(
      'Or, where nobody is to log in with this secret, delete the auth block of aws_db_proxy.main: end-to-end IAM needs none.',
    );
    const logins = (report: Report): readonly string[] =>
      report.connections
        .filter(({ proxy }) => proxy !== null)
        .map(({ path, user, verdict }) => `${path} ${user} ${verdict}`);
    expect(logins(before)).toEqual(['iam-proxy-iam-rds app reachable', 'iam-proxy-rds batch unreachable']);
    const after = checkText(text.replace(/ {2}auth \{[^}]*\}/, ''));
    expect(failures(after)).toEqual([]);
    expect(logins(after)).toEqual(['iam-proxy-iam-rds app reachable']);
  },
);

const legacy = textWith({
  database: `
  identifier     = "legacy-db"
  engine         = "sqlserver-se"
  engine_version = "15.00.4236.7.v1"
  instance_class = "db.m6i.large"`,
  auth: '',
  proxy: '\n  default_auth_scheme = "IAM_AUTH"\n',
}).replace('"POSTGRESQL"', '"SQLSERVER"');

test('of end-to-end IAM with SQL Server one finding speaks, and its lines let the user in', () => {
  const before = checkText(legacy);
  expect(failures(before)).toEqual(['proxy-iam-mode-unsupported']);
  const undecided = before.findings.filter(
    ({ outcome, enforcement }) => outcome === 'unknown' && enforcement === 'mandatory',
  );
  expect(undecided).toEqual([]);
  const [scheme = '', block = ''] = mendOf(before, 'proxy-iam-mode-unsupported')
    .split(/^In aws_db_proxy.main write:$/m)
    .slice(1);
  const after = checkText(legacy.replace('default_auth_scheme = "IAM_AUTH"', `${scheme}${block}`));
  expect(failures(after)).toEqual([]);
  expect(after.connections.find(({ path }) => path === 'iam-proxy-rds')).toMatchObject({
    user: 'app',
    verdict: 'reachable',
  });
});

test('end-to-end IAM before an engine without IAM authentication: no switch is offered that it does not have', () => {
  const text = textWith({
    database: `
  identifier     = "orders-db"
  engine         = "mariadb"
  engine_version = "10.5.20"
  instance_class = "db.m6i.large"`,
    auth: '',
    proxy: '\n  default_auth_scheme = "IAM_AUTH"\n',
  }).replace('"POSTGRESQL"', '"MYSQL"');
  expect(mendOf(checkText(text), 'proxy-end-to-end-needs-database-iam')).toBe(
    [
      'MariaDB 10.5.20 has no IAM database authentication; 10.11 has: move aws_db_instance.main to what has it, and write there:',
      '  iam_database_authentication_enabled = true',
      'Or, to log in with passwords, in aws_db_proxy.main write, with an auth block for each of its users:',
      '  default_auth_scheme = "NONE"',
    ].join('\n'),
  );
});

test('a grant for a database without IAM names the proxy that takes the user by IAM, and that works', () => {
  const arn = '"arn:aws:rds-db:us-east-1:123456789012:dbuser:${aws_db_instance.main.resource_id}/app"';
  const text = textWith({ grant: allow('rds-db:connect', arn) }).replace(
    /iam_database_authentication_enabled = true/,
    '',
  );
  const before = checkText(text);
  const mend = mendOf(before, 'connect-grant-iam-disabled');
  const line = linesAfter(mend, /^Or, where the client connects to aws_db_proxy.main/).trim();
  expect(line).toContain('aws_db_proxy.main.arn');
  const after = checkText(text.replace(arn, line));
  expect(failures(before)).toContain('connect-grant-iam-disabled');
  expect(failures(after)).toEqual([]);
});

test('a policy that AWS manages is taken from the role of a proxy, and what the proxy needs is granted', () => {
  const attachment = `
resource "aws_iam_role_policy_attachment" "admin" {
  role       = aws_iam_role.proxy.name
  policy_arn = "arn:aws:iam::aws:policy/SecretsManagerReadWrite"
}`;
  const mend = mendOf(checkText(textWith({ more: attachment })), 'proxy-role-over-privileged');
  expect(mend).toContain('delete it in aws_iam_role_policy_attachment.admin');
  expect(mend).not.toContain('stand alone');
  const after = checkText(textWith({ more: linesAfter(mend, /^and, where nothing else/) }));
  expect(failures(after)).toEqual([]);
  expect(found(after, 'proxy-role-over-privileged')).toEqual([]);
});
