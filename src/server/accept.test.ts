import { expect, test } from '@jest/globals';
import { acceptInto } from './accept.ts';
import type { Job, TaskQueue } from './queue.ts';
import type { Task } from './task.ts';

const task = (id: string): Task => ({
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
});

/** A queue whose disk is slow, and from which nobody takes. */
const slowQueue = (): TaskQueue => {
  const jobs: Job[] = [];
  const known = new Set<string>();
  return {
    has: async (key) => known.has(key),
    add: async (job) => {
      if (known.has(job.key)) return 'present';
      known.add(job.key);
      await new Promise((resolve) => setTimeout(resolve, 20));
      jobs.push(job);
      return 'added';
    },
    waiting: () => jobs,
    take: async () => null,
    keep: async () => {},
    finish: async () => {},
    close: () => {},
  };
};

test('no more wait than may, however many come at once', async () => {
  const accept = acceptInto(slowQueue(), 3, () => {});
  const answers = await Promise.all(Array.from({ length: 40 }, (_, index) => accept(task(String(index)))));
  expect(answers.filter((answer) => answer === 'added')).toHaveLength(3);
  expect(answers.filter((answer) => answer === 'full')).toHaveLength(37);
});

test('what was taken on is not refused when it is posted again', async () => {
  const accept = acceptInto(slowQueue(), 1, () => {});
  expect([await accept(task('a')), await accept(task('b')), await accept(task('a'))]).toEqual([
    'added',
    'full',
    'present',
  ]);
});

test('what could not be written takes no place', async () => {
  const queue = slowQueue();
  let isFull = true;
  const add: TaskQueue['add'] = async (job) => {
    if (isFull) throw Object.assign(new Error(), { code: 'ENOSPC' });
    return queue.add(job);
  };
  const accept = acceptInto({ ...queue, add }, 1, () => {});
  await expect(accept(task('a'))).rejects.toThrow();
  isFull = false;
  expect(await accept(task('a'))).toBe('added');
});
