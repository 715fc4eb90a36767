import { describe, expect, test } from '@jest/globals';
import type { Connection, LegName, LegStatus } from './model/connection.ts';
import type { Report } from './model/report.ts';
import { loadPolicyConfiguration } from './policy/load-configuration.ts';
import { checkWithSource } from './testing/check-source.ts';

const judge = async (scenario: string, text: string): Promise<Report> => {
  const { configuration, diagnostics } = await loadPolicyConfiguration({ path: 'rds-auth-policy.yaml', text });
  expect(diagnostics).toEqual([]);
  if (configuration === null) throw new Error('no configuration');
  const folder = `testdata/scenarios/${scenario}`;
  return checkWithSource(`${folder}/plan.json`, `${folder}/config`, { configuration });
};

const judgeCase = async (folder: string, text: string): Promise<Report> => {
  const { configuration } = await loadPolicyConfiguration({ path: 'rds-auth-policy.yaml', text });
  if (configuration === null) throw new Error('no configuration');
  return checkWithSource(`${folder}/plan.json`, folder, { configuration });
};

const connection = ({ connections }: Report, path: Connection['path'], user: string): Connection => {
  const found = connections.find((one) => one.path === path && one.user === user);
  if (found === undefined) throw new Error(`no connection ${path} of ${user}`);
  return found;
};

const legOf = ({ legs }: Connection, name: LegName): readonly [LegStatus | undefined, string | undefined] => {
  const leg = legs.find((one) => one.leg === name);
  return [leg?.status, leg?.reason];
};

const unused = ({ diagnostics }: Report): readonly string[] =>
  diagnostics
    .filter(({ code }) => code === 'configuration-unused')
    .map(({ severity, summary, origin }) => `${origin?.file}:${origin?.line}:${origin?.column} ${severity} ${summary}`);

describe('users that are declared', () => {
  const app = (method: string, more = ''): string => `users:\n  - { name: app, method: ${method}${more} }\n`;

  test('are assumed without', async () => {
    const report = await judge('iam-user-mysql-local', '');
    expect(legOf(connection(report, 'iam-proxy-rds', 'app'), 'database-user')).toEqual([
      'assumed',
      "app is defined with the secret's password in the database",
    ]);
  });

  test('for the method that the way in needs make its leg ok', async () => {
    const report = await judge('iam-user-mysql-local', app('password', ', database: "aws_db_instance.*"'));
    const { legs, assumptions, verdict } = connection(report, 'iam-proxy-rds', 'app');
    expect(verdict).toBe('reachable');
    expect(legs.find(({ leg }) => leg === 'database-user')).toEqual({
      leg: 'database-user',
      status: 'ok',
      reason: 'rds-auth-policy.yaml declares app without IAM',
      origin: { address: 'aws_db_instance.main', path: '', file: 'rds-auth-policy.yaml', line: 2, column: 5 },
    });
    expect(assumptions).not.toContain("app is defined with the secret's password in the database");
    expect(report.findings.map(({ policy }) => policy)).not.toContain('database-user-other-method');
    expect(unused(report)).toEqual([]);
  });

  test('for the other method break it, and are a finding with the line', async () => {
    const report = await judge('iam-user-mysql-local', app('iam'));
    const reason = 'rds-auth-policy.yaml declares app for IAM, whose password the database then refuses';
    expect(connection(report, 'iam-proxy-rds', 'app').verdict).toBe('unreachable');
    expect(legOf(connection(report, 'iam-proxy-rds', 'app'), 'database-user')).toEqual(['broken', reason]);
    const finding = report.findings.find(({ policy }) => policy === 'database-user-other-method');
    expect(finding).toMatchObject({
      outcome: 'fail',
      address: 'aws_db_instance.main',
      message: reason,
      remediation:
        'Give app a password in place of IAM in aws_db_instance.main, or use another user here, and declare it in rds-auth-policy.yaml:\n  method: password',
      origins: [{ file: 'rds-auth-policy.yaml', line: 2, column: 5 }],
    });
  });

  test('who need IAM are told what to type', async () => {
    const report = await judge('undecided-both-schemes', 'users: [{ name: reporting, method: password }]');
    expect(connection(report, 'iam-rds', 'reporting').verdict).toBe('unreachable');
    const finding = report.findings.find(({ policy }) => policy === 'database-user-other-method');
    expect(finding?.remediation).toMatch(
      /^Let reporting log in by IAM in aws_db_instance.main:\n {2}(ALTER USER|GRANT rds_iam)/,
    );
  });

  test.each([
    ['users: [{ name: ap, method: iam }]', '1:9'],
    ['users: [{ name: app, method: iam, database: aws_db_instance.other }]', '1:9'],
  ])('%s is for nobody, and said', async (text, place) => {
    const report = await judge('iam-user-mysql-local', text);
    expect(unused(report)).toEqual([
      `rds-auth-policy.yaml:${place} warning No way in to such a database is for this user.`,
    ]);
    expect(report.verdict).toBe('pass');
  });

  test.each([
    ['app', 'password', []],
    [
      'app',
      'iam',
      [
        'rds-auth-policy.yaml:1:9 warning postgresql_role.app defines this user for the other method, and what it says counts.',
      ],
    ],
  ])('%s, whom a resource makes by password, by %s', async (name, method, said) => {
    const folder = 'policies/reachability/database-user-other-method/cases/pass-password-user';
    const report = await judgeCase(folder, `users: [{ name: ${name}, method: ${method} }]`);
    expect(unused(report)).toEqual(said);
  });

  test('of several statements the last counts', async () => {
    const text = 'users: [{ name: app, method: iam }, { name: "app", method: password }]';
    expect(connection(await judge('iam-user-mysql-local', text), 'iam-proxy-rds', 'app').verdict).toBe('reachable');
  });
});

