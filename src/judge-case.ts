import { type CheckDocuments, type CheckOptions, check } from './check.ts';
import { type DeclaredUser, emptyConfiguration } from './model/configuration.ts';
import type { Diagnostic } from './model/diagnostic.ts';
import type { Finding } from './model/finding.ts';
import type { Subject } from './model/judgement.ts';
import type { ParameterValues } from './model/policy.ts';
import type { CaseObservation } from './model/policy-test.ts';
import { builtinPolicies } from './policy/builtin.generated.ts';
import type { CompiledPolicy } from './policy/compiled-policy.ts';
import { evaluatePolicies } from './policy/evaluate-policies.ts';
import type { Outcome } from './policy/outcome.ts';
import { observe } from './policy/testing/compare-case.ts';

/** What a case gives its policy to judge: documents, or subjects whose attributes are given one by one. */
export type CaseInput =
  | {
      readonly kind: 'documents';
      readonly documents: CheckDocuments;
      /** The day by which waivers are judged; null where the case has none. */
      readonly today: string | null;
      /** Users that a configuration of this program declares; left out for none. */
      readonly users?: readonly DeclaredUser[];
    }
  | { readonly kind: 'subjects'; readonly subjects: readonly Subject[] };

export type JudgedCase =
  | { readonly ok: true; readonly got: CaseObservation }
  /** What is damaged is not judged. */
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

type Documents = Extract<CaseInput, { kind: 'documents' }>;

/** Runs one policy, whatever its set, over the input of a case. */
export const judgeCase = (compiled: CompiledPolicy, input: CaseInput, parameters: ParameterValues = {}): JudgedCase => {
  const counted = count(compiled);
  const { findings, diagnostics } = run(compiled, counted.policy, input, parameters);
  const obstacles = diagnostics.filter(({ severity, code }) => severity === 'error' && code !== 'policy-crashed');
  return obstacles.length > 0
    ? { ok: false, diagnostics: obstacles }
    : { ok: true, got: observe(findings, diagnostics, counted.subjects()) };
};

type Said = { readonly findings: readonly Finding[]; readonly diagnostics: readonly Diagnostic[] };

/** A policy that says nothing, and counts what another one judges. */
const count = ({ policy }: CompiledPolicy): { readonly policy: CompiledPolicy; readonly subjects: () => number } => {
  let subjects = 0;
  const { parameters, mandatoryWhen, aliases, ...rest } = policy;
  const judge = (): Outcome => {
    subjects += 1;
    return { outcome: 'pass' };
  };
  return { policy: { policy: { ...rest, id: `${policy.id}-subjects` }, judge }, subjects: () => subjects };
};

const run = (compiled: CompiledPolicy, counting: CompiledPolicy, input: CaseInput, values: ParameterValues): Said => {
  const both = [compiled, counting];
  const only = both.map(({ policy }) => policy.id);
  const parameters = { valuesFor: () => values, givenFor: () => new Set(Object.keys(values)) };
  if (input.kind === 'subjects') return evaluatePolicies(both, input.subjects, { only }, { parameters });
  if (compiled.policy.subject === 'waiver') return runWithOthers(compiled, counting, input);
  return check(input.documents, both, { only, parameters, toolVersion: '', ...configured(input) });
};

const configured = ({ users = [] }: Documents): Pick<CheckOptions, 'configuration'> =>
  users.length === 0 ? {} : { configuration: { ...emptyConfiguration, users } };

/** A waiver is about another policy, and what that one says decides whether it covers anything. */
const runWithOthers = (compiled: CompiledPolicy, counting: CompiledPolicy, { documents, today }: Documents): Said => {
  const others = builtinPolicies.filter(({ policy }) => policy.id !== compiled.policy.id);
  const options = { toolVersion: '', ...(today === null ? {} : { today }) };
  const { findings, diagnostics } = check(documents, [...others, compiled, counting], options);
  return { findings: findings.filter(({ policy }) => policy === compiled.policy.id), diagnostics };
};
