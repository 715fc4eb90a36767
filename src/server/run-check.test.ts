import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { runCheck } from './run-check.ts';

const folder = mkdtempSync(join(tmpdir(), 'run-check-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Lets a program of these lines judge. */
const check = (lines: string, milliseconds = 20_000, signal?: AbortSignal) => {
  const directory = mkdtempSync(join(folder, 'task-'));
  const program = join(directory, 'program.cjs');
  writeFileSync(program, lines);
  const run = { program, directory, args: [], milliseconds, memory: 64, ...(signal === undefined ? {} : { signal }) };
  return runCheck(run);
};

const writes = "require('node:fs').writeFileSync('report.json', '{\"verdict\":\"pass\"}');";

test('a report is read, whatever the exit code', async () => {
  expect(await check(`${writes} process.exitCode = 1;`)).toEqual({ ok: true, report: { verdict: 'pass' } });
});

test.each<[string, string, string, RegExp]>([
  [
    'its heap is full',
    'const all = []; for (;;) all.push(new Array(1e5).fill(all.length));',
    'SIGABRT',
    /64 MiB.*--check-memory-mb\.$/,
  ],
  ['the system kills it', "process.kill(process.pid, 'SIGKILL');", 'SIGKILL', /killed by the system.*64 MiB/],
  ['it has a fault', "throw new Error('hunter2');", 'code 1', /without a report \(code 1\): the log of the server/],
  ['it writes half a report', "require('node:fs').writeFileSync('report.json', '{');", 'code 0', /without a report/],
  [
    'nothing can be written',
    "require('node:fs').rmSync(process.cwd(), { recursive: true }); process.exitCode = 2;",
    'ENOENT',
    /without a report \(ENOENT\)/,
  ],
])('where %s, the sentence says what can be done', async (_, lines, end, fault) => {
  expect(await check(lines)).toEqual({ ok: false, end, fault: expect.stringMatching(fault) });
});

const lastsLong = `${writes} setInterval(() => {}, 1000);`;

test('what takes too long is stopped, and its report does not count', async () => {
  const fault = expect.stringMatching(/more than 0\.5 seconds.*--check-seconds\.$/);
  expect(await check(lastsLong, 500)).toEqual({ ok: false, end: 'too long', fault });
});

test('a check ends with who asked for it', async () => {
  const stopping = new AbortController();
  setTimeout(() => stopping.abort(), 300);
  expect(await check(lastsLong, 20_000, stopping.signal)).toMatchObject({ ok: false, end: 'stopped' });
});

test('nothing of the environment is handed on', async () => {
  process.env['RUN_CHECK_CANARY'] = 'hunter2';
  await check(`require('node:fs').writeFileSync('${folder}/env', JSON.stringify(process.env)); ${writes}`);
  expect(
    Object.keys(JSON.parse(readFileSync(join(folder, 'env'), 'utf8'))).filter((name) => !name.startsWith('__')),
  ).toEqual([]);
  delete process.env['RUN_CHECK_CANARY'];
});