describe('users that must be declared', () => {
  const said = async (users: string) => {
    const report = await judge('iam-user-mysql-local', `sets: [organization]\n${users}`);
    const own = report.findings.filter(({ policy }) => policy === 'users-declared');
    return own.map(({ outcome, message, remediation }) => [outcome, message, remediation]);
  };
  const root = '{ name: root_admin, method: password }';
  const finding = (declared: string, method: string) => [
    'fail',
    `aws_db_instance.main has the user app, by ${method}, named by aws_iam_user_policy.orders_connect; users: ${declared}; parameter users: (none)`,
    `Take the user out of aws_iam_user_policy.orders_connect, or declare the user.
In rds-auth-policy.yaml write, under users:
  - { name: "app", database: "aws_db_instance.main", method: ${method} }`,
  ];

  test.each([
    ['for the database', '{ name: app, method: password, database: "aws_db_instance.*" }', []],
    ['for any database', '{ name: app, method: password }', []],
    ['by the other method', '{ name: app, method: iam }', [finding('declares app by IAM', 'password')]],
    [
      'for another database',
      '{ name: app, method: password, database: x.y }',
      [finding('does not declare app', 'password')],
    ],
  ])('one that is declared %s', async (_, user, findings) => {
    expect(await said(`users: [${root}, ${user}]`)).toEqual(findings);
  });

  test('the lines that mend it do', async () => {
    const [[, , remediation = ''] = []] = await said(`users: [${root}]`);
    const lines = remediation.split('\n').slice(2).join('\n');
    expect(lines).not.toBe('');
    expect(await said(`users:\n  - ${root}\n${lines}`)).toEqual([]);
  });
});

