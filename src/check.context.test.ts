import { describe, expect, test } from '@jest/globals';
import type { Report } from './model/report.ts';
import { checkFile } from './testing/check-file.ts';
import { connectionKey, mandatoryFailures } from './testing/expected.ts';

const orders = 'testdata/context/orders/plan.json';
const platform = 'testdata/context/platform/state.json';

const strays = ({ diagnostics }: Report): readonly string[] =>
  diagnostics.flatMap(({ code, origin }) => (code === 'grant-not-in-view' ? (origin?.address ?? '') : [])).sort();

describe('the state of another workspace as context', () => {
  test('without it, a grant for a proxy out of view means nothing in view', () => {
    const report = checkFile(orders);
    expect(report.connections).toEqual([]);
    expect(report.matrix).toEqual([]);
    expect(strays(report)).toEqual(['aws_iam_role_policy.billing_connect', 'aws_iam_role_policy.orders_connect']);
  });

  test('with it, the grants are judged through the proxy of the other workspace', () => {
    const report = checkFile(orders, [platform]);
    const verdicts = report.connections.map((connection) => `${connectionKey(connection)}: ${connection.verdict}`);
    expect(verdicts).toEqual([
      'iam-proxy-rds | aws_db_instance.main | aws_db_proxy.main | app | aws_iam_role.orders: reachable',
      'iam-proxy-rds | aws_db_instance.main | aws_db_proxy.main | billing | aws_iam_role.billing: unreachable',
    ]);
    expect(mandatoryFailures(report)).toEqual(['connect-user-without-secret aws_iam_role_policy.billing_connect']);
    expect(strays(report)).toEqual([]);
  });

  test('a grant on what is known after apply says so, and that the state tells', () => {
    const { diagnostics } = checkFile('testdata/lifecycle/special/composed-documents/plan.json');
    expect(diagnostics).toMatchObject([
      { code: 'grant-not-in-view', summary: expect.stringContaining('known after apply') },
    ]);
  });

  test('it completes and is not judged: no row, no summary, no finding of its own', () => {
    const report = checkFile(orders, [platform]);
    expect(report.matrix).toEqual([]);
    expect(report.summary).toMatchObject({ databases: 0, proxies: 0 });
    expect(report.input.map(({ role }) => role)).toEqual(['judged', 'context']);
  });

  test('equal addresses in two inputs stay apart', () => {
    const report = checkFile('testdata/context/platform/plan.json', [platform]);
    const own = checkFile('testdata/context/platform/plan.json');
    expect(report.matrix).toEqual(own.matrix);
    expect(report.connections.map(connectionKey)).toEqual(own.connections.map(connectionKey));
  });

  test.each([
    ['no context', [], ['password-proxy-rds | aws_db_instance.reports | aws_db_proxy.reports |  | : unknown']],
    [
      'its state: the user in the secret, and the proxy behind the id',
      [platform],
      [
        'iam-proxy-rds | aws_db_instance.main | aws_db_proxy.main |  | aws_iam_role.reports: unknown',
        'password-proxy-rds | aws_db_instance.reports | aws_db_proxy.reports | app | : reachable',
      ],
    ],
    [
      'two inputs that have the outputs: nobody can tell which is read',
      [platform, 'testdata/context/platform/plan.json'],
      ['password-proxy-rds | aws_db_instance.reports | aws_db_proxy.reports |  | : unknown'],
    ],
  ])('outputs that are read during apply, %s', (_, context, expected) => {
    const report = checkFile('testdata/context/reports/plan.json', context);
    const behindProxies = report.connections.filter(({ proxy }) => proxy !== null);
    expect(behindProxies.map((connection) => `${connectionKey(connection)}: ${connection.verdict}`)).toEqual(expected);
  });

  test('the state of the judged workspace itself adds nothing', () => {
    const own = checkFile('testdata/context/platform/state.json');
    const twice = checkFile('testdata/context/platform/state.json', [platform]);
    expect(twice.connections).toEqual(own.connections);
    expect(twice.matrix).toEqual(own.matrix);
  });
});
