import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Told } from './callback.ts';
import { collectGarbage } from './collect-garbage.test-support.ts';
import { type Payload, type Performance, performTask, sendResult } from './perform-task.ts';
import type { Result } from './result.ts';

const task = {
  id: 'taskrs-1',
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
};

const taken: Told = { outcome: 'taken', answer: '200', tries: 1 };
const unfit: Told = { outcome: 'unfit', answer: '422', tries: 1 };

const passed: Result = {
  status: 'passed',
  message: 'All is well.',
  outcomes: [{ id: 'a', description: 'b', body: 'c', tags: {} }],
};

/** What the caller was told, in order, and what was kept. */
const perform = async (given: Partial<Performance>, answers: readonly Told[] = []) => {
  const told: string[] = [];
  const kept: Payload[] = [];
  const left = [...answers];
  const { outcome } = await performTask({
    task,
    deadline: Date.now() + 3_600_000,
    heartbeat: 3_600_000,
    stopped: new AbortController().signal,
    judge: async () => passed,
    keep: async (payload) => {
      told.push('kept');
      kept.push(payload);
    },
    log: () => {},
    tell: async (body) => {
      const { data } = JSON.parse(body);
      told.push(data.attributes.status + (data.relationships === undefined ? '' : ' with outcomes'));
      return data.attributes.status === 'running' ? taken : (left.shift() ?? taken);
    },
    ...given,
  });
  return { outcome, told, kept };
};

test('a result is kept before it is sent', async () => {
  const { outcome, told, kept } = await perform({});
  expect([outcome, told]).toEqual(['taken', ['running', 'kept', 'passed with outcomes']]);
  expect(kept[0]).toMatchObject({ status: 'passed' });
});

describe('signs of life', () => {
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance'] });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  /** A task of 110 seconds with a sign of life every 20. */
  const whileSlow = async (given: Partial<Performance> = {}) => {
    const judge = () => new Promise<Result>((resolve) => globalThis.setTimeout(() => resolve(passed), 110_000));
    const performing = perform({ judge, heartbeat: 20_000, ...given });
    await jest.advanceTimersByTimeAsync(300_000);
    return performing;
  };

  test('come until there is a result', async () => {
    const { told } = await whileSlow();
    expect(told).toEqual([...Array(6).fill('running'), 'kept', 'passed with outcomes']);
  });

  test('do not pile up for a caller that does not answer', async () => {
    const began: number[] = [];
    const start = Date.now();
    const tell: Performance['tell'] = async (body, signal) => {
      if (JSON.parse(body).data.attributes.status !== 'running') return taken;
      began.push((Date.now() - start) / 1000);
      // The first try takes 70 seconds.
      const pause = began.length === 1 ? 70_000 : 0;
      return new Promise((resolve) => {
        globalThis.setTimeout(() => resolve(taken), pause);
        signal.addEventListener('abort', () => resolve(taken));
      });
    };
    await whileSlow({ tell });
    expect(began).toEqual([0, 80, 100]);
  });
});

test('who refuses outcomes gets the result without them', async () => {
  const { outcome, told } = await perform({}, [unfit, taken]);
  expect([outcome, told.slice(2)]).toEqual(['taken', ['passed with outcomes', 'passed']]);
});

test('before the deadline there is a result, whatever there is', async () => {
  const judge = (signal: AbortSignal) =>
    new Promise<Result>((resolve) => signal.addEventListener('abort', () => resolve(passed)));
  const { told, kept } = await perform({ judge, deadline: Date.now() + 30_050 });
  expect(told).toEqual(['running', 'kept', 'failed']);
  expect(kept[0]?.full).toMatch(/within the time/);
});

test('an internal error is a failure, and its message is told to nobody', async () => {
  const said: unknown[] = [];
  const judge = async (): Promise<Result> => {
    throw new TypeError('quotes hunter2');
  };
  const { told, kept } = await perform({ judge, log: (...words) => said.push(words) });
  expect(told).toEqual(['running', 'kept', 'failed']);
  expect(JSON.stringify([said, kept])).not.toContain('hunter2');
  expect(said).toEqual([['check-crashed', { error: 'TypeError' }]]);
});

