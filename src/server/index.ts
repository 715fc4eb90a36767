import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { acceptInto } from './accept.ts';
import { addressesFault } from './addresses.ts';
import { answerWith } from './answer.ts';
import { CannotStart, listenFault, orCannotStart, stateFault, taken } from './cannot-start.ts';
import { checkConfigurations } from './configurations.ts';
import { openDiskQueue } from './disk-queue.ts';
import { type DiskWatch, watchDisk } from './disk-watch.ts';
import { codeOf } from './error-words.ts';
import { serveHelp } from './help.ts';
import { type JudgeTools, judgeTask } from './judge-task.ts';
import { judgeTools } from './judge-tools.ts';
import { type KeptReports, openKeptReports } from './kept-reports.ts';
import { close, limited, listen, untilStopped } from './listen.ts';
import { type Log, logTo } from './log.ts';
import { createMetrics } from './metrics.ts';
import { type Runner, type RunnerTools, startRunner } from './runner.ts';
import { type Settings, readSettings } from './settings.ts';
import { lockState } from './state-lock.ts';
import { type Task, detailsOf } from './task.ts';
import { tellerOf } from './teller.ts';

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
  const { stateDirectory, hosts, keys, publicUrl } = settings;
  const opening = openWatched(settings, log);
  const { queue, fault: diskFault } = await orCannotStart(opening, stateFault(settings));
  const reports = openKeptReports(join(stateDirectory, 'reports'), publicUrl ?? '', {
    milliseconds: settings.reportMilliseconds,
    onNotKept: (error) => log('warning', 'report-not-kept', { error }),
  });
  const metrics = createMetrics();
  const judge = judgeWith({
    ...tools,
    onCheckFailed: (task: Task, end: string) => log('warning', 'check-failed', { ...detailsOf(task), end }),
    ...(publicUrl === undefined ? {} : { keepReport: reports.keep }),
  });
  const stop = untilStopped();
  let isReady = false;
  let running = (): number => 0;
  const server = createServer(
    answerWith({
      path: settings.path,
      rules: { keys, hosts, oldestRun: settings.oldestRun },
      accept: acceptInto(queue, settings.mostWaiting, log),
      isReady: () => isReady,
      diskFault,
      renderMetrics: () =>
        metrics.render({
          tasks_waiting: queue.waiting().length,
          tasks_running: running(),
          resident_memory_bytes: process.memoryUsage.rss(),
        }),
      reports: publicUrl === undefined ? undefined : reports,
      metrics,
      log,
    }),
  );
  const port = await orCannotStart(listen(limited(server), settings), listenFault(settings));
  const left = queue.waiting().length;
  // Not before: where it cannot listen, no work begins.
  const runner = startWork(settings, { queue, judge, log, metrics });
  running = runner.running;
  isReady = true;
  log('info', 'listening', { host: settings.host, port, path: settings.path, left });
  warnOfKeys(keys, log);
  const stopCleaning = keepClean(reports, log);
  await stop;
  isReady = false;
  log('info', 'stopping');
  stopCleaning();
  // Meanwhile whoever asks is told that it stops, and reports can be read.
  await runner.stop(settings.graceMilliseconds);
  await close(server);
  log('info', 'stopped');
  return 0;
};

const openWatched = async ({ stateDirectory, hosts }: Settings, log: Log): Promise<DiskWatch> => {
  const queue = await openDiskQueue(stateDirectory, {
    mayRun: (task) => addressesFault(task, hosts) === null,
    onPutAside: (file, reason) => log('error', 'task-put-aside', { file, reason }),
  });
  return watchDisk(queue, join(stateDirectory, 'tasks'));
};

/** Of a key that nobody guesses from requests that they have recorded: `openssl rand -hex 32` makes 64. */
const shortestKey = 32;

const warnOfKeys = (keys: readonly string[], log: Log): void => {
  if (keys.length === 0) log('warning', 'no-hmac-key');
  if (keys.some((key) => key.length < shortestKey)) log('warning', 'hmac-key-short');
};

/** How many tasks, besides those that are judged, are downloaded or wait for others. */
const besides = 30;

const startWork = ({ hosts, concurrency }: Settings, tools: Omit<RunnerTools, 'tell' | 'atOnce'>): Runner =>
  startRunner({ ...tools, tell: tellerOf(hosts, tools.log, tools.metrics), atOnce: concurrency + besides });

const judgeWith =
  (tools: JudgeTools): RunnerTools['judge'] =>
  (task, signal) =>
    judgeTask(task, tools, signal);

const keepClean = (reports: KeptReports, log: Log): (() => void) => {
  const clean = async (): Promise<void> => {
    const error = await reports.clean();
    if (error !== undefined) log('warning', 'reports-not-cleaned', { error });
  };
  void clean();
  const cleaning = setInterval(() => void clean(), 600_000);
  return () => clearInterval(cleaning);
};
