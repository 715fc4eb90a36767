import type { ConfigurationRule } from '../model/configuration.ts';
import type { Subject } from '../model/judgement.ts';
import type { Enforcement, ParameterValues, Policy, Severity } from '../model/policy.ts';

/** How one policy judges one subject. */
export type PolicySettings = {
  readonly enforcement: Enforcement | 'off';
  /** False where a rule says for certain what the enforcement is: `mandatoryWhen` then changes nothing. */
  readonly mayBeRaised: boolean;
  readonly severity: Severity;
  /**
   * What rules give to parameters; more than one where nobody can say which rules are for the subject, and none where that
   * leaves too many to try.
   */
  readonly parameters: readonly ParameterValues[];
  /** The rules of which nobody can say whether they are for the subject. */
  readonly undecided: readonly ConfigurationRule[];
};

/** How policies judge, as a team has decided it. */
export type Rulebook = {
  readonly settingsFor: (policy: Policy, subject: Subject) => PolicySettings;
  /** The policy as it is for a subject that no selector means; null where it is off for all of them. */
  readonly configured: (policy: Policy) => Policy | null;
  /** Names of the parameters to which some rule gives a value, for whatever subjects. */
  readonly givenFor: (policy: Policy) => ReadonlySet<string>;
};

/** As policies are written, where nobody configures anything. */
export const asWritten: Rulebook = {
  settingsFor: ({ enforcement, severity }) => ({
    enforcement,
    mayBeRaised: true,
    severity,
    parameters: nothing,
    undecided: [],
  }),
  configured: (policy) => policy,
  givenFor: () => noNames,
};

const nothing: readonly ParameterValues[] = [{}];
const noNames: ReadonlySet<string> = new Set();
