import type { CompiledPolicy } from '../compiled-policy.ts';
import type { CaseFile, ReadCases } from './read-cases.ts';

/** Reads the cases of a policy that are written in YAML, whose parser is loaded only here. */
export const loadCases = async (file: CaseFile, compiled: CompiledPolicy): Promise<ReadCases> => {
  const { readCases } = await import('./read-cases.ts');
  return readCases(file, compiled);
};
