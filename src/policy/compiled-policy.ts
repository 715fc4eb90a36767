import type { Subject } from '../model/judgement.ts';
import type { ParameterValues, Policy } from '../model/policy.ts';
import type { Condition } from './condition.ts';
import type { Outcome } from './outcome.ts';

/** A policy whose conditions are data: every built-in one, and those of `policy.yaml` files. */
export type DeclaredPolicy = {
  readonly policy: Policy;
  readonly when: Condition | null;
  readonly assert: Condition;
  /** Left out where the policy has none. */
  readonly mandatoryWhen?: Condition;
  /** It runs only where somebody asks for it or for its set; left out of those that always run. */
  readonly offByDefault?: true;
};

/** A policy that is a function; `definePolicy` makes them. */
export type DefinedPolicy = {
  readonly policy: Policy;
  readonly judge: (subject: Subject, values: ParameterValues) => Outcome;
  /** As of a declared one. */
  readonly offByDefault?: true;
};

/** A policy that has passed every check of loading. */
export type CompiledPolicy = DeclaredPolicy | DefinedPolicy;
