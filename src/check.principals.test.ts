import { expect, test } from '@jest/globals';
import { checkFile } from './testing/check-file.ts';
import { mandatoryFailures } from './testing/expected.ts';

const report = checkFile('testdata/principals/plan.json');

const grantOf = (user: string): readonly (string | null | undefined)[] => {
  const [connection, another] = report.connections.filter((candidate) => candidate.user === user);
  expect(another).toBeUndefined();
  return [connection?.principal, connection?.verdict, connection?.legs.find(({ leg }) => leg === 'grant')?.status];
};

test.each([
  ['an exclusive list without the inline policy, letter case counted', 'inline', 'role', 'unreachable'],
  ['an exclusive list with the inline policy', 'inline_listed', 'role', 'reachable'],
  ['an exclusive list without the attached policy', 'attached', 'role', 'unreachable'],
  ['an exclusive list attaches what it lists', 'attached_listed', 'role', 'reachable'],
  ['one of two grants is enough', 'either', 'role', 'reachable'],
  ['the inline policy of a permission set', 'set', 'permission set', 'reachable'],
  ['a policy attached to a permission set', 'set_attached', 'permission set', 'reachable'],
  ['a policy attached to a permission set by its name', 'set_by_name', 'permission set', 'reachable'],
  ['a boundary of AWS around a permission set', 'set_bounded', 'permission set', 'unreachable'],
  ['AWSDenyAll attached to a permission set', 'set_denied', 'permission set', 'unreachable'],
])('%s', (_, user, kind, verdict) => {
  const type = kind === 'role' ? 'aws_iam_role' : 'aws_ssoadmin_permission_set';
  expect(grantOf(user)).toEqual([`${type}.a["${user}"]`, verdict, verdict === 'reachable' ? 'ok' : 'broken']);
});

test('an exclusive list without a block of the role, and one of a group', () => {
  expect(grantOf('block')).toEqual(['aws_iam_role.block', 'unreachable', 'broken']);
  expect(grantOf('member')).toEqual(['aws_iam_group.a', 'unreachable', 'broken']);
});

test('an administrator makes no connection', () => {
  expect(report.connections.map(({ principal }) => principal)).not.toContain('aws_iam_role.administrator');
});

test('every denial is found where it is to be mended', () => {
  expect(mandatoryFailures(report)).toEqual(
    [
      'aws_iam_group_policies_exclusive.a',
      'aws_iam_role_policies_exclusive.block',
      'aws_iam_role_policies_exclusive.inline',
      'aws_iam_role_policy_attachments_exclusive.attached',
      'aws_ssoadmin_managed_policy_attachment.set_denied',
      'aws_ssoadmin_permissions_boundary_attachment.set_bounded',
    ].map((address) => `connect-grant-denied ${address}`),
  );
  const mends = report.findings.map(({ remediation }) => remediation.replace(/^In \S+ add /, ''));
  expect(mends.slice(0, 4)).toEqual([
    'to policy_names:\n  "connect"',
    'to policy_names:\n  "connect"',
    'to policy_names:\n  "connect"',
    'to policy_arns:\n  aws_iam_policy.a["attached"].arn',
  ]);
});

test('the role of a proxy is no principal, also where it is managed elsewhere', () => {
  const elsewhere = checkFile('policies/reachability/proxy-role-cannot-connect/cases/pass-role-elsewhere/plan.json');
  expect(elsewhere.connections.map(({ principal }) => principal)).toEqual(['aws_iam_role.orders', null]);
});

test.each([
  ['fail-role-of-another-account', ['aws_iam_role.orders', 'unreachable', 'broken']],
  ['pass-role-of-the-account', ['aws_iam_role.orders', 'unknown', 'unknown']],
  ['pass-wildcard-of-another-account', undefined],
])('%s: the login of a principal of another account', (name, expected) => {
  const { connections } = checkFile(`policies/reachability/connect-arn-wrong-scope/cases/${name}/plan.json`);
  const [own] = connections.filter(({ path }) => path === 'iam-rds');
  const said = own && [own.principal, own.verdict, own.legs.find(({ leg }) => leg === 'grant')?.status];
  expect(said).toEqual(expected);
});
