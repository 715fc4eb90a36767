import { isSameFile } from './same-file.ts';

type Files = {
  readonly plans: readonly string[];
  /** Of --baseline and of --write-baseline. */
  readonly baseline: readonly string[];
  readonly newBaseline: readonly string[];
  /** Of --output. */
  readonly outputs: readonly string[];
};

/** What is wrong with the files of baselines. */
export const baselineFault = ({ plans, baseline, newBaseline, outputs }: Files): string | undefined => {
  const [read, written] = [baseline.at(-1), newBaseline.at(-1)];
  if (read === undefined && written === undefined) return undefined;
  if (read !== undefined && written !== undefined) {
    return 'The options --baseline and --write-baseline contradict each other.';
  }
  const name = read === undefined ? 'write-baseline' : 'baseline';
  if (plans.length > 1) return `The option --${name} is for one PLAN: addresses of several may be the same.`;
  if (written === undefined) return undefined;
  if (written === '-') return 'The option --write-baseline takes a file.';
  if (plans.some((plan) => isSameFile(plan, written))) {
    return `The option --write-baseline would overwrite the PLAN ${written}.`;
  }
  const isOutput = outputs.some((output) => isSameFile(output, written));
  return isOutput ? `The options --output and --write-baseline both name ${written}.` : undefined;
};
