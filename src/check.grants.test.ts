import { expect, test } from '@jest/globals';
import { checkFile } from './testing/check-file.ts';
import { mandatoryFailures } from './testing/expected.ts';

const report = checkFile('testdata/lifecycle/special/login-grants/plan.json');
const { connections } = report;

/** The connections of a role, without those of others. */
const connectionsOf = (role: string): readonly string[] =>
  connections
    .filter(({ principal }) => principal === `aws_iam_role.${role}`)
    .map(({ path, user, verdict }) => `${path} ${user}: ${verdict}`);

test.each<[role: string, connections: readonly string[]]>([
  ['everything', ['iam-proxy-rds app: reachable', 'iam-proxy-rds report: reachable', 'iam-rds *: reachable']],
  ['every_proxy', ['iam-proxy-rds app: reachable', 'iam-proxy-rds report: reachable']],
  ['some_proxies', ['iam-proxy-rds app: unknown', 'iam-proxy-rds report: unknown']],
  ['ends_in_app', ['iam-proxy-rds app: reachable', 'iam-rds *app: reachable']],
  ['all_but_report', ['iam-proxy-rds app: reachable', 'iam-rds *: reachable']],
  // Which of the ids that AWS may yet give is taken out, nobody knows.
  ['all_but_an_id', ['iam-proxy-rds app: unknown', 'iam-proxy-rds report: reachable', 'iam-rds *: reachable']],
  ['all_but_databases', ['iam-proxy-rds app: reachable', 'iam-proxy-rds report: reachable']],
  ['nobody', []],
  ['old_document', ['iam-rds ${aws:username}: reachable']],
  ['new_document', ['iam-rds ${aws:username}: reachable']],
  // One statement names the proxy's name; another, by NotResource, lets the role in.
  ['wrong_id', ['iam-proxy-rds app: reachable', 'iam-proxy-rds report: reachable']],
])('a login granted to %s', (role, expected) => expect(connectionsOf(role)).toEqual(expected));

test('nobody is assumed to hold what a grant in view gives', () => {
  expect(connections.filter(({ path, principal }) => path === 'iam-proxy-rds' && principal === null)).toEqual([]);
});

test('a wildcard fails no run, and mends none of another statement', () => {
  expect(mandatoryFailures(report)).toEqual(['connect-arn-not-resource-id aws_iam_role_policy.wrong_id']);
});

test('of policies made from one map, none is taken for a login at what another entry names', () => {
  const made = checkFile('testdata/lifecycle/special/grants-in-one-map/plan.json');
  expect(made.connections.map(({ path, principal }) => `${path} ${principal}`)).toEqual(['password-rds null']);
  expect(mandatoryFailures(made)).toEqual([]);
});

test('a user who is defined the other way in a database that is not in view leaves the login open', () => {
  const unseen = checkFile('testdata/lifecycle/special/users-of-unseen-host/plan.json');
  const login = unseen.connections.find(({ path }) => path === 'iam-rds');
  expect(login).toMatchObject({ user: 'reporting', verdict: 'unknown' });
  expect(login?.legs.filter(({ status }) => status === 'unknown')).toMatchObject([
    { leg: 'database-user', reason: expect.stringContaining('whether in this database is not in view') },
  ]);
  expect(mandatoryFailures(unseen)).toEqual([]);
});
