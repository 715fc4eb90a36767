import {
  type CompiledPolicy,
  type SetDescription,
  builtinPolicies,
  builtinSets,
  findNameFaults,
  loadPolicySet,
} from '../index.ts';
import { openPolicies } from '../io/open-policies.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Invocation } from './invocation.ts';

export type LoadedPolicies = {
  readonly policies: readonly CompiledPolicy[];
  readonly sets: readonly SetDescription[];
  /** Folders that are not there: nobody knows what they would have said. */
  readonly diagnostics: readonly Diagnostic[];
  /** What is wrong with single files; the other policies can run. */
  readonly faults: readonly Diagnostic[];
};

/** The built-in policies, and those of the user's folders beside them. */
export const loadPolicies = async ({ policies, configuration }: Invocation): Promise<LoadedPolicies> => {
  const loaded = await loadFrom(policies);
  if (configuration === null) return loaded;
  const { content, diagnostics } = configuration;
  // Where some policies could not be loaded, what names them is not wrong as well.
  const names =
    content === null || loaded.diagnostics.length + loaded.faults.length > 0
      ? []
      : findNameFaults(content, loaded.policies);
  return { ...loaded, diagnostics: [...diagnostics, ...loaded.diagnostics, ...names] };
};

const loadFrom = async (folders: readonly string[]): Promise<LoadedPolicies> => {
  if (folders.length === 0) return { policies: builtinPolicies, sets: builtinSets, diagnostics: [], faults: [] };
  const read = await Promise.all(folders.map(openPolicies));
  const missing = read.flatMap((folder) => (folder.ok ? [] : [folder.diagnostic]));
  const files = read.flatMap((folder) => (folder.ok ? folder.files : []));
  const { policies, sets, diagnostics } = await loadPolicySet(files, { beside: builtinPolicies });
  return {
    policies: [...builtinPolicies, ...policies],
    sets: [...builtinSets, ...sets],
    diagnostics: missing,
    faults: diagnostics,
  };
};
