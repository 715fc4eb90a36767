export type Answer = 'passes' | 'fails' | 'error';

/** What the one step of a check has printed on both of its streams, and how it ended. */
export type Step = {
  readonly output: string;
  readonly exitCode: number;
  /** Whether `policies.policy_sets` of the server names any. */
  readonly policySets: boolean;
};

/** What Atlantis makes of a step: the check passes, fails, or is an error, which fails it as well. */
export type Regime = { readonly versions: string; readonly read: (step: Step) => Answer };

/** `strings.ToLower` of Go makes an i of U+0130, a capital I with a dot. */
const saysFail = (output: string): Answer =>
  output.replaceAll('\u0130', 'i').toLowerCase().includes('fail') ? 'fails' : 'passes';

const saysFailure = (output: string): Answer =>
  /([1-9][0-9]* failure|failures": \[)/.test(output) || output.trim().startsWith('FAIL') ? 'fails' : 'passes';

/**
 * The rules of `custom_policy_check`, by the versions of Atlantis that have them: `doPolicyCheck` in
 * `server/events/project_command_runner.go`, with `server/core/runtime/run_step_runner.go`, which drops what a step has
 * printed that exits with an error, from 0.33 on. A step without text has no result.
 */
export const regimes: readonly Regime[] = [
  { versions: '0.26 to 0.32', read: ({ output }) => (output === '' ? 'error' : saysFail(output)) },
  {
    versions: '0.33 to 0.38',
    read: ({ output, exitCode }) => (exitCode !== 0 || output === '' ? 'error' : saysFail(output)),
  },
  {
    versions: '0.39 to 0.47',
    read: ({ output, exitCode, policySets }) => {
      if (exitCode !== 0 || output === '') return policySets ? 'error' : 'passes';
      return saysFailure(output);
    },
  },
];

/** What it looks for to sum a check up in its comment. */
export const summaryLine = /\d+ tests?, \d+ passed, \d+ warnings?, \d+ failures?, \d+ exceptions?(, \d skipped)?/;
