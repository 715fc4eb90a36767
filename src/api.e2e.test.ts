import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { transformSync } from 'esbuild';
import { installPacked } from './testing/install-packed.ts';

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

beforeAll(() => {
  project = installPacked(['@types/node', 'undici-types']);
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
