import { readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { builtinPolicies } from '../index.ts';
import { type Connection, legNames, paths } from '../model/connection.ts';
import type { Finding } from '../model/finding.ts';
import { runMain, scenario } from './run.test-support.ts';

const brokenPlan = scenario('mistake-grant-proxy-name');
const endToEnd = 'testdata/lifecycle/end-to-end-modules/state.json';
const brownfield = 'testdata/lifecycle/brownfield/state.json';

// What a plan alone shows: some rows are about what it does not.
const explain = (...words: readonly string[]) => runMain(['explain', ...words, '--no-source']);
const said = async (...words: readonly string[]): Promise<string> => (await explain(...words)).stdout;
const read = async (...words: readonly string[]) => JSON.parse(await said(...words, '--format', 'json'));

const connectionsOf = async (plan: string, ...options: readonly string[]): Promise<readonly Connection[]> =>
  JSON.parse((await runMain([plan, '--format', 'json', ...options])).stdout).connections;

const idOf = async (plan: string, wanted: Partial<Connection>): Promise<string> => {
  const found = (await connectionsOf(plan, '--no-source')).find((connection) =>
    Object.entries(wanted).every(([key, value]) => connection[key as keyof Connection] === value),
  );
  if (found === undefined) throw new Error(`${plan} has no such connection`);
  return found.id;
};

describe('names, without a plan', () => {
  test.each(builtinPolicies.map(({ policy }) => [policy.id, policy] as const))('policy %s', async (id, policy) => {
    const { code, stdout } = await explain(id);
    expect(code).toBe(0);
    for (const part of [
      id,
      policy.title,
      policy.severity,
      policy.enforcement,
      policy.assert ?? '',
      ...policy.references,
    ]) {
      expect(stdout.replaceAll(/\s+/g, ' ')).toContain(part.replaceAll(/\s+/g, ' '));
    }
    expect(stdout).not.toContain('{{');
    expect(stdout).not.toContain('mend>');
  });

  test.each([
    ['B01', 'proxy-iam-requires-tls'],
    ['b01', 'proxy-iam-requires-tls'],
    ['pf-rds-proxy-iam-auth-requires-tls', 'proxy-iam-requires-tls'],
    ['A03', 'connect-arn-not-resource-id'],
  ])('alias %s', async (alias, id) => expect(await said(alias)).toBe(await said(id)));

  test.each(legNames)('leg %s', async (leg) => {
    const explained = await read(leg);
    expect(explained).toMatchObject({ schemaVersion: '1', kind: 'leg', leg, plans: [] });
    expect(explained.paths.length).toBeGreaterThan(0);
    expect(explained.policies.length).toBeGreaterThan(0);
    const text = await said(leg);
    for (const part of [`Leg ${leg}`, explained.policies[0].id, explained.references[0]]) expect(text).toContain(part);
  });

  test.each(paths)('path %s', async (path) => {
    const explained = await read(path);
    expect(explained).toMatchObject({ kind: 'path', path, needs: expect.any(Array), excludes: expect.any(Array) });
    const text = await said(path);
    for (const part of [`Path ${path}`, 'Needs', 'Excludes', explained.references[0]]) expect(text).toContain(part);
  });
});

describe('names, with a plan, say where they show in it', () => {
  test.each([
    ['connect-arn-not-resource-id', 'fails aws_iam_role_policy.orders_connect'],
    ['grant', 'unreachable iam-proxy-rds, user app, aws_iam_role.orders'],
    ['iam-proxy-rds', 'unreachable iam-proxy-rds, user app, aws_iam_role.orders'],
    ['iam-proxy-iam-rds', 'nothing'],
  ])('%s', async (subject, expected) => {
    const text = await said(subject, brokenPlan);
    expect(text.slice(text.indexOf(`In ${brokenPlan}`))).toContain(expected);
  });
});

describe('a connection that cannot work', () => {
  test('what is broken, where, and the edit that mends it, come first', async () => {
    const id = await idOf(brokenPlan, { path: 'iam-proxy-rds' });
    const text = await said(id, brokenPlan);
    const order = [
      `Connection ${id} of`,
      'cannot work.',
      'aws_iam_role.orders',
      'connect-arn-not-resource-id',
      'dbuser:${element(split(":", aws_db_proxy.main.arn), 6)}/app"',
      'Legs',
      'names the name of aws_db_proxy.main',
      'data.aws_iam_policy_document.orders_connect.statement[0].resources[0]',
      'Assumed (',
      'How the client logs in',
      'How the user is defined in the database',
      'Pages',
      'rds-auth-policy explain grant',
    ];
    const places: number[] = [];
    for (const part of order) places.push(text.indexOf(part, places.at(-1)));
    expect(places.filter((place) => place === -1)).toEqual([]);
  });

  test('as JSON', async () => {
    const id = await idOf(brokenPlan, { path: 'iam-proxy-rds' });
    const explained = await read(id, brokenPlan);
    expect(explained).toMatchObject({
      schemaVersion: '1',
      tool: { name: 'rds-auth-policy' },
      kind: 'connection',
      plan: brokenPlan,
      connection: { id, path: 'iam-proxy-rds', verdict: 'unreachable', user: 'app' },
      findings: [{ policy: 'connect-arn-not-resource-id', outcome: 'fail' }],
    });
    expect(explained.legs[0]).toMatchObject({
      leg: 'grant',
      status: 'broken',
      reference: expect.stringContaining('http'),
    });
    expect(explained.assumptions).toContainEqual({ assumption: expect.any(String), mend: expect.any(String) });
  });
});

type Row = readonly [
  title: string,
  plan: string,
  wanted: Partial<Connection>,
  client: readonly string[],
  sql: readonly string[],
];

const rows: readonly Row[] = [
  [
    'end-to-end IAM to PostgreSQL, applied',
    endToEnd,
    { path: 'iam-proxy-iam-rds', user: 'app' },
    [
      'TOKEN="$(aws rds generate-db-auth-token \\',
      '  --hostname "$HOST" --port 5432 \\',
      '  --region us-east-1 \\',
      '  --username app)"',
      'PGPASSWORD="$TOKEN" \\',
      'psql "host=$HOST port=5432 user=app dbname=DBNAME \\',
      '  sslmode=verify-full sslrootcert=system"',
    ],
    ['CREATE USER app WITH LOGIN;', 'GRANT rds_iam TO app;'],
  ],
  [
    'standard IAM to PostgreSQL, applied',
    brownfield,
    { path: 'iam-proxy-rds', user: 'app' },
    ['psql "host=$HOST port=5432 user=app dbname=DBNAME \\'],
    ["CREATE USER app WITH LOGIN PASSWORD '<the password in the secret>';", 'REVOKE rds_iam FROM app;'],
  ],
  [
    'standard IAM to MySQL, not yet applied',
    brokenPlan,
    { path: 'iam-proxy-rds', user: 'app' },
    [
      "HOST='${aws_db_proxy.main.endpoint}'",
      '  --ssl-mode=VERIFY_IDENTITY --ssl-ca=AmazonRootCA1.pem \\',
      '  --enable-cleartext-plugin --password="$TOKEN" DBNAME',
    ],
    ["CREATE USER 'app'@'%' IDENTIFIED BY '<the password in the secret>';"],
  ],
  [
    'IAM to MySQL directly, whose user the plan does not show',
    brokenPlan,
    { path: 'iam-rds' },
    ["HOST='${aws_db_instance.main.address}'", '  --ssl-mode=VERIFY_IDENTITY --ssl-ca=global-bundle.pem \\'],
    ["CREATE USER 'USER'@'%' IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS';", "ALTER USER 'USER'@'%' REQUIRE SSL;"],
  ],
  [
    'a password to MariaDB through a proxy',
    scenario('password-mariadb-jsonencode-for-each'),
    { path: 'password-proxy-rds' },
    ['  --ssl-verify-server-cert --ssl-ca=AmazonRootCA1.pem \\', '  --password DBNAME'],
    ["CREATE USER 'USER'@'%' IDENTIFIED BY '<the password in the secret>';"],
  ],
  [
    'a password to SQL Server through a proxy',
    scenario('password-sqlserver-document'),
    { path: 'password-proxy-rds' },
    ['sqlcmd -S "tcp:$HOST,1433" -U app -d DBNAME -N'],
    ["CREATE LOGIN [app] WITH PASSWORD = '<the password in the secret>';", 'CREATE USER [app] FOR LOGIN [app];'],
  ],
  [
    'IAM to SQL Server through a proxy: a token is no password',
    scenario('enabled-sqlserver-document'),
    { path: 'iam-proxy-rds' },
    ['  --hostname "$HOST" --port 1433 \\'],
    ["CREATE LOGIN [USER] WITH PASSWORD = '<the password in the secret>';", 'CREATE USER [USER] FOR LOGIN [USER];'],
  ],
  [
    'the master of Aurora',
    scenario('wildcard-aurora-postgresql-document'),
    { path: 'password-rds' },
    [
      "HOST='${aws_rds_cluster.main.endpoint}'",
      'psql "host=$HOST port=5432 user=root_admin dbname=DBNAME \\',
      '  sslmode=verify-full sslrootcert=global-bundle.pem"',
    ],
    [],
  ],
];

describe('what to type', () => {
  test.each(rows)('%s', async (_, plan, wanted, client, sql) => {
    const id = await idOf(plan, wanted);
    const explained = await read(id, plan);
    expect(explained.client.lines).toEqual(expect.arrayContaining([...client]));
    expect(explained.databaseUser.lines).toEqual(sql);
    const text = await said(id, plan);
    for (const line of [...client, ...sql]) expect(text).toContain(`\n  ${line}\n`);
  });

  test('a client with a password makes no token, and one with a token is asked for none', async () => {
    const master = await read(await idOf(brownfield, { path: 'password-rds' }), brownfield);
    expect(master.client.lines.join('\n')).not.toMatch(/token|TOKEN/);
    const token = await read(
      await idOf(scenario('enabled-sqlserver-document'), { path: 'iam-proxy-rds' }),
      scenario('enabled-sqlserver-document'),
    );
    expect(token.client.lines.join('\n')).not.toContain('sqlcmd');
    expect(token.client.notes.join('\n')).toContain('accessToken of JDBC');
  });
});

describe('a finding', () => {
  test('message, places, edit, pages, and the connections that it breaks', async () => {
    const { findings } = JSON.parse((await runMain([brokenPlan, '--format', 'json', '--no-source'])).stdout);
    const finding = findings.find(({ outcome }: { outcome: string }) => outcome === 'fail');
    const broken = await idOf(brokenPlan, { path: 'iam-proxy-rds' });
    const explained = await read(finding.id, brokenPlan);
    expect(explained).toMatchObject({ kind: 'finding', finding, connections: [{ id: broken, legs: ['grant'] }] });
    const text = await said(finding.id, brokenPlan);
    for (const part of [
      `Finding ${finding.id}`,
      finding.address,
      'fix ',
      'why ',
      `Breaks\n  ${broken} iam-proxy-rds, user app, aws_iam_role.orders; at grant\n`,
      'https://docs.aws.amazon.com',
      `rds-auth-policy explain ${broken} ${brokenPlan}`,
    ]) {
      expect(text).toContain(part);
    }
    expect(await said(finding.fingerprint, brokenPlan)).toBe(text);
    expect(await said(finding.id.slice(0, 4).toUpperCase(), brokenPlan)).toBe(text);
  });

  test('one that is undecided is no fault', async () => {
    const plan = scenario('standard-postgres-jsonencode-flat');
    const { findings } = JSON.parse((await runMain([plan, '--format', 'json', '--no-source'])).stdout);
    const open = findings.find(
      ({ outcome, enforcement }: Finding) => outcome === 'unknown' && enforcement === 'mandatory',
    );
    const text = await said(open.id, plan);
    expect(text).toContain('is undecided.');
    expect(text).toContain('Leaves undecided');
    expect(text).toContain('    if so ');
    expect(text).not.toContain('    fix ');
    expect(text).not.toContain('✗');
  });
});

describe('no answer', () => {
  const connection = '0000';
  test.each([
    [
      ['proxy-iam-requires-tsl'],
      'There is no policy, leg or path proxy-iam-requires-tsl; did you mean proxy-iam-requires-tls?',
    ],
    [['gront'], 'There is no policy, leg or path gront; did you mean grant?'],
    [['iam-proxi-rds'], 'did you mean iam-proxy-rds?'],
    [[connection], `rds-auth-policy explain ${connection} plan.json`],
    [[connection, brokenPlan], 'Its connections are:\n    d41d9145  unreachable  iam-proxy-rds, user app\n'],
    [['d41d9154', brokenPlan], 'did you mean d41d9145?'],
    [['plan.json'], 'a PLAN comes after what is to be explained.'],
    [['d41', brokenPlan], 'There is nothing called d41'],
    [['grant', 'none.json'], 'There is no such file.'],
    [['grant', brokenPlan, '--context', 'none.json'], 'none.json'],
    [['grant', '--policies', 'none'], 'none'],
  ])('%j', async (words, message) => {
    const { code, stdout, stderr } = await runMain(['explain', ...words], { env: { COLUMNS: '200' } });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.replace(/\n {7}/g, ' ')).toContain(message);
    const json = await explain(...words, '--format', 'json');
    expect([json.code, JSON.parse(json.stdout).verdict]).toEqual([2, 'error']);
  });
});

