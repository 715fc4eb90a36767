import type { Origin, Reference, Value } from './value.ts';

/** A list of patterns of one element of a statement (`Action`, `Resource`), or of its `Not…` form. */
export type IamPatterns = {
  readonly negated: boolean;
  readonly patterns: readonly Value<string>[];
  /** False when the list may hold patterns that the plan does not show. */
  readonly complete: boolean;
};

/** `type` is `AWS`, `Service`, `Federated`, `CanonicalUser` or `*`. */
export type IamPrincipal = { readonly type: string; readonly id: Value<string> };

/** One operator and key of a `Condition` block. */
export type IamCondition = {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly Value<string>[];
};

export type IamStatement = {
  /** Null where it has none. */
  readonly sid: string | null;
  readonly effect: Value<string>;
  readonly actions: IamPatterns;
  readonly resources: IamPatterns;
  /** Null where the statement has no principal element, as in every identity policy. */
  readonly principals: { readonly negated: boolean; readonly entries: readonly IamPrincipal[] } | null;
  /** Null where the conditions cannot be seen. */
  readonly conditions: readonly IamCondition[] | null;
  /** Nobody can say whether it is there at all: what makes it, or attaches it, is known later. */
  readonly mayBeMissing?: true;
  readonly origin: Origin;
};

/** An AWS policy document, as far as it could be decoded. */
export type IamPolicyDocument = {
  readonly statements: readonly IamStatement[];
  /** False when the document, or a part of it, could not be decoded: anything may stand in that part. */
  readonly complete: boolean;
  /** What the part that could not be decoded refers to. */
  readonly references: readonly Reference[];
  readonly trailEnds: readonly string[];
  readonly origin: Origin;
};
