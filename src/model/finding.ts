import type { Enforcement, Severity } from './policy.ts';
import type { Origin } from './value.ts';
import type { Waiver } from './waiver.ts';

/**
 * Something about the user's infrastructure that a policy says. One for each (policy, address); where a waiver is for one
 * database user and there are others, what it covers is a finding of its own.
 */
export type Finding = {
  /** Short, stable across runs; what `explain` takes. */
  readonly id: string;
  readonly policy: string;
  readonly severity: Severity;
  readonly enforcement: Enforcement;
  readonly outcome: 'fail' | 'unknown';
  readonly address: string;
  readonly message: string;
  readonly remediation: string;
  /** Why it matters: one sentence. */
  readonly why: string;
  /** Stable across line moves and runs; identifies the finding in baselines and code-quality reports. */
  readonly fingerprint: string;
  readonly origins: readonly Origin[];
  /** The database users whom it is about, in order; left out where nobody can see any. */
  readonly users?: readonly string[];
  /** How many causes it unites, told apart by user and message; left out where it is one. */
  readonly causes?: number;
  /** The exception that covers it, in force; null where there is none. */
  readonly waiver: Waiver | null;
  /** Whether a baseline holds it already; left out where no baseline was given. */
  readonly baseline?: 'new' | 'unchanged';
};

/** Findings of which one makes the verdict `fail`: mandatory, failed, not waived, and not in the baseline. */
export const failsRun = ({ outcome, enforcement, waiver, baseline }: Finding): boolean =>
  outcome === 'fail' && enforcement === 'mandatory' && waiver === null && baseline !== 'unchanged';

/** Findings of which one makes the verdict `fail` where undecided is not good enough. */
export const leavesRunOpen = ({ outcome, enforcement, waiver, baseline }: Finding): boolean =>
  outcome === 'unknown' && enforcement === 'mandatory' && waiver === null && baseline !== 'unchanged';
