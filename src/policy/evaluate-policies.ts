import type { Diagnostic } from '../model/diagnostic.ts';
import type { Finding } from '../model/finding.ts';
import { groupBy } from '../model/group-by.ts';
import { hashOf } from '../model/hash.ts';
import type { Subject, SubjectKind } from '../model/judgement.ts';
import { type Policy, severities } from '../model/policy.ts';
import type { Origin } from '../model/value.ts';
import type { CompiledPolicy } from './compiled-policy.ts';
import { findUndecidedRules } from './configuration/undecided-rules.ts';
import { fillPlaces } from './fill-places.ts';
import { givenNotes } from './given-notes.ts';
import { type Fault, type Judged, judgeAsSettled } from './judge-as-settled.ts';
import { type ParameterSource, parametersWithout } from './parameters.ts';
import { type PolicySelection, selectPolicies } from './select-policies.ts';
import { type Rulebook, asWritten } from './settings.ts';
import { type WaiverBook, noWaivers } from './waivers/waiver-book.ts';

const none: ReadonlySet<string> = new Set();

/** Nobody gives a parameter a value: defaults are all there is. */
const nobody: ParameterSource = { valuesFor: () => ({}), givenFor: () => none };

export type PolicyResults = {
  readonly findings: readonly Finding[];
  readonly diagnostics: readonly Diagnostic[];
  /** The policies that were run, ordered by id. */
  readonly policies: readonly Policy[];
};

/** What a team has decided: how policies judge, values of parameters below those of its rules, and exceptions. */
export type Settings = {
  readonly rules?: Rulebook;
  readonly parameters?: ParameterSource;
  readonly waivers?: WaiverBook;
};

type PolicyResult = Omit<PolicyResults, 'policies'> & { readonly faults: readonly Fault[] };

/**
 * Runs the selected policies over their subjects: one finding for each policy and address, ordered by both. What a waiver
 * in the book covers is waived.
 */
export const evaluatePolicies = (
  policies: readonly CompiledPolicy[],
  subjects: readonly Subject[],
  selection: PolicySelection = {},
  { rules = asWritten, parameters = nobody, waivers = noWaivers }: Settings = {},
): PolicyResults => {
  const selected = selectPolicies(policies, selection);
  const byKind = groupBy(subjects, (subject) => subject.kind);
  const results = selected.policies.map((compiled) => evaluatePolicy(compiled, byKind, { rules, parameters, waivers }));
  const undecided = findUndecidedRules(results.flatMap(({ faults }) => faults));
  return {
    findings: results.flatMap(({ findings }) => findings).sort(byPolicyAndAddress),
    diagnostics: [
      ...duplicates(policies),
      ...selected.diagnostics,
      ...results.flatMap(({ diagnostics }) => diagnostics),
      ...undecided,
    ],
    policies: selected.policies
      .flatMap(({ policy }) => rules.configured(policy) ?? [])
      .sort((a, b) => compareAll([a.id], [b.id])),
  };
};

/** What is loaded from files was looked at; policies in TypeScript come from anywhere. */
const duplicates = (policies: readonly CompiledPolicy[]): readonly Diagnostic[] => {
  const ids = policies.map(({ policy }) => policy.id);
  if (new Set(ids).size === ids.length) return [];
  const repeated = new Set(ids.filter((id, index) => ids.indexOf(id) < index));
  return [...repeated].map((id) => ({
    severity: 'error',
    code: 'policy-duplicate',
    summary: `There is more than one policy ${id}.`,
  }));
};

const evaluatePolicy = (
  compiled: CompiledPolicy,
  subjects: ReadonlyMap<SubjectKind, readonly Subject[]>,
  { rules, parameters: source, waivers }: Required<Settings>,
): PolicyResult => {
  const { policy } = compiled;
  if (rules.configured(policy) === null) return { findings: [], diagnostics: [], faults: [] };
  const given = (name: string): boolean => source.givenFor(policy).has(name) || rules.givenFor(policy).has(name);
  const missing = parametersWithout(policy, given);
  if (missing.length > 0) return { findings: [], diagnostics: [withoutValue(policy, missing)], faults: [] };
  const outcomes = (subjects.get(policy.subject) ?? []).flatMap((subject) =>
    judgeAsSettled(compiled, subject, rules.settingsFor(policy, subject), source),
  );
  const faults = outcomes.filter((outcome): outcome is Fault => 'origins' in outcome);
  const byAddress = groupBy(faults, ({ subject }) => subject.address);
  return {
    findings: [...byAddress].flatMap(([address, merged]) => findingsOf(policy, address, merged, waivers)),
    diagnostics: crashesOf(compiled, outcomes),
    faults,
  };
};

/** Without its parameters a policy would pass in silence. */
const withoutValue = ({ id }: Policy, names: readonly string[]): Diagnostic => ({
  severity: 'error',
  code: 'policy-parameter-missing',
  summary: `Policy ${id} judges nothing: ${names.join(', ')} ${names.length === 1 ? 'has' : 'have'} no value.`,
  detail: [
    'Give the value in rds-auth-policy.yaml, or leave the policy out with --skip (in a case: parameters in case.yaml):',
    '  rules:',
    `    - policy: ${id}`,
    '      parameters:',
    ...names.map((name) => `        ${name}: …`),
  ].join('\n'),
});

