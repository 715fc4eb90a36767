import type { ConfigurationRule, PolicyConfiguration } from '../../model/configuration.ts';
import { type Enforcement, type ParameterValues, type Policy, type Severity, severities } from '../../model/policy.ts';
import type { Tri } from '../../model/value.ts';
import { type PolicySettings, type Rulebook, asWritten } from '../settings.ts';
import { namesPolicy } from '../waivers/waiver-book.ts';
import { type Surroundings, matchesSelector } from './match-selector.ts';

/** The settings of a configuration. A policy that was asked for by its name is not off, unless for some subjects alone. */
export const settingsFrom = (
  { rules }: Pick<PolicyConfiguration, 'rules'>,
  surroundings: Surroundings,
  isAskedFor: (policy: Policy) => boolean = () => false,
): Rulebook => {
  const known = new Map<Policy, readonly ConfigurationRule[]>();
  const rulesFor = (policy: Policy): readonly ConfigurationRule[] => {
    const found = known.get(policy);
    if (found !== undefined) return found;
    const own = rules.filter((rule) => isFor(rule, policy)).map((rule) => withoutOff(rule, isAskedFor(policy)));
    known.set(policy, own);
    return own;
  };
  return {
    settingsFor: (policy, subject) => {
      const own = rulesFor(policy);
      if (own.length === 0) return asWritten.settingsFor(policy, subject);
      const answers = own.map(({ select }) =>
        select === null ? true : matchesSelector(select, subject, surroundings),
      );
      return cascade(policy, own, answers);
    },
    configured: (policy) => configured(policy, rulesFor(policy)),
    givenFor: (policy) => new Set(rulesFor(policy).flatMap(({ parameters }) => [...parameters.keys()])),
  };
};

const isFor = ({ policies }: Pick<ConfigurationRule, 'policies'>, policy: Policy): boolean =>
  policies.some(({ name }) => namesPolicy(name, policy));

const withoutOff = (rule: ConfigurationRule, isAskedFor: boolean): ConfigurationRule => {
  if (!isAskedFor || rule.select !== null || rule.enforcement !== 'off') return rule;
  const { enforcement, ...rest } = rule;
  return rest;
};

/** What each setting can be after all rules. `own` is what the policy itself says, which `mandatoryWhen` can raise. */
type Possible = {
  readonly enforcement: ReadonlySet<Enforcement | 'off' | 'own'>;
  readonly severity: ReadonlySet<Severity>;
  readonly parameters: readonly ParameterValues[];
};

/** Where nobody can say whether a rule is for the subject, both are possible, and the stricter counts. */
const cascade = (policy: Policy, rules: readonly ConfigurationRule[], answers: readonly Tri[]): PolicySettings => {
  const start: Possible = {
    enforcement: new Set(['own']),
    severity: new Set([policy.severity]),
    parameters: [{}],
  };
  const possible = rules.reduce((before, rule, index) => apply(before, rule, answers[index] ?? false), start);
  const mayBeRaised = possible.enforcement.has('own');
  const others = [...possible.enforcement].flatMap((one) => (one === 'own' ? policy.enforcement : one));
  return {
    enforcement: strictness.find((one) => others.includes(one)) ?? policy.enforcement,
    mayBeRaised,
    severity: severities.find((one) => possible.severity.has(one)) ?? policy.severity,
    parameters: possible.parameters,
    undecided: rules.filter((_, index) => answers[index] === 'unknown'),
  };
};

const strictness: readonly (Enforcement | 'off')[] = ['mandatory', 'advisory', 'off'];

const apply = (before: Possible, rule: ConfigurationRule, answer: Tri): Possible => {
  if (answer === false) return before;
  const { enforcement, severity } = rule;
  const kept = answer === 'unknown';
  return {
    enforcement:
      enforcement === undefined ? before.enforcement : new Set([...(kept ? before.enforcement : []), enforcement]),
    severity: severity === undefined ? before.severity : new Set([...(kept ? before.severity : []), severity]),
    parameters: rule.parameters.size === 0 ? before.parameters : withParameters(before.parameters, rule, kept),
  };
};

/** Beyond this many nobody tells apart what may be. */
const mostAlternatives = 64;

const withParameters = (
  before: readonly ParameterValues[],
  rule: ConfigurationRule,
  kept: boolean,
): readonly ParameterValues[] => {
  const given = Object.fromEntries([...rule.parameters].map(([name, { value }]) => [name, value]));
  const after = before.map((values) => ({ ...values, ...given }));
  const all = kept ? [...before, ...after] : after;
  const distinct = [...new Map(all.map((values) => [JSON.stringify(values), values])).values()];
  return before.length === 0 || distinct.length > mostAlternatives ? [] : distinct;
};

const configured = (policy: Policy, rules: readonly ConfigurationRule[]): Policy | null => {
  if (rules.length === 0) return policy;
  const plain = rules.filter(({ select }) => select === null);
  const { enforcement, severity } = cascade(
    policy,
    plain,
    plain.map(() => true),
  );
  if (enforcement !== 'off') return { ...policy, enforcement, severity };
  const isOnForSome = rules.some((rule) => rule.select !== null && (rule.enforcement ?? 'off') !== 'off');
  return isOnForSome ? { ...policy, severity } : null;
};