describe('several plans', () => {
  test('a name is looked for in all of them', async () => {
    const other = scenario('mistake-no-auth');
    const text = await said('password-rds', brokenPlan, other);
    expect(text).toContain(`In ${brokenPlan}`);
    expect(text).toContain(`In ${other}`);
  });

  test('one id in several plans is explained for each', async () => {
    const other = scenario('mistake-no-auth');
    const id = await idOf(brokenPlan, { path: 'password-rds' });
    expect(await idOf(other, { path: 'password-rds' })).toBe(id);
    const explained = await read(id, brokenPlan, other);
    expect(explained.map(({ plan }: { plan: string }) => plan)).toEqual([brokenPlan, other]);
  });
});

describe.each([[['--no-source']], [[]]])('every connection of every scenario, %j', (options) => {
  const plans = readdirSync('testdata/scenarios', { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => scenario(name));

  test.each(plans)('%s', async (plan) => {
    for (const { id, verdict, legs } of await connectionsOf(plan, ...options)) {
      const { code, stdout } = await runMain(['explain', id, plan, ...options], { env: { LC_ALL: 'C' } });
      expect(code).toBe(0);
      expect(stdout).not.toMatch(/[^\n -~]/);
      for (const { leg } of legs) expect(stdout).toContain(leg);
      const prose = stdout
        .split('\n')
        .filter((line) => !/https:|"arn:|explain |testdata|aws_|module\.|^ {12}/.test(line));
      expect(prose.filter((line) => line.length > 80)).toEqual([]);
      if (verdict === 'unreachable') {
        const { findings } = JSON.parse((await runMain(['explain', id, plan, ...options, '--format', 'json'])).stdout);
        expect([plan, id, findings.some(({ outcome }: { outcome: string }) => outcome === 'fail')]).toEqual([
          plan,
          id,
          true,
        ]);
      }
    }
  });
});