/** One finding; where a waiver covers some of the causes only, another for those. */
const findingsOf = (
  policy: Policy,
  address: string,
  faults: readonly Fault[],
  waivers: WaiverBook,
): readonly Finding[] => {
  const parts = groupBy(faults, ({ subject, origins }) => waivers.find(policy, { ...subject, origin: origins[0] }));
  return [...parts].map(([waiver, own]) => {
    const isAll = parts.size === 1 || waiver === null;
    const fingerprint = isAll ? hashOf(policy.id, address) : hashOf(policy.id, address, ...usersOf(own));
    return { ...findingOf(policy, address, own), id: fingerprint.slice(0, 10), fingerprint, waiver };
  });
};

const usersOf = (faults: readonly Fault[]): readonly string[] =>
  [...new Set(faults.flatMap(({ subject }) => subject.user ?? []))].sort();

type Said = Omit<Finding, 'id' | 'fingerprint' | 'waiver'>;

/** What fails speaks; what is merely unknown is silent beside it. */
const findingOf = (policy: Policy, address: string, faults: readonly Fault[]): Said => {
  const failing = faults.filter(({ outcome }) => outcome === 'fail');
  const speaking = failing.length > 0 ? failing : faults;
  const fill = (template: string, { subject, values, reasons }: Fault): string =>
    fillPlaces(template, subject.attributes, values, reasons);
  const users = usersOf(speaking);
  const messages = speaking.map((fault) => {
    const message = fault.message ?? fill(policy.message ?? '', fault);
    return fault.doubt === undefined ? message : `${message}; ${fault.doubt}`;
  });
  const origins = uniteOrigins(speaking.flatMap((fault) => fault.origins));
  const fixes = new Set(speaking.map((fault) => fill(policy.remediation, fault)));
  const remediation = [...fixes].join('\n');
  const causes = new Set(speaking.map(({ subject }, index) => `${subject.user ?? ''}\0${messages[index]}`)).size;
  return {
    policy: policy.id,
    severity: severities.find((one) => speaking.some(({ settings }) => settings.severity === one)) ?? policy.severity,
    enforcement: speaking.some(isMandatory) ? 'mandatory' : 'advisory',
    outcome: failing.length > 0 ? 'fail' : 'unknown',
    address,
    message: oneOf([...new Set(messages)]),
    remediation: [remediation, ...givenNotes(remediation, origins)].join('\n'),
    why: policy.why,
    origins,
    ...(users.length === 0 ? {} : { users }),
    ...(causes === 1 ? {} : { causes }),
  };
};

/** Messages have semicolons of their own. */
const oneOf = (messages: readonly string[]): string =>
  messages.length === 1
    ? (messages[0] ?? '')
    : messages.map((message, index) => `(${index + 1}) ${message}`).join('; ');

const isMandatory = ({ raised, settings }: Fault): boolean =>
  settings.enforcement === 'mandatory' || (raised && settings.mayBeRaised);

const mendCondition =
  'Guard the condition, for example with `!= null &&`, so that it is true or false for every subject.';
const mendFunction = 'Mend its function evaluate, so that it returns pass, fail() or unknown() for every subject.';

const crashesOf = (compiled: CompiledPolicy, outcomes: readonly Judged[]): readonly Diagnostic[] => {
  const crashes = outcomes.filter((outcome) => outcome.outcome === 'crash');
  const places = new Map(crashes.map((crash) => [`${crash.subject.address} ${crash.reason}`, crash]));
  return [...places.values()].map(({ subject, reason }) => ({
    severity: 'error',
    code: 'policy-crashed',
    summary: `Policy ${compiled.policy.id} has no answer for ${subject.address}: ${/[.?]$/.test(reason) ? reason : `${reason}.`}`,
    detail: 'judge' in compiled ? mendFunction : mendCondition,
    origin: { address: subject.address },
    policy: compiled.policy.id,
  }));
};

/** The first is what a judgement names first: where one would act. The others are in the order of their places. */
const uniteOrigins = (origins: readonly Origin[]): readonly Origin[] => {
  const [first, ...others] = new Map(origins.map((origin) => [JSON.stringify(sortKeys(origin)), origin])).values();
  return first === undefined ? [] : [first, ...others.sort(byPlace)];
};

const sortKeys = ({ address, path, file = '', line = 0, column = 0 }: Origin) =>
  [address, path, file, line, column] as const;

const byPlace = (left: Origin, right: Origin): number => compareAll(sortKeys(left), sortKeys(right));

/** The order of findings in a report. */
export const byPolicyAndAddress = (left: Finding, right: Finding): number =>
  compareAll([left.policy, left.address], [right.policy, right.address]);

const compareAll = (left: readonly (string | number)[], right: readonly (string | number)[]): number => {
  const index = left.findIndex((key, place) => key !== right[place]);
  const [a, b] = [left[index], right[index]];
  return a === undefined || b === undefined ? 0 : a < b ? -1 : 1;
};
