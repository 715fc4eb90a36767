import type { Payload } from './perform-task.ts';
import type { Task } from './task.ts';

/** Work that was taken on, and what there is of it. */
export type Job = {
  readonly key: string;
  readonly task: Task;
  /** Milliseconds since the epoch. */
  readonly acceptedAt: number;
  /** Kept before it was sent for the first time. */
  readonly payload?: Payload;
};

/**
 * Where work waits. Another one (a database, a service) has the same promises: what `add` has taken on is not lost, and a
 * key that was added is not added again within an hour, whatever became of it.
 */
export type TaskQueue = {
  /** Whether a key was added. */
  readonly has: (key: string) => Promise<boolean>;
  /** Resolves when the job would outlive this process. `present`: it was there before. */
  readonly add: (job: Job) => Promise<'added' | 'present'>;
  /** Gives the oldest job that nobody has, or waits for one; null when it is closed. */
  readonly take: () => Promise<Job | null>;
  /** Keeps a result. */
  readonly keep: (job: Job, payload: Payload) => Promise<void>;
  /** The job is done and is not needed any more. */
  readonly finish: (job: Job) => Promise<void>;
  /** Those that nobody has taken. */
  readonly waiting: () => readonly Job[];
  /** Those who wait to take get null; what is not finished is for whoever opens this queue next. */
  readonly close: () => void;
};
