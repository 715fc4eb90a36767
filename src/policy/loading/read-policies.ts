import type { Diagnostic } from '../../model/diagnostic.ts';
import type { SetDescription } from '../../model/policy.ts';
import type { CompiledPolicy } from '../compiled-policy.ts';
import type { Vocabularies } from '../vocabulary.ts';
import { kindOfFile } from './file-kinds.ts';
import { readConditions } from './read-conditions.ts';
import { type PolicyFile, type ReadPolicy, readPolicy } from './read-policy.ts';
import { readSets } from './read-sets.ts';

/** Policies that can run, and every fault of those that cannot. */
export type PolicySet = {
  readonly policies: readonly CompiledPolicy[];
  /** The sets that are described. */
  readonly sets: readonly SetDescription[];
  readonly diagnostics: readonly Diagnostic[];
  /** The file of each policy that can run, by its id. */
  readonly files: ReadonlyMap<string, string>;
};

/** Reads the files of folders of policies: `policy.yaml`, and `conditions.yaml` and `set.yaml` beside or above them. */
export const readPolicies = (
  files: readonly PolicyFile[],
  taken: readonly CompiledPolicy[],
  vocabularies: Vocabularies,
): PolicySet => {
  // Folders may lie in each other.
  const distinct = [...new Map(files.map((file) => [file.path, file])).values()].sort(byPath);
  const ofKind = (kind: ReturnType<typeof kindOfFile>): readonly PolicyFile[] =>
    distinct.filter(({ path }) => kindOfFile(path) === kind);
  const conditions = readConditions(ofKind('conditions'), vocabularies);
  const read = ofKind('policy').map((file) => readPolicy(file, vocabularies, conditions.visibleFrom(file.path)));
  const owners = ownersOf(read, taken);
  const isFirst = ({ id, file }: ReadPolicy): boolean => id === null || owners.get(id) === file.path;
  const sets = readSets(
    ofKind('set'),
    new Set(read.flatMap(({ set }) => set ?? [])),
    new Set(taken.map(({ policy }) => policy.set)),
  );
  const off = offByDefault(sets.sets, taken);
  const compiled = read.flatMap((policy) => (isFirst(policy) ? (policy.compiled ?? []) : []));
  return {
    policies: compiled
      .map((policy) => (off.has(policy.policy.set) ? { ...policy, offByDefault: true as const } : policy))
      .sort(byId),
    sets: sets.sets,
    diagnostics: [
      ...conditions.diagnostics,
      ...sets.diagnostics,
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

/** Who joins a set is on and off with it. */
const offByDefault = (sets: readonly SetDescription[], taken: readonly CompiledPolicy[]): ReadonlySet<string> =>
  new Set([
    ...sets.flatMap(({ id, enabledByDefault }) => (enabledByDefault ? [] : [id])),
    ...taken.flatMap((policy) => (policy.offByDefault === true ? [policy.policy.set] : [])),
  ]);

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
