import type { Diagnostic } from '../../model/diagnostic.ts';
import type { CompiledPolicy } from '../compiled-policy.ts';
import type { Vocabularies } from '../vocabulary.ts';
import { type PolicyFile, type ReadPolicy, readPolicy } from './read-policy.ts';

/** Policies that can run, and every fault of those that cannot. */
export type PolicySet = {
  readonly policies: readonly CompiledPolicy[];
  readonly diagnostics: readonly Diagnostic[];
};

export const readPolicies = (
  files: readonly PolicyFile[],
  taken: readonly CompiledPolicy[],
  vocabularies: Vocabularies,
): PolicySet => {
  const read = [...files].sort(byPath).map((file) => readPolicy(file, vocabularies));
  return {
    policies: read.flatMap(({ compiled }) => compiled ?? []).sort(byId),
    diagnostics: [...read.flatMap(({ diagnostics }) => diagnostics), ...duplicates(read, taken)],
  };
};

const duplicates = (read: readonly ReadPolicy[], taken: readonly CompiledPolicy[]): readonly Diagnostic[] => {
  const owners = new Map(taken.map(({ policy }) => [policy.id, `the policy set ${policy.set}`]));
  return read.flatMap(({ id, file, idAt }) => {
    if (id === null) return [];
    const owner = owners.get(id);
    owners.set(id, owner ?? file.path);
    return owner === undefined ? [] : [duplicate(id, owner, idAt)];
  });
};

const duplicate = (id: string, owner: string, at: ReadPolicy['idAt']): Diagnostic => ({
  severity: 'error',
  code: 'policy-duplicate',
  summary: `There is already a policy ${id}, in ${owner}.`,
  ...(at === undefined ? {} : { origin: at }),
});

const byPath = (left: PolicyFile, right: PolicyFile): number => compare(left.path, right.path);

const byId = (left: CompiledPolicy, right: CompiledPolicy): number => compare(left.policy.id, right.policy.id);

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);
