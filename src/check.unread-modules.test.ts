import { describe, expect, test } from '@jest/globals';
import type { Report } from './model/report.ts';
import { checkFiles } from './testing/check-text.ts';

/** A role that may log in, in a configuration that calls modules which are not installed. */
const text = (more: string): string => `
provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["123456789012"]
}
variable "project" { type = string }
variable "given" {}
locals {
  role  = aws_iam_role.orders.name
  fixed = "orders"
  named = "\${var.project}-worker"
}
resource "aws_db_instance" "orders" {
  identifier                          = "orders-db"
  engine                              = "postgres"
  username                            = "root1"
  manage_master_user_password         = true
  iam_database_authentication_enabled = true
}
resource "aws_iam_role" "orders" {
  name               = "orders"
  assume_role_policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}
resource "aws_iam_role" "worker" {
  name               = local.named
  assume_role_policy = aws_iam_role.orders.assume_role_policy
}
resource "aws_iam_instance_profile" "orders" {
  role = aws_iam_role.orders.name
}
resource "aws_iam_policy" "connect" {
  name   = "connect"
  policy = jsonencode({ Statement = [{
    Effect   = "Allow"
    Action   = "rds-db:connect"
    Resource = "arn:aws:rds-db:eu-west-1:123456789012:dbuser:\${aws_db_instance.orders.resource_id}/app"
  }] })
}
resource "aws_iam_role_policy_attachment" "connect" {
  for_each   = { orders = aws_iam_role.orders.name, worker = aws_iam_role.worker.name }
  role       = each.value
  policy_arn = aws_iam_policy.connect.arn
}
module "more" {
  source = "terraform-aws-modules/vpc/aws"
  ${more}
}
`;

const grantOf = (report: Report, principal: string) => {
  const connection = report.connections.find((one) => one.principal === `aws_iam_role.${principal}`);
  const grant = connection?.legs.find(({ leg }) => leg === 'grant');
  return { verdict: connection?.verdict, reason: grant?.reason, assumptions: connection?.assumptions };
};

const judge = (more: string) => checkFiles({ 'main.tf': text(more) });

const cannotDeny: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  ['other things', 'cidr = "10.0.0.0/16"\n  zones = ["eu-west-1a"]'],
  ['a value that nobody gave', 'cidr = var.given'],
  ['another role', 'role = aws_iam_role.other.name'],
  ['the name of a role that is not in view', 'role = "others"'],
  ['the output of another module', 'role = module.other.role_name'],
  ['what it waits for', 'depends_on = [aws_iam_role.orders]'],
  ['a name of its own, the same', 'name = local.fixed\n  tags = { Name = local.fixed, Role = "orders" }'],
  ['the name of the database', 'identifier = aws_db_instance.orders.identifier'],
  ['a text that ends in the name', 'url = "postgres://db.example.com/orders"'],
  ['an ARN of something else', 'arn = "arn:aws:s3:::team/orders"'],
  ['keys that are other names', 'attach = { others = { more = "x" } }'],
  ['a key of tags', 'tags = { orders = "x" }'],
  ['a password that nobody gave', 'role_password = var.given\n  role_passwords = { a = var.given }'],
  ['a hidden password', 'role_password = "canary-one"'],
  ['another role for passwords', 'password_role = aws_iam_role.other.name'],
  ['a text made of another role', 'settings = jsonencode({ role = "x-${aws_iam_role.other.name}" })'],
];

