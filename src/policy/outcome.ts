import type { Subject } from '../model/judgement.ts';
import type { ParameterValues } from '../model/policy.ts';
import type { Origin } from '../model/value.ts';

/** What one policy says of one subject. */
export type Outcome =
  | { readonly outcome: 'pass' }
  | {
      readonly outcome: 'fail' | 'unknown';
      readonly subject: Subject;
      /** What the parameters of the policy were. */
      readonly values: ParameterValues;
      readonly origins: readonly Origin[];
      /** Whether it is for certain one of those that fail the run although the policy is advisory. */
      readonly raised: boolean;
      /** Why the judgements that were read and do not hold are as they are; left out of policies in TypeScript. */
      readonly reasons?: readonly string[];
      /** Where the policy words it itself, and no template does. */
      readonly message?: string;
    }
  | { readonly outcome: 'crash'; readonly subject: Subject; readonly reason: string };
