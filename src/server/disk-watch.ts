import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from './error-words.ts';
import type { TaskQueue } from './queue.ts';

export type DiskWatch = {
  /** The queue, whose writes are watched. */
  readonly queue: TaskQueue;
  /** The code of the last write if it failed and would fail again; undefined where all is well. */
  readonly fault: () => Promise<string | undefined>;
};

/** More than a request and its result. */
const probeBytes = 256 << 10;

/**
 * Knows whether the queue can be written. Who is not ready gets no requests, and would never find out that there is room
 * again: so it is tried.
 */
export const watchDisk = (queue: TaskQueue, directory: string): DiskWatch => {
  let last: string | undefined;
  const watched = async <T>(write: Promise<T>): Promise<T> => {
    try {
      const result = await write;
      last = undefined;
      return result;
    } catch (error) {
      last = codeOf(error);
      throw error;
    }
  };
  return {
    queue: {
      ...queue,
      add: (job) => watched(queue.add(job)),
      keep: (job, payload) => watched(queue.keep(job, payload)),
      finish: (job) => watched(queue.finish(job)),
    },
    fault: async () => {
      if (last !== undefined) await watched(probe(directory)).catch(() => last);
      return last;
    },
  };
};

/** By the name of a draft, which the next start removes. */
const probe = async (directory: string): Promise<void> => {
  const file = join(directory, `.probe.${randomUUID()}`);
  try {
    await writeFile(file, Buffer.alloc(probeBytes), { mode: 0o600, flush: true });
  } finally {
    await rm(file, { force: true });
  }
};