const mayDeny: readonly (readonly [string, string])[] = [
  ['the name of the role', 'role = aws_iam_role.orders.name'],
  ['its ARN', 'principals = { reader = [{ arn = aws_iam_role.orders.arn }] }'],
  ['its unique id', 'id = aws_iam_role.orders.unique_id'],
  ['the role as a whole', 'it = aws_iam_role.orders'],
  ['a local value', 'whom = local.role'],
  ['a text that holds it', 'whom = "role/${aws_iam_role.orders.name}"'],
  ['the literal name', 'whom = "orders"'],
  ['the literal name among others', 'roles = ["others", local.fixed]'],
  ['the literal ARN', 'whom = "arn:aws:iam::123456789012:role/team/orders"'],
  ['a policy of the role', 'policies = [aws_iam_policy.connect.arn]'],
  ['its instance profile', 'iam_instance_profile = aws_iam_instance_profile.orders.name'],
  ['a role that nobody can name', 'role_name = var.given'],
  ['an object that nobody can name', 'settings = { role_arn = var.given }'],
  ['an object whose key has more words', 'settings = { reader_approle = var.given }'],
  ['a key that is it', 'attach = { (aws_iam_role.orders.name) = ["x"] }'],
  ['a key that is known after apply', 'attach = { (aws_iam_role.orders.arn) = ["x"] }'],
  ['the literal name as a key', 'attach = { "orders" = ["x"] }'],
  ['the literal ARN as a key', 'attach = { "arn:aws:iam::123456789012:role/orders" = ["x"] }'],
  ['it for passwords', 'password_reader_role = aws_iam_role.orders.name'],
  ['it for a secret', 'rotation = { secret_string_reader = aws_iam_role.orders.arn }'],
  ['its name for passwords', 'password_reader_role = "orders"'],
  ['a role that nobody may read', 'reader_role = sensitive("canary-one")'],
  ['it, marked', 'whom = sensitive(aws_iam_role.orders.name)'],
  ['it within what is marked', 'settings = sensitive({ whom = [{ x = aws_iam_role.orders.name }] })'],
  ['a JSON text', 'config = jsonencode({ x = aws_iam_role.orders.name })'],
  ['a JSON text with the literal name', 'config = jsonencode({ x = ["orders"] })'],
  ['a text made of it', 'config = "x=${aws_iam_role.orders.name}"'],
  ['a text made of it and of more', 'config = "${var.given}=${aws_iam_role.orders.name}"'],
  ['a text made of its instance profile', 'config = jsonencode({ x = aws_iam_instance_profile.orders.name })'],
  ['the literal name under a key that nobody knows', 'attach = { (aws_db_instance.orders.arn) = "orders" }'],
  ['it under a key that nobody knows', 'attach = { (aws_db_instance.orders.arn) = aws_iam_role.orders.name }'],
];

describe('a module that is not installed', () => {
  test.each(cannotDeny)('takes no login back where it is given %s', (_, given) => {
    const other = '\n}\nmodule "other" {\n  source = "terraform-aws-modules/iam/aws"\n';
    const made = '\n}\nresource "aws_iam_role" "other" {\n  name = "other"\n  assume_role_policy = "{}"\n';
    const { verdict, assumptions } = grantOf(judge(`${given}${other}${made}`), 'orders');
    expect(verdict).toBe('reachable');
    expect(assumptions).toContain('modules that are not installed attach no policy to those whom they are not given');
  });

  test.each(mayDeny)('may take a login back where it is given %s', (_, given) => {
    const report = judge(given);
    const { verdict, reason } = grantOf(report, 'orders');
    expect(verdict).toBe('unknown');
    expect(reason).toBe(
      'module.more is not installed, and may deny aws_iam_role.orders the login with what it is given: terraform init installs it',
    );
    const finding = report.findings.find(({ policy }) => policy === 'connect-grant-denied');
    expect(finding).toMatchObject({ outcome: 'unknown', address: 'module.more', origins: [{ file: 'main.tf' }] });
    expect(finding?.remediation).toContain('terraform init');
  });

  test('is for the role alone that it is given', () => {
    const report = judge('role = aws_iam_role.orders.name');
    expect(grantOf(report, 'worker').verdict).toBe('reachable');
  });

  test('a name that is put together alike is the name', () => {
    const report = judge('whom = "${var.project}-worker"');
    expect([grantOf(report, 'worker').verdict, grantOf(report, 'orders').verdict]).toEqual(['unknown', 'reachable']);
    expect(grantOf(judge('whom = "${var.project}-other"'), 'worker').verdict).toBe('reachable');
  });

  test('each instance of a call counts, and the address is that of the call', () => {
    const report = judge('for_each = { a = "others", b = aws_iam_role.orders.name }\n  whom = each.value');
    expect(grantOf(report, 'orders')).toMatchObject({
      verdict: 'unknown',
      reason: expect.stringMatching(/^module\.more is/),
    });
    expect(grantOf(judge('for_each = { a = "others" }\n  whom = each.value'), 'orders').verdict).toBe('reachable');
  });

  test('inside a module that is there', () => {
    const inside = 'variable "who" {}\nmodule "deep" {\n  source = "hashicorp/x/aws"\n  whom = var.who\n}';
    const call = 'who = aws_iam_role.orders.arn';
    const files = {
      'main.tf': text(call).replace('terraform-aws-modules/vpc/aws', './there'),
      'there/main.tf': inside,
    };
    const { reason } = grantOf(checkFiles(files), 'orders');
    expect(reason).toMatch(/^module\.more\.module\.deep is not installed/);
  });

  test('a path that leads nowhere is not installed by anything', () => {
    const files = { 'main.tf': text('whom = local.role').replace('terraform-aws-modules/vpc/aws', './gone') };
    const report = checkFiles(files);
    expect(grantOf(report, 'orders').reason).toBe(
      'module.more is not there, and may deny aws_iam_role.orders the login with what it is given',
    );
  });
});

