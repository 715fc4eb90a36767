import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { decodeMsgpack } from './msgpack.ts';
import { readPlanHeader } from './plan-header.ts';
import { type SavedPlan, asPlanned, openSavedPlan } from './saved-plan.ts';
import { type SourceOptions, openDirectory } from './source-directory.ts';
import { type WrittenEntry, zipOf } from './zip.test-support.ts';
import { openZip } from './zip-archive.ts';

const nothing: SourceOptions = { variables: new Map(), variableFiles: [], env: { TF_VAR_text: 'of another day' } };
const bytes = readFileSync('testdata/saved-plans/plan.tfplan');

const open = (archive: Buffer = bytes, options: Partial<SourceOptions> = {}): SavedPlan => {
  const opening = openSavedPlan(archive, 'plan.tfplan', { ...nothing, ...options });
  if (!opening.ok) throw new Error(opening.diagnostic.summary);
  return opening.plan;
};

const inputOf = (...options: Parameters<typeof open>) => {
  const { source } = open(...options);
  if (source === null) throw new Error('has no source');
  return source.input;
};

const tfplan = (): Buffer => {
  const archive = openZip(bytes);
  return (archive.ok ? archive.entries.get('tfplan')?.read() : null) ?? Buffer.alloc(0);
};

describe('the configuration in a plan', () => {
  test('is that of the directory', () => {
    const { root, reader, label } = inputOf();
    const fileAt = (path: string) => ({ path, text: readFileSync(`testdata/saved-plans/config/live/${path}`, 'utf8') });
    expect([root, label]).toEqual(['.', 'plan.tfplan']);
    expect(reader.files('.')).toEqual(['main.tf', 'main_override.tf', 'outputs.tf.json'].map(fileAt));
    expect(reader.files('./../modules/app')).toEqual([fileAt('../modules/app/main.tf')]);
    expect(reader.text('main.tf')).toBeNull();
  });

  test('has the directories of its modules, by key and as the sources lead to them', () => {
    const { modules, reader } = inputOf();
    expect([...modules]).toEqual([
      ['app', '../modules/app'],
      ['app.inner', '../modules/app/inner'],
      ['second', '../modules/app'],
      ['second.inner', '../modules/app/inner'],
    ]);
    const pathsAt = (directory: string) => reader.files(directory)?.map(({ path }) => path) ?? null;
    expect(pathsAt('./../modules/app/./inner/')).toEqual(['../modules/app/inner/main.tf']);
    expect(['modules/app', '..', '/', 'tfconfig/m-app', ''].map(pathsAt)).toEqual([
      null,
      null,
      null,
      null,
      pathsAt('.'),
    ]);
  });

  test.each(readdirSync('testdata/scenarios').filter((name) => !name.endsWith('.md')))('of scenario %s', (name) => {
    const opening = openSavedPlan(readFileSync(`testdata/scenarios/${name}/plan.tfplan`), 'p', nothing);
    if (!opening.ok) throw new Error(opening.diagnostic.summary);
    const { source, program, header } = opening.plan;
    const config = `testdata/scenarios/${name}/config`;
    const own = (source?.input.reader.files('.') ?? []).filter(({ path }) => path !== 'replay_backend_override.tf');
    expect(own.length).toBeGreaterThan(0);
    for (const { path, text } of own) expect(text).toBe(readFileSync(`${config}/${path}`, 'utf8'));
    for (const directory of source?.input.modules.values() ?? []) {
      for (const { path, text } of source?.input.reader.files(directory) ?? [])
        expect(text).toBe(readFileSync(`${config}/${path}`, 'utf8'));
    }
    expect([program, header?.terraformVersion, header?.workspace]).toEqual(['terraform', '1.11.4', 'default']);
    expect(source?.input.lockFile?.text).toContain('hashicorp/aws');
    expect(source?.diagnostics()).toEqual([]);
  });
});

