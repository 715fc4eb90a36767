import type { Finding } from './finding.ts';

/** A finding that was there when a baseline was written. */
export type BaselineEntry = Pick<Finding, 'policy' | 'address' | 'outcome' | 'fingerprint'> & {
  /** How many causes it united, one at least. More than these are new. */
  readonly causes: number;
};

/** What is wrong, or undecided, and not to fail runs: `--write-baseline`. Schema: `schemas/baseline.schema.json`. */
export type Baseline = {
  readonly schemaVersion: '1';
  readonly findings: readonly BaselineEntry[];
};

/** What became of a baseline in a run. */
export type BaselineOutcome = {
  readonly path: string;
  /** Findings that it does not hold, and those that it does. */
  readonly new: number;
  readonly unchanged: number;
  /** Of these, how many it knows by the address that they had before a move. */
  readonly moved: number;
  /** What it holds and nothing shows any more, as far as its policies were run. */
  readonly gone: readonly BaselineEntry[];
};

/** What of a report belongs into a baseline, ordered as findings are. What is waived has its own last day. */
export const baselineOf = (findings: readonly Finding[]): Baseline => ({
  schemaVersion: '1',
  findings: findings
    .filter(({ waiver }) => waiver === null)
    .map(({ policy, address, outcome, causes = 1, fingerprint }) => ({
      policy,
      address,
      outcome,
      causes,
      fingerprint,
    })),
});
