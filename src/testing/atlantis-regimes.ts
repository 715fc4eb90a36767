/** What Atlantis makes of a step: the check passes, fails, or is an error, which fails it as well. */
export type Regime = {
  readonly versions: string;
  readonly read: (output: string, exitCode: number) => 'passes' | 'fails' | 'error';
};

const hasFail = (output: string): boolean => output.toLowerCase().includes('fail');

/** The rules of `custom_policy_check` where policy sets are configured, by the versions of Atlantis that have them. */
export const regimes: readonly Regime[] = [
  { versions: '0.26 to 0.32', read: (output) => (hasFail(output) ? 'fails' : 'passes') },
  {
    versions: '0.33 to 0.38',
    read: (output, exitCode) => (exitCode !== 0 ? 'error' : hasFail(output) ? 'fails' : 'passes'),
  },
  {
    versions: '0.39 to 0.47',
    read: (output, exitCode) => {
      if (exitCode !== 0 || output === '') return 'error';
      const isFailure = /([1-9][0-9]* failure|failures": \[)/.test(output) || output.trim().startsWith('FAIL');
      return isFailure ? 'fails' : 'passes';
    },
  },
];

/** What it looks for to sum a check up in its comment. */
export const summaryLine = /\d+ tests?, \d+ passed, \d+ warnings?, \d+ failures?, \d+ exceptions?(, \d skipped)?/;
