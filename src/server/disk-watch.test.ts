import { mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from '@jest/globals';
import { openDiskQueue } from './disk-queue.ts';
import { type DiskWatch, watchDisk } from './disk-watch.ts';
import type { Job } from './queue.ts';

const folder = mkdtempSync(join(tmpdir(), 'watch-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let tasks = '';
let disk: DiskWatch;
beforeEach(async () => {
  const state = mkdtempSync(join(folder, 'state-'));
  tasks = join(state, 'tasks');
  disk = watchDisk(await openDiskQueue(state), tasks);
});

const job = { key: 'a'.repeat(40), acceptedAt: 1, task: {} } as unknown as Job;

const breakDisk = (): void => {
  renameSync(tasks, `${tasks}.away`);
  writeFileSync(tasks, '');
};

const mendDisk = (): void => {
  rmSync(tasks);
  renameSync(`${tasks}.away`, tasks);
};

const payload = { status: 'passed', full: '', plain: '' } as const;

test.each<[string, () => Promise<unknown>]>([
  ['taken on', () => disk.queue.add(job)],
  ['kept', () => disk.queue.keep(job, payload)],
])('what cannot be %s is a fault until it can', async (_, write) => {
  expect(await disk.fault()).toBeUndefined();
  breakDisk();
  await expect(write()).rejects.toThrow();
  expect([await disk.fault(), await disk.fault()]).toEqual(['ENOTDIR', 'ENOTDIR']);
  mendDisk();
  expect(await disk.fault()).toBeUndefined();
  expect(await disk.queue.add(job)).toBe('added');
  expect(readdirSync(tasks)).toEqual([`${job.key}.json`]);
});

test('a write that succeeds ends it', async () => {
  breakDisk();
  await expect(disk.queue.add(job)).rejects.toThrow();
  mendDisk();
  await disk.queue.add(job);
  expect(await disk.fault()).toBeUndefined();
});
