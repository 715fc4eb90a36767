import { expect, test } from '@jest/globals';
import { checkText } from './testing/check-text.ts';

/** What an exclusive list leaves where it names a policy by a data source. */

const checked = (data: string, attached: string, listed: string): readonly string[] => {
  const { connections, findings } = checkText(
    `
provider "aws" { region = "us-east-1" }
variable "open" {}
resource "aws_db_instance" "main" {
  identifier                          = "orders"
  engine                              = "postgres"
  engine_version                      = "16.4"
  instance_class                      = "db.m6i.large"
  username                            = "root"
  manage_master_user_password         = true
  iam_database_authentication_enabled = true
}
resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })
}
resource "aws_iam_policy" "app" {
  name   = "conn"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "rds-db:connect", Resource = "arn:aws:rds-db:us-east-1:123456789012:dbuser:$` +
      `{aws_db_instance.main.resource_id}/app" }] })
}
data "aws_iam_policy" "read" {
  ${data}
}
resource "aws_iam_role_policy_attachment" "a" {
  role       = aws_iam_role.app.name
  policy_arn = ${attached}
}
resource "aws_iam_role_policy_attachments_exclusive" "a" {
  role_name   = aws_iam_role.app.name
  policy_arns = [${listed}]
}`,
  );
  return [
    ...connections.flatMap(({ path, verdict }) => (path === 'iam-rds' ? [verdict] : [])),
    ...findings.flatMap(({ policy, outcome, address }) =>
      policy === 'connect-grant-denied' && address.includes('_exclusive') ? [outcome] : [],
    ),
  ];
};

const [own, read] = ['aws_iam_policy.app.arn', 'data.aws_iam_policy.read.arn'];

test.each([
  ['a name that nobody gave', 'name = var.open', ['unknown', 'unknown']],
  ['a name that may end so', 'name = "co$' + '{var.open}"', ['unknown', 'unknown']],
  ['a path', 'path_prefix = "/"', ['unknown', 'unknown']],
  ['an ARN that nobody gave', 'arn = var.open', ['unknown', 'unknown']],
  ['the name of the policy', 'name = "conn"', ['reachable']],
  ['another name', 'name = "other"', ['unreachable', 'fail']],
  ['a name that cannot be its own', 'name = "c-$' + '{var.open}"', ['unreachable', 'fail']],
])('a list with a policy that is read by %s', (_, data, expected) => {
  expect(checked(data, own, read)).toEqual(expected);
});

test('of an attached policy that nobody can name, a list says nothing for certain', () => {
  expect(checked('name = var.open', read, own)).not.toContain('fail');
});

test('an attached policy out of view may be the one that is read', () => {
  const arn = '"arn:aws:iam::123456789012:policy/elsewhere"';
  expect(
    checked(
      'name = var.open',
      `${own}\n}\nresource "aws_iam_role_policy_attachment" "b" {\n  role = aws_iam_role.app.name\n  policy_arn = ${arn}`,
      `${own}, ${read}`,
    ),
  ).toEqual(['unknown']);
});
