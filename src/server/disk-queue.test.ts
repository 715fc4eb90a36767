import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { keyOf, openDiskQueue } from './disk-queue.ts';
import type { Job } from './queue.ts';

const folder = mkdtempSync(join(tmpdir(), 'queue-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let directory = '';
beforeEach(() => {
  directory = join(mkdtempSync(join(folder, 'case-')), 'state');
});

const job = (id: string, acceptedAt = 1): Job => ({
  key: keyOf('app.terraform.io', id),
  acceptedAt,
  task: {
    id,
    stage: 'post_plan',
    accessToken: 'token',
    callbackUrl: 'https://app.terraform.io/api/v2/task-results/1/callback',
    planUrl: null,
    configurationUrl: null,
    workingDirectory: '',
    organization: 'acme',
    workspace: 'orders',
    runId: 'run-1',
    isMandatory: true,
    createdAt: null,
    takesOutcomes: true,
  },
});

const payload = { status: 'passed', full: '{}', plain: '{}' } as const;
const filesIn = (name: string): readonly string[] => readdirSync(join(directory, name));

describe('the queue on disk', () => {
  test('gives jobs in the order in which they came, also to who waits', async () => {
    const queue = await openDiskQueue(directory);
    const first = queue.take();
    await queue.add(job('a'));
    await queue.add(job('b', 2));
    expect([(await first)?.task.id, queue.waiting().length, (await queue.take())?.task.id]).toEqual(['a', 1, 'b']);
  });

  test('does not take up what may not be done now, and leaves it for when it may', async () => {
    const before = await openDiskQueue(directory);
    for (const id of ['a', 'b']) await before.add(job(id, Date.now()));
    const aside: string[][] = [];
    const watch = {
      mayRun: ({ id }: { id: string }) => id !== 'a',
      onPutAside: (...said: string[]) => aside.push(said),
    };
    const after = await openDiskQueue(directory, watch);
    expect(after.waiting().map(({ task }) => task.id)).toEqual(['b']);
    expect(aside).toEqual([[`${job('a').key}.json`, 'refused']]);
    expect((await openDiskQueue(directory)).waiting()).toHaveLength(2);
    await openDiskQueue(directory, { ...watch, now: () => Date.now() + 121 * 60_000 });
    expect(filesIn('tasks')).toEqual([`${job('b').key}.json`]);
  });

  test('finishes a job also where another cannot be forgotten', async () => {
    let now = Date.now();
    const queue = await openDiskQueue(directory, { now: () => now });
    await queue.add(job('a'));
    await queue.finish(job('a'));
    // A directory is removed by no rm of files.
    rmSync(join(directory, 'done', job('a').key));
    mkdirSync(join(directory, 'done', job('a').key));
    now += 121 * 60_000;
    await queue.add(job('b'));
    await queue.finish(job('b'));
    expect(filesIn('tasks')).toEqual([]);
  });

  test('forgets in time what could not be finished', async () => {
    let now = Date.now();
    const queue = await openDiskQueue(directory, { now: () => now });
    await queue.add(job('a'));
    rmSync(join(directory, 'done'), { recursive: true });
    await expect(queue.finish(job('a'))).rejects.toThrow();
    mkdirSync(join(directory, 'done'));
    now += 121 * 60_000;
    await queue.add(job('b'));
    await queue.finish(job('b'));
    expect([await queue.has(job('a').key), await queue.has(job('b').key)]).toEqual([false, true]);
  });

  test('knows what it was given, also while it is written, and not what could not be', async () => {
    const queue = await openDiskQueue(directory);
    const adding = queue.add(job('a'));
    expect([await queue.has(job('a').key), await queue.has(job('b').key)]).toEqual([true, false]);
    await adding;
    mkdirSync(join(directory, 'tasks', `${job('c').key}.json`));
    const failing = queue.add(job('c')).catch(() => 'failed');
    expect([await queue.has(job('c').key), await failing]).toEqual([false, 'failed']);
  });

  test('leaves no draft of what could not be written', async () => {
    const queue = await openDiskQueue(directory);
    // A directory of that name is in the way of the last step.
    mkdirSync(join(directory, 'tasks', `${job('a').key}.json`));
    await expect(queue.add(job('a'))).rejects.toThrow();
    expect(filesIn('tasks')).toEqual([`${job('a').key}.json`]);
  });

  test('keeps for the next process what is not finished, with its result', async () => {
    const before = await openDiskQueue(directory);
    for (const [id, at] of [
      ['c', 3],
      ['a', 1],
      ['b', 2],
    ] as const)
      await before.add(job(id, at));
    const taken = await before.take();
    await before.keep(job('b', 2), payload);
    expect(taken?.task.id).toBe('c');
    const after = await openDiskQueue(directory);
    const found = [await after.take(), await after.take(), await after.take()];
    expect(found.map((each) => [each?.task.id, each?.payload?.status])).toEqual([
      ['b', 'passed'],
      ['a', undefined],
      ['c', undefined],
    ]);
  });

  test('takes a key once, whatever became of it, for an hour and more', async () => {
    let now = Date.now();
    const clock = () => now;
    const queue = await openDiskQueue(directory, { now: clock });
    expect(await Promise.all([queue.add(job('a')), queue.add(job('a')), queue.add(job('a'))])).toEqual([
      'added',
      'present',
      'present',
    ]);
    await queue.finish(job('a'));
    now += 61 * 60_000;
    expect(await queue.add(job('a'))).toBe('present');
    expect(await (await openDiskQueue(directory, { now: clock })).add(job('a'))).toBe('present');
    now += 120 * 60_000;
    await queue.add(job('b'));
    await queue.finish(job('b'));
    expect([await queue.add(job('a')), filesIn('done').length]).toEqual(['added', 1]);
  });

  test('forgets the token with the job', async () => {
    const queue = await openDiskQueue(directory);
    await queue.add(job('a'));
    expect(filesIn('tasks')).toHaveLength(1);
    await queue.finish(job('a'));
    expect([filesIn('tasks'), statSync(join(directory, 'done', job('a').key)).size]).toEqual([[], 0]);
  });

  test('shows nothing to others', async () => {
    const queue = await openDiskQueue(directory);
    await queue.add(job('a'));
    const [file = ''] = filesIn('tasks');
    const paths = [directory, join(directory, 'tasks'), join(directory, 'done'), join(directory, 'tasks', file)];
    expect(paths.map((path) => statSync(path).mode & 0o077)).toEqual([0, 0, 0, 0]);
  });

  test('starts with what a killed server has left', async () => {
    const before = await openDiskQueue(directory);
    await before.add(job('a'));
    await before.add(job('b'));
    // Killed while it wrote, between the two steps of finishing, and by whatever damages files.
    writeFileSync(join(directory, 'tasks', `.${job('c').key}.json.1`), '{"half');
    writeFileSync(join(directory, 'tasks', `${job('d').key}.json`), '{"half');
    writeFileSync(join(directory, 'done', job('b').key), '');
    const damaged: string[] = [];
    const after = await openDiskQueue(directory, { onPutAside: (name) => damaged.push(name) });
    expect(after.waiting().map(({ task }) => task.id)).toEqual(['a']);
    expect(damaged).toEqual([`${job('d').key}.json.damaged`]);
    expect([...filesIn('tasks')].sort()).toEqual([`${job('a').key}.json`, ...damaged].sort());
    await openDiskQueue(directory, { now: () => Date.now() + 119 * 60_000 });
    expect(filesIn('tasks')).toHaveLength(2);
    await openDiskQueue(directory, { now: () => Date.now() + 121 * 60_000 });
    expect(filesIn('tasks')).toEqual([`${job('a').key}.json`]);
  });

  const good = job('a').task;
  test.each([
    ['null', null],
    ['a list', []],
    ['another name than its own', job('b')],
    ['no time', { ...job('a'), acceptedAt: undefined }],
    ['no task', { ...job('a'), task: undefined }],
    ['a task without a token', { ...job('a'), task: { ...good, accessToken: undefined } }],
    ['a task whose token is none', { ...job('a'), task: { ...good, accessToken: 'abc\ndef' } }],
    ['a task without an address of its plan', { ...job('a'), task: { ...good, planUrl: undefined } }],
    ['a callback that is no address', { ...job('a'), task: { ...good, callbackUrl: 'nowhere' } }],
  ])('puts aside a file that holds %s', async (_, content) => {
    await openDiskQueue(directory);
    writeFileSync(join(directory, 'tasks', `${job('a').key}.json`), JSON.stringify(content));
    const damaged: string[] = [];
    const queue = await openDiskQueue(directory, { onPutAside: (name) => damaged.push(name) });
    expect([queue.waiting(), damaged]).toEqual([[], [`${job('a').key}.json.damaged`]]);
  });

  test('is not added to where it cannot be written, and can be tried again', async () => {
    const queue = await openDiskQueue(directory);
    rmSync(join(directory, 'tasks'), { recursive: true });
    await expect(queue.add(job('a'))).rejects.toThrow();
    expect(queue.waiting()).toEqual([]);
    await openDiskQueue(directory);
    expect(await queue.add(job('a'))).toBe('added');
  });

  test('ends the waiting of those who take, when it is closed', async () => {
    const queue = await openDiskQueue(directory);
    const waiting = queue.take();
    queue.close();
    expect([await waiting, await queue.take()]).toEqual([null, null]);
  });

  test('tells ids of two hosts apart', () => {
    expect(keyOf('a.example', '1')).not.toBe(keyOf('b.example', '1'));
    expect(keyOf('a.example', '../../etc/passwd')).toMatch(/^[0-9a-f]{40}$/);
  });

  test('forgets by the time of the file', async () => {
    await openDiskQueue(directory);
    const path = join(directory, 'done', job('a').key);
    writeFileSync(path, '');
    utimesSync(path, new Date(0), new Date(0));
    const queue = await openDiskQueue(directory);
    await queue.finish(job('b'));
    expect(filesIn('done')).toEqual([job('b').key]);
  });
});
