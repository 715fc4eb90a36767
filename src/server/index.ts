import { mkdir } from 'node:fs/promises';
import { type Server, createServer } from 'node:http';
import { join } from 'node:path';
import { answerWith } from './answer.ts';
import { CannotStart, listenFault, orCannotStart, stateFault, taken } from './cannot-start.ts';
import { checkConfigurations } from './configurations.ts';
import { keyOf, openDiskQueue } from './disk-queue.ts';
import { watchDisk } from './disk-watch.ts';
import { codeOf } from './error-words.ts';
import { serveHelp } from './help.ts';
import type { JudgeTools } from './judge-task.ts';
import { judgeTools } from './judge-tools.ts';
import { type KeptReports, openKeptReports } from './kept-reports.ts';
import { type Log, logTo } from './log.ts';
import { createMetrics } from './metrics.ts';
import type { TaskQueue } from './queue.ts';
import { detailsOf, startRunner } from './runner.ts';
import { type Settings, readSettings } from './settings.ts';
import { lockState } from './state-lock.ts';
import type { Task } from './task.ts';

type Output = { readonly write: (text: string) => unknown };

export type ServeStreams = {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
};

/**
 * Runs the server until it is told to stop. `program` judges: `bin/rds-auth-policy.js`. Its help is `columns` wide. The
 * result is the exit code.
 */
export const serve = async (
  argv: readonly string[],
  { stdout, stderr, env }: ServeStreams,
  program: string,
  columns: number,
): Promise<number> => {
  const read = readSettings(argv, env);
  if (read.kind === 'help') {
    stdout.write(await serveHelp(columns));
    return 0;
  }
  if (read.kind === 'mistake') {
    stderr.write(`rds-auth-policy serve: ${read.message}\n`);
    return 2;
  }
  const log = logTo((text) => stdout.write(text));
  try {
    return await start(read.settings, log, program);
  } catch (error) {
    const sentence = error instanceof CannotStart ? error.message : `It cannot start (${codeOf(error)}).`;
    stderr.write(`rds-auth-policy serve: ${sentence}\n`);
    return 2;
  }
};

/** Of a key that nobody guesses from requests that they have recorded: `openssl rand -hex 32` makes 64. */
const shortestKey = 32;

const start = async (settings: Settings, log: Log, program: string): Promise<number> => {
  const { stateDirectory } = settings;
  const stateDirectoryIsThere = mkdir(stateDirectory, { recursive: true, mode: 0o700 });
  await orCannotStart(stateDirectoryIsThere, stateFault(settings));
  const lock = await lockState(stateDirectory);
  if (lock.kind === 'taken') throw new CannotStart(taken);
  if (lock.kind === 'impossible') log('warning', 'state-dir-not-locked', { error: lock.code });
  const judge = await orCannotStart(judgeTools(settings, program), stateFault(settings));
  const read = await checkConfigurations(settings, judge);
  if (!read.ok) throw new CannotStart(read.fault);
  for (const { file, hash } of read.configurations) log('info', 'configuration', { file, hash });
  return run(settings, log, judge);
};

const run = async (settings: Settings, log: Log, tools: JudgeTools): Promise<number> => {
  const { stateDirectory, hosts, keys, concurrency } = settings;
  const opening = openDiskQueue(stateDirectory, { onDamaged: (file) => log('error', 'task-damaged', { file }) });
  const disk = watchDisk(await orCannotStart(opening, stateFault(settings)), join(stateDirectory, 'tasks'));
  const { queue } = disk;
  const reports = await orCannotStart(openReports(settings), stateFault(settings));
  const metrics = createMetrics();
  const judge = {
    ...tools,
    onCheckFailed: (task: Task, end: string) => log('warning', 'check-failed', { ...detailsOf(task), end }),
    ...(reports === undefined ? {} : { keepReport: reports.keep }),
  };
  const stop = untilStopped();
  let isReady = false;
  let running = (): number => 0;
  const server = createServer(
    answerWith({
      path: settings.path,
      rules: { keys, hosts, oldestRun: settings.oldestRun },
      accept: acceptInto(queue, settings, log),
      isReady: () => isReady,
      diskFault: disk.fault,
      renderMetrics: () =>
        metrics.render({
          tasks_waiting: queue.waiting().length,
          tasks_running: running(),
          resident_memory_bytes: process.memoryUsage.rss(),
        }),
      reports,
      metrics,
      log,
    }),
  );
  server.requestTimeout = 30_000;
  server.headersTimeout = 10_000;
  const port = await orCannotStart(listen(server, settings), listenFault(settings));
  // Not before: where it cannot listen, no work begins.
  const runner = startRunner({ queue, judge, hosts, concurrency, log, metrics });
  running = runner.running;
  isReady = true;
  log('info', 'listening', { host: settings.host, port, path: settings.path, left: queue.waiting().length });
  if (keys.length === 0) log('warning', 'no-hmac-key');
  if (keys.some((key) => key.length < shortestKey)) log('warning', 'hmac-key-short');
  const cleaning = setInterval(() => void reports?.clean(), 600_000);
  await stop;
  isReady = false;
  log('info', 'stopping');
  clearInterval(cleaning);
  const closed = close(server);
  await runner.stop(settings.graceMilliseconds);
  server.closeAllConnections();
  await closed;
  log('info', 'stopped');
  return 0;
};

const openReports = async ({
  publicUrl,
  stateDirectory,
  reportMilliseconds,
}: Settings): Promise<KeptReports | undefined> =>
  publicUrl === undefined ? undefined : openKeptReports(join(stateDirectory, 'reports'), publicUrl, reportMilliseconds);

const acceptInto =
  (queue: TaskQueue, { mostWaiting }: Settings, log: Log) =>
  async (task: Task): Promise<'added' | 'present' | 'full'> => {
    if (queue.waiting().length >= mostWaiting) return 'full';
    const key = keyOf(new URL(task.callbackUrl).host, task.id);
    const added = await queue.add({ key, task, acceptedAt: Date.now() });
    log('info', added === 'added' ? 'task-accepted' : 'task-repeated', detailsOf(task));
    return added;
  };

const listen = (server: Server, { port, host }: Settings): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });

/** A second signal ends the process at once: what is not done is on the disk. */
const untilStopped = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
