import type { AllowedHost } from './addresses.ts';
import { callBack } from './callback.ts';
import { codeOf } from './error-words.ts';
import { type JudgeTools, judgeTask } from './judge-task.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import { type Performance, performTask, sendResult } from './perform-task.ts';
import type { Job, TaskQueue } from './queue.ts';
import { progressOf } from './result.ts';
import type { Task } from './task.ts';

export type RunnerTools = {
  readonly queue: TaskQueue;
  readonly judge: JudgeTools;
  readonly hosts: readonly AllowedHost[];
  readonly concurrency: number;
  readonly log: Log;
  readonly metrics: Metrics;
};

export type Runner = {
  readonly running: () => number;
  /** Takes no more work, gives what is under way some time, then leaves the rest for the next start. */
  readonly stop: (milliseconds: number) => Promise<void>;
};

/** HCP Terraform gives up after 60 minutes, and after 10 without a sign of life. */
const patience = 60 * 60_000;
const heartbeat = 4 * 60_000;

/** Does the work of a queue, a few jobs at a time. */
export const startRunner = (tools: RunnerTools): Runner => {
  const { queue, concurrency } = tools;
  const stopping = new AbortController();
  const running = new Set<string>();
  const work = async (): Promise<void> => {
    for (let job = await queue.take(); job !== null; job = await queue.take()) {
      running.add(job.key);
      await perform(job, tools, stopping.signal);
      running.delete(job.key);
    }
  };
  const workers = Array.from({ length: concurrency }, work);
  const timer = setInterval(() => comfort(tools, stopping.signal), heartbeat / 2);
  return {
    running: () => running.size,
    stop: async (milliseconds) => {
      queue.close();
      clearInterval(timer);
      const grace = setTimeout(() => stopping.abort(), milliseconds);
      await Promise.all(workers);
      clearTimeout(grace);
      stopping.abort();
    },
  };
};

const perform = async (job: Job, tools: RunnerTools, stopped: AbortSignal): Promise<void> => {
  const { queue, log, metrics } = tools;
  const details = detailsOf(job.task);
  let status = job.payload?.status ?? 'failed';
  try {
    const performance = performanceOf(job, tools, stopped, (kept) => {
      status = kept;
    });
    if (performance.deadline <= Date.now()) {
      log('warning', 'task-expired', details);
      metrics.count('tasks_total', { stage: stageLabel(job.task), result: 'expired' });
      return await queue.finish(job);
    }
    const outcome =
      job.payload === undefined ? await performTask(performance) : await sendResult(performance, job.payload, true);
    if (outcome === 'stopped') return log('info', 'task-left', details);
    await queue.finish(job);
    const seconds = (Date.now() - job.acceptedAt) / 1000;
    metrics.observe('task_seconds', seconds);
    metrics.count('tasks_total', { stage: stageLabel(job.task), result: status });
    metrics.count('callbacks_total', { outcome });
    log(outcome === 'taken' ? 'info' : 'warning', 'task-done', { ...details, status, callback: outcome, seconds });
  } catch (error) {
    // Messages of errors may quote what is secret. The job is on the disk for the next start.
    log('error', 'task-crashed', { ...details, error: codeOf(error) });
  }
};

const performanceOf = (
  job: Job,
  { judge, hosts, queue, log }: RunnerTools,
  stopped: AbortSignal,
  onResult: (status: 'passed' | 'failed') => void,
): Performance => ({
  task: job.task,
  tell: (body, signal, wasTried) =>
    callBack({ url: job.task.callbackUrl, token: job.task.accessToken, hosts, signal, wasTried }, body),
  deadline: job.acceptedAt + patience,
  heartbeat,
  stopped,
  judge: (signal) => judgeTask(job.task, judge, signal),
  keep: (payload) => {
    onResult(payload.status);
    return queue.keep(job, payload);
  },
  log: (event, more) => log('warning', event, { ...detailsOf(job.task), ...more }),
});

/** Those who wait in the line need a sign of life as well. */
const comfort = ({ queue, hosts }: RunnerTools, stopped: AbortSignal): void => {
  const body = progressOf('rds-auth-policy has other runs before this one.');
  for (const { task, acceptedAt } of queue.waiting()) {
    if (acceptedAt > Date.now() - heartbeat / 2) continue;
    const signal = AbortSignal.any([stopped, AbortSignal.timeout(heartbeat / 2)]);
    callBack({ url: task.callbackUrl, token: task.accessToken, hosts, signal }, body).catch(() => 'lost');
  }
};

/** What a log may say of a task. */
export const detailsOf = ({ id, stage, organization, workspace, runId }: Task): Readonly<Record<string, string>> => ({
  task: id,
  stage,
  organization,
  workspace,
  run: runId,
});

const known: ReadonlySet<string> = new Set(['pre_plan', 'post_plan', 'pre_apply', 'post_apply']);

/** A label for whatever somebody sends would fill the memory. */
const stageLabel = ({ stage }: Task): string => (known.has(stage) ? stage : 'other');
