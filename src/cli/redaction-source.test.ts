import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, jest, test } from '@jest/globals';
import type { Report } from '../model/report.ts';
import { allFormats } from '../report/index.ts';
import { canariesIn } from '../testing/canaries.ts';
import { runInFormats } from '../testing/run-in-formats.ts';
import { runMain } from '../testing/run-main.ts';
import { commands, formatsOf } from './options.ts';

// Each judges many plans, on a machine that does other work beside it.
jest.setTimeout(60_000);

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

/** The same, and a module that is not installed and is given secrets beside names of roles. */
const withUnread = join(directory, 'with-unread');
cpSync(`${home}/config`, withUnread, { recursive: true });
writeFileSync(
  join(withUnread, 'unread.tf'),
  `
variable "users_of_module" {
  sensitive = true
  default   = { "canary-key" = "orders", nested = { "canary-key" = ["x://canary-default/orders"] } }
}
module "unread" {
  source       = "example/unread/aws"
  role         = aws_iam_role.orders.name
  database_url = "postgres://app:canary-url@db.example.com/orders"
  environment  = { "canary-key" = "postgres://app:canary-url@db.example.com/orders" }
  marked       = sensitive({ url = "postgres://app:canary-url@db.example.com/orders" })
  template     = "arn:x:canary-url@\${aws_iam_role.proxy.unique_id}/orders"
  json         = jsonencode({ "canary-key" = "canary-url", role = "orders" })
  text         = "canary-url:\${aws_iam_role.orders.name}"
  users        = var.users_of_module
}
`,
);

const shows = program('shows', `cat '${resolve(home, 'plan.json')}'`);
const fails = program('fails', 'echo canary-stdout; echo "Error: canary-stderr" >&2; exit 1');
const variables = ['--var', 'from_command_line=canary-var'];
const env = { TF_VAR_from_environment: 'canary-tf-var', TF_VAR_else: 'canary-else' };

const inputs: readonly (readonly [string, readonly string[]])[] = [
  ['the source alone', [`${home}/config`, ...variables]],
  ['a source with a module that is not installed', [withUnread, ...variables]],
  ['plan and source', [`${home}/plan.json`, '--source', `${home}/config`, ...variables]],
  ['the source that is found beside the plan', [`${home}/plan.json`]],
  ['a binary plan', [`${home}/plan.tfplan`, ...shows]],
  ['a binary plan whose values cannot be read', [`${home}/plan.tfplan`, ...fails]],
];

const run = (...argv: readonly string[]) => runMain(argv, '', env);
const judged = new Map<readonly string[], Promise<Report>>();
const reportOf = (input: readonly string[]): Promise<Report> => {
  const report =
    judged.get(input) ?? run('check', ...input, '--format', 'json').then(({ stdout }) => JSON.parse(stdout));
  judged.set(input, report);
  return report;
};

const flags = [[], ['--verbose']] as const;
const drawing = ['check', 'matrix', 'graph'] as const;
const judgedWays = drawing.flatMap((command) =>
  flags.map((flag) => [[command, ...flag].join(' '), command, flag] as const),
);

const formatFlags = [[], ...allFormats.map((format) => ['--format', format] as const)];
const printedWays = Object.keys(commands).flatMap((command) =>
  formatFlags.flatMap((format) =>
    flags.map((flag) => [[command, ...format, ...flag].join(' '), command, [...format, ...flag]] as const),
  ),
);

describe.each(inputs)('%s', (_, input) => {
  test('is judged, and points at the lines where secrets are', async () => {
    const { findings, diagnostics } = await reportOf(input);
    const severities = diagnostics.map(({ severity }) => severity);
    expect([findings.length > 8, severities.includes('error')]).toEqual([true, false]);
    const { stdout } = await run('check', ...input, '--verbose');
    expect(stdout).toMatch(/│ +secret_string = jsonencode\(\{/);
    expect(stdout).toContain('"…"');
  });

  test.each(judgedWays)('%s, in every format', async (__, command, flag) => {
    const argv = [command, ...input, ...flag];
    const { stdout, stderr, texts } = await runInFormats(argv, formatsOf[command], '', env);
    expect((stdout + stderr).length).toBeGreaterThan(20);
    expect(canariesIn(stdout + stderr)).toEqual([]);
    for (const [format, text] of texts) {
      expect(text.length).toBeGreaterThan(20);
      expect([format, ...canariesIn(text)]).toEqual([format]);
    }
  });

  test.each([['--verbose'], ['--format=json']])('explain %s, of everything', async (...options) => {
    const { connections, findings } = await reportOf(input);
    for (const { id } of [...connections, ...findings]) {
      const { stdout, stderr } = await run('explain', id, ...input, ...options);
      expect((stdout + stderr).length).toBeGreaterThan(20);
      expect(canariesIn(stdout + stderr)).toEqual([]);
    }
  });

  test('model', async () => {
    const { stdout, stderr } = await run('model', ...input);
    expect((stdout + stderr).length).toBeGreaterThan(20);
    expect(canariesIn(stdout + stderr)).toEqual([]);
  });
});

// What is printed is what the same format holds as a file: once is enough, of the source with its plan.
test.each(printedWays)('%s', async (_, command, options) => {
  const [, [, input = []] = []] = inputs;
  const { connections, findings } = await reportOf(input);
  const subjects = command === 'explain' ? [connections[0]?.id ?? '', findings[0]?.id ?? ''].map((id) => [id]) : [[]];
  for (const subject of subjects) {
    const { stdout, stderr } = await run(command, ...subject, ...input, ...options);
    expect((stdout + stderr).length).toBeGreaterThan(20);
    expect(canariesIn(stdout + stderr)).toEqual([]);
  }
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
