import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { formats } from '../report/index.ts';
import { canariesIn } from '../testing/canaries.ts';
import { runMain } from '../testing/run-main.ts';
import { commands } from './options.ts';

// A configuration with a canary wherever a secret may stand: none reaches any output, also where an excerpt shows the
// very lines, and where a mistake stands right beside a secret.

const home = 'testdata/sensitive/source';
const directory = mkdtempSync(join(tmpdir(), 'cli-redaction-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** A program in the place of Terraform. */
const program = (name: string, script: string): readonly string[] => {
  const path = join(directory, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return ['--terraform-bin', path];
};

const shows = program('shows', `cat '${resolve(home, 'plan.json')}'`);
const fails = program('fails', 'echo canary-stdout; echo "Error: canary-stderr" >&2; exit 1');
const variables = ['--var', 'from_command_line=canary-var'];
const env = { TF_VAR_from_environment: 'canary-tf-var', TF_VAR_else: 'canary-else' };

const inputs: readonly (readonly [string, readonly string[]])[] = [
  ['the source alone', [`${home}/config`, ...variables]],
  ['plan and source', [`${home}/plan.json`, '--source', `${home}/config`, ...variables]],
  ['the source that is found beside the plan', [`${home}/plan.json`]],
  ['a binary plan', [`${home}/plan.tfplan`, ...shows]],
  ['a binary plan whose values cannot be read', [`${home}/plan.tfplan`, ...fails]],
];

const run = (...argv: readonly string[]) => runMain(argv, '', env);
const reportOf = async (input: readonly string[]) =>
  JSON.parse((await run('check', ...input, '--format', 'json')).stdout);

const words = async (command: string, input: readonly string[]): Promise<readonly (readonly string[])[]> => {
  if (command !== 'explain') return [[]];
  const { connections, findings } = await reportOf(input);
  return [...connections, ...findings].map(({ id }: { readonly id: string }) => [id]);
};

const flags = [[], ['--verbose']] as const;
const formatFlags = [[], ...formats.map((format) => ['--format', format] as const)];
const ways = Object.keys(commands).flatMap((command) =>
  formatFlags.flatMap((format) =>
    flags.map((flag) => [[command, ...format, ...flag].join(' '), command, [...format, ...flag]] as const),
  ),
);

describe.each(inputs)('%s', (_, input) => {
  test('is judged, and points at the lines where secrets are', async () => {
    const { findings, diagnostics } = await reportOf(input);
    const severities = diagnostics.map(({ severity }: { readonly severity: string }) => severity);
    expect([findings.length > 8, severities.includes('error')]).toEqual([true, false]);
    const { stdout } = await run('check', ...input, '--verbose');
    expect(stdout).toMatch(/│ +secret_string = jsonencode\(\{/);
    expect(stdout).toContain('"…"');
  });

  test.each(ways)('%s', async (__, command, options) => {
    for (const word of await words(command, input)) {
      const { stdout, stderr } = await run(command, ...word, ...input, ...options);
      expect((stdout + stderr).length).toBeGreaterThan(20);
      expect(canariesIn(stdout + stderr)).toEqual([]);
    }
  });
});

const files = ['main.tf', 'modules/database/main.tf', 'terraform.tfvars', 'secrets.auto.tfvars'];
const textOf = (file: string): string => readFileSync(`${home}/config/${file}`, 'utf8');
const breaks = ['"', '${', '\\q', '\n', '%{ if ', '" "', ')', '<<EOT\n', '\u0000', '/*'];

describe('a mistake right beside a secret', () => {
  test.each(files.flatMap((file) => breaks.map((text) => [file, text] as const)))('%s: %j', async (file, broken) => {
    const config = join(directory, 'config');
    cpSync(`${home}/config`, config, { recursive: true });
    const text = textOf(file);
    for (const { index, 0: canary } of text.matchAll(/canary-[\w-]+/g)) {
      for (const place of [index, index + 9, index + canary.length]) {
        writeFileSync(join(config, file), text.slice(0, place) + broken + text.slice(place));
        const { stdout, stderr } = await run(config, '--verbose', ...variables);
        expect(canariesIn(stdout + stderr)).toEqual([]);
      }
    }
  });
});

test.each([
  ['no NAME=VALUE', ['--var', 'canary-no-value']],
  ['another name', ['--var', 'from_commandline=canary-value']],
  ['no map', ['--var', 'from_auto_file=canary-value']],
  ['a map that does not end', ['--var', 'from_auto_file={ token = "canary-value"']],
])('--var with %s', async (_, options) => {
  const { stdout, stderr } = await run(`${home}/config`, '--verbose', ...options);
  expect((stdout + stderr).length).toBeGreaterThan(20);
  expect(canariesIn(stdout + stderr)).toEqual([]);
});

test('every place of a secret has a canary', () => {
  const all = new Set(files.flatMap((file) => canariesIn(textOf(file))));
  const places = [
    ...['comment', 'comment-of-line', 'comment-of-block', 'module-comment', 'tfvars-comment'],
    ...['provider-access', 'provider-secret', 'default-tag', 'tag', 'auth-description', 'secret-description'],
    ...['variable-sensitive', 'variable-default', 'variable-description', 'local', 'local-nested', 'url', 'output'],
    ...['password', 'jsonencode', 'heredoc', 'bare', 'environment', 'container', 'command', 'user-data'],
    ...['module-argument', 'tfvars', 'auto-tfvars'],
  ];
  expect(places.filter((place) => !all.has(`canary-${place}`) && !all.has(`canary-${place}-`))).toEqual([]);
});
