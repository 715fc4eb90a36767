import { readFileSync } from 'node:fs';
import { describe, expect, jest, test } from '@jest/globals';
import type { Report } from '../model/report.ts';
import { formats } from '../report/index.ts';
import type { JsonObject } from '../terraform/json.ts';
import { canariesIn, withCanaries } from '../testing/canaries.ts';
import { runInFormats } from '../testing/run-in-formats.ts';
import { runMain } from '../testing/run-main.ts';
import { type Command, commands, formatsOf } from './options.ts';

// Each judges many plans, on a machine that does other work beside it.
jest.setTimeout(60_000);

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

/** Whatever `explain` can be asked about a report. */
const wordsIn = ({ connections, findings }: Report): readonly string[] => {
  const legs = connections.flatMap((connection) => connection.legs.map(({ leg }) => leg));
  const ids = [...connections, ...findings].map(({ id }) => id);
  return [...new Set([...ids, ...findings.map(({ policy }) => policy), ...legs])];
};

const flags = [[], ['--verbose'], ['--quiet'], ['--color']] as const;
const drawing = ['check', 'matrix', 'graph'] as const;
const judgedWays = drawing.flatMap((command) =>
  flags.map((flag) => [[command, ...flag].join(' '), command, flag] as const),
);

/** Each command in each format that it writes, and in one that it does not. */
const printedWays = (Object.keys(commands) as Command[]).flatMap((command) => {
  const refused = formats.find((format) => !formatsOf[command].includes(format));
  return [...formatsOf[command], ...(refused === undefined ? [] : [refused])].flatMap((format) =>
    flags.map(
      (flag) => [[command, '--format', format, ...flag].join(' '), [command, '--format', format], flag] as const,
    ),
  );
});

/** An empty list is all that Code Quality says of what is well. */
const shortest = (format: string): number => (format === 'gitlab-codequality' ? 2 : 20);

const judged = new Map<string, Promise<Report>>();
const reportOf = (file: string): Promise<Report> => {
  const report =
    judged.get(file) ??
    runMain(['check', '--format', 'json', '-'], inputOf(file)).then(({ stdout }) => JSON.parse(stdout));
  judged.set(file, report);
  return report;
};

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

  test.each(judgedWays)('%s, in every format', async (_, command, flag) => {
    const { stdout, stderr, texts } = await runInFormats([command, '-', ...flag], formatsOf[command], inputOf(file));
    expect((stdout + stderr).length).toBeGreaterThan(20);
    expect(canariesIn(stdout + stderr)).toEqual([]);
    for (const [format, text] of texts) {
      expect(text.length).toBeGreaterThan(shortest(format));
      expect([format, ...canariesIn(text)]).toEqual([format]);
    }
  });

  test.each([['--verbose'], ['--format=json']])('explain %s, of everything', async (...options) => {
    for (const word of wordsIn(await reportOf(file))) {
      const { stdout, stderr } = await runMain(['explain', word, '-', ...options], inputOf(file));
      expect((stdout + stderr).length).toBeGreaterThan(20);
      expect(canariesIn(stdout + stderr)).toEqual([]);
    }
  });

  test.each(flags.map((flag) => [flag.join(' '), flag] as const))('explain and model %s', async (_, flag) => {
    const { connections, findings } = await reportOf(file);
    const subjects = [...connections.slice(0, 1), ...findings.slice(0, 1)].map(({ id }) => ['explain', id]);
    for (const words of [...subjects, ['model']]) {
      const { stdout, stderr } = await runMain([...words, '-', ...flag], inputOf(file));
      expect((stdout + stderr).length).toBeGreaterThan(20);
      expect(canariesIn(stdout + stderr)).toEqual([]);
    }
  });

  test.each([0.2, 0.5, 0.9, 0.999])('an error about the file cut at %d', async (share) => {
    const cut = inputOf(file).slice(0, Math.floor(inputOf(file).length * share));
    const { code, stdout, stderr, texts } = await runInFormats(['check', '--verbose', '-'], formats, cut);
    expect(code).toBe(2);
    expect(canariesIn([stdout, stderr, ...texts.values()].join('\n'))).toEqual([]);
  });
});

// What is printed is what the same format holds as a file: once is enough.
test.each(printedWays)('%s', async (_, [command = '', ...format], flag) => {
  const [file] = files;
  const [word = ''] = wordsIn(await reportOf(file));
  const words = command === 'explain' ? [command, word] : [command];
  const { stdout, stderr } = await runMain([...words, '-', ...format, ...flag], inputOf(file));
  expect((stdout + stderr).length).toBeGreaterThan(shortest(format[1] ?? ''));
  expect(canariesIn(stdout + stderr)).toEqual([]);
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
