import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { installPacked } from '../../src/testing/install-packed.ts';

const read = (file: string): string => readFileSync(join('modules/types', file), 'utf8');
const tsc = resolve('node_modules/typescript/bin/tsc');

const strict = { strict: true, noEmit: true, types: [], skipLibCheck: true } as const;

/** What projects that use the constructs are set to, and what makes modules of their files. */
const consumers = {
  // As `cdktf init` and `cdktn init` write it, with the resolution that TypeScript had by default for it until version 6.
  template: {
    type: 'commonjs',
    options: {
      ...strict,
      alwaysStrict: true,
      declaration: true,
      experimentalDecorators: true,
      lib: ['es2018'],
      module: 'CommonJS',
      moduleResolution: 'node10',
      ignoreDeprecations: '6.0',
      target: 'ES2018',
      stripInternal: true,
    },
  },
  nodenext: { type: 'module', options: { ...strict, module: 'nodenext', target: 'es2022' } },
  bundler: {
    type: 'module',
    // Here the declarations of the package are checked, too.
    options: { ...strict, module: 'esnext', moduleResolution: 'bundler', target: 'es2022', skipLibCheck: false },
  },
} as const;

const frameworks = ['cdktf', 'cdktn'] as const;
const rows = Object.entries(consumers).flatMap(([kind, consumer]) =>
  frameworks.map((framework) => [kind, framework, consumer] as const),
);

type Fault = { readonly file: string; readonly line: number; readonly message: string };

/** Each error of tsc, with the lines that say more of it. */
const faultsIn = (printed: string): readonly Fault[] =>
  [...printed.matchAll(/^(\S+?)\((\d+),\d+\): error (TS\d+: .*(?:\n {2,}.*)*)/gm)].map(
    ([, file = '', line, message = '']) => ({ file, line: Number(line), message }),
  );

const compile = (folder: string): readonly Fault[] => {
  const { stdout, status } = spawnSync(process.execPath, [tsc, '--pretty', 'false'], { cwd: folder, encoding: 'utf8' });
  const faults = faultsIn(stdout);
  if (status !== 0 && faults.length === 0) throw new Error(stdout);
  return faults;
};

const wrong = read('wrong.ts');
/** The line that does not compile, and words of the reason. */
const expected = wrong
  .split('\n')
  .flatMap((text, i) =>
    text.startsWith('// @ts-expect-error ') ? [{ line: i + 2, words: text.slice('// @ts-expect-error '.length) }] : [],
  );

let project = '';

beforeAll(() => {
  project = installPacked(['cdktf', '@cdktf/provider-aws', 'cdktn', '@cdktn/provider-aws', 'constructs']);
}, 60_000);

afterAll(() => rmSync(project, { recursive: true }));

test('every combination that must not compile says why', () => {
  expect(expected.length).toBe(wrong.split('@ts-expect-error').length - 1);
  expect(expected.length).toBeGreaterThan(40);
  expect(expected.filter(({ words }) => words.length < 20)).toEqual([]);
});

describe.each(rows)('a project of the kind %s with %s', (kind, framework, { type, options }) => {
  let faults: readonly Fault[] = [];

  beforeAll(() => {
    const folder = join(project, `${kind}-${framework}`);
    mkdirSync(folder);
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ type }));
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, include: ['*.ts'] }));
    for (const file of ['given.ts', 'right.ts', 'wrong.ts']) {
      const text = read(file)
        .replaceAll('@ts-expect-error', 'expected')
        .replaceAll("'../src/index.ts'", "'rds-auth-policy/cdktf'")
        .replaceAll("'./given.ts'", "'./given.js'")
        .replaceAll(/(?<=['@/])cdktf(?=['/])/g, framework);
      writeFileSync(join(folder, file), text);
    }
    faults = compile(folder);
  }, 60_000);

  test('compiles the right combinations', () => {
    expect(faults.filter(({ file }) => file !== 'wrong.ts')).toEqual([]);
  });

  test('compiles no wrong one, for the reason meant', () => {
    expect(faults.filter(({ file }) => file === 'wrong.ts').map(({ line }) => line)).toEqual(
      expected.map(({ line }) => line),
    );
    const messages = new Map(faults.map(({ line, message }) => [line, message]));
    const otherReason = expected.filter(({ line, words }) => messages.get(line)?.includes(words) !== true);
    expect(otherReason.map(({ line, words }) => [words, messages.get(line)])).toEqual([]);
  });
});
