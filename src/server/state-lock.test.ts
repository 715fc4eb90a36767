import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { lockState } from './state-lock.ts';

const folder = mkdtempSync(join(tmpdir(), 'lock-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const fresh = (): string => mkdtempSync(join(folder, 'state-'));

describe('the lock of a directory', () => {
  test('is held once, and can be held again', async () => {
    const directory = fresh();
    const first = await lockState(directory);
    expect((await lockState(directory)).kind).toBe('taken');
    expect((await lockState(fresh())).kind).toBe('held');
    if (first.kind === 'held') await first.release();
    expect([(await lockState(directory)).kind, first.kind]).toEqual(['held', 'held']);
  });

  test('is not held by a process that was killed', async () => {
    const directory = fresh();
    const script = `require('node:net').createServer().listen(${JSON.stringify(join(directory, 'lock'))}, () => console.log('listening'))`;
    const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    expect((await lockState(directory)).kind).toBe('taken');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(readdirSync(directory)).toEqual(['lock']);
    expect((await lockState(directory)).kind).toBe('held');
  });

  test('is impossible where no socket can be', async () => {
    const long = join(fresh(), 'x'.repeat(120));
    mkdirSync(long);
    expect(await lockState(long)).toEqual({ kind: 'impossible', code: 'ENAMETOOLONG' });
    expect(await lockState(join(folder, 'nowhere'))).toEqual({
      kind: 'impossible',
      code: expect.stringMatching(/^E[A-Z]+$/),
    });
  });
});
