import { type Comfort, startComfort } from './comfort.ts';
import { withoutReport } from './conclude.ts';
import { codeOf } from './error-words.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import { type Payload, type Performance, type Performed, performTask, sendResult } from './perform-task.ts';
import type { Job, TaskQueue } from './queue.ts';
import { type Result, payloadOf } from './result.ts';
import { type Task, detailsOf } from './task.ts';
import type { Tell } from './teller.ts';
import { pauseAfter, wait } from './wait.ts';

export type RunnerTools = {
  readonly queue: TaskQueue;
  readonly judge: (task: Task, signal: AbortSignal) => Promise<Result>;
  readonly tell: Tell;
  /** How many jobs are under way at a time; most of it is waiting for others. */
  readonly atOnce: number;
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
/** For a result that comes too late, which perhaps somebody still takes. */
const lastChance = 30_000;
/** Of a job that an internal error keeps from its end. */
const mostTries = 3;

/** Does the work of a queue. */
export const startRunner = (tools: RunnerTools): Runner => {
  const { queue, tell, atOnce } = tools;
  const stopping = new AbortController();
  const running = new Set<string>();
  const comfort: Comfort = startComfort({ queue, tell, heartbeat });
  const work = async (): Promise<void> => {
    for (let job = await queue.take(); job !== null; job = await queue.take()) {
      running.add(job.key);
      await comfort.leave(job.key);
      await persist(job, tools, stopping.signal);
      running.delete(job.key);
    }
  };
  const workers = Array.from({ length: atOnce }, work);
  return {
    running: () => running.size,
    stop: async (milliseconds) => {
      queue.close();
      const grace = setTimeout(() => stopping.abort(), milliseconds);
      await Promise.all(workers);
      clearTimeout(grace);
      comfort.stop();
      stopping.abort();
    },
  };
};

/** Tries again what an internal error has ended, with the result if there was one. */
const persist = async (job: Job, tools: RunnerTools, stopped: AbortSignal): Promise<void> => {
  const { log, metrics } = tools;
  let payload = job.payload;
  const onResult = (kept: Payload): void => {
    payload = kept;
  };
  for (let tries = 1; tries <= mostTries; tries += 1) {
    try {
      const isOver = await perform(payload === undefined ? job : { ...job, payload }, tools, stopped, onResult);
      return isOver ? await forget(job, tools) : log('info', 'task-left', detailsOf(job.task));
    } catch (error) {
      // Messages of errors may quote what is secret.
      log('error', 'task-crashed', { ...detailsOf(job.task), error: codeOf(error), try: tries });
    }
    if (tries < mostTries && !(await wait(pauseAfter(tries), stopped))) return;
  }
  metrics.count('tasks_total', { stage: stageLabel(job.task), result: 'crashed' });
  // What cannot be done is not tried again at every start.
  await forget(job, tools);
};

/** What stays on the disk is sent again by the next start, and its caller says that it has it. */
const forget = async (job: Job, { queue, log }: RunnerTools): Promise<void> => {
  try {
    await queue.finish(job);
  } catch (error) {
    log('error', 'task-not-forgotten', { ...detailsOf(job.task), error: codeOf(error) });
  }
};

/** Whether the job is over; else the server stops. */
const perform = async (
  job: Job,
  tools: RunnerTools,
  stopped: AbortSignal,
  onResult: (payload: Payload) => void,
): Promise<boolean> => {
  const isExpired = job.acceptedAt + patience <= Date.now();
  let payload = job.payload ?? (isExpired ? payloadTooLate : undefined);
  const performance = performanceOf(job, tools, stopped, (kept) => {
    payload = kept;
    onResult(kept);
  });
  const given = isExpired ? { ...performance, deadline: Date.now() + lastChance } : performance;
  const performed = await (payload === undefined ? performTask(given) : sendResult(given, payload, true));
  if (performed.outcome === 'stopped') return false;
  report(job, tools, performed, isExpired ? 'expired' : (payload?.status ?? 'failed'));
  return true;
};

const report = (
  { task, acceptedAt }: Job,
  { log, metrics }: RunnerTools,
  { outcome, answer }: Performed,
  result: Result['status'] | 'expired',
): void => {
  const seconds = (Date.now() - acceptedAt) / 1000;
  metrics.observe('task_seconds', seconds);
  metrics.count('tasks_total', { stage: stageLabel(task), result });
  metrics.count('callbacks_total', { outcome });
  const details = { ...detailsOf(task), callback: outcome, answer, seconds };
  if (result === 'expired') log('warning', 'task-expired', details);
  else log(isTold(outcome) ? 'info' : 'warning', 'task-done', { ...details, status: result });
};

const isTold = (outcome: Performed['outcome']): boolean => outcome === 'taken' || outcome === 'final';

const performanceOf = (
  job: Job,
  { judge, tell, queue, log }: RunnerTools,
  stopped: AbortSignal,
  onResult: (payload: Payload) => void,
): Performance => ({
  task: job.task,
  tell: (body, signal) => tell(job.task, body, signal),
  deadline: job.acceptedAt + patience,
  heartbeat,
  stopped,
  judge: (signal) => judge(job.task, signal),
  keep: (payload) => {
    onResult(payload);
    return queue.keep(job, payload);
  },
  log: (event, more) => log('warning', event, { ...detailsOf(job.task), ...more }),
});

/** Of work that a server has left which was not started again in time. */
const tooLate = payloadOf(
  withoutReport('The server of this run task was not there within the time that a run waits for it: run again.'),
  false,
);
const payloadTooLate: Payload = { status: 'failed', full: tooLate, plain: tooLate };

const known: ReadonlySet<string> = new Set(['pre_plan', 'post_plan', 'pre_apply', 'post_apply']);

/** A label for whatever somebody sends would fill the memory. */
const stageLabel = ({ stage }: Task): string => (known.has(stage) ? stage : 'other');
