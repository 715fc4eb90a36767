import type { TestChoice } from '../choices.ts';

type Written = (name: 'run' | 'threshold') => readonly string[];

/** Null also where there is none, or it makes no sense. */
const patternOf = (written: string | undefined): RegExp | null => {
  try {
    return written === undefined ? null : new RegExp(written, 'u');
  } catch {
    return null;
  }
};

const percentOf = (written: string | undefined): number | null =>
  written !== undefined && /^(\d|[1-9]\d|100)$/.test(written) ? Number(written) : null;

/** What the options of `test` mean; the last of each counts. */
export const testChoice = (list: Written, coverage: boolean): TestChoice => ({
  run: patternOf(list('run').at(-1)),
  coverage,
  threshold: percentOf(list('threshold').at(-1)),
});

export const testFault = (list: Written): string | undefined => {
  const [run, threshold] = [list('run').at(-1), list('threshold').at(-1)];
  if (run !== undefined && patternOf(run) === null) return 'The option --run takes a regular expression.';
  return threshold !== undefined && percentOf(threshold) === null
    ? 'The option --threshold takes a whole number from 0 to 100.'
    : undefined;
};
