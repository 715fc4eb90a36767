import type { ConfigurationPlace, ConfigurationRule, Named, PolicyConfiguration } from '../../model/configuration.ts';
import type { Diagnostic, DiagnosticCode } from '../../model/diagnostic.ts';
import type { Policy } from '../../model/policy.ts';
import { didYouMean } from '../../model/suggest.ts';
import type { CompiledPolicy } from '../compiled-policy.ts';
import { checkParameters } from '../parameters.ts';
import { namesPolicy } from '../waivers/waiver-book.ts';

/**
 * Sets, policies and parameters that the configuration names and that do not exist, and values that a parameter cannot
 * have: errors, as of `--set` and `--only`. Those that its waivers name are judged with all other waivers.
 */
export const findNameFaults = (
  { sets, rules }: PolicyConfiguration,
  compiled: readonly CompiledPolicy[],
): readonly Diagnostic[] => {
  const policies = compiled.map(({ policy }) => policy);
  const known = new Set(policies.map(({ set }) => set));
  return [
    ...(sets ?? []).flatMap(({ name, place }) =>
      known.has(name) ? [] : [notFound(`There is no policy set ${name}${didYouMean(name, known)}`, place)],
    ),
    ...rules.flatMap((rule) => rule.policies.flatMap((named) => ruleFaults(rule, named, policies))),
  ];
};

const ruleFaults = (
  rule: ConfigurationRule,
  { name, place }: Named,
  policies: readonly Policy[],
): readonly Diagnostic[] => {
  const meant = policies.filter((policy) => namesPolicy(name, policy));
  if (meant.length > 0) return parameterFaults(rule, meant);
  const names = policies.flatMap(({ id, aliases = [] }) => [id, ...aliases]);
  const summary = name.includes('*')
    ? `No policy has an id like ${name}.`
    : `There is no policy ${name}${didYouMean(name, names)}`;
  return [notFound(summary, place)];
};

/** Of the policies that a glob means one with the parameter is enough. */
const parameterFaults = ({ parameters }: ConfigurationRule, meant: readonly Policy[]): readonly Diagnostic[] =>
  [...parameters].flatMap(([name, { value, place }]) => {
    const takers = meant.filter((policy) => Object.hasOwn(policy.parameters ?? {}, name));
    const asked = takers.length > 0 ? takers : meant.slice(0, 1);
    const summaries = asked
      .flatMap((policy) => checkParameters(policy, { [name]: value }))
      .map(({ summary }) => summary);
    return [...new Set(summaries)].map((summary) => fault('configuration-invalid', summary, place));
  });

const notFound = (summary: string, place: ConfigurationPlace): Diagnostic => fault('policy-not-found', summary, place);

const fault = (code: DiagnosticCode, summary: string, place: ConfigurationPlace): Diagnostic => ({
  severity: 'error',
  code,
  summary,
  origin: place,
});
