import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { transformSync } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const text = readFileSync(`${root}docs/api.md`, 'utf8');

/** Each block of TypeScript, with its heading and what it prints. */
const snippets = [...text.matchAll(/^```ts\n([\s\S]*?)^```\n\n```text\n([\s\S]*?)^```/gm)].map((match) => {
  const [, code = '', printed = ''] = match;
  const heading = [...text.slice(0, match.index).matchAll(/^#+ (.*)$/gm)].at(-1)?.[1] ?? '';
  return [heading, code, printed] as const;
});

let project = '';

const run = (program: string, argv: readonly string[], cwd: string) =>
  spawnSync(program, argv, { cwd, encoding: 'utf8', maxBuffer: 1 << 26 });

/** What a user has after `npm install` of the package that `npm pack` makes. Its dependencies are those of this folder. */
beforeAll(() => {
  if (!existsSync(`${root}dist/index.js`)) throw new Error('These tests run what npm run build has built.');
  project = mkdtempSync(join(tmpdir(), 'rds-auth-api-'));
  const modules = join(project, 'node_modules');
  mkdirSync(join(modules, '@types'), { recursive: true });
  const packed = run('npm', ['pack', '--ignore-scripts', '--pack-destination', project, '--json'], root);
  expect([packed.status, packed.stderr]).toEqual([0, '']);
  const [{ filename }] = JSON.parse(packed.stdout);
  expect(run('tar', ['-xzf', filename], project).status).toBe(0);
  cpSync(join(project, 'package'), join(modules, 'rds-auth-policy'), { recursive: true });
  const { dependencies } = JSON.parse(readFileSync(join(project, 'package/package.json'), 'utf8'));
  for (const name of [...Object.keys(dependencies), '@types/node', 'undici-types']) {
    mkdirSync(join(modules, name, '..'), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), join(modules, name));
  }
  rmSync(join(project, 'package'), { recursive: true });
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }');
  const scenario = `${root}testdata/scenarios/mistake-tls-off`;
  cpSync(`${scenario}/plan.json`, join(project, 'plan.json'));
  cpSync(`${scenario}/config`, join(project, 'config'), { recursive: true });
}, 60_000);

afterAll(() => rmSync(project, { recursive: true }));

describe('docs/api.md, in a project that has the package', () => {
  test('every block of TypeScript says what it prints', () => {
    expect(snippets).toHaveLength(text.match(/^```ts$/gm)?.length ?? 0);
    expect(snippets.length).toBeGreaterThan(5);
  });

  test('all blocks compile', () => {
    for (const [index, [, code]] of snippets.entries()) writeFileSync(join(project, `s${index}.ts`), code);
    const options = {
      strict: true,
      exactOptionalPropertyTypes: true,
      module: 'nodenext',
      target: 'es2022',
      noEmit: true,
    };
    const config = { compilerOptions: { ...options, types: ['node'] }, include: ['s*.ts'] };
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify(config));
    const { stdout } = run(process.execPath, [`${root}node_modules/typescript/bin/tsc`, '--pretty', 'false'], project);
    expect(stdout).toBe('');
  }, 60_000);

  test.each(snippets)('%s', (_, code, printed) => {
    writeFileSync(join(project, 'snippet.js'), transformSync(code, { loader: 'ts', format: 'esm' }).code);
    const { stdout, stderr } = run(process.execPath, ['snippet.js'], project);
    expect([stderr, stdout]).toEqual(['', printed]);
  });
});
