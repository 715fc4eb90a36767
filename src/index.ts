/**
 * The library: everything that the command line is made of, without files, streams or exit codes.
 *
 * @example
 * const detected = detectDocument(text, 'plan.json');
 * if (detected.ok) console.log(check({ judged: detected.document, context: [] }, builtinPolicies, { toolVersion }).verdict);
 */
export { type CheckDocuments, type CheckOptions, check } from './check.ts';
export type * from './model/connection.ts';
export type { Diagnostic, DiagnosticCode } from './model/diagnostic.ts';
export type { Finding } from './model/finding.ts';
export type { Judgement, Subject, SubjectAttribute, SubjectAttributes, SubjectKind } from './model/judgement.ts';
export type { Enforcement, Policy, Severity } from './model/policy.ts';
export type { InputKind, Report, ReportInput } from './model/report.ts';
export type { Origin } from './model/value.ts';
export { builtinPolicies } from './policy/builtin.generated.ts';
export type { CompiledPolicy } from './policy/compiled-policy.ts';
export { loadPolicySet } from './policy/load-policy-set.ts';
export type { PolicySelection } from './policy/select-policies.ts';
export { type DetectedDocument, detectDocument } from './terraform/plan/detect.ts';
