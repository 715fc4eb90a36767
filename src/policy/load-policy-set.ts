import type { CompiledPolicy } from './compiled-policy.ts';
import type { PolicySet } from './loading/read-policies.ts';
import type { PolicyFile } from './loading/read-policy.ts';
import type { Vocabularies } from './vocabulary.ts';

export type LoadOptions = {
  /** Policies that the new ones join, whose ids are taken. */
  readonly beside?: readonly CompiledPolicy[];
  readonly vocabularies?: Vocabularies;
};

/**
 * Reads policies from the text of their files. The parsers of YAML and CEL, 40 ms at start, are loaded only here:
 * built-in policies come compiled.
 */
export const loadPolicySet = async (files: readonly PolicyFile[], options: LoadOptions = {}): Promise<PolicySet> => {
  const { readPolicies } = await import('./loading/read-policies.ts');
  const { subjects } = await import('./subjects.ts');
  return readPolicies(files, options.beside ?? [], options.vocabularies ?? subjects);
};
