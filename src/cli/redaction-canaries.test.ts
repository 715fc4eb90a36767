import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Report } from '../model/report.ts';
import { type Format, formats } from '../report/index.ts';
import type { JsonObject } from '../terraform/json.ts';
import { canariesIn, withCanaries } from '../testing/canaries.ts';
import { runMain } from '../testing/run-main.ts';
import { type Command, commands, formatsOf } from './options.ts';

// Output may hold addresses, attribute paths, words that AWS defines, ARNs, names and user names, and what policy
// documents say (actions, resources, conditions). It never holds a value from a sensitive path or of an attribute that
// is named like a secret, nor text of variables, defaults and constants.

const files = [
  'testdata/scenarios/standard-postgres-jsonencode-flat/plan.json',
  'testdata/scenarios/mistake-grant-proxy-name/plan.json',
  'testdata/scenarios/end-to-end-mysql-local-module/plan.json',
  'testdata/lifecycle/standard-document/update-plan.json',
  'testdata/lifecycle/standard-document/replace-plan.json',
  'testdata/lifecycle/mistake-role-cannot-read-secret/noop-plan.json',
  'testdata/lifecycle/standard-document/state.json',
  'testdata/lifecycle/mistake-grant-proxy-name/state.json',
] as const;

const parse = (file: string): JsonObject => JSON.parse(readFileSync(file, 'utf8'));
const inputs = new Map(files.map((file) => [file, JSON.stringify(withCanaries(parse(file)))]));
const inputOf = (file: string): string => inputs.get(file as (typeof files)[number]) ?? '';

/** What a command is given beside the plan on standard input: one line of words for each time it is run. */
const wordsOf = (command: string, report: Report): readonly (readonly string[])[] => {
  if (command !== 'explain') return [[]];
  const { connections, findings } = report;
  const legs = [...new Set(connections.flatMap((connection) => connection.legs.map(({ leg }) => leg)))];
  return [...connections.map(({ id }) => id), ...findings.flatMap(({ id, policy }) => [id, policy]), ...legs].map(
    (word) => [word],
  );
};

const flags = [[], ['--verbose'], ['--quiet'], ['--color']] as const;
/** A command is asked for what it writes, and for one thing that it does not. */
const formatsFor = (command: Command): readonly Format[] => {
  const refused = formats.find((format) => !formatsOf[command].includes(format));
  return [...formatsOf[command], ...(refused === undefined ? [] : [refused])];
};
/** Only texts for people look different. */
const flagsFor = (format: Format) => (format === 'pretty' || format === 'markdown' ? flags : flags.slice(0, 2));
const ways = (Object.keys(commands) as Command[]).flatMap((command) => [
  ...flags.map((flag) => [[command, ...flag].join(' '), command, [...flag] as readonly string[]] as const),
  ...formatsFor(command).flatMap((format) =>
    flagsFor(format).map((flag) => {
      const options: readonly string[] = ['--format', format, ...flag];
      return [[command, ...options].join(' '), command, options] as const;
    }),
  ),
]);

const reportOf = async (file: string): Promise<Report> =>
  JSON.parse((await runMain(['check', '--format', 'json', '-'], inputOf(file))).stdout);

describe.each(files)('canaries in %s', (file) => {
  test('are there, and the file is still judged as it was', async () => {
    expect(canariesIn(inputOf(file)).length).toBeGreaterThan(15);
    const before = JSON.parse((await runMain(['check', '--format', 'json', '-'], readFileSync(file))).stdout);
    const report = await reportOf(file);
    expect(report.diagnostics).toEqual([]);
    expect(report.connections.map(({ path, user }) => [path, user])).toEqual(
      before.connections.map(({ path, user }: Report['connections'][number]) => [path, user]),
    );
  });

  test.each(ways)('%s', async (_, command, options) => {
    const report = await reportOf(file);
    for (const words of wordsOf(command, report)) {
      const { stdout, stderr } = await runMain([command, ...words, '-', ...options], inputOf(file));
      // An empty list is all that Code Quality says of what is well.
      expect((stdout + stderr).length).toBeGreaterThan(options.includes('gitlab-codequality') ? 2 : 20);
      expect(canariesIn(stdout + stderr)).toEqual([]);
    }
  });

  test.each([0.2, 0.5, 0.9, 0.999])('an error about the file cut at %d', async (share) => {
    const cut = inputOf(file).slice(0, Math.floor(inputOf(file).length * share));
    for (const format of formats) {
      const { code, stdout, stderr } = await runMain(['check', '--verbose', '--format', format, '-'], cut);
      expect(code).toBe(2);
      expect(canariesIn(stdout + stderr)).toEqual([]);
    }
  });
});

test('every place of a secret has a canary in some file', () => {
  const all = new Set([...inputs.values()].flatMap(canariesIn));
  const places = [
    ...['variable', 'default', 'constant', 'expression', 'planned-values', 'drift', 'action', 'generated', 'import'],
    ...['output-before', 'output-after', 'reason', 'check', 'password', 'master-password', 'secret-password'],
    ...[
      'secret-key',
      'secret-value',
      'secret-nested',
      'environment',
      'environment-key',
      'container',
      'user-data',
      'tag',
    ],
    ...['description', 'connection-string', 'private-key', 'auth-token', 'secret-binary', 'password-wo'],
  ];
  expect(places.filter((place) => !all.has(`canary-${place}`))).toEqual([]);
});

test.each(['pretty', 'json'])('control: a canary where a user name may stand is found in %s', async (format) => {
  const input = inputOf(files[1]).replaceAll('\\"username\\":\\"app\\"', '\\"username\\":\\"canary-user\\"');
  const { stdout } = await runMain(['check', '--format', format, '--verbose', '-'], input);
  expect(canariesIn(stdout)).toEqual(['canary-user']);
});
