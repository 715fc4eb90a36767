import type { Subject, SubjectKind } from '../../model/judgement.ts';
import type { ParameterValues, Policy, PolicyParameter } from '../../model/policy.ts';
import type { DefinedPolicy } from '../compiled-policy.ts';
import { originsOf } from '../judge-subject.ts';
import type { Outcome } from '../outcome.ts';
import { checkDefinition } from './check-definition.ts';
import { type JudgementOf, type Reads, type SubjectView, attributeOf, viewOf } from './subject-view.ts';
import { isUnknownSignal } from './unknown-signal.ts';
import { type PolicyVerdict, isVerdict } from './verdict.ts';

type Parameters = Readonly<Record<string, PolicyParameter>>;

type ParameterTypes = {
  readonly string: string;
  readonly number: number;
  readonly boolean: boolean;
  readonly list: readonly string[];
};

/** What a policy is told beside its subject. */
export type PolicyTools<Kind extends SubjectKind, Declared extends Parameters> = {
  /** Why a judgement is as it is, in one sentence: the best message where it decides. */
  readonly reasonOf: (judgement: JudgementOf<Kind>) => string;
  /** Values of the parameters for this subject, defaults included. */
  readonly params: { readonly [Name in keyof Declared]: ParameterTypes[Declared[Name]['type']] };
};

/** A policy in TypeScript: what `policy.yaml` says of itself, and a function instead of conditions. */
export type PolicyDefinition<Kind extends SubjectKind, Declared extends Parameters> = Omit<
  Policy,
  'subject' | 'parameters' | 'when' | 'assert' | 'mandatoryWhen' | 'message'
> & {
  readonly subject: Kind;
  readonly parameters?: Declared;
  /**
   * Judges one subject. To read an unknown attribute ends it with the outcome unknown; an exception is the diagnostic
   * `policy-crashed`, and the other policies run. It must not be async, and should not do anything but look.
   */
  readonly evaluate: (subject: SubjectView<Kind>, tools: PolicyTools<Kind, Declared>) => PolicyVerdict;
};

/**
 * Makes a policy of a function, for `check` to run beside those in YAML.
 *
 * Throws a TypeError that names every fault of the definition: it is a bug of the program that makes it.
 *
 * @example
 * const tls = definePolicy({
 *   id: 'acme-proxy-tls', set: 'acme', title: 'Proxy without TLS', subject: 'proxy', severity: 'high',
 *   enforcement: 'mandatory', remediation: 'In {{address}} write:\n  require_tls = true', why: 'We said so.',
 *   references: ['https://example.com/rules'],
 *   evaluate: (proxy, { reasonOf }) => (proxy.tlsForIam ? pass : fail(reasonOf('tlsForIam'))),
 * });
 * check(documents, [...builtinPolicies, tls], { toolVersion });
 */
export const definePolicy = <Kind extends SubjectKind, const Declared extends Parameters = Record<never, never>>(
  definition: PolicyDefinition<Kind, Declared>,
): DefinedPolicy => {
  checkDefinition(definition);
  const { evaluate, ...policy } = definition;
  return {
    policy,
    judge: (subject, values) => judge(definition, subject, values),
  };
};

const judge = <Kind extends SubjectKind, Declared extends Parameters>(
  { evaluate }: Pick<PolicyDefinition<Kind, Declared>, 'evaluate'>,
  subject: Subject,
  values: ParameterValues,
): Outcome => {
  const reads: Reads = { pending: new Map(), evidence: new Set() };
  try {
    const answer: unknown = evaluate(
      viewOf(subject.attributes, reads) as SubjectView<Kind>,
      toolsFor(subject, values, reads) as PolicyTools<Kind, Declared>,
    );
    return isVerdict(answer) ? settle(answer, subject, values, reads) : strange(answer, subject);
  } catch (error) {
    if (isUnknownSignal(error)) return undecided(subject, values, reads);
    return { outcome: 'crash', subject, reason: reasonOfError(error) };
  }
};

const toolsFor = ({ attributes }: Subject, params: ParameterValues, reads: Reads): object => ({
  params,
  reasonOf: (name: string): string => {
    const attribute = attributeOf(attributes, name);
    if (attribute.kind !== 'judgement') throw new Error(`${name} is no judgement, and has no reason`);
    reads.evidence.add(attribute);
    return attribute.judgement.reason;
  },
});

/** An unknown that was read, caught and forgotten could have made it another verdict. */
const settle = (verdict: PolicyVerdict, subject: Subject, values: ParameterValues, reads: Reads): Outcome => {
  if (reads.pending.size > 0) return undecided(subject, values, reads);
  if (verdict.outcome === 'pass') return verdict;
  const { outcome, message } = verdict;
  return { outcome, message, subject, values, origins: [...reads.evidence].flatMap(originsOf), raised: false };
};

const undecided = (subject: Subject, values: ParameterValues, reads: Reads): Outcome => ({
  outcome: 'unknown',
  message: [...new Set(reads.pending.values())].join(' '),
  subject,
  values,
  origins: [...reads.evidence].flatMap(originsOf),
  raised: false,
});

const strange = (answer: unknown, subject: Subject): Outcome => {
  const isPromise = typeof answer === 'object' && answer !== null && 'then' in answer;
  // Nobody waits for it: what becomes of it must not end the process.
  if (isPromise) Promise.resolve(answer).catch(() => undefined);
  const reason = isPromise
    ? 'evaluate returns a promise, and must answer at once'
    : 'evaluate returns neither pass, nor fail() or unknown() with a message';
  return { outcome: 'crash', subject, reason };
};

const reasonOfError = (error: unknown): string => {
  const [line = ''] = String(error instanceof Error ? error.message : error)
    .trim()
    .split(/\.?(?:\n|$)/);
  return `evaluate throws ${error instanceof Error ? error.name : 'what is no error'}${line === '' ? '' : `: ${line}`}`;
};