test('a full disk is said to who can see to it', async () => {
  const judge = async (): Promise<Result> => {
    throw Object.assign(new Error('quotes hunter2'), { code: 'ENOSPC' });
  };
  const said: unknown[] = [];
  const { kept } = await perform({ judge, log: (...words) => said.push(words) });
  expect(kept[0]?.full).toContain('no room on the disk of the server (ENOSPC)');
  expect(said).toEqual([['check-crashed', { error: 'ENOSPC' }]]);
});

test('a result that cannot be kept is sent', async () => {
  const keep = async (): Promise<void> => {
    throw new Error('ENOSPC');
  };
  expect((await perform({ keep })).told).toEqual(['running', 'passed with outcomes']);
});

test('a server that stops sends no result', async () => {
  const stopping = new AbortController();
  const judge = async (): Promise<Result> => {
    stopping.abort();
    return passed;
  };
  const { outcome, told } = await perform({ judge, stopped: stopping.signal });
  expect([outcome, told]).toEqual(['stopped', ['running']]);
});

describe('a result', () => {
  const payload = { status: 'passed', full: '{"a":1}', plain: '{}' } as const;
  const late: Told = { ...unfit, tries: 2 };
  const tellWith = async (answers: readonly Told[], wasTried: boolean, sent: Payload = payload) => {
    const bodies: string[] = [];
    const said: unknown[] = [];
    const tell: Performance['tell'] = async (body) => {
      bodies.push(body);
      return answers[bodies.length - 1] as Told;
    };
    const log: Performance['log'] = (...words) => said.push(words);
    const given = { tell, deadline: Date.now() + 60_000, stopped: new AbortController().signal, log };
    return { ...(await sendResult(given, sent, wasTried)), bodies, said };
  };

  test.each<[string, readonly Told[], boolean, string, string]>([
    ['that is taken', [taken], false, 'taken', '200'],
    ['for who has one', [{ outcome: 'final', answer: '409', tries: 1 }], false, 'final', '409'],
    ['that nobody could be told', [{ outcome: 'lost', answer: 'ENOTFOUND', tries: 9 }], true, 'lost', 'ENOTFOUND'],
    ['for a token that is over', [{ outcome: 'refused', answer: '401', tries: 1 }], true, 'refused', '401'],
    ['for who refuses outcomes', [unfit, taken], false, 'taken', '200'],
    ['for who refuses outcomes, after a failure that passed', [late, taken], false, 'taken', '200'],
    ['for who refuses outcomes, after a restart', [unfit, taken], true, 'taken', '200'],
    ['for who takes nothing', [unfit, unfit], false, 'refused', '422'],
    ['whose answer got lost', [late, unfit], false, 'final', '422'],
    ['whose second answer got lost', [unfit, late], false, 'final', '422'],
    ['that was sent before a restart', [unfit, unfit], true, 'final', '422'],
    ['for who does not know how it is written', [unfit, { ...unfit, answer: '415' }], true, 'refused', '415'],
  ])('%s', async (_, answers, wasTried, outcome, answer) => {
    const told = await tellWith(answers, wasTried);
    expect(told).toMatchObject({ outcome, answer, bodies: ['{"a":1}', '{}'].slice(0, answers.length) });
    const isRefused = answers[0]?.outcome === 'unfit' && outcome === 'taken';
    expect(told.said).toEqual(isRefused ? [['outcomes-refused', { status: 'passed', answer: '422' }]] : []);
  });

  test('has its time, also where garbage is collected meanwhile', async () => {
    const lost: Told = { outcome: 'lost', answer: 'none', tries: 1 };
    const tell: Performance['tell'] = (_, signal) =>
      new Promise((resolve) => signal.addEventListener('abort', () => resolve(lost)));
    const given = { tell, deadline: Date.now() + 500, stopped: new AbortController().signal, log: () => {} };
    const sending = sendResult(given, payload, false);
    await collectGarbage();
    expect(await Promise.race([sending, setTimeout(5000, 'for ever', { ref: false })])).toMatchObject({
      outcome: 'lost',
    });
  });

  test('without outcomes is not sent twice', async () => {
    const told = await tellWith([unfit], false, { ...payload, full: '{}' });
    expect(told).toMatchObject({ outcome: 'refused', bodies: ['{}'] });
  });
});
