import { providerKnowledge } from './adapters/iam/derived-data.ts';
import { check } from './check.ts';
import type { PolicyConfiguration } from './model/configuration.ts';
import { type Diagnostic, isError } from './model/diagnostic.ts';
import type { Finding } from './model/finding.ts';
import type { Report } from './model/report.ts';
import type { SourceInput } from './model/source.ts';
import type { CompiledPolicy } from './policy/compiled-policy.ts';
import type { PolicySelection } from './policy/select-policies.ts';
import { errorReport } from './report/error-report.ts';
import { type Standing, standingOf } from './report/standing.ts';
import { withUnknown } from './report/unknown-fails.ts';
import { configurationOf } from './source.ts';
import { loadSource } from './terraform/hcl/load.ts';

/** By what a stack is judged: what a configuration file says, with the policies that it may name. */
export type StackRules = {
  /** Null where there is none, or where it is wrong. */
  readonly configuration: PolicyConfiguration | null;
  /** The built-in policies, and those of the configuration. */
  readonly policies: readonly CompiledPolicy[];
  /** What is wrong with either: with an error among them nothing is judged. */
  readonly diagnostics: readonly Diagnostic[];
};

export type StackInput = PolicySelection & {
  /** What CDKTF writes to `cdk.tf.json`. */
  readonly text: string;
  /** How the report names it; ends in `.tf.json`. */
  readonly label: string;
  readonly rules: StackRules;
  /** What undecided mandatory findings make of the verdict. Default: what the configuration says, else `report`. */
  readonly unknown?: 'report' | 'fail';
  /** The day to judge waivers by, `YYYY-MM-DD` in UTC. */
  readonly today: string;
  readonly toolVersion: string;
};

/** A report, and what its findings mean for the stack; those that are waived mean nothing. */
export type StackJudgement = { readonly report: Report } & Readonly<
  Record<Extract<Standing, 'fails' | 'advice' | 'undecided'>, readonly Finding[]>
>;

/**
 * Judges a synthesized stack, as the configuration that it is and by itself: nothing is awaited, no file is read. Throws
 * for bugs only. A stack that cannot be read, or whose rules cannot, has the verdict `error`.
 */
export const judgeStack = (input: StackInput): StackJudgement => {
  const unknown = input.unknown ?? input.rules.configuration?.output.unknown ?? 'report';
  const report = withUnknown(reportOf(input), unknown);
  const standing = (wanted: Standing): readonly Finding[] =>
    report.findings.filter((finding) => standingOf(finding, { unknown }) === wanted);
  return { report, fails: standing('fails'), advice: standing('advice'), undecided: standing('undecided') };
};

const reportOf = ({ text, label, rules, ...options }: StackInput): Report => {
  const document = configurationOf(loadSource(inputOf(label, text), providerKnowledge));
  const { configuration, policies, diagnostics } = rules;
  const errors = [...diagnostics, ...document.diagnostics].filter(isError);
  if (errors.length > 0) {
    const input = { path: label, kind: document.kind, terraformVersion: null, source: null, role: 'judged' } as const;
    return errorReport(errors, [input], options.toolVersion, configuration);
  }
  const report = check({ judged: document, context: [] }, policies, {
    ...options,
    ...(configuration === null ? {} : { configuration }),
  });
  return { ...report, diagnostics: [...diagnostics, ...report.diagnostics.map(forSynth)] };
};

/** What only Terraform brings is not there yet, and nobody could bring it now. */
const later: ReadonlySet<Diagnostic['code']> = new Set(['variable-without-value', 'module-not-found']);

const forSynth = (diagnostic: Diagnostic): Diagnostic =>
  later.has(diagnostic.code)
    ? { ...diagnostic, detail: 'It is there once Terraform plans: judge the plan, too.' }
    : diagnostic;

const inputOf = (label: string, text: string): SourceInput => ({
  label,
  root: '',
  reader: {
    files: (directory) => (directory === '' || directory === '.' ? [{ path: label, text }] : null),
    // What a stack reads while Terraform runs is copied beside it only after it was judged.
    text: () => null,
  },
  modules: new Map(),
  variableFiles: [],
  environmentVariables: new Map(),
  variables: new Map(),
  workspace: 'default',
  lockFile: null,
});
