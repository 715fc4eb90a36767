import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { serveHelp } from './help.ts';
import { serveOptions } from './options.ts';
import { readSettings } from './settings.ts';

const env = { RDS_AUTH_POLICY_HMAC_KEY: 'key' };
const read = (...argv: readonly string[]) => readSettings(['--state-dir', '/tmp/state', ...argv], env);

test('docs/run-task.md has every option, and no other', () => {
  const text = readFileSync('docs/run-task.md', 'utf8');
  const named = new Set([...text.matchAll(/`--([a-z-]+)/g)].map(([, name = '']) => name));
  expect([...named].sort()).toEqual(
    Object.keys(serveOptions)
      .filter((name) => name !== 'help')
      .sort(),
  );
});

test('the commands in docs/run-task.md are understood', () => {
  const text = readFileSync('docs/run-task.md', 'utf8');
  const commands = [...text.matchAll(/^rds-auth-policy serve (.*)$/gm)].map(([, rest = '']) => rest.split(' '));
  expect(commands.length).toBeGreaterThan(1);
  // Their files are not there, which is the only thing that may be wrong.
  const said = commands
    .map((argv) => readSettings(argv, env))
    .flatMap((found) => (found.kind === 'mistake' ? found.message : []));
  expect(said.filter((message) => !/names a file that is not there/.test(message))).toEqual([]);
});

test('defaults are those of the documentation', () => {
  expect(read()).toMatchObject({
    kind: 'settings',
    settings: {
      host: '127.0.0.1',
      port: 22180,
      path: '/runtask',
      keys: ['key'],
      hosts: [{ hostname: 'app.terraform.io', port: '' }],
      unknown: 'report',
      publicUrl: undefined,
      concurrency: 2,
      mostWaiting: 1000,
      largestPlan: 100 * 2 ** 20,
      reportMilliseconds: 72 * 3_600_000,
      oldestRun: 720 * 3_600_000,
    },
  });
});

test('a key of a file ends before its line does', () => {
  expect(read('--hmac-key-file', 'examples/orders-fixed/plan-kind')).toMatchObject({
    settings: { keys: [readFileSync('examples/orders-fixed/plan-kind', 'utf8').trimEnd()] },
  });
});

test.each<[readonly string[], RegExp]>([
  [['--port', '70000'], /--port takes a whole number from 0 to 65535/],
  [['--port', '8o'], /whole number/],
  [['--concurrency', '0'], /from 1 to 64/],
  [['--path', 'runtask'], /such as \/runtask/],
  [['--path', '/healthz'], /--path \/healthz is an address that this server has for something else/],
  [['--path', '/metrics'], /for something else/],
  [['--path', '/reports/x'], /for something else/],
  [['--path', '/reports'], /for something else/],
  [['--allow-host', 'https://tfe.example'], /name of one host/],
  [['--allow-host', '*.terraform.io'], /no pattern: repeat it/],
  [['--organization', 'acme'], /NAME=FILE/],
  [
    ['--organization', 'acme=package.json', '--organization', 'acme=knip.json'],
    /names acme twice: give it one configuration\./,
  ],
  [['--organization', 'acme=/nowhere.yaml'], /not there: \/nowhere.yaml/],
  [['--config-only', '/nowhere.yaml'], /not there/],
  [['--unknown', 'pass'], /report or fail/],
  [['--public-url', 'rds.example.com'], /takes an address/],
  [['--public-url', 'javascript:alert(1)'], /takes an address/],
  [['--hots', 'x'], /no option --hots; did you mean --host\?/],
  [['plan.json'], /options and nothing else/],
  [['--host'], /argument/],
])('%j is a mistake', (argv, message) => {
  expect(read(...argv)).toEqual({ kind: 'mistake', message: expect.stringMatching(message) });
});

test('a path that only begins like one of its own is none', () => {
  expect(read('--path', '/reportsx')).toMatchObject({ kind: 'settings', settings: { path: '/reportsx' } });
});

test('it needs a directory for its work', () => {
  expect(readSettings([], env)).toEqual({ kind: 'mistake', message: expect.stringMatching(/needs --state-dir/) });
});

test('the help names every option', async () => {
  const help = await serveHelp(80);
  expect(Object.keys(serveOptions).filter((name) => !help.includes(`--${name} `))).toEqual([]);
});

test.each([['--help'], ['-h'], ['--help', 'extra'], ['--state-dir', 'd', '-h']])('%s %s asks for it', (...argv) => {
  expect(readSettings(argv, {})).toEqual({ kind: 'help' });
});
