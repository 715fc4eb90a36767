import { expect, test } from '@jest/globals';
import { checkText } from './testing/check-text.ts';

/** Of a user who is granted the login by himself: what his groups, known or not, leave of it. */

const statement = (effect: string, action: string, resource: string): string =>
  `jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "${effect}", Action = "${action}", Resource = "${resource}" }] })`;

const verdictsWith = (
  membership: string,
  groupPolicy = statement('Deny', 'rds-db:connect', '*'),
): readonly string[] => {
  const { connections } = checkText(`
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
resource "aws_iam_user" "u" { name = "bob" }
resource "aws_iam_user" "other" { name = "eve" }
resource "aws_iam_group" "g" { name = "devs" }
resource "aws_iam_group" "idle" { name = "idle" }
resource "aws_iam_user_policy" "u" {
  user   = aws_iam_user.u.name
  policy = ${statement('Allow', 'rds-db:connect', 'arn:aws:rds-db:us-east-1:123456789012:dbuser:$' + '{aws_db_instance.main.resource_id}/app')}
}
resource "aws_iam_group_policy" "g" {
  group  = aws_iam_group.g.name
  policy = ${groupPolicy}
}
${membership}`);
  return connections.flatMap(({ path, verdict, principal }) =>
    path === 'iam-rds' && principal === 'aws_iam_user.u' ? [verdict] : [],
  );
};

const ofUser = (user: string, groups: string): string => `
data "aws_iam_users" "all" {}
resource "aws_iam_user_group_membership" "m" {
  user   = ${user}
  groups = ${groups}
}`;

const ofGroup = (group: string, users: string): string => `
data "aws_iam_users" "all" {}
resource "aws_iam_group_membership" "m" {
  name  = "m"
  group = ${group}
  users = ${users}
}`;

const [bob, eve, devs, idle] = [
  'aws_iam_user.u.name',
  'aws_iam_user.other.name',
  'aws_iam_group.g.name',
  'aws_iam_group.idle.name',
];

test.each([
  ['groups that nobody can see', ofUser(bob, 'var.open')],
  ['one of several groups', ofUser(bob, `[${idle}, var.open]`)],
  ['a user whom nobody can see', ofUser('var.open', `[${devs}]`)],
  ['users of whom one is seen', ofGroup(devs, 'concat(["x"], var.open)')],
  ['users that a data source reads', ofGroup(devs, 'data.aws_iam_users.all.names')],
  ['a group that nobody can see', ofGroup('var.open', `[${bob}]`)],
])('with %s the group that denies may be that of the user', (_, membership) => {
  expect(verdictsWith(membership)).toEqual(['unknown']);
});

test.each([
  ['he is in the group that denies', ofUser(bob, `[${devs}]`), 'unreachable'],
  ['he is in it for certain, and in others', `${ofUser(bob, `[${devs}, var.open]`)}`, 'unreachable'],
  ['he is in another group', ofUser(bob, `[${idle}]`), 'reachable'],
  ['another user is in groups that nobody can see', ofUser(eve, 'var.open'), 'reachable'],
  ['somebody is in another group', ofGroup(idle, 'var.open'), 'reachable'],
  ['somebody is in a group that is not in view', ofGroup('"admins"', 'var.open'), 'reachable'],
])('where %s', (_, membership, verdict) => {
  expect(verdictsWith(membership)).toEqual([verdict]);
});

test('a group that says nothing of logins leaves nothing open', () => {
  const policy = statement('Deny', 's3:*', '*');
  expect(verdictsWith(ofUser(bob, 'var.open'), policy)).toEqual(['reachable']);
});