describe('what the plan was made with', () => {
  test('workspace, version, and variables of every type', () => {
    const { header, source } = open();
    expect(header).toMatchObject({ terraformVersion: '1.11.4', workspace: 'staging' });
    expect(source?.input.workspace).toBe('staging');
    const [file] = source?.input.variableFiles ?? [];
    expect(file?.path).toBe('plan.tfplan/variables.tfvars.json');
    expect(JSON.parse(file?.text ?? '')).toEqual({
      text: 'orders',
      quoted: 'a "quoted" ${text} %{ if } \\ \n ä',
      number: 5432,
      large: '123456789012345678901234567890',
      fraction: 0.5,
      flag: true,
      untyped: { list: [1, 'two', null], nested: { deep: true } },
      names: ['b', 'a'],
      settings: { orders: { tls: true }, billing: { tls: false, port: 3306 } },
      nothing: null,
      password: 'canary-variable',
    });
  });

  test('what it does not tell is unknown, not the default, unless it is said', () => {
    expect([...(inputOf().unknownVariables ?? [])]).toEqual(['token']);
    const said = inputOf(bytes, {
      variables: new Map([
        ['token', 't'],
        ['text', 'other'],
      ]),
    });
    expect([[...said.variables], [...(said.unknownVariables ?? [])]]).toEqual([[['token', 't']], []]);
    expect(said.environmentVariables.size).toBe(0);
  });

  test('a directory is taken with the variables and the workspace of the plan', () => {
    const opening = openDirectory('testdata/saved-plans/config/live', {
      variables: new Map([['text', 'other']]),
      variableFiles: ['testdata/saved-plans/config/live/prod.tfvars'],
      env: { TF_VAR_defaulted: 'other', TF_WORKSPACE: 'other' },
    });
    if (!opening.ok) throw new Error(opening.diagnostic.summary);
    const { input } = opening.source;
    const planned = inputOf();
    const { root, reader, label, lockFile, modules, ...rest } = asPlanned(input, planned);
    expect([root, label]).toEqual(['testdata/saved-plans/config/live', 'testdata/saved-plans/config/live']);
    expect(reader.files(root)).toEqual(input.reader.files(input.root));
    expect([lockFile, modules]).toEqual([null, new Map()]);
    const { variableFiles, variables, environmentVariables, unknownVariables, workspace } = planned;
    expect(rest).toEqual({
      variableFiles,
      variables,
      environmentVariables,
      unknownVariables,
      workspace,
      otherVariableFiles: [],
    });
  });

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['another format', Buffer.from([8, 4])],
    ['no message', Buffer.from([8, 3, 0xff])],
    ['a length beyond the end', Buffer.from([8, 3, 18, 100])],
    ['a length beyond all numbers', Buffer.from([8, 3, 18, ...Array.from({ length: 9 }, () => 0xff), 1])],
  ])('of %s nothing is read', (_, plan) => {
    expect(readPlanHeader(plan)).toBeNull();
  });

  test('a plan that is cut off anywhere is read as one that says less, or not at all', () => {
    const whole = tfplan();
    const all = readPlanHeader(whole)?.variables;
    for (let length = 0; length < whole.length; length++) {
      for (const [name, value] of readPlanHeader(whole.subarray(0, length))?.variables ?? [])
        expect(value).toEqual(all?.get(name));
    }
  });

  test.each<[string, readonly number[], unknown]>([
    ['a small number', [0x7f], 127],
    ['a negative one', [0xff], -1],
    ['eight bits', [0xcc, 200], 200],
    ['sixteen bits', [0xcd, 1, 0], 256],
    ['32 bits', [0xce, 1, 0, 0, 0], 16777216],
    ['64 bits', [0xcf, 0, 0, 0, 1, 0, 0, 0, 0], 4294967296],
    ['signed', [0xd0, 0x80], -128],
    ['signed, sixteen', [0xd1, 0xff, 0], -256],
    ['signed, 32', [0xd2, 0xff, 0xff, 0xff, 0], -256],
    ['signed, 64', [0xd3, 255, 255, 255, 255, 255, 255, 255, 0], -256],
    ['a float', [0xca, 0x3f, 0, 0, 0], 0.5],
    ['a long list', [0xdc, 0, 2, 1, 0xc0], [1, null]],
    ['a longer list', [0xdd, 0, 0, 0, 1, 0xc3], [true]],
    ['a long map', [0xde, 0, 1, 0xa1, 0x61, 1], { a: 1 }],
    ['a longer map', [0xdf, 0, 0, 0, 1, 0xa1, 0x61, 0x90], { a: [] }],
    ['long texts', [0x93, 0xd9, 1, 0x61, 0xda, 0, 1, 0x62, 0xdb, 0, 0, 0, 1, 0x63], ['a', 'b', 'c']],
    ['a prototype as a name', [0x81, 0xa9, ...Buffer.from('__proto__'), 1], JSON.parse('{"__proto__":1}')],
  ])('%s', (_, packed, value) => {
    expect(decodeMsgpack(Buffer.from(packed))).toEqual({ value });
  });

  test.each<[string, readonly number[]]>([
    ['nothing', []],
    ['an unknown value', [0xd4, 0, 0]],
    ['an unknown value with refinements', [0xc7, 1, 12, 0x80]],
    ['more than one value', [1, 1]],
    ['a list that is cut off', [0xdd, 0xff, 0xff, 0xff, 0xff]],
    ['a text that is cut off', [0xdb, 0xff, 0xff, 0xff, 0xff]],
    ['a nest', Array.from({ length: 100_000 }, () => 0x91)],
  ])('%s is no JSON', (_, packed) => {
    expect(decodeMsgpack(Buffer.from(packed))).toBeNull();
  });
});

