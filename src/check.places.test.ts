import { expect, test } from '@jest/globals';
import { checkText } from './testing/check-text.ts';

/** Messages and places of findings that real configurations have brought up. */

const proxy = (subnets: string, secret: string): string => `
resource "aws_security_group" "shut" {
  vpc_id = "vpc-1"
}
resource "aws_db_instance" "orders" {
  engine                 = var.engine
  port                   = var.port
  vpc_security_group_ids = [aws_security_group.shut.id]
}
variable "engine" {}
variable "port" {}
resource "aws_secretsmanager_secret" "orders" {
  name = "orders"
}
resource "aws_secretsmanager_secret_version" "orders" {
  secret_id = aws_secretsmanager_secret.orders.id

  secret_string = ${secret}
}
resource "aws_db_proxy" "orders" {
  name                   = "orders"
  engine_family          = "POSTGRESQL"
  role_arn               = "arn:aws:iam::123456789012:role/proxy"
  vpc_subnet_ids         = ${subnets}
  vpc_security_group_ids = [aws_security_group.shut.id]
  auth {
    iam_auth   = "DISABLED"
    secret_arn = aws_secretsmanager_secret.orders.arn
  }
}
resource "aws_db_proxy_target" "orders" {
  db_proxy_name          = aws_db_proxy.orders.name
  target_group_name      = "default"
  db_instance_identifier = aws_db_instance.orders.identifier
}
`;

const findingOf = (text: string, policy: string) =>
  checkText(text).findings.find((finding) => finding.policy === policy && finding.outcome === 'fail');

const whole = 'jsonencode({ username = "orders", password = "canary-orders" })';

test.each([
  ['proxy-wrong-vpc', '[]', 'aws_db_proxy.orders has no subnets; RDS Proxy needs subnets in two zones at least'],
  ['proxy-wrong-vpc', '["s-1"]', 'aws_db_proxy.orders has one subnet; RDS Proxy needs subnets in two zones at least'],
  [
    'proxy-network-blocked',
    '["s-1", "s-2"]',
    'aws_security_group.shut lets nothing out to aws_security_group.shut on the port where the database listens',
  ],
])('%s, with the subnets %s: %s', (policy, subnets, message) => {
  expect(findingOf(proxy(subnets, whole), policy)?.message).toBe(message);
});

test('a secret without credentials is found where it is written', () => {
  const text = proxy('["s-1", "s-2"]', 'jsonencode({ password = "canary-orders" })');
  const line = text.split('\n').findIndex((written) => written.includes('secret_string =')) + 1;
  expect(findingOf(text, 'secret-without-credentials')?.origins).toEqual([
    expect.objectContaining({
      address: 'aws_secretsmanager_secret_version.orders',
      path: 'secret_string',
      file: 'main.tf',
      line,
    }),
  ]);
});
