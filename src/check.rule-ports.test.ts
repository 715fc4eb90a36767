import { expect, test } from '@jest/globals';
import { checkText } from './testing/check-text.ts';

/** A group that lets its members talk to each other on a port that is taken from the database. */
const config = (database: string, port: string): string => `
resource "aws_security_group" "all" {
  vpc_id = "vpc-1"
}
resource "aws_db_instance" "orders" {
  engine                 = "postgres"
  vpc_security_group_ids = [aws_security_group.all.id]
  ${database}
}
resource "aws_db_instance" "other" {
  engine = "mysql"
}
resource "aws_security_group_rule" "inward" {
  type              = "ingress"
  from_port         = ${port}
  to_port           = ${port}
  protocol          = "tcp"
  self              = true
  security_group_id = aws_security_group.all.id
}
resource "aws_vpc_security_group_egress_rule" "outward" {
  from_port                    = ${port}
  to_port                      = ${port}
  ip_protocol                  = "tcp"
  referenced_security_group_id = aws_security_group.all.id
  security_group_id            = aws_security_group.all.id
}
resource "aws_db_proxy" "orders" {
  name                   = "orders"
  engine_family          = "POSTGRESQL"
  role_arn               = "arn:aws:iam::123456789012:role/proxy"
  vpc_subnet_ids         = ["subnet-1", "subnet-2"]
  vpc_security_group_ids = [aws_security_group.all.id]
  auth {
    secret_arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:orders-AbCdEf"
  }
}
resource "aws_db_proxy_target" "orders" {
  db_proxy_name          = aws_db_proxy.orders.name
  target_group_name      = "default"
  db_instance_identifier = aws_db_instance.orders.identifier
}
`;

const networkOf = (text: string) =>
  checkText(text)
    .findings.filter(({ policy }) => policy === 'proxy-network-blocked')
    .map(({ outcome }) => outcome);

test.each<[string, string, string, readonly string[]]>([
  ['the default of the engine', '', 'aws_db_instance.orders.port', []],
  ['a port of its own', 'port = 6543', 'aws_db_instance.orders.port', []],
  ['a port that nobody knows', 'port = var.port', 'aws_db_instance.orders.port', ['unknown']],
  ['the port of another database', '', 'aws_db_instance.other.port', ['fail']],
  ['something computed from the port', '', 'max(aws_db_instance.orders.port, var.port)', ['unknown']],
])('%s: %s, %s', (_, database, port, outcomes) => {
  expect(networkOf(config(database, port))).toEqual(outcomes);
});
