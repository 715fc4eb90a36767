import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Job, TaskQueue } from './queue.ts';
import { type Task, isRecord, isTask } from './task.ts';

/** How long a key is known after its job is done: HCP Terraform waits no longer for a run task. */
const remembered = 2 * 3_600_000;

/** A name for the file of a job; ids come from outside. */
export const keyOf = (host: string, id: string): string =>
  createHash('sha256').update(`${host}\n${id}`).digest('hex').slice(0, 40);

/** `refused`: it may not be done now, and stays for a start where it may. */
export type PutAside = 'damaged' | 'refused';

export type DiskQueueWatch = {
  readonly now?: () => number;
  /** Whether a task that was kept may still be done; left out where every one may. */
  readonly mayRun?: (task: Task) => boolean;
  /** Hears of a file that was put aside, and why. */
  readonly onPutAside?: (name: string, reason: PutAside) => void;
};

/**
 * Jobs as files that only their owner may read: `tasks` holds what is to be done, with its token, `done` only keys. For
 * one process at a time.
 */
export const openDiskQueue = async (directory: string, watch: DiskQueueWatch = {}): Promise<TaskQueue> => {
  const { now = Date.now } = watch;
  const tasks = join(directory, 'tasks');
  const done = join(directory, 'done');
  for (const path of [directory, tasks, done]) await mkdir(path, { recursive: true, mode: 0o700 });
  const finished = await readDone(done);
  // A server may have been killed between the two steps of `finish`.
  for (const key of finished.keys()) await rm(join(tasks, `${key}.json`), { force: true });
  const jobs = await readJobs(tasks, watch);
  await removeOld(tasks, now() - remembered);
  const keys = [...finished.keys(), ...jobs.map(({ key }) => key)];
  const known = new Map<string, Promise<unknown>>(keys.map((key) => [key, Promise.resolve()]));
  const line = lineOf(jobs);

  const forget = async (): Promise<void> => {
    const over = [...finished].filter(([, at]) => at < now() - remembered);
    for (const [key] of over) {
      finished.delete(key);
      known.delete(key);
      await rm(join(done, key), { force: true });
    }
  };
  return {
    ...line,
    has: async (key) => {
      await known.get(key)?.catch(() => 'not added');
      return known.has(key);
    },
    add: async (job) => {
      const before = known.get(job.key);
      if (before !== undefined) {
        // Nobody is told that it is there before it is.
        await before;
        return 'present';
      }
      const written = writeDurably(tasks, `${job.key}.json`, JSON.stringify(job));
      known.set(job.key, written);
      try {
        await written;
      } catch (error) {
        known.delete(job.key);
        throw error;
      }
      line.push(job);
      return 'added';
    },
    keep: (job, payload) => writeDurably(tasks, `${job.key}.json`, JSON.stringify({ ...job, payload })),
    finish: async ({ key }) => {
      finished.set(key, now());
      await writeDurably(done, key, '');
      await rm(join(tasks, `${key}.json`), { force: true });
      // Of others; the next start tries it again.
      await forget().catch(() => 'they stay');
    },
  };
};

type Line = Pick<TaskQueue, 'take' | 'waiting' | 'close'> & { readonly push: (job: Job) => void };

const lineOf = (jobs: readonly Job[]): Line => {
  const waiting = [...jobs];
  const takers: ((job: Job | null) => void)[] = [];
  let isClosed = false;
  return {
    push: (job) => {
      const taker = takers.shift();
      if (taker === undefined) waiting.push(job);
      else taker(job);
    },
    take: () => {
      if (isClosed) return Promise.resolve(null);
      const job = waiting.shift();
      return job === undefined ? new Promise((resolve) => takers.push(resolve)) : Promise.resolve(job);
    },
    waiting: () => waiting,
    close: () => {
      isClosed = true;
      for (const taker of takers.splice(0)) taker(null);
    },
  };
};

/** The file is there whole or not at all, also after the power has failed. */
const writeDurably = async (directory: string, name: string, text: string): Promise<void> => {
  const draft = join(directory, `.${name}.${randomUUID()}`);
  try {
    await synced(await open(draft, 'wx', 0o600), text);
    await rename(draft, join(directory, name));
  } catch (error) {
    // Where there is no room, what is left over takes some more of it.
    await rm(draft, { force: true }).catch(() => 'it stays');
    throw error;
  }
  await synced(await open(directory, 'r'));
};

const synced = async (file: FileHandle, text?: string): Promise<void> => {
  try {
    if (text !== undefined) await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
};

/** Those that have their result before the others, who would hold them up; the oldest first. A draft is what nobody was promised. */
const readJobs = async (directory: string, watch: DiskQueueWatch): Promise<readonly Job[]> => {
  const names = await readdir(directory);
  for (const draft of names.filter((name) => name.startsWith('.'))) await rm(join(directory, draft), { force: true });
  const jobs: Job[] = [];
  // One after another: there may be more of them than files can be open.
  for (const name of names.filter((each) => /^[0-9a-f]{40}\.json$/.test(each)))
    jobs.push(...(await readJob(directory, name, watch)));
  return jobs.sort((a, b) => Number(!a.payload) - Number(!b.payload) || a.acceptedAt - b.acceptedAt);
};

/** None where the file is not the one of a job that may be done: then it is put aside. */
const readJob = async (
  directory: string,
  name: string,
  { mayRun = () => true, onPutAside = () => {}, now = Date.now }: DiskQueueWatch,
): Promise<readonly Job[]> => {
  const path = join(directory, name);
  const job = await parseJob(path);
  if (job === null || name !== `${job.key}.json`) {
    await rename(path, `${path}.damaged`);
    onPutAside(`${name}.damaged`, 'damaged');
    return [];
  }
  if (mayRun(job.task)) return [job];
  // Its token is good for nothing by then.
  if (job.acceptedAt < now() - remembered) await rm(path, { force: true });
  onPutAside(name, 'refused');
  return [];
};

const parseJob = async (path: string): Promise<Job | null> => {
  try {
    const job: unknown = JSON.parse(await readFile(path, 'utf8'));
    return isJob(job) ? job : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
};

/** What is damaged may hold a token, which by then is good for nothing, and nobody else is told of it. */
const removeOld = async (directory: string, before: number): Promise<void> => {
  for (const name of (await readdir(directory)).filter((each) => each.endsWith('.damaged'))) {
    const path = join(directory, name);
    if ((await stat(path)).mtimeMs < before) await rm(path, { force: true });
  }
};

const isJob = (value: unknown): value is Job =>
  isRecord(value) &&
  typeof value['key'] === 'string' &&
  typeof value['acceptedAt'] === 'number' &&
  isTask(value['task']);

const readDone = async (directory: string): Promise<Map<string, number>> => {
  const names = (await readdir(directory)).filter((name) => /^[0-9a-f]{40}$/.test(name));
  const times = names.map(async (name) => [name, (await stat(join(directory, name))).mtimeMs] as const);
  return new Map(await Promise.all(times));
};
