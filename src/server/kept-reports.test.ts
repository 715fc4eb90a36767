import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from '@jest/globals';
import { openKeptReports } from './kept-reports.ts';

const folder = mkdtempSync(join(tmpdir(), 'reports-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let directory = '';
beforeEach(() => {
  directory = join(mkdtempSync(join(folder, 'state-')), 'reports');
});

const hour = 3_600_000;
const open = (more = {}) => openKeptReports(directory, 'https://rds.example.com/', { milliseconds: hour, ...more });

/** A report of so many bytes, so long ago; the name in its address. */
const keep = async (reports: ReturnType<typeof open>, bytes = 10, ago = 0): Promise<string> => {
  const file = join(folder, 'report.html');
  writeFileSync(file, 'x'.repeat(bytes));
  const at = (Date.now() - ago) / 1000;
  utimesSync(file, at, at);
  return (await reports.keep(file))?.split('/').at(-1) ?? '';
};

test('a report is kept for a while, and its name is not on the disk', async () => {
  const reports = open();
  const [young, old] = [await keep(reports), await keep(reports, 10, 2 * hour)];
  expect([await reports.read(young), await reports.read(old)]).toEqual([Buffer.from('xxxxxxxxxx'), null]);
  expect(readdirSync(directory).join()).not.toContain(young);
  expect(await reports.clean()).toBeUndefined();
  expect(readdirSync(directory)).toHaveLength(1);
});

test('the oldest go where all together are too large', async () => {
  const reports = open({ bytes: 250 });
  const names: string[] = [];
  for (const ago of [30, 10, 20]) names.push(await keep(reports, 100, ago * 1000));
  await reports.clean();
  const found = await Promise.all(names.map((name) => reports.read(name)));
  expect(found.map((html) => html !== null)).toEqual([false, true, true]);
});

test('a directory that went away is nothing to clean, and is made again', async () => {
  const reports = open();
  await keep(reports);
  rmSync(directory, { recursive: true });
  expect(await reports.clean()).toBeUndefined();
  expect(await reports.read(await keep(reports))).not.toBeNull();
});

test('what cannot be cleaned is said, and is no exception', async () => {
  writeFileSync(directory, '');
  expect(await open().clean()).toBe('ENOTDIR');
});

test('what cannot be kept is said, and is no exception', async () => {
  const said: string[] = [];
  const reports = open({ onNotKept: (code: string) => said.push(code) });
  expect([await reports.keep(join(folder, 'gone.html')), said]).toEqual([undefined, ['ENOENT']]);
});