describe('which program made it', () => {
  const made = (lock: string) => open(zipOf([{ name: 'tfplan' }, { name: '.terraform.lock.hcl', content: lock }]));
  test.each([
    ['provider "registry.opentofu.org/hashicorp/aws" {', 'tofu'],
    ['provider "registry.terraform.io/hashicorp/aws" {', 'terraform'],
    ['provider "mirror.example.com/hashicorp/aws" {', null],
    ['', null],
  ])('%s: %s', (lock, program) => {
    expect(made(lock)).toEqual({ header: null, source: null, program });
  });
});

describe('plans that Terraform did not write', () => {
  const manifest: WrittenEntry = { name: 'tfconfig/modules.json', content: '[{"Key":"","Dir":"."}]' };
  const main: WrittenEntry = { name: 'tfconfig/m-/main.tf', content: 'locals {}' };

  test.each<[string, readonly WrittenEntry[], RegExp]>([
    ['a name that leads out', [{ ...main, name: 'tfconfig/m-/../../../x.tf' }], /lead out/],
    ['a link', [{ ...main, mode: 0o120777 }], /link or a device/],
    [
      'changes with another checksum',
      [{ name: 'tfplan', content: 'x', crc: 1 }, manifest, main],
      /The tfplan in this plan/,
    ],
    [
      'a lock file with another checksum',
      [{ name: 'tfplan' }, { name: '.terraform.lock.hcl', content: 'x', crc: 1 }, manifest, main],
      /The \.terraform\.lock\.hcl in this plan/,
    ],
    ['a damaged list of modules', [{ ...manifest, content: '{"Key":1}' }, main], /list of modules/],
    ['a list of modules with another checksum', [{ ...manifest, crc: 1 }, main], /list of modules/],
  ])('%s', (_, entries, summary) => {
    const opening = openSavedPlan(zipOf(entries), 'p', nothing);
    expect(opening).toMatchObject({ ok: false, diagnostic: { severity: 'error', code: 'plan-malformed' } });
    expect(opening.ok ? '' : opening.diagnostic.summary).toMatch(summary);
  });

  test.each<[string, Partial<WrittenEntry>]>([
    ['damaged', { crc: 1 }],
    ['no text', { content: Buffer.from([0xff, 0xfe]) }],
    ['too large', { content: Buffer.alloc((8 << 20) + 1, 'ab\n'), method: 0 }],
  ])('a file that is %s is a diagnostic', (_, wrong) => {
    const { source } = open(
      zipOf([{ name: 'tfplan' }, manifest, main, { ...main, name: 'tfconfig/m-/x.tf', ...wrong }]),
    );
    expect(source?.input.reader.files('.')).toEqual([{ path: 'main.tf', text: 'locals {}' }]);
    expect(source?.diagnostics()).toMatchObject([
      { severity: 'error', code: 'plan-malformed', origin: { file: 'plan.tfplan' } },
    ]);
  });
});
