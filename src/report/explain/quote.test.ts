import { spawnSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import type { Connection } from '../../model/connection.ts';
import type { Guide } from '../../model/guide.ts';
import { report } from '../report.test-support.ts';
import { clientInstructions } from './client.ts';
import { conninfoValue, mysqlString, postgresName, shellWord, sqlServerName } from './quote.ts';
import { userInstructions } from './sql.ts';

const names = [
  'app',
  'App',
  'user',
  'my app',
  "o'brien",
  'a"b',
  'a`id`b',
  '$(touch pwned)',
  '$HOME',
  'a;b|c&d>e',
  'back\\slash',
  '--help',
  "x' sslmode=disable '",
  "x'; DROP USER admin; --",
  'x]; DROP LOGIN sa; --',
  '!!',
  'æøå',
] as const;

describe('a word for a shell', () => {
  test.each(names)('%s', (name) => {
    const { stdout } = spawnSync('sh', ['-c', `printf %s ${shellWord(name)}`], { encoding: 'utf8' });
    expect(stdout).toBe(name);
  });
});

test.each([
  ['app', 'app'],
  ['app_2', 'app_2'],
  ['App', '"App"'],
  ['user', '"user"'],
  ['my app', '"my app"'],
  ['a"b', '"a""b"'],
  ["x'; DROP USER admin; --", `"x'; DROP USER admin; --"`],
])('PostgreSQL %s', (name, expected) => expect(postgresName(name)).toBe(expected));

test.each([
  ['app', "'app'"],
  ["o'brien", "'o''brien'"],
  ['back\\slash', "'back\\\\slash'"],
  ["\\' OR 1", "'\\\\'' OR 1'"],
])('MySQL %s', (name, expected) => expect(mysqlString(name)).toBe(expected));

test.each([
  ['app', '[app]'],
  ['x]; DROP LOGIN sa; --', '[x]]; DROP LOGIN sa; --]'],
])('SQL Server %s', (name, expected) => expect(sqlServerName(name)).toBe(expected));

test.each([
  ['app', 'app'],
  ['my app', "'my app'"],
  ["x' sslmode=disable '", "'x\\' sslmode=disable \\''"],
  ['a\\b', "'a\\\\b'"],
])('a connection string of %s', (name, expected) => expect(conninfoValue(name)).toBe(expected));

const [template] = report.connections;
const connectionFor = (user: string | null, path: Connection['path'] = 'iam-rds'): Connection => {
  if (template === undefined) throw new Error('The report has no connection');
  return { ...template, user, path };
};

const guide: Guide = {
  connection: 'c1',
  dialect: 'postgresql',
  host: { kind: 'known', text: 'db.example.com' },
  port: { kind: 'known', text: '5432' },
  region: { kind: 'known', text: 'eu-west-1' },
  trust: 'rds-bundle',
  secret: null,
  facts: [],
};

/** Runs the lines with programs that print what they are given, one argument a line. */
const argumentsOf = (lines: readonly string[]): readonly string[] => {
  const fakes = [
    'aws() { :; }',
    ...['psql', 'mysql', 'mariadb', 'sqlcmd'].map((name) => `${name}() { printf '%s\\n' "$@"; }`),
  ];
  return spawnSync('bash', ['-c', [...fakes, ...lines].join('\n')], { encoding: 'utf8' }).stdout.split('\n');
};

describe('a command line hands each name over whole', () => {
  test.each(names)('%s', (name) => {
    const lines = (dialect: Guide['dialect'], path: Connection['path'] = 'iam-rds') =>
      argumentsOf(clientInstructions(connectionFor(name, path), { ...guide, dialect }).lines);
    expect(lines('mysql')).toContain(`--user=${name}`);
    expect(lines('mariadb')).toContain(`--user=${name}`);
    expect(lines('sqlserver', 'password-proxy-rds')).toContain(name);
    const [conninfo = ''] = lines('postgresql');
    expect(conninfo).toContain(` user=${conninfoValue(name)} dbname=DBNAME `);
    expect(conninfo).toMatch(/sslmode=verify-full sslrootcert=global-bundle\.pem$/);
  });
});

describe('what the plan does not show', () => {
  test.each<[string, Partial<Guide>, string | null, string]>([
    ['host', { host: { kind: 'not-in-view' } }, 'app', 'HOSTNAME stands for'],
    ['port', { port: { kind: 'not-in-view' } }, 'app', 'PORT stands for the port, which the plan does not show.'],
    [
      'port, later',
      { port: { kind: 'after-apply', expression: 'aws_db_instance.x.port' } },
      'app',
      'PORT stands for the port, ${aws_db_instance.x.port}, known after apply.',
    ],
    ['region', { region: { kind: 'not-in-view' } }, 'app', 'REGION stands for'],
    ['engine', { dialect: null }, 'app', 'The engine is not in view'],
    ['user', {}, null, 'USER stands for the database user, whom the plan does not show.'],
    ['pattern', {}, 'app_*', 'USER stands for a database user whose name fits app_*.'],
    ['policy variable', {}, '${aws:username}', 'USER stands for a database user whose name fits ${aws:username}.'],
  ])('%s', (_, change, user, note) => {
    const { lines, notes } = clientInstructions(connectionFor(user), { ...guide, ...change });
    expect(notes.join('\n')).toContain(note);
    if (change.dialect === undefined) expect(lines.join('\n')).toContain('generate-db-auth-token');
  });

  test('a host that is an expression is no code of the shell', () => {
    const host = { kind: 'after-apply', expression: `aws_db_proxy.x["it's"].endpoint` } as const;
    const lines = clientInstructions(connectionFor('app'), { ...guide, host }).lines;
    const [conninfo] = argumentsOf(lines);
    expect(conninfo).toContain(`host=\${aws_db_proxy.x["it's"].endpoint} port`);
  });
});

test.each<[Guide['dialect'], Connection['path'], readonly string[]]>([
  ['postgresql', 'iam-rds', ['CREATE USER app WITH LOGIN;', 'GRANT rds_iam TO app;']],
  [
    'postgresql',
    'iam-proxy-rds',
    ["CREATE USER app WITH LOGIN PASSWORD '<the password in the secret>';", 'REVOKE rds_iam FROM app;'],
  ],
  [
    'mariadb',
    'iam-proxy-iam-rds',
    ["CREATE USER 'app'@'%' IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS';", "ALTER USER 'app'@'%' REQUIRE SSL;"],
  ],
  ['mysql', 'password-proxy-rds', ["CREATE USER 'app'@'%' IDENTIFIED BY '<the password in the secret>';"]],
  ['sqlserver', 'iam-rds', []],
  ['mysql', 'password-rds', []],
  [null, 'iam-rds', []],
])('%s, %s', (dialect, path, lines) => {
  expect(userInstructions(connectionFor('app', path), { ...guide, dialect }).lines).toEqual(lines);
});