/** What the model says of what the module is given, and all of the model as it is printed. */
const givenIn = async (given: string) => {
  const { documentOf } = await import('./testing/check-text.ts');
  const { readModel } = await import('./check.ts');
  const model = await readModel({ judged: documentOf({ 'main.tf': text(given) }), context: [] }, 'test');
  const values = model.model.unreadModules[0]?.given ?? [];
  return {
    texts: values.map((value) => (value.kind === 'known' ? value.value : value.kind)),
    paths: values.map(({ origin }) => origin.path),
    printed: JSON.stringify(model),
  };
};

test('passwords that modules are given are not in the model', async () => {
  const given =
    'password = "canary-one"\n  settings = { secret = "canary-two", text = "canary-${var.given}" }\n  whom = "orders"';
  const { texts, printed } = await givenIn(given);
  expect(texts).toEqual(['unknown', 'unknown', 'orders']);
  expect(printed).not.toContain('canary-');
});

test.each<readonly [string, string, readonly string[], readonly string[]]>([
  ['a URL that ends in the name', 'a = "postgres://app:canary-a@db/orders"', [], []],
  ['an ARN that is none', 'a = "arn:x:canary-a/orders"', [], []],
  ['an ARN of another service', 'a = "arn:aws:s3:::canary-a/orders"', [], []],
  ['a text before an ARN', 'a = "canary-a arn:aws:iam::123456789012:role/orders"', [], []],
  ['an ARN with more in it', 'a = "arn:aws:iam::123456789012:role/x:canary-a@db/orders"', [], []],
  ['an ARN', 'a = "arn:aws:iam::123456789012:role/x/orders"', ['arn:aws:iam::123456789012:role/x/orders'], ['a']],
  ['an ARN with holes', 'a = "arn:aws:iam::${var.given}:role/orders"', ['arn:aws:iam::…:role/orders'], ['a']],
  ['a template that ends in the name', 'a = "arn:x:canary-a@${var.given}/orders"', ['unknown'], ['a']],
  ['a nested URL', 'env = { URL = "postgres://app:canary-a@db/orders" }', [], []],
  ['a sensitive map', 'a = sensitive({ canary-key = "x://canary-a/orders", b = "orders" })', ['unknown'], ['a']],
  ['a map in a sensitive list', 'a = sensitive([{ canary-key = { x = "orders" } }])', ['unknown'], ['a']],
  ['a sensitive map in a map', 'a = { role = sensitive({ canary-key = "orders" }) }', ['unknown'], ['a.role']],
  [
    'keys of a map',
    'a = { canary-key = "orders", canary_role = "orders" }',
    ['orders', 'orders'],
    ['a.…key', 'a.…_role'],
  ],
  ['a password that is a name', 'password = "orders"', ['unknown'], ['password']],
  ['a password in a map that is a name', 'a = { db_password = "orders" }', ['unknown'], ['a.…_password']],
  ['a text made of a role', 'a = "canary-a:${aws_iam_role.orders.name}"', ['…'], ['a']],
  ['JSON', 'a = jsonencode({ canary-key = "canary-a", b = "orders" })', ['orders'], ['a.…']],
  ['sensitive JSON', 'a = sensitive(jsonencode({ canary-key = "orders" }))', ['unknown'], ['a']],
])('of what a module is given nothing is kept but names: %s', async (_, given, texts, paths) => {
  const found = await givenIn(given);
  expect([found.texts, found.paths]).toEqual([texts, paths]);
  expect(found.printed).not.toContain('canary-');
});
