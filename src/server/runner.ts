import { setMaxListeners } from 'node:events';
import { type Comfort, startComfort } from './comfort.ts';
import { withoutReport } from './conclude.ts';
import { codeOf } from './error-words.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import { type Payload, type Performance, type Performed, sendResult, workOut } from './perform-task.ts';
import type { Job, TaskQueue } from './queue.ts';
import { type Result, payloadOf } from './result.ts';
import { slotsOf } from './slots.ts';
import { type Task, detailsOf } from './task.ts';
import type { Tell } from './teller.ts';
import { pauseAfter, wait } from './wait.ts';

export type RunnerTools = {
  readonly queue: TaskQueue;
  readonly judge: (task: Task, signal: AbortSignal) => Promise<Result>;
  readonly tell: Tell;
  /** How many jobs are judged, or wait for what they are judged by, at a time. */
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
/** Results that are sent at a time: each may be one for a caller that does not answer. */
const tellingAtOnce = 256;
/** Of a job that an internal error keeps from its end. */
const mostTries = 3;

/** Does the work of a queue. */
export const startRunner = (tools: RunnerTools): Runner => {
  const { queue, tell, atOnce } = tools;
  const stopping = new AbortController();
  // Every job listens to it; Node warns of more than ten.
  setMaxListeners(0, stopping.signal);
  const running = new Set<string>();
  const telling = new Set<Promise<void>>();
  const places = slotsOf(tellingAtOnce);
  // Whoever has a result, or is too late for one, waits for nothing.
  const waiting = (): readonly Job[] => queue.waiting().filter((job) => job.payload === undefined && !isExpired(job));
  const comfort: Comfort = startComfort({ queue: { waiting }, tell, heartbeat });
  const work = async (): Promise<void> => {
    for (let job = await queue.take(); job !== null; job = await queue.take()) {
      const { key } = job;
      running.add(key);
      await comfort.leave(key);
      const given: Given = { job, isExpired: isExpired(job), tools, stopped: stopping.signal };
      const payload = await persist(given, () => payloadFor(given));
      const leavePlace = await places.take(stopping.signal);
      const told = conclude(given, payload).finally(() => {
        leavePlace?.();
        running.delete(key);
        telling.delete(told);
      });
      telling.add(told);
    }
  };
  const workers = Array.from({ length: atOnce }, work);
  return {
    running: () => running.size,
    stop: async (milliseconds) => {
      queue.close();
      const grace = setTimeout(() => stopping.abort(), milliseconds);
      await Promise.all(workers);
      await Promise.all(telling);
      clearTimeout(grace);
      comfort.stop();
      stopping.abort();
    },
  };
};

type Given = {
  readonly job: Job;
  /** Whether it was too late when it was taken. */
  readonly isExpired: boolean;
  readonly tools: RunnerTools;
  readonly stopped: AbortSignal;
};

const isExpired = ({ acceptedAt }: Job): boolean => acceptedAt + patience <= Date.now();

type Persisted<T> = T | 'stopped' | 'crashed';

/** Tries again what an internal error has ended. */
const persist = async <T>(
  { job, tools, stopped }: Given,
  act: (tries: number) => Promise<T>,
): Promise<Persisted<T>> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await act(tries);
    } catch (error) {
      // Messages of errors may quote what is secret.
      tools.log('error', 'task-crashed', { ...detailsOf(job.task), error: codeOf(error), try: tries });
    }
    if (tries === mostTries) return 'crashed';
    if (!(await wait(pauseAfter(tries), stopped))) return 'stopped';
  }
};

const payloadFor = async (given: Given): Promise<Persisted<Payload>> =>
  given.job.payload ?? (given.isExpired ? payloadTooLate : ((await workOut(performanceOf(given))) ?? 'stopped'));

/** Sends a result, and forgets the job, unless it is left for the next start. */
const conclude = async (given: Given, payload: Persisted<Payload>): Promise<void> => {
  const { job, tools } = given;
  const end = typeof payload === 'string' ? payload : await persist(given, (tries) => send(given, payload, tries));
  if (end === 'stopped') return tools.log('info', 'task-left', detailsOf(job.task));
  if (end === 'crashed') tools.metrics.count('tasks_total', { stage: stageLabel(job.task), result: end });
  // What cannot be done is not tried again at every start.
  await forget(job, tools);
};

const send = async (given: Given, payload: Payload, tries: number): Promise<'done' | 'stopped'> => {
  const { job, isExpired: isLate, tools } = given;
  const mayBeThere = isLate || job.payload !== undefined || tries > 1;
  const performed = await sendResult(performanceOf(given), payload, mayBeThere);
  if (performed.outcome === 'stopped') return 'stopped';
  report(job, tools, performed, isLate ? 'expired' : payload.status);
  return 'done';
};

/** What stays on the disk is sent again by the next start, and its caller says that it has it. */
const forget = async (job: Job, { queue, log }: RunnerTools): Promise<void> => {
  try {
    await queue.finish(job);
  } catch (error) {
    log('error', 'task-not-forgotten', { ...detailsOf(job.task), error: codeOf(error) });
  }
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

const performanceOf = ({
  job,
  isExpired: isLate,
  tools: { judge, tell, queue, log },
  stopped,
}: Given): Performance => ({
  task: job.task,
  tell: (body, signal) => tell(job.task, body, signal),
  deadline: isLate ? Date.now() + lastChance : job.acceptedAt + patience,
  heartbeat,
  stopped,
  judge: (signal) => judge(job.task, signal),
  keep: (payload) => queue.keep(job, payload),
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
