import type { Diagnostic } from './diagnostic.ts';

export const outcomes = ['fail', 'pass', 'unknown'] as const;
/** What a policy says of an input as a whole: `fail` where it fails anywhere, else `unknown` where it is undecided anywhere. */
export type PolicyOutcome = (typeof outcomes)[number];

/** What a case expects of its policy. */
export type CaseExpectation = {
  readonly outcome: PolicyOutcome;
  /** Addresses of all findings with this outcome; null where the case leaves them open. */
  readonly addresses: readonly string[] | null;
  /** The message of one of these findings, or a regular expression between slashes; null where it is left open. */
  readonly message: string | null;
  /** `none` where nothing in the input is for the policy to judge, and the case says so. */
  readonly subjects: 'some' | 'none';
};

/** What a policy said of a case. */
export type CaseObservation = {
  /** `crash` where the policy had no answer. */
  readonly outcome: PolicyOutcome | 'crash';
  /** How many subjects it judged. */
  readonly subjects: number;
  /** Addresses and messages of the findings with this outcome, in the order of the addresses. */
  readonly addresses: readonly string[];
  readonly messages: readonly string[];
  /** Why it crashed. */
  readonly reasons: readonly string[];
};

/** In what a policy departs from what was expected of it. */
export type CaseDifference = 'outcome' | 'subjects' | 'address' | 'message';

/** One case that ran. It passed where there is no difference. */
export type CaseResult = {
  readonly policy: string;
  readonly name: string;
  /** Folder or file of the case. */
  readonly path: string;
  /** One-based line in `path`, where that is a file. */
  readonly line: number | null;
  readonly expected: CaseExpectation;
  readonly got: CaseObservation;
  readonly differences: readonly CaseDifference[];
  /** Milliseconds. */
  readonly duration: number;
};

/** How many cases each outcome of a policy has. */
export type PolicyCoverage = {
  readonly policy: string;
  readonly path: string;
  readonly cases: Readonly<Record<PolicyOutcome, number>>;
  /** The outcomes that the policy can have and no case expects. */
  readonly missing: readonly PolicyOutcome[];
};

/** Outcomes that have a case, of all that the policies can have. */
export type TestCoverage = {
  readonly covered: number;
  readonly total: number;
  /** Rounded down, so that 100 is all of them. */
  readonly percent: number;
  readonly policies: readonly PolicyCoverage[];
};

/** What the cases of policies came to, `schemaVersion` "1". Keys may be added, never renamed. */
export type TestReport = {
  readonly schemaVersion: '1';
  readonly tool: { readonly name: 'rds-auth-policy'; readonly version: string };
  readonly summary: { readonly passed: number; readonly failed: number; readonly duration: number };
  readonly cases: readonly CaseResult[];
  /** Of all cases that are there, also of those that were left out of this run. */
  readonly coverage: TestCoverage;
  /** Policies that are invalid, and cases that cannot be read. */
  readonly diagnostics: readonly Diagnostic[];
};
