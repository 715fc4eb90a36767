import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Told } from './callback.ts';
import { collectGarbage } from './collect-garbage.test-support.ts';
import { createMetrics } from './metrics.ts';
import type { Payload } from './perform-task.ts';
import type { Job, TaskQueue } from './queue.ts';
import type { Result } from './result.ts';
import { type Runner, type RunnerTools, startRunner } from './runner.ts';
import type { Task } from './task.ts';

const minute = 60_000;
const passed: Result = { status: 'passed', message: 'All is well.', outcomes: [] };
const taken: Told = { outcome: 'taken', answer: '200', tries: 1 };

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance'] });
});
afterEach(() => {
  jest.useRealTimers();
});

/** Lets everything happen that waits for no clock, and then for some time of it. */
const pass = (milliseconds: number): Promise<void> => jest.advanceTimersByTimeAsync(milliseconds);

const taskOf = (id: string, stage = 'post_plan'): Task => ({
  id,
  stage,
  accessToken: 'token',
  callbackUrl: `https://app.terraform.io/api/v2/task-results/${id}/callback`,
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

type Kept = {
  readonly queue: TaskQueue;
  readonly add: (job: Job) => void;
  readonly finished: string[];
  readonly kept: Map<string, Payload>;
};

const memoryQueue = (): Kept => {
  const line: Job[] = [];
  const takers: ((job: Job | null) => void)[] = [];
  const finished: string[] = [];
  const kept = new Map<string, Payload>();
  let isClosed = false;
  const add = (job: Job): void => {
    const taker = takers.shift();
    if (taker === undefined) line.push(job);
    else taker(job);
  };
  const queue: TaskQueue = {
    add: async (job) => {
      add(job);
      return 'added';
    },
    take: async () => {
      if (isClosed) return null;
      return line.shift() ?? new Promise((resolve) => takers.push(resolve));
    },
    has: async () => false,
    keep: async ({ key }, payload) => void kept.set(key, payload),
    finish: async ({ key }) => void finished.push(key),
    waiting: () => line,
    close: () => {
      isClosed = true;
      for (const taker of takers.splice(0)) taker(null);
    },
  };
  return { queue, add, finished, kept };
};

type Said = { readonly id: string; readonly status: string; readonly minute: number };

/** A runner, what its callers hear and when, its log and its metrics. */
const start = (given: Partial<RunnerTools> = {}, before: readonly Job[] = []) => {
  const kept = memoryQueue();
  for (const job of before) kept.add(job);
  const begin = Date.now();
  const said: Said[] = [];
  const logged: string[] = [];
  const metrics = createMetrics();
  const tell: RunnerTools['tell'] = async ({ id }, body) => {
    said.push({ id, status: JSON.parse(body).data.attributes.status, minute: (Date.now() - begin) / minute });
    return taken;
  };
  const log: RunnerTools['log'] = (level, event, details) =>
    void logged.push(`${level} ${event} ${JSON.stringify(details)}`);
  const tools = { queue: kept.queue, judge: async () => passed, tell, atOnce: 1, log, metrics, ...given };
  const runner: Runner = startRunner(tools);
  const add = (id: string, more: Partial<Job> = {}): void =>
    kept.add({ key: id, task: taskOf(id), acceptedAt: Date.now(), ...more });
  const counted = (): readonly string[] =>
    metrics
      .render({ tasks_waiting: 0, tasks_running: 0, resident_memory_bytes: 0 })
      .split('\n')
      .filter((line) => /^rds_auth_policy_(tasks_total|callbacks_total|task_seconds_count)/.test(line));
  return { ...kept, add, runner, said, logged, counted, of: (id: string) => said.filter((each) => each.id === id) };
};

/** Ends when the test says so, or with the task. */
const slow = () => {
  const ends: (() => void)[] = [];
  const judge: RunnerTools['judge'] = (_, signal) =>
    new Promise((resolve) => {
      ends.push(() => resolve(passed));
      signal.addEventListener('abort', () => resolve(passed));
    });
  return { judge, ends };
};

const gapsOf = (said: readonly Said[]): readonly number[] =>
  said.slice(1).map((each, index) => each.minute - (said[index] as Said).minute);

test('a job is done, and forgotten', async () => {
  const { add, runner, said, finished, logged, counted } = start();
  add('a');
  await pass(0);
  expect(said.map(({ status }) => status)).toEqual(['running', 'passed']);
  expect([finished, runner.running()]).toEqual([['a'], 0]);
  expect(logged).toEqual([expect.stringMatching(/^info task-done .*"callback":"taken","answer":"200".*"passed"/)]);
  expect(counted()).toEqual([
    'rds_auth_policy_tasks_total{stage="post_plan",result="passed"} 1',
    'rds_auth_policy_callbacks_total{outcome="taken"} 1',
    'rds_auth_policy_task_seconds_count 1',
  ]);
});

describe('signs of life', () => {
  test('come at once and then more often than every 10 minutes, until there is a result before the hour is over', async () => {
    const { add, of } = start({ judge: slow().judge });
    add('a');
    await pass(70 * minute);
    const heard = of('a');
    expect(heard[0]).toMatchObject({ status: 'running', minute: 0 });
    expect(Math.max(...gapsOf(heard))).toBeLessThan(10);
    expect(heard.at(-1)).toMatchObject({ status: 'failed', minute: 59.5 });
    expect(heard.filter(({ status }) => status !== 'running')).toHaveLength(1);
  });

  test('come as well to those who wait in the line', async () => {
    const { judge, ends } = slow();
    const { add, of } = start({ judge });
    add('a');
    for (let index = 0; index < 9; index += 1) add(`b${index}`);
    await pass(30 * minute);
    for (let index = 0; index < 9; index += 1) {
      const heard = of(`b${index}`);
      expect(heard[0]?.minute).toBeLessThan(10);
      expect(Math.max(...gapsOf(heard))).toBeLessThan(10);
      expect(heard.length).toBeLessThan(10);
    }
    for (let index = 0; index < 10; index += 1) {
      ends[index]?.();
      await pass(0);
    }
    const before = of('b0').length;
    await pass(30 * minute);
    expect([of('b0').at(-1)?.status, of('b0').length]).toEqual(['passed', before]);
  });

  test('come at once to those whom a server has left in the line', async () => {
    const acceptedAt = Date.now() - 8 * minute;
    const jobs = ['a', 'b'].map((id) => ({ key: id, task: taskOf(id), acceptedAt }));
    const { of } = start({ judge: slow().judge }, jobs);
    await pass(0);
    expect(of('b')).toEqual([{ id: 'b', status: 'running', minute: 0 }]);
  });

  test('do not come to those who have a result, or are too late for one', async () => {
    const full = JSON.stringify({ data: { attributes: { status: 'passed' } } });
    const payload = { status: 'passed', full, plain: full } as const;
    const late = { acceptedAt: Date.now() - 61 * minute };
    const jobs = [{}, { payload }, late].map((more, index) => ({
      ...{ key: `job${index}`, task: taskOf(`job${index}`), acceptedAt: Date.now() - 8 * minute },
      ...more,
    }));
    const { said } = start({ judge: slow().judge }, [
      { key: 'first', task: taskOf('first'), acceptedAt: Date.now() },
      ...jobs,
    ]);
    await pass(0);
    expect(said.map(({ id }) => id).sort()).toEqual(['first', 'job0']);
  });

  test('are over when the line is, and a few at a time', async () => {
    const { judge, ends } = slow();
    const underWay = new Set<string>();
    let most = 0;
    const order: string[] = [];
    // Whoever waits is not answered.
    const tell: RunnerTools['tell'] = ({ id }, body, signal) => {
      const { status, message } = JSON.parse(body).data.attributes;
      order.push(`${id} ${status}`);
      if (!String(message).includes('before this one')) return Promise.resolve(taken);
      underWay.add(id);
      most = Math.max(most, underWay.size);
      return new Promise((resolve) =>
        signal.addEventListener('abort', () => {
          underWay.delete(id);
          order.push(`${id} ends`);
          resolve({ outcome: 'lost', answer: 'none', tries: 1 });
        }),
      );
    };
    const { add } = start({ judge, tell });
    for (let index = 0; index < 20; index += 1) add(`job${index}`);
    await pass(4 * minute);
    expect([most, underWay.has('job1'), underWay.has('job5')]).toEqual([4, true, false]);
    await collectGarbage();
    // Who does not answer is not waited for.
    await pass(minute / 2);
    expect([most, underWay.has('job1'), underWay.has('job5')]).toEqual([4, false, true]);
    await pass(5.6 * minute);
    expect(underWay.has('job1')).toBe(true);
    ends[0]?.();
    await pass(0);
    expect(underWay.has('job1')).toBe(false);
    const [heard, over] = ['job1 running', 'job1 ends'];
    expect(order.filter((line) => line.startsWith('job1 '))).toEqual([heard, over, heard, over, heard]);
  });
});

describe('callers that do not answer', () => {
  const silent = (): RunnerTools['tell'] => {
    const lost: Told = { outcome: 'lost', answer: 'ETIMEDOUT', tries: 9 };
    return ({ id }, body, signal) => {
      const isTold = !id.startsWith('silent') || JSON.parse(body).data.attributes.status === 'running';
      if (isTold) return Promise.resolve(taken);
      return new Promise((resolve) => signal.addEventListener('abort', () => resolve(lost)));
    };
  };

  test.each<[string, Partial<Job>]>([
    ['hold no place of others', {}],
    ['hold none after a restart', { payload: { status: 'passed', full: '{"data":{"attributes":{}}}', plain: '{}' } }],
  ])('%s', async (_, more) => {
    const { add, finished, runner, logged } = start({ atOnce: 2, tell: silent() });
    for (let index = 0; index < 40; index += 1) add(`silent${index}`, more);
    add('a');
    await pass(0);
    expect([finished, runner.running()]).toEqual([['a'], 40]);
    await pass(60 * minute);
    expect([finished.length, runner.running()]).toEqual([41, 0]);
    expect(logged.filter((line) => line.includes('"callback":"lost"'))).toHaveLength(40);
  });

  test('are left when it stops', async () => {
    const { add, finished, runner, logged } = start({ tell: silent() });
    add('silent');
    await pass(0);
    const stopped = runner.stop(1000);
    await pass(1000);
    await stopped;
    expect([finished, logged]).toEqual([[], [expect.stringMatching(/^info task-left/)]]);
  });

  test('are told a few hundred at a time', async () => {
    const { add, finished, runner } = start({ tell: silent() });
    for (let index = 0; index < 300; index += 1) add(`silent${index}`);
    add('a');
    await pass(0);
    expect([finished, runner.running()]).toEqual([[], 257]);
    await pass(60 * minute);
    expect(finished).toContain('a');
  });
});

describe('a job that an internal error ends', () => {
  const failing = (
    times: number,
    error = Object.assign(new TypeError('quotes hunter2'), { code: 'ERR_INVALID_CHAR' }),
  ) => {
    let left = times;
    const tell: RunnerTools['tell'] = async (_, body) => {
      if (JSON.parse(body).data.attributes.status === 'running') return taken;
      left -= 1;
      if (left >= 0) throw error;
      return taken;
    };
    return tell;
  };

  test('is tried again, and judged once', async () => {
    jest.useRealTimers();
    const judge = jest.fn(async () => passed);
    const { add, runner, logged, finished } = start({ judge, tell: failing(1) });
    add('a');
    await runner.stop(5000);
    expect(judge).toHaveBeenCalledTimes(1);
    expect([logged.map((line) => line.split(' ')[1]), finished]).toEqual([['task-crashed', 'task-done'], ['a']]);
  });

  test('is given up in the end, counted and forgotten', async () => {
    jest.useRealTimers();
    const { add, runner, logged, finished, counted } = start({ tell: failing(9) });
    add('a');
    await runner.stop(9000);
    expect(logged).toEqual([1, 2, 3].map((tries) => expect.stringMatching(`"ERR_INVALID_CHAR","try":${tries}`)));
    expect(logged.join()).not.toContain('hunter2');
    expect([finished, counted()]).toEqual([
      ['a'],
      ['rds_auth_policy_tasks_total{stage="post_plan",result="crashed"} 1', 'rds_auth_policy_task_seconds_count 0'],
    ]);
  });

  test('is left where the server stops before the next try', async () => {
    const { add, runner, logged, finished } = start({ tell: failing(1) });
    add('a');
    await pass(0);
    const stopped = runner.stop(500);
    await pass(500);
    await stopped;
    expect([logged.map((line) => line.split(' ')[1]), finished]).toEqual([['task-crashed', 'task-left'], []]);
  });

  test('is over also where it cannot be forgotten', async () => {
    const full = Object.assign(new Error('no room'), { code: 'ENOSPC' });
    const { queue } = memoryQueue();
    const { logged, said } = start({ queue: { ...queue, finish: () => Promise.reject(full) } }, []);
    void queue.add({ key: 'a', task: taskOf('a'), acceptedAt: Date.now() });
    await pass(0);
    expect(said.map(({ status }) => status)).toEqual(['running', 'passed']);
    expect(logged.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
      'info task-done',
      'error task-not-forgotten',
    ]);
  });
});

describe('a job that is older than a run waits', () => {
  test.each<[string, Partial<Job>, string]>([
    ['is a failure', {}, 'failed'],
    ['has the result that it had', { payload: { status: 'passed', full: '', plain: '' } }, 'passed'],
  ])('%s, of which the caller hears', async (_, more, status) => {
    const judge = jest.fn(async () => passed);
    const { add, said, finished, logged, counted } = start({ judge });
    const body = JSON.stringify({ data: { attributes: { status } } });
    const payload = more.payload === undefined ? {} : { payload: { ...more.payload, full: body, plain: body } };
    add('a', { acceptedAt: Date.now() - 61 * minute, ...payload });
    await pass(0);
    expect(judge).not.toHaveBeenCalled();
    expect([said.map((each) => each.status), finished]).toEqual([[status], ['a']]);
    expect(logged).toEqual([expect.stringMatching(/^warning task-expired .*"callback":"taken".*"seconds":3660/)]);
    expect(counted()).toEqual([
      'rds_auth_policy_tasks_total{stage="post_plan",result="expired"} 1',
      'rds_auth_policy_callbacks_total{outcome="taken"} 1',
      'rds_auth_policy_task_seconds_count 1',
    ]);
  });
});

test('what is not done when it stops is left', async () => {
  const { add, runner, said, finished, logged } = start({ judge: slow().judge });
  add('a');
  await pass(0);
  const stopped = runner.stop(1000);
  await pass(1000);
  await stopped;
  expect([said.map(({ status }) => status), finished]).toEqual([['running'], []]);
  expect(logged).toEqual([expect.stringMatching(/^info task-left/)]);
});

test('a result that was kept is sent as it was', async () => {
  const judge = jest.fn(async () => passed);
  const full = JSON.stringify({ data: { attributes: { status: 'failed', message: 'kept' } } });
  const { add, said, finished } = start({ judge });
  add('a', { payload: { status: 'failed', full, plain: full } });
  await pass(0);
  expect([judge.mock.calls, said.map(({ status }) => status), finished]).toEqual([[], ['failed'], ['a']]);
});
