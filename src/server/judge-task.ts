import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, open, readdir, rm } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isPlainPath } from '../io/archive-path.ts';
import { isConfigurationName } from '../io/configuration-names.ts';
import { unpackConfiguration } from '../io/unpack-configuration.ts';
import { printable } from '../report/printable.ts';
import type { AllowedHost } from './addresses.ts';
import { conclude, planFile, withoutReport } from './conclude.ts';
import { linkConfiguration } from './configurations.ts';
import { download } from './download.ts';
import type { Result } from './result.ts';
import { runCheck } from './run-check.ts';
import type { Slots } from './slots.ts';
import type { Task } from './task.ts';

export type JudgeTools = {
  readonly hosts: readonly AllowedHost[];
  /** `bin/rds-auth-policy.js`. */
  readonly program: string;
  /** Where each task gets a directory of its own, which is removed in the end. */
  readonly directory: string;
  /** The configuration that an organization is judged by: never one that its runs bring along. */
  readonly configurationOf: (organization: string) => string;
  readonly unknown: 'report' | 'fail';
  /** For checks: what is waited for takes none. */
  readonly slots: Slots;
  readonly largestPlan: number;
  readonly largestConfiguration: number;
  readonly checkMilliseconds: number;
  /** Mebibytes. */
  readonly checkMemory: number;
  /** Hears of a check that gave no report, and how its process ended: `SIGABRT`, `code 1`. */
  readonly onCheckFailed?: (task: Task, end: string) => void;
  /** Keeps a report for people, and says its address; left out where nobody could open it. */
  readonly keepReport?: (html: string) => Promise<string | undefined>;
};

