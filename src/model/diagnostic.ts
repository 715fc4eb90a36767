import type { Origin } from './value.ts';

/** Every reason for which the tool could not judge, or judged less than it was asked. The list is closed. */
export const diagnosticCodes = [
  'baseline-invalid',
  'baseline-not-found',
  'case-invalid',
  'configuration-invalid',
  'configuration-not-found',
  'configuration-undecided',
  'configuration-unparsable',
  'configuration-unreadable',
  'configuration-unused',
  'encoding-converted',
  'grant-not-in-view',
  'iam-document-undecided',
  'iam-document-unparsable',
  'input-empty',
  'input-not-found',
  'input-too-large',
  'input-unreadable',
  'input-unsupported',
  'input-version-unsupported',
  'module-not-found',
  'nothing-to-check',
  'output-not-written',
  'plan-errored',
  'plan-incomplete',
  'plan-malformed',
  'plan-values-unavailable',
  'policy-archive-invalid',
  'policy-condition-invalid',
  'policy-crashed',
  'policy-duplicate',
  'policy-invalid',
  'policy-not-found',
  'policy-parameter-missing',
  'policy-unparsable',
  'reference-undeclared',
  'source-differs',
  'source-not-found',
  'source-unparsable',
  'source-unreadable',
  'usage-invalid',
  'variable-invalid',
  'variable-without-value',
  'waiver-invalid',
] as const;
export type DiagnosticCode = (typeof diagnosticCodes)[number];

/** Something about our ability to judge, in Terraform's own shape; never about the user's infrastructure. */
export type Diagnostic = {
  readonly severity: 'error' | 'warning';
  readonly code: DiagnosticCode;
  /** One sentence. Never quotes the input. */
  readonly summary: string;
  /** What to do about it. */
  readonly detail?: string;
  readonly origin?: Partial<Origin>;
  /** The policy that has no answer; only for `policy-crashed`. */
  readonly policy?: string;
};

export const isError = ({ severity }: Diagnostic): boolean => severity === 'error';

/** Each once, in their order. */
export const distinctDiagnostics = (diagnostics: readonly Diagnostic[]): readonly Diagnostic[] => [
  ...new Map(diagnostics.map((diagnostic) => [JSON.stringify(diagnostic), diagnostic])).values(),
];

/** An error about one input file as a whole. `detail` says what to type; lines that begin with blanks are commands. */
export const refusal = (file: string, code: DiagnosticCode, summary: string, detail?: string): Diagnostic => ({
  severity: 'error',
  code,
  summary,
  ...(detail === undefined ? {} : { detail }),
  origin: { file },
});
