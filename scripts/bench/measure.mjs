/** Runs programs and measures them: medians of interleaved runs, so that a machine that gets busier is so for all. */
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Settings of the caller that would change what Node does at start. */
const { NODE_OPTIONS: _, NODE_V8_COVERAGE: __, NODE_COMPILE_CACHE: ___, ...environment } = process.env;

const probe = new URL('./peak-memory.mjs', import.meta.url).href;

/**
 * @typedef {{ name: string, args: string[], statuses?: number[] }} Program arguments of Node, and how it may end
 * @typedef {{ median: number, low: number, high: number }} Spread the middle, and what half of the runs lie between
 * @typedef {Spread & { samples: number[] }} Measured of one program, round by round
 */

/** Runs a program once, with what it prints: also what brings its files into the cache of the disk. */
export function tryOut({ args, statuses = [0] }) {
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    env: environment,
    maxBuffer: 1 << 30,
  });
  if (statuses.includes(status)) return { ok: true };
  return {
    ok: false,
    reason: `exit ${status ?? signal}: ${(stderr || stdout).trim().split('\n').slice(0, 3).join(' ')}`,
  };
}

function run(args, env = environment) {
  const start = process.hrtime.bigint();
  spawnSync(process.execPath, args, { stdio: 'ignore', env });
  return Number(process.hrtime.bigint() - start) / 1e6;
}

function peakOf(args, directory) {
  const file = join(directory, 'peak-memory');
  run(['--import', probe, ...args], { ...environment, BENCH_MEMORY_FILE: file });
  const kilobytes = Number(readFileSync(file, 'utf8'));
  rmSync(file);
  return kilobytes / 1024;
}

/** @returns {Spread} */
export function spreadOf(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share) => {
    const place = (sorted.length - 1) * share;
    const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
    return below + (above - below) * (place - Math.floor(place));
  };
  return { median: at(0.5), low: at(0.25), high: at(0.75) };
}

function interleave(programs, runs, measureOne) {
  const samples = new Map(programs.map(({ name }) => [name, []]));
  for (let i = 0; i < runs; i++) {
    for (const { name, args } of programs) samples.get(name).push(measureOne(args));
  }
  return new Map([...samples].map(([name, values]) => [name, { ...spreadOf(values), samples: values }]));
}

/**
 * Wall time of whole processes in milliseconds.
 *
 * @param {Program[]} programs
 * @returns {Map<string, Measured>}
 */
export const timeOf = (programs, runs) => interleave(programs, runs, (args) => run(args));

/**
 * What programs print: milliseconds that they have measured of themselves.
 *
 * @param {Program[]} programs
 * @returns {Map<string, Measured>}
 */
export const printedBy = (programs, runs) =>
  interleave(programs, runs, (args) =>
    Number(execFileSync(process.execPath, args, { encoding: 'utf8', env: environment })),
  );

/**
 * Peak memory in MB, in runs of its own: the probe takes time.
 *
 * @param {Program[]} programs
 * @returns {Map<string, Measured>}
 */
export const memoryOf = (programs, runs, directory) => interleave(programs, runs, (args) => peakOf(args, directory));
