import { tagsIn } from './adapters/shared/tags.ts';
import type { Analysis } from './analysis/analyse.ts';
import { enginesIn } from './analysis/subject-engines.ts';
import type { WaiverOptions } from './check-waivers.ts';
import type { PolicyConfiguration } from './model/configuration.ts';
import type { Diagnostic } from './model/diagnostic.ts';
import type { CompiledPolicy } from './policy/compiled-policy.ts';
import { findNameFaults } from './policy/configuration/name-faults.ts';
import { settingsFrom } from './policy/configuration/settings-from.ts';
import { type PolicySelection, isAskedFor } from './policy/select-policies.ts';
import { type Rulebook, asWritten } from './policy/settings.ts';
import type { ResourceGraph } from './terraform/graph.ts';

export type ConfigureOptions = PolicySelection & {
  /** What `loadPolicyConfiguration` read; the other options win. */
  readonly configuration?: PolicyConfiguration;
  /** The workspace of Terraform, by which rules can select; left out, or null, where nobody states it. */
  readonly workspace?: string | null;
};

/** Which policies run, how, and what is waived, with what is wrong with the names in the configuration. */
export type Configured = {
  readonly selection: PolicySelection;
  readonly rules: Rulebook;
  readonly waivers: WaiverOptions;
  readonly diagnostics: readonly Diagnostic[];
};

/** What the options say wins over what the configuration says. */
export const configure = (
  options: ConfigureOptions & WaiverOptions,
  policies: readonly CompiledPolicy[],
  graph: ResourceGraph,
  { context, judged }: Pick<Analysis, 'context' | 'judged'>,
): Configured => {
  const { configuration, workspace = null } = options;
  if (configuration === undefined) return { selection: options, rules: asWritten, waivers: options, diagnostics: [] };
  const { waivers = [], inlineWaivers = true, sets = [] } = options;
  const existing = new Set(policies.map(({ policy }) => policy.set));
  const configured = (configuration.sets ?? []).map(({ name }) => name).filter((name) => existing.has(name));
  const surroundings = { workspace, tagsOf: tagsIn(graph), enginesOf: enginesIn(context, judged) };
  return {
    selection: sets.length > 0 ? options : { ...options, sets: configured },
    rules: settingsFrom(configuration, surroundings, (policy) => isAskedFor(options, policy)),
    waivers: {
      ...options,
      waivers: [...waivers, ...configuration.waivers],
      inlineWaivers: inlineWaivers && !configuration.ignoreTree,
    },
    diagnostics: findNameFaults(configuration, policies),
  };
};
