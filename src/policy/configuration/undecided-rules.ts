import type { ConfigurationRule } from '../../model/configuration.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Fault } from '../judge-as-settled.ts';

/** Rules of which nobody can say whether they are for a subject that has a finding. */
export const findUndecidedRules = (faults: readonly Fault[]): readonly Diagnostic[] => {
  const addresses = new Map<ConfigurationRule, Set<string>>();
  for (const { subject, settings } of faults) {
    for (const rule of settings.undecided) {
      addresses.set(rule, (addresses.get(rule) ?? new Set()).add(subject.address));
    }
  }
  return [...addresses].map(([{ place }, all]) => {
    const [first = '', ...more] = all;
    const others = more.length === 0 ? '' : ` and ${more.length} more`;
    return {
      severity: 'warning',
      code: 'configuration-undecided',
      summary: `Whether this rule is for ${first}${others} is not known, so the stricter of the two settings counts.`,
      detail: 'Select by what the plan shows: an address or a module; or state the workspace with --workspace.',
      origin: place,
    };
  });
};
