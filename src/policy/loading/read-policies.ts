import type { Diagnostic } from '../../model/diagnostic.ts';
import type { CompiledPolicy } from '../compiled-policy.ts';
import type { Vocabularies } from '../vocabulary.ts';
import { type PolicyFile, type ReadPolicy, readPolicy } from './read-policy.ts';

/** Policies that can run, and every fault of those that cannot. */
export type PolicySet = {
  readonly policies: readonly CompiledPolicy[];
  readonly diagnostics: readonly Diagnostic[];
  /** The file of each policy that can run, by its id. */
  readonly files: ReadonlyMap<string, string>;
};

export const readPolicies = (
  files: readonly PolicyFile[],
  taken: readonly CompiledPolicy[],
  vocabularies: Vocabularies,
): PolicySet => {
  // Folders may lie in each other.
  const distinct = [...new Map(files.map((file) => [file.path, file])).values()];
  const read = distinct.sort(byPath).map((file) => readPolicy(file, vocabularies));
  const owners = ownersOf(read, taken);
  const isFirst = ({ id, file }: ReadPolicy): boolean => id === null || owners.get(id) === file.path;
  return {
    policies: read.flatMap((policy) => (isFirst(policy) ? (policy.compiled ?? []) : [])).sort(byId),
    diagnostics: [
      ...read.flatMap(({ diagnostics }) => diagnostics),
      ...read.flatMap((policy) => (isFirst(policy) ? [] : [duplicate(policy, owners)])),
    ],
    files: new Map(
      read.flatMap((policy) =>
        isFirst(policy) && policy.compiled !== null ? [[policy.compiled.policy.id, policy.file.path]] : [],
      ),
    ),
  };
};

/** Who has each id: a policy that is there already, or else the first file that gives it. */
const ownersOf = (read: readonly ReadPolicy[], taken: readonly CompiledPolicy[]): ReadonlyMap<string, string> => {
  const owners = new Map(taken.map(({ policy }) => [policy.id, `the policy set ${policy.set}`]));
  for (const { id, file } of read) if (id !== null && !owners.has(id)) owners.set(id, file.path);
  return owners;
};

const duplicate = ({ id, idAt }: ReadPolicy, owners: ReadonlyMap<string, string>): Diagnostic => ({
  severity: 'error',
  code: 'policy-duplicate',
  summary: `There is already a policy ${id}, in ${owners.get(id ?? '')}.`,
  ...(idAt === undefined ? {} : { origin: idAt }),
});

const byPath = (left: PolicyFile, right: PolicyFile): number => compare(left.path, right.path);

const byId = (left: CompiledPolicy, right: CompiledPolicy): number => compare(left.policy.id, right.policy.id);

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);
