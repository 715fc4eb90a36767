import type { Policy } from '../model/policy.ts';
import type { Condition } from './condition.ts';

/** A policy that has passed every check of loading. */
export type CompiledPolicy = {
  readonly policy: Policy;
  readonly when: Condition | null;
  readonly assert: Condition;
  /** Left out where the policy has none. */
  readonly mandatoryWhen?: Condition;
  /** It runs only where somebody asks for it or for its set; left out of those that always run. */
  readonly offByDefault?: true;
};
