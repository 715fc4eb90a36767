import type { SubjectKind } from './judgement.ts';

export const severities = ['critical', 'high', 'medium', 'low', 'info'] as const;
/** How bad a finding is. */
export type Severity = (typeof severities)[number];

export const enforcements = ['advisory', 'mandatory'] as const;
/** Whether a finding fails the run. A separate axis from severity. */
export type Enforcement = (typeof enforcements)[number];

export const parameterTypes = ['string', 'number', 'boolean', 'list'] as const;
/** What a parameter holds; a list is one of texts. */
export type ParameterType = (typeof parameterTypes)[number];

/** The value of a parameter. */
export type ParameterValue = string | number | boolean | readonly string[];

/** Values of parameters of one policy, by name. */
export type ParameterValues = { readonly [name: string]: ParameterValue };

/** What a team decides where it uses the policy; conditions read it as `params.<name>`. */
export type PolicyParameter = {
  readonly type: ParameterType;
  /** What it decides: one sentence. */
  readonly doc: string;
  /** Without one the policy judges nothing until somebody gives a value. */
  readonly default?: ParameterValue;
  /** Of a list: how many texts it has at least; none if it is left out. */
  readonly minItems?: number;
  /** Of a text, or of each text of a list: the values that it may have. */
  readonly choices?: readonly string[];
};

/** A policy, as `policies/<set>/<id>/policy.yaml` holds it; those in TypeScript have a function instead of conditions. The schema is `schemas/policy.schema.json`. */
export type Policy = {
  /** Kebab-case; for ever. */
  readonly id: string;
  /** The policy set it belongs to. */
  readonly set: string;
  readonly title: string;
  readonly subject: SubjectKind;
  /** By name; left out where the policy has none. */
  readonly parameters?: { readonly [name: string]: PolicyParameter };
  readonly severity: Severity;
  readonly enforcement: Enforcement;
  /** CEL; a finding about a subject for which it is true is mandatory, although the policy is advisory. */
  readonly mandatoryWhen?: string;
  /** CEL; subjects for which it is false are not judged. */
  readonly when?: string;
  /** CEL; true passes, false fails, and an unknown that decides makes the outcome unknown. Left out in TypeScript. */
  readonly assert?: string;
  /** `always` when the outcome can never be unknown, so that no `unknown-*` case exists. */
  readonly decidable?: 'always';
  /** Text with `{{attribute}}` and `{{params.name}}` places, filled from the subject and the parameters. Left out in TypeScript. */
  readonly message?: string;
  /** The edit that mends it, with `{{attribute}}` places. */
  readonly remediation: string;
  /** Why it matters: one sentence. */
  readonly why: string;
  /** Pages that say so. */
  readonly references: readonly string[];
  /** Ids of the misconfiguration catalogue and of other tools. */
  readonly aliases?: readonly string[];
};

/** What a policy says of a configuration, shown by the blocks that decide: of one of its cases that fails, and one that passes. */
export type PolicyExample = {
  /** HCL. */
  readonly fails: string;
  /** The same blocks, mended; null where no case that passes has them. */
  readonly passes: string | null;
  /** Of the finding that the first one makes. */
  readonly message: string;
  readonly remediation: string;
};

/** A set of policies, as its `set.yaml` describes it. The schema is `schemas/set.schema.json`. */
export type SetDescription = {
  /** The `set` of its policies. */
  readonly id: string;
  /** What it is for, in a few words. */
  readonly title: string;
  /** Whether its policies run where nobody says which sets do. A set without a description is on. */
  readonly enabledByDefault: boolean;
};