/** Downloads and judges what a task is about. The result is never an exception: what goes wrong is a failure with a sentence. */
export const judgeTask = async (task: Task, tools: JudgeTools, signal: AbortSignal): Promise<Result> => {
  const needs = stages[task.stage];
  if (needs === undefined) return withoutReport(strangeStage(task.stage));
  const directory = await mkdtemp(join(tools.directory, 'task-'));
  try {
    return worded(await judgeIn(directory, { task, tools, signal }, needs), task);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
};

/** What a failure means is decided by the workspace. */
const worded = (result: Result, { isMandatory }: Task): Result =>
  result.status === 'passed' || isMandatory
    ? result
    : { ...result, message: `${result.message} This task only advises here: the run goes on.` };

type Needs = 'plan' | 'configuration';

const stages: Readonly<Record<string, Needs | undefined>> = Object.assign(Object.create(null), {
  pre_plan: 'configuration',
  post_plan: 'plan',
  pre_apply: 'plan',
});

const strangeStage = (stage: string): string =>
  `This run task judges the stages pre_plan, post_plan and pre_apply, and was asked for ${
    /^\w{1,40}$/.test(stage) ? stage : 'another one'
  }: take that stage off the run task.`;

type Given = { readonly task: Task; readonly tools: JudgeTools; readonly signal: AbortSignal };

const judgeIn = async (directory: string, given: Given, needs: Needs): Promise<Result> => {
  const { tools, task, signal } = given;
  // Waiting for one must not use up the other's minute.
  const [plan, configuration] = await Promise.all([
    needs === 'plan' ? fetchPlan(directory, given) : null,
    fetchConfiguration(directory, given),
  ]);
  if (plan !== null && !plan.ok) return withoutReport(plan.fault);
  // What was made to deceive somebody is not left out of the judgement.
  if (!configuration.ok && (needs === 'configuration' || configuration.isRefused))
    return withoutReport(configuration.fault);
  const html = tools.keepReport === undefined ? [] : ['--output', 'html=report.html'];
  const configured = await linkConfiguration(directory, tools.configurationOf(task.organization));
  const rules = ['--config-only', configured, '--unknown', tools.unknown];
  // A server starts no Terraform, whatever it is given for a plan.
  const nothingElse = ['--terraform-bin', join(directory, 'none')];
  const args = [...inputArguments(needs, configuration), ...rules, ...nothingElse, '--quiet', ...html];
  const { program, checkMilliseconds: milliseconds, checkMemory: memory } = tools;
  const giveBack = await tools.slots.take(signal);
  if (giveBack === null) return withoutReport('The check was stopped before it began.');
  const checked = await runCheck({ program, directory, args, milliseconds, memory, signal }).finally(giveBack);
  if (!checked.ok) {
    // What was stopped has not failed.
    if (!signal.aborted) tools.onCheckFailed?.(task, checked.end);
    return withoutReport(checked.fault);
  }
  const url = await tools.keepReport?.(join(directory, 'report.html'));
  const notes = configuration.ok ? [] : [configuration.fault, 'The plan was judged without it.'];
  return conclude(checked.report, notes, url);
};

const inputArguments = (needs: Needs, configuration: Fetched): readonly string[] => {
  if (needs === 'configuration') return configuration.ok ? [configuration.path] : [];
  return [planFile, ...(configuration.ok ? ['--source', configuration.path] : ['--no-source'])];
};

type Fetched =
  | { readonly ok: true; readonly path: string }
  | { readonly ok: false; readonly fault: string; readonly isRefused: boolean };

const without = (fault: string, isRefused = false): Fetched => ({ ok: false, fault, isRefused });

const fetchPlan = async (directory: string, { task, tools, signal }: Given): Promise<Fetched> => {
  if (task.planUrl === null) return without('The request names no plan, which this stage has.');
  const from = { what: 'The plan', url: task.planUrl, token: task.accessToken, largestBytes: tools.largestPlan };
  const path = join(directory, planFile);
  const found = await download({ ...from, hosts: tools.hosts, signal }, (bytes) =>
    pipeline(Readable.from(bytes), createWriteStream(path, { mode: 0o600 })),
  );
  if (!found.ok) return without(found.fault);
  // The check would look for a Terraform that shows it.
  return (await beginsWith(path, 'PK'))
    ? without('What was downloaded as the plan is not its JSON.')
    : { ok: true, path };
};

const beginsWith = async (path: string, text: string): Promise<boolean> => {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(text.length), 0, text.length, 0);
    return buffer.toString('latin1') === text;
  } finally {
    await file.close();
  }
};

const fetchConfiguration = async (directory: string, { task, tools, signal }: Given): Promise<Fetched> => {
  if (task.configurationUrl === null) return without('The configuration of this run cannot be downloaded.');
  const from = { what: 'The configuration', url: task.configurationUrl, token: task.accessToken };
  const largestBytes = tools.largestConfiguration;
  const top = join(directory, 'configuration');
  const found = await download({ ...from, largestBytes, hosts: tools.hosts, signal }, async (bytes) => {
    await rm(top, { recursive: true, force: true });
    // Marks the top of a repository, which no file of a configuration may lead out of.
    await mkdir(join(top, '.git'), { recursive: true, mode: 0o700 });
    return unpackConfiguration(bytes, top);
  });
  if (!found.ok) return without(found.fault, found.isTooLarge);
  return found.value === null ? findRoot(top, task.workingDirectory) : without(found.value, true);
};

/** The root module, as a path that the check is given. */
const findRoot = async (top: string, workingDirectory: string): Promise<Fetched> => {
  const path = posix.normalize(workingDirectory.replace(/^\/+/, '') || '.').replace(/\/$/, '');
  if (path !== '.' && !isPlainPath(path))
    return without('The working directory of the workspace leads out of its configuration.');
  const names = await readdir(join(top, path)).catch((): readonly string[] => []);
  if (names.some(isConfigurationName)) return { ok: true, path: posix.join('configuration', path) };
  const named = path === '.' ? '' : `, "${printable(path, { unicode: true })}"`;
  return without(`The configuration holds no Terraform files in the working directory of the workspace${named}.`);
};
