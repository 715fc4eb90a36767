import type { Enforcement, Severity } from './policy.ts';
import type { Origin } from './value.ts';

/** Something about the user's infrastructure that a policy says. One for each (policy, address). */
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
  /** Waivers come with the policy configuration; null until then. */
  readonly waiver: null;
};
