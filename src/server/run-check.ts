import { spawn } from 'node:child_process';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../model/report.ts';
import { codeOf, internalFault, isNoRoom } from './error-words.ts';
import { leash } from './leash.ts';

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

export type CheckRead =
  | { readonly ok: true; readonly report: Report }
  /** A sentence, and for the log how the process ended. */
  | { readonly ok: false; readonly fault: string; readonly end: string };

const reportFile = 'report.json';
const largestReport = 128 << 20;

/**
 * Judges in a process of its own, by the command line: whatever a plan does to it, be it to fill its memory or never to
 * end, it does to nobody else. Nothing of the environment is handed on, least of all the keys.
 */
export const runCheck = async (run: CheckRun): Promise<CheckRead> => {
  const end = run.signal?.aborted === true ? 'stopped' : await start(run);
  // What was stopped may have written a report a moment before: it came too late.
  const read = end === 'too long' || end === 'stopped' ? null : readReport(join(run.directory, reportFile), end);
  if (read !== null) return read;
  const cause = end.startsWith('code ') ? (writeFault(run.directory) ?? end) : end;
  return { ok: false, end: cause, fault: faultOf(cause, run) };
};

/** Room for most reports. */
const probeBytes = 4 << 20;

/** The code for which nothing can be written there: the check has only the exit code of whatever went wrong. */
const writeFault = (directory: string): string | null => {
  const probe = join(directory, '.probe');
  try {
    writeFileSync(probe, Buffer.alloc(probeBytes), { flush: true });
    return null;
  } catch (error) {
    return codeOf(error);
  } finally {
    rmSync(probe, { force: true });
  }
};

/** Whoever reads it is not who can change it, and can tell them what to change. */
const faultOf = (end: string, { milliseconds, memory }: CheckRun): string => {
  if (end === 'too long')
    return `The check took more than ${milliseconds / 1000} seconds and was stopped. Whoever keeps this run task can give it more: --check-seconds.`;
  if (end === 'stopped') return 'The check was stopped.';
  // V8 aborts when its heap is full, and the system kills whom it takes memory from.
  if (end === 'SIGABRT' || end === 'code 134')
    return `The check needed more than ${memory} MiB of memory. Whoever keeps this run task can give it more: --check-memory-mb.`;
  if (end === 'SIGKILL')
    return `The check was killed by the system, which most likely has too little memory: one check may use ${memory} MiB (--check-memory-mb).`;
  if (isNoRoom(end)) return internalFault(end);
  return `The check ended without a report (${end}): the log of the server has this task.`;
};

const start = ({ program, directory, args, milliseconds, memory, signal }: CheckRun): Promise<string> =>
  new Promise((resolve) => {
    const argv = [`--max-old-space-size=${memory}`, ...leash, program, ...args, '--output', `json=${reportFile}`];
    const stdio = ['pipe', 'ignore', 'ignore'] as const;
    const child = spawn(process.execPath, argv, { cwd: directory, env: {}, stdio: [...stdio], windowsHide: true });
    // Nothing is written to it, but what ends it in a way of its own must not end the server.
    child.stdin.on('error', () => {});
    let why: string | undefined;
    const stop = (reason: string) => (): void => {
      why = reason;
      child.kill('SIGKILL');
    };
    const timer = setTimeout(stop('too long'), milliseconds);
    const onAbort = stop('stopped');
    signal?.addEventListener('abort', onAbort);
    const finish = (end: string): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      resolve(why ?? end);
    };
    child.on('error', (error) => finish(codeOf(error)));
    child.on('close', (code, by) => finish(by ?? `code ${code}`));
  });

const readReport = (path: string, end: string): CheckRead | null => {
  try {
    if (statSync(path).size > largestReport) return { ok: false, end, fault: 'The report is too large.' };
    // The program writes it whole or not at all.
    return { ok: true, report: JSON.parse(readFileSync(path, 'utf8')) };
  } catch {
    return null;
  }
};
