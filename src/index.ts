/**
 * The library: everything that the command line is made of, without files, streams or exit codes. `docs/api.md` shows it
 * at work.
 *
 * @example
 * const detected = detectDocument(text, 'plan.json');
 * if (detected.ok) console.log(check({ judged: detected.document, context: [] }, builtinPolicies, { toolVersion }).verdict);
 */
export {
  type CheckDocuments,
  type CheckOptions,
  type Checked,
  type Examination,
  check,
  checkWithTexts,
  examine,
  readModel,
} from './check.ts';
export { compareReports } from './compare-reports.ts';
export { type SourceComparison, compareSource } from './compare-source.ts';
export { type CaseInput, type JudgedCase, judgeCase } from './judge-case.ts';
export type { AuthModel } from './model/auth-model.ts';
export { type Baseline, type BaselineEntry, type BaselineOutcome, baselineOf } from './model/baseline.ts';
export type * from './model/comparison.ts';
export type * from './model/configuration.ts';
export type * from './model/connection.ts';
export type { Diagnostic, DiagnosticCode } from './model/diagnostic.ts';
export type { Finding } from './model/finding.ts';
export type * from './model/guide.ts';
export type { Judgement, Subject, SubjectAttribute, SubjectAttributes, SubjectKind } from './model/judgement.ts';
export type { ModelDocument } from './model/model-document.ts';
export type {
  Enforcement,
  ParameterValue,
  ParameterValues,
  Policy,
  PolicyParameter,
  SetDescription,
  Severity,
} from './model/policy.ts';
export type * from './model/policy-test.ts';
export type { InputKind, Report, ReportInput } from './model/report.ts';
export type { ModuleOutline, SourceInput, SourceReader, SourceText } from './model/source.ts';
export type { SourceTexts } from './model/source-texts.ts';
export type { Surroundings } from './model/surroundings.ts';
export type { Origin } from './model/value.ts';
export type { Waiver, WaiverRule } from './model/waiver.ts';
export { type PreviousAddresses, compareWithBaseline } from './policy/baseline/compare-baseline.ts';
export type { BaselineRead } from './policy/baseline/read-baseline.ts';
export { builtinPolicies, builtinSets } from './policy/builtin.generated.ts';
export type { CompiledPolicy, DeclaredPolicy, DefinedPolicy } from './policy/compiled-policy.ts';
export type { ConfigurationFile, LoadedConfiguration } from './policy/configuration/configuration-file.ts';
export { findNameFaults } from './policy/configuration/name-faults.ts';
export { type PolicyDefinition, type PolicyTools, definePolicy } from './policy/defining/define-policy.ts';
export type { ListView, SubjectView } from './policy/defining/subject-view.ts';
export { type Question, all, any } from './policy/defining/unknown-signal.ts';
export { type PolicyVerdict, fail, pass, unknown } from './policy/defining/verdict.ts';
export { exampleOf, meaningOf } from './policy/describe-policy.ts';
export { loadPolicyConfiguration } from './policy/load-configuration.ts';
export { loadPolicySet } from './policy/load-policy-set.ts';
export { type ParameterFault, type ParameterSource, checkParameters } from './policy/parameters.ts';
export type { PolicySelection } from './policy/select-policies.ts';
export { type NewFile, type NewPolicy, newPolicyFiles } from './policy/template.ts';
export { differencesOf } from './policy/testing/compare-case.ts';
export { coverageOf } from './policy/testing/coverage.ts';
export { loadCases } from './policy/testing/load-cases.ts';
export type { CaseFile, ReadCases, WrittenCase } from './policy/testing/read-cases.ts';
export { readBaseline } from './read-baseline.ts';
export type { ReportContext, Reporter } from './report/context.ts';
export { type Format, formats, loadReporter } from './report/index.ts';
export { readConfiguration, readOutline, readSource } from './source.ts';
export { type DetectedDocument, detectDocument } from './terraform/plan/detect.ts';
export { previousAddresses } from './terraform/previous-addresses.ts';
export type { Source } from './terraform/source.ts';
