import { describe, expect, test } from '@jest/globals';
import type { Report } from './model/report.ts';
import { checkText, textWith } from './testing/check-text.ts';
import { mandatoryFailures } from './testing/expected.ts';

/** A proxy whose client logs in with a password, in parts: each part may be left to a variable without a value. */
const base = `
provider "aws" {
  region = "eu-west-1"
}
variable "there" {
  type = bool
}
resource "aws_security_group" "all" {
  vpc_id = "vpc-1"
}
resource "aws_db_instance" "orders" {
  engine                 = "postgres"
  username               = "orders"
  password               = "canary-orders"
  vpc_security_group_ids = [aws_security_group.all.id]
}
resource "aws_iam_role" "proxy" {
  name               = "proxy"
  assume_role_policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "rds.amazonaws.com" } }]
  })
}
resource "aws_secretsmanager_secret" "orders" {
  name = "orders"
}
resource "aws_db_proxy" "orders" {
  name                   = "orders"
  engine_family          = "POSTGRESQL"
  role_arn               = aws_iam_role.proxy.arn
  vpc_subnet_ids         = ["subnet-1", "subnet-2"]
  vpc_security_group_ids = [aws_security_group.all.id]
  auth {
    iam_auth   = "DISABLED"
    secret_arn = aws_secretsmanager_secret.orders.arn
  }
}
`;

const rule = (direction: string): string => `
  type              = "${direction}"
  from_port         = 5432
  to_port           = 5432
  protocol          = "tcp"
  self              = true
  security_group_id = aws_security_group.all.id
`;

const statement = (effect: string): string =>
  `jsonencode({ Statement = [{ Effect = "${effect}", Action = "secretsmanager:GetSecretValue", Resource = "*" }] })`;

type Part = { readonly leg: string; readonly header: string; readonly body: string };

const works: readonly Part[] = [
  { leg: 'network', header: '"aws_security_group_rule" "in"', body: rule('ingress') },
  { leg: 'network', header: '"aws_security_group_rule" "out"', body: rule('egress') },
  {
    leg: 'target',
    header: '"aws_db_proxy_target" "orders"',
    body: `
  db_proxy_name          = aws_db_proxy.orders.name
  target_group_name      = "default"
  db_instance_identifier = aws_db_instance.orders.identifier
`,
  },
  {
    leg: 'proxy-role',
    header: '"aws_iam_role_policy" "reads"',
    body: `
  role   = aws_iam_role.proxy.name
  policy = ${statement('Allow')}
`,
  },
  {
    leg: 'secret',
    header: '"aws_secretsmanager_secret_version" "orders"',
    body: `
  secret_id     = aws_secretsmanager_secret.orders.id
  secret_string = jsonencode({ username = "orders", password = "canary-orders" })
`,
  },
];

const breaks: readonly Part[] = [
  {
    leg: 'proxy-role',
    header: '"aws_iam_role_policy" "denies"',
    body: `
  role   = aws_iam_role.proxy.name
  policy = ${statement('Deny')}
`,
  },
];

const block = ({ header, body }: Part, meta = ''): string => `resource ${header} {${meta}${body}}\n`;

const oneOrNone = '\n  count = var.there ? 1 : 0';
const many = '\n  for_each = var.there ? toset(["a"]) : toset([])';

const throughProxy = (report: Report) => report.connections.find(({ proxy }) => proxy === 'aws_db_proxy.orders');
const statusOf = (report: Report, leg: string) => throughProxy(report)?.legs.find((one) => one.leg === leg)?.status;

const all = works.map((part) => block(part)).join('');

test('with all of it there, it works', () => {
  expect(throughProxy(checkText(base + all))?.verdict).toBe('reachable');
});

describe.each([
  ['count', oneOrNone],
  ['for_each', many],
])('where nobody knows the %s', (_, meta) => {
  test.each(works.map((part) => [part.header, part] as const))('what needs %s is undecided', (_header, part) => {
    const others = works.filter((other) => other !== part).map((other) => block(other));
    const report = checkText(base + others.join('') + block(part, meta));
    expect(statusOf(report, part.leg)).toBe('unknown');
    expect(throughProxy(report)?.verdict).toBe('unknown');
    expect(mandatoryFailures(report)).toEqual([]);
  });

  test.each(breaks.map((part) => [part.header, part] as const))('what %s may break is undecided', (_header, part) => {
    expect(statusOf(checkText(base + all + block(part)), part.leg)).toBe('broken');
    const report = checkText(base + all + block(part, meta));
    expect(statusOf(report, part.leg)).toBe('unknown');
    expect(mandatoryFailures(report)).toEqual([]);
  });

  test('what nothing refers to leaves all else decided', () => {
    const subnet = { leg: '', header: '"aws_subnet" "more"', body: '\n  vpc_id = "vpc-1"\n' };
    expect(throughProxy(checkText(base + all + block(subnet, meta)))?.verdict).toBe('reachable');
  });
});

test('a statement that a `dynamic` block makes of a variable without a value is a login that is undecided', () => {
  const document = `
variable "users" {}
data "aws_iam_policy_document" "connect" {
  dynamic "statement" {
    for_each = var.users
    content {
      actions   = ["rds-db:connect"]
      resources = ["arn:aws:rds-db:us-east-1:123456789012:dbuser:\${split(":", aws_db_proxy.main.arn)[6]}/\${statement.value}"]
    }
  }
}
`;
  const text = textWith({ more: document, grant: 'data.aws_iam_policy_document.connect.json' });
  const [connection] = checkText(text).connections.filter(({ path }) => path === 'iam-proxy-rds');
  expect(connection).toMatchObject({ user: null, principal: 'aws_iam_role.orders', verdict: 'unknown' });
});
