import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { lockState } from './state-lock.ts';

const folder = mkdtempSync(join(tmpdir(), 'lock-'));
const program = join(folder, 'program.mjs');
const started: ChildProcess[] = [];

// A busy machine takes its time.
jest.setTimeout(60_000);

beforeAll(() => {
  const lines = `
    import { lockState } from ${JSON.stringify(fileURLToPath(new URL('state-lock.ts', import.meta.url)))};
    process.stdin.once('data', async (text) => {
      while (Date.now() < Number(text));
      console.log((await lockState(process.argv[2])).kind);
    });
    process.stdin.on('end', () => process.exit());
    console.log('ready');`;
  const esbuild = fileURLToPath(new URL('../../node_modules/esbuild/bin/esbuild', import.meta.url));
  const argv = [esbuild, '--bundle', '--platform=node', '--format=esm', `--outfile=${program}`, '--log-level=error'];
  execFileSync(process.execPath, argv, { input: lines, cwd: folder });
});

afterAll(() => {
  for (const child of started) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const fresh = (): string => mkdtempSync(join(folder, 's-'));

type Contender = { readonly child: ChildProcess; readonly answer: () => Promise<string> };

const contend = async (directory: string): Promise<Contender> => {
  const child = spawn(process.execPath, [program, directory], { stdio: ['pipe', 'pipe', 'inherit'] });
  started.push(child);
  const answer = async (): Promise<string> => String((await once(child.stdout, 'data'))[0]).trim();
  await answer();
  return { child, answer };
};

/** What processes make of it that all try at one time. */
const rush = async (directory: string, count: number) => {
  const contenders = await Promise.all(Array.from({ length: count }, () => contend(directory)));
  const at = String(Date.now() + 50);
  const kinds = contenders.map(({ child, answer }) => {
    child.stdin?.write(at);
    return answer();
  });
  return { contenders, kinds: await Promise.all(kinds) };
};

const end = async ({ child }: Contender, isKilled: boolean): Promise<void> => {
  const exit = once(child, 'exit');
  if (isKilled) child.kill('SIGKILL');
  else child.stdin?.end();
  await exit;
};

describe('the lock of a directory', () => {
  test('is held once', async () => {
    const directory = fresh();
    expect((await lockState(directory)).kind).toBe('held');
    expect((await lockState(directory)).kind).toBe('taken');
    expect((await lockState(fresh())).kind).toBe('held');
    const [socket = ''] = readdirSync(join(directory, 'lock'));
    const paths = [join(directory, 'lock'), join(directory, 'lock', socket)];
    expect([readdirSync(directory), paths.map((path) => statSync(path).mode & 0o077)]).toEqual([['lock'], [0, 0]]);
  });

  test.each([
    ['was killed', true],
    ['has ended', false],
  ])('is not held by a process that %s', async (_, isKilled) => {
    const directory = fresh();
    const { contenders, kinds } = await rush(directory, 1);
    expect([kinds, (await lockState(directory)).kind]).toEqual([['held'], 'taken']);
    await end(contenders[0] as Contender, isKilled);
    expect((await lockState(directory)).kind).toBe('held');
    expect(readdirSync(join(directory, 'lock'))).toHaveLength(1);
  });

  test('is held by one of those who find what a killed one has left', async () => {
    const directory = fresh();
    for (let round = 0; round < 8; round += 1) {
      const { contenders, kinds } = await rush(directory, 3);
      expect(kinds.filter((kind) => kind !== 'taken')).toEqual(['held']);
      expect((await lockState(directory)).kind).toBe('taken');
      await Promise.all(contenders.map((each) => end(each, kinds[contenders.indexOf(each)] === 'held')));
    }
    expect(readdirSync(directory)).toEqual(['lock']);
  });

  test('is impossible where no socket can be', async () => {
    const long = join(fresh(), 'x'.repeat(120));
    mkdirSync(long);
    expect(await lockState(long)).toEqual({ kind: 'impossible', code: 'ENAMETOOLONG' });
    expect(await lockState(join(folder, 'nowhere'))).toEqual({ kind: 'impossible', code: 'ENOENT' });
    const another = fresh();
    writeFileSync(join(another, 'lock'), '');
    expect(await lockState(another)).toEqual({ kind: 'impossible', code: 'ENOTDIR' });
    expect([readdirSync(long), readdirSync(another)]).toEqual([[], ['lock']]);
  });
});
