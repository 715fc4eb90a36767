import { spawn } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../model/report.ts';

export type CheckRun = {
  /** `bin/rds-auth-policy.js`. */
  readonly program: string;
  /** Of this task alone. */
  readonly directory: string;
  readonly args: readonly string[];
  readonly milliseconds: number;
  /** Mebibytes that the check may use for its values. */
  readonly memory: number;
  readonly signal?: AbortSignal;
};

export type CheckRead = { readonly ok: true; readonly report: Report } | { readonly ok: false; readonly fault: string };

const reportFile = 'report.json';
const largestReport = 128 << 20;

/**
 * Judges in a process of its own, by the command line: whatever a plan does to it, be it to fill its memory or never to
 * end, it does to nobody else. Nothing of the environment is handed on, least of all the keys.
 */
export const runCheck = async (run: CheckRun): Promise<CheckRead> => {
  const ended = await start(run);
  if (ended === 'too long')
    return fault(`The check took more than ${run.milliseconds / 1000} seconds and was stopped.`);
  if (ended === 'stopped') return fault('The check was stopped.');
  return readReport(join(run.directory, reportFile)) ?? fault('The check ended without a report.');
};

const start = ({ program, directory, args, milliseconds, memory, signal }: CheckRun): Promise<string> =>
  new Promise((resolve) => {
    const argv = [`--max-old-space-size=${memory}`, program, ...args, '--output', `json=${reportFile}`];
    const child = spawn(process.execPath, argv, { cwd: directory, env: {}, stdio: 'ignore', windowsHide: true });
    let end = 'ended';
    const stop = (why: string) => (): void => {
      end = why;
      child.kill('SIGKILL');
    };
    const timer = setTimeout(stop('too long'), milliseconds);
    const onAbort = stop('stopped');
    const onExit = (): void => void child.kill('SIGKILL');
    signal?.addEventListener('abort', onAbort);
    process.once('exit', onExit);
    const finish = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      process.off('exit', onExit);
      resolve(end);
    };
    child.on('error', finish);
    child.on('close', finish);
  });

const readReport = (path: string): CheckRead | null => {
  try {
    if (statSync(path).size > largestReport) return fault('The report is too large.');
    // The program writes it whole or not at all.
    return { ok: true, report: JSON.parse(readFileSync(path, 'utf8')) };
  } catch {
    return null;
  }
};

const fault = (text: string): CheckRead => ({ ok: false, fault: text });
