import { readdirSync } from 'node:fs';
import { Readable } from 'node:stream';
import { describe, expect, jest, test } from '@jest/globals';
import { runInFormats } from '../testing/run-in-formats.ts';
import { main } from './main.ts';
import { formatsOf } from './options.ts';

// Each judges many plans, on a machine that does other work beside it.
jest.setTimeout(60_000);

const scenarios = readdirSync('testdata/scenarios', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => `testdata/scenarios/${name}/plan.json`);

const lifecycle = readdirSync('testdata/lifecycle')
  .filter((name) => name !== 'special')
  .flatMap((name) =>
    ['state.json', 'noop-plan.json', 'update-plan.json'].map((file) => `testdata/lifecycle/${name}/${file}`),
  );

// Here not only passwords are marked sensitive, but the names of users, databases and roles as well.
const sensitive = ['plan.json', 'state.json', 'noop-plan.json'].map((file) => `testdata/sensitive/${file}`);

type Printed = { readonly text: string; readonly code: number };

const print = async (argv: readonly string[], input = ''): Promise<Printed> => {
  const written: string[] = [];
  const sink = { write: (text: string) => written.push(text), columns: 80 };
  const streams = { stdin: Readable.from([Buffer.from(input)]), stdout: sink, stderr: sink, env: {} };
  const code = await main(argv, streams);
  return { text: written.join(''), code };
};

const ways = [
  ['check', '--verbose'],
  ['check'],
  ['check', '--quiet'],
  ['check', '--color'],
  ['matrix'],
  ['graph', '--verbose'],
] as const;

/** What is printed, and what each format says beside it: all of them with everything, else what people read. */
const printInFormats = async (
  way: (typeof ways)[number],
  path: string,
): Promise<Printed & { readonly all: readonly string[] }> => {
  const [command, flag] = way;
  const written = command === 'check' && flag !== '--verbose' ? (['markdown'] as const) : formatsOf[command];
  const { code, stdout, stderr, texts } = await runInFormats([...way, path], written);
  return { code, text: stdout + stderr, all: [stdout + stderr, ...texts.values()] };
};

// Every password in the test data begins with this word.
const canary = /canary-/;

describe('no sensitive value reaches any output', () => {
  test.each(ways.map((way) => [way.join(' '), way] as const))(
    '%s and its formats, of every scenario',
    async (_, way) => {
      for (const path of scenarios) {
        const { text, code, all } = await printInFormats(way, path);
        expect([0, 1]).toContain(code);
        expect(text.length).toBeGreaterThan(40);
        expect(all.join('\n')).not.toMatch(canary);
      }
    },
  );

  test.each(ways.map((way) => [way.join(' '), way] as const))('%s, of states and later plans', async (_, way) => {
    for (const path of [...lifecycle, ...sensitive]) {
      const { all } = await printInFormats(way, path);
      expect(all.join('\n')).not.toMatch(canary);
    }
  });

  test.each([
    ['broken JSON', '{"format_version":"1.2","variables":{"p":{"value":"canary-1"}}, oops canary-2'],
    ['a plan cut short', '{"format_version":"1.2","resource_changes":[{"change":{"after":{"password":"canary-3'],
    ['text that is no plan', 'password = "canary-4"'],
    ['a raw state', '{"version":4,"serial":1,"lineage":"canary-5","resources":[]}'],
    ['a version of tomorrow', '{"format_version":"9.0","planned_values":{"canary-6":1},"resource_changes":[]}'],
    ['another document', '{"canary-7":"canary-8"}'],
  ])('an error about %s', async (_, input) => {
    for (const format of ['pretty', 'json', 'markdown', 'sarif']) {
      const { text, code } = await print(['check', '--format', format, '--verbose', '-'], input);
      expect(code).toBe(2);
      expect(text).not.toMatch(canary);
    }
  });
});
