import { constants, isUtf8 } from 'node:buffer';
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type ProgramLimits, type ProgramRun, runProgram } from './run-program.ts';

export type ShowOptions = {
  /** Of --terraform-bin. */
  readonly binary: string | undefined;
  /** Which program made the plan; null where the plan does not say. */
  readonly program: 'terraform' | 'tofu' | null;
  /** Of --source. */
  readonly source: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
};

export type Shown =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly failure: ShowFailure };

/** Why the values of a plan are not there, as a part of a sentence, and what to do about it. */
export type ShowFailure = { readonly reason: string; readonly advice: string };

const showLimits: ProgramLimits = { milliseconds: 60_000, bytes: constants.MAX_STRING_LENGTH };

/** What `terraform show -json`, or `tofu`, says of a binary plan. Of its messages nothing is passed on. */
export const showPlan = async (plan: string, options: ShowOptions, limits = showLimits): Promise<Shown> => {
  const failures: string[] = [];
  for (const file of programsFor(options)) {
    const directory = directoryFor(plan, options);
    const args = ['show', '-json', '-no-color', resolve(plan)];
    const env = { ...options.env, TF_IN_AUTOMATION: '1', CHECKPOINT_DISABLE: '1' };
    const run = await runProgram({ file, args, directory, env }, limits);
    if (run.kind === 'ended' && run.code === 0 && isUtf8(run.stdout)) return { ok: true, text: run.stdout.toString() };
    failures.push(failureOf(file, run, limits));
  }
  return { ok: false, failure: { reason: failures.join('; '), advice: adviceFor(plan, options) } };
};

const programsFor = ({ binary, program }: ShowOptions): readonly string[] => {
  if (binary !== undefined) return [/[\\/]/.test(binary) ? resolve(binary) : binary];
  return program === null ? ['terraform', 'tofu'] : [program];
};

/** Providers are found from an initialised directory: the one of --source, that of the plan, the current one. */
const directoryFor = (plan: string, { source, env }: ShowOptions): string => {
  const beside = dirname(resolve(plan));
  const candidates = [...(source === undefined ? [] : [source]), beside, '.'];
  const data = env['TF_DATA_DIR'] || '.terraform';
  return candidates.find((directory) => existsSync(resolve(directory, data))) ?? beside;
};

type Known = readonly [message: RegExp, sentence: string];

const version = /plan file was created by (Terraform|OpenTofu) (\d[\w.+-]*), but this\s+is\s+(\d[\w.+-]*)/i;

/** What the two programs say, in our words: their own may hold names and values of the configuration. */
const known: readonly Known[] = [
  [/state snapshot was created by|unsupported state file format/i, 'its state was written by a newer version'],
  [
    /failed to load plugin schemas|could not load (?:the )?schema|unavailable provider|required plugins|inconsistent dependency lock file|missing required provider|could not satisfy plugin requirements/i,
    'the providers of the plan are not installed here',
  ],
  [/initiali[sz]ation required|(?:terraform|tofu) init/i, 'the directory is not initialised'],
  [/encryption|encrypted/i, 'the plan is encrypted'],
];

const failureOf = (file: string, run: ProgramRun, { milliseconds }: ProgramLimits): string => {
  const command = `${nameOf(file)} show`;
  switch (run.kind) {
    case 'not started':
      return run.isMissing ? `there is no program ${nameOf(file)}` : `${nameOf(file)} cannot be started`;
    case 'too long':
      return `${command} took longer than ${milliseconds / 1000} seconds`;
    case 'too much':
      return `${command} wrote more than can be read in one piece`;
    case 'killed':
      return `${command} was stopped by a signal`;
    case 'ended':
      return run.code === 0 ? `${command} wrote no text in UTF-8` : `${command} failed${reasonOf(run)}`;
  }
};

const reasonOf = ({ code, stderr }: { readonly code: number; readonly stderr: string }): string => {
  const versions = version.exec(stderr);
  if (versions !== null) return `: the plan is of version ${versions[2]}, the program of ${versions[3]}`;
  const sentence = known.find(([message]) => message.test(stderr))?.[1];
  return sentence === undefined ? ` with exit code ${code}` : `: ${sentence}`;
};

/** The last step of a path: whoever named it knows the rest, and others need not. */
const nameOf = (file: string): string => file.split(/[\\/]/).at(-1) ?? file;

const adviceFor = (plan: string, { program }: ShowOptions): string => {
  const file = /^[\w./+@:][\w./+@:-]*$/.test(plan) ? plan : 'FILE';
  return `Where the plan was made, type this and judge plan.json; or name the program with --terraform-bin, and its initialised directory with --source:\n  ${program ?? 'terraform'} show -json ${file} > plan.json`;
};
