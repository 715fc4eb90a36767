import { describe, expect, test } from '@jest/globals';
import { checkText } from './testing/check-text.ts';
import { mandatoryFailures } from './testing/expected.ts';

/** A role that may log in, and a policy that a data source reads, attached to it. */
const text = (read: string, more = ''): string => `
provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["123456789012"]
}
resource "aws_db_instance" "orders" {
  identifier                          = "orders"
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
resource "aws_iam_role_policy" "orders" {
  role   = aws_iam_role.orders.name
  policy = jsonencode({ Statement = [{
    Effect   = "Allow"
    Action   = "rds-db:connect"
    Resource = "arn:aws:rds-db:eu-west-1:123456789012:dbuser:\${aws_db_instance.orders.resource_id}/app"
  }] })
}
data "aws_caller_identity" "current" {}
variable "policy" { type = string }
data "aws_iam_policy" "read" {
  ${read}
}
resource "aws_iam_role_policy_attachment" "read" {
  role       = aws_iam_role.orders.name
  policy_arn = data.aws_iam_policy.read.arn
}
${more}
`;

const login = (content: string) => {
  const report = checkText(content);
  const connection = report.connections.find(({ path }) => path === 'iam-rds');
  const grant = connection?.legs.find(({ leg }) => leg === 'grant');
  return { verdict: connection?.verdict, reason: grant?.reason, failures: mandatoryFailures(report) };
};

describe('a policy that only a data source reads', () => {
  test.each([
    ['one of AWS, by its name', 'name = "AWSXRayDaemonWriteAccess"'],
    ['one of AWS with a path, by its name', 'name = "AWSLambdaBasicExecutionRole"'],
    ['one of AWS, by its ARN', 'arn = "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess"'],
    ['one that nothing is known of, by its name', 'name = "custom"'],
    ['one that nothing is known of, by its ARN', 'arn = "arn:aws:iam::123456789012:policy/custom"'],
    [
      'one of an account that nobody states',
      'arn = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:policy/custom"',
    ],
  ])('takes no login back: %s', (_, read) => {
    expect(login(text(read))).toMatchObject({ verdict: 'reachable', failures: [] });
  });

  test.each([['name = "AWSDenyAll"'], ['arn = "arn:aws-cn:iam::aws:policy/AWSDenyAll"']])('denies: %s', (read) => {
    const { verdict, reason } = login(text(read));
    expect(verdict).toBe('unreachable');
    expect(reason).toMatch(/:policy\/AWSDenyAll, which aws_iam_role_policy_attachment\.read attaches, denies/);
  });

  test.each([['name = var.policy'], ['arn = var.policy'], ['name = "${var.policy}-logs"']])(
    'may be any where the value is not given: %s',
    (read) => {
      expect(login(text(read)).verdict).toBe('unknown');
    },
  );

  test.each([['name = "bounds"'], ['arn = aws_iam_policy.bounds.arn']])('is one in view: %s', (read) => {
    const bounds = `
resource "aws_iam_policy" "bounds" {
  name   = "bounds"
  policy = jsonencode({ Statement = [{ Effect = "Deny", Action = "rds-db:*", Resource = "*" }] })
}`;
    const { verdict, failures } = login(text(read, bounds));
    expect(verdict).toBe('unreachable');
    expect(failures).toEqual(['connect-grant-denied aws_iam_policy.bounds']);
  });

  test('as a boundary is assumed to let the login through, or known to', () => {
    const bounded = (read: string) =>
      text(read)
        .replace('role       = aws_iam_role.orders.name', 'role       = "other"')
        .replace(
          'name               = "orders"',
          'name = "orders"\n  permissions_boundary = data.aws_iam_policy.read.arn',
        );
    expect(login(bounded('name = "custom"')).verdict).toBe('reachable');
    expect(login(bounded('name = "AWSXRayDaemonWriteAccess"')).verdict).toBe('unreachable');
  });
});