describe('legs that are taken as given', () => {
  const assume = (body: string): string => `assume:\n  - { ${body}, reason: So it is. }\n`;
  const words = 'So it is. (assumed in rds-auth-policy.yaml)';

  test('an unknown one is assumed, and the verdict follows', async () => {
    const before = connection(await judge('undecided-both-schemes', ''), 'iam-proxy-rds', 'app');
    expect([before.verdict, legOf(before, 'listener')[0]]).toEqual(['unknown', 'unknown']);
    const report = await judge('undecided-both-schemes', assume('leg: listener, proxy: "aws_db_proxy.*", user: app'));
    const after = connection(report, 'iam-proxy-rds', 'app');
    expect([after.verdict, ...legOf(after, 'listener')]).toEqual(['reachable', 'assumed', words]);
    expect(after.assumptions).toContain(words);
    expect([report.summary.connections.unknown, unused(report)]).toEqual([0, []]);
  });

  test('an assumed one gets the reason of the team', async () => {
    const report = await judge('iam-user-mysql-local', assume('leg: network, path: iam-proxy-rds'));
    const mine = connection(report, 'iam-proxy-rds', 'app');
    expect(legOf(mine, 'network')).toEqual(['assumed', words]);
    expect(mine.assumptions).toContain(words);
    expect(legOf(connection(report, 'password-rds', 'root_admin'), 'network')[1]).not.toBe(words);
  });

  test('one that is broken stays so, and one that is ok too', async () => {
    const plain = await judge('mistake-tls-off', '');
    const given = await judge('mistake-tls-off', `${assume('leg: tls')}  - { leg: engine, reason: So it is. }\n`);
    const [before, after] = [plain, given].map((report) => connection(report, 'iam-proxy-rds', 'app'));
    expect(after?.verdict).toBe('unreachable');
    for (const leg of ['tls', 'engine'] as const) {
      expect(after && legOf(after, leg)).toEqual(before && legOf(before, leg));
    }
    expect(given.findings).toEqual(plain.findings);
  });

  test.each([
    'leg: network, database: aws_db_instance.other',
    'leg: network, proxy: "x.*"',
    'leg: network, user: nobody',
    'leg: network, principal: "aws_iam_role.*"',
    'leg: network, path: iam-rds',
    'leg: secret, path: password-rds',
  ])('one that matches no leg is said: %s', async (body) => {
    const report = await judge('iam-user-mysql-local', assume(body));
    expect(unused(report)).toEqual(['rds-auth-policy.yaml:2:5 warning This assumption is about no leg of any way in.']);
    expect(report.connections).toEqual((await judge('iam-user-mysql-local', '')).connections);
  });

  test('holds before the plan as it does after it', async () => {
    const plain = await judge('undecided-both-schemes', '');
    const given = await judge('undecided-both-schemes', assume('leg: listener'));
    expect(plain.changes.length).toBeGreaterThan(0);
    expect(given.changes.map(({ before }) => before)).toEqual(plain.changes.map(({ before }) => before));
  });
});

describe('rules select by engine', () => {
  test.each([
    ['mistake-tls-off', 'postgres', 'mysql'],
    ['mistake-user-mixed', 'mysql', 'postgres'],
    ['mistake-engine-family', '*', 'oracle-*'],
    ['mistake-role-trust', '*', 'sqlserver-*'],
    ['mistake-secret-without-password', '*', 'db2-*'],
    ['mistake-read-only-endpoint', '*', 'db2-*'],
    ['mistake-grant-proxy-name', '*', 'sqlserver-*'],
  ])('of %s: %s, and not %s', async (scenario, engine, other) => {
    const rule = (name: string): string => `rules: [{ policy: "*", severity: info, select: { engine: "${name}" } }]`;
    const severities = async (text: string) => (await judge(scenario, text)).findings.map(({ severity }) => severity);
    const plain = await severities('');
    expect(plain.length).toBeGreaterThan(0);
    expect(await severities(rule(engine))).toEqual(plain.map(() => 'info'));
    expect(await severities(rule(other))).toEqual(plain);
    const { diagnostics } = await judge(scenario, rule(other));
    expect(diagnostics.filter(({ code }) => code === 'configuration-undecided')).toEqual([]);
  });
});
