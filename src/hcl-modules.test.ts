import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parseFile } from './terraform/hcl/parse/parse.ts';
import type { Block } from './terraform/hcl/syntax.ts';
import { moduleNames } from './testing/hcl-modules.ts';

// The form of the modules in modules/hcl.

const home = 'modules/hcl';
const environment = { ...process.env, TF_CLI_CONFIG_FILE: '/dev/null', CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' };
const hasTerraform = spawnSync('terraform', ['version'], { env: environment }).status === 0;

type Part = { readonly block: Block; readonly text: string };

/** The blocks of a module by header, `variable "name"`. */
const blocksOf = (name: string): ReadonlyMap<string, Part> =>
  new Map(
    readdirSync(`${home}/${name}`)
      .filter((file) => file.endsWith('.tf'))
      .flatMap((file) => {
        const text = readFileSync(`${home}/${name}/${file}`, 'utf8');
        const { body, faults } = parseFile({ path: file, text });
        expect(faults).toEqual([]);
        return body.blocks.map((block) => {
          const header = [block.type, ...block.labels.map((label) => `"${label.text}"`)].join(' ');
          return [header, { block, text: text.slice(block.span.start, block.span.end) }] as const;
        });
      }),
  );

const textOf = (name: string): string =>
  readdirSync(`${home}/${name}`)
    .filter((file) => file.endsWith('.tf'))
    .map((file) => readFileSync(`${home}/${name}/${file}`, 'utf8'))
    .join('\n');

const labelled = (parts: ReadonlyMap<string, Part>, type: string): readonly (readonly [string, Part])[] =>
  [...parts.values()].flatMap((part) =>
    part.block.type === type ? [[part.block.labels.map(({ text }) => text).join('.'), part] as const] : [],
  );

const lacks = (attribute: string, parts: readonly (readonly [string, Part])[]): readonly string[] =>
  parts.flatMap(([name, { block }]) => (block.body.attributes.has(attribute) ? [] : [name]));

/** Resources of AWS that have no tags. */
const untagged =
  /^aws_(db_proxy_default_target_group|db_proxy_target|iam_(group|role|user)_policy|secretsmanager_secret_(rotation|version))\./;

describe.each(moduleNames())('%s', (name) => {
  const parts = blocksOf(name);
  const variables = labelled(parts, 'variable');

  test('has the files of a module', () => {
    expect(readdirSync(`${home}/${name}`).sort()).toEqual([
      'README.md',
      'examples',
      'main.tf',
      'outputs.tf',
      'variables.tf',
      'versions.tf',
    ]);
  });

  test('types and describes what it takes, and describes what it gives', () => {
    expect(lacks('type', variables)).toEqual([]);
    expect(lacks('description', variables)).toEqual([]);
    expect(lacks('description', labelled(parts, 'output'))).toEqual([]);
  });

  test('what may be null is null by default', () => {
    const nullable = variables.filter(([, { block }]) => !block.body.attributes.has('nullable'));
    const standard = nullable.map(([, { block }]) => block.body.attributes.get('default')?.value);
    expect(nullable.length).toBeGreaterThan(0);
    expect(standard.map((value) => value?.kind === 'literal' && value.value)).toEqual(standard.map(() => null));
  });

  test('uses whatever it takes', () => {
    const used = new Set([...textOf(name).matchAll(/\bvar\.(\w+)/g)].map(([, variable]) => variable));
    expect(variables.map(([variable]) => variable).filter((variable) => !used.has(variable))).toEqual([]);
  });

  test('tags whatever has tags', () => {
    const resources = labelled(parts, 'resource').filter(([resource]) => !untagged.test(resource));
    expect(resources.length).toBeGreaterThan(4);
    expect(lacks('tags', resources)).toEqual([]);
  });

  test('every refusal is a sentence that says what to write', () => {
    const messages = variables.flatMap(([, { block }]) =>
      block.body.blocks.map(({ body }) => body.attributes.get('error_message')?.value),
    );
    const said = messages.flatMap((value) => (value?.kind === 'literal' ? [String(value.value)] : []));
    expect(said.length).toBeGreaterThan(8);
    expect(said.filter((message) => !/^[A-Z].*: .*\b(write|take|leave|add|divide)\b.*\.$/.test(message))).toEqual([]);
  });
});

describe('what siblings share', () => {
  const differing = (...names: readonly string[]): readonly string[] => {
    const all = names.map(blocksOf);
    const headers = [...new Set(all.flatMap((parts) => [...parts.keys()]))];
    return headers
      .filter((header) => new Set(all.flatMap((parts) => parts.get(header)?.text ?? [])).size > 1)
      .filter((header) => !/^(locals|terraform|output)\b/.test(header));
  };

  test.each([
    [
      'password-database',
      'iam-database',
      [
        'resource "aws_db_parameter_group" "this"',
        'resource "aws_db_instance" "this"',
        'variable "engine"',
        'variable "engine_version"',
        'variable "instance_class"',
        'variable "db_name"',
        'variable "port"',
        'variable "log_exports"',
      ],
    ],
    [
      'password-cluster',
      'iam-cluster',
      [
        'resource "aws_rds_cluster" "this"',
        'variable "engine"',
        'variable "instance_class"',
        'variable "instances"',
        'variable "log_exports"',
      ],
    ],
    ['password-proxy', 'iam-proxy', ['resource "aws_db_proxy" "this"']],
    [
      'iam-proxy',
      'end-to-end-iam-proxy',
      [
        'resource "aws_db_proxy" "this"',
        'resource "aws_db_proxy_target" "this"',
        'variable "database"',
        'variable "users"',
        'variable "role"',
        'variable "grants"',
      ],
    ],
  ])('%s and %s', (one, other, expected) => {
    expect(differing(one, other)).toEqual(expected);
  });
});

(hasTerraform ? test : test.skip).each(['modules/hcl', 'testdata/hcl-modules'])(
  'terraform fmt, where it is installed, has nothing to change in %s',
  (folder) => {
    const { status, stdout } = spawnSync('terraform', ['fmt', '-check', '-recursive', folder], {
      env: environment,
      encoding: 'utf8',
    });
    expect([status, stdout]).toEqual([0, '']);
  },
);
