import type { Diagnostic } from '../../model/diagnostic.ts';
import type { SetDescription } from '../../model/policy.ts';
import { didYouMean } from '../../model/suggest.ts';
import { type Fault, toDiagnostic } from './fault.ts';
import { type PolicyDocument, parseYaml, scalarOf, textOf } from './parse-yaml.ts';
import type { PolicyFile } from './read-policy.ts';
import { schemaFaults, setSchema } from './schema-faults.ts';

export type ReadSets = {
  readonly sets: readonly SetDescription[];
  readonly diagnostics: readonly Diagnostic[];
};

/** Descriptions of sets: `used` are the sets that the new policies name, `taken` those that are described already. */
export const readSets = (
  files: readonly PolicyFile[],
  used: ReadonlySet<string>,
  taken: ReadonlySet<string>,
): ReadSets => {
  const owners = new Map<string, string>();
  const sets: SetDescription[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const { path, text } of files) {
    const document = parseYaml(text);
    const faults = [
      ...document.faults,
      ...schemaFaults(document, setSchema),
      ...idFaults(document, used, taken, owners),
    ];
    diagnostics.push(...faults.map((fault) => toDiagnostic(fault, path, document.locate)));
    if (faults.length > 0) continue;
    const set: SetDescription = document.document.toJS();
    owners.set(set.id, path);
    sets.push(set);
  }
  return { sets, diagnostics };
};

/** A description of no set would leave the one that it means on, or off, in silence. */
const idFaults = (
  { document }: PolicyDocument,
  used: ReadonlySet<string>,
  taken: ReadonlySet<string>,
  owners: ReadonlyMap<string, string>,
): readonly Fault[] => {
  const id = textOf(document.contents, 'id');
  if (id === undefined) return [];
  const offset = scalarOf(document.contents, 'id')?.range?.[0] ?? 0;
  const fault = (summary: string): readonly Fault[] => [{ code: 'policy-invalid', summary, offset }];
  if (taken.has(id)) return fault(`The set ${id} is built in: give your policies a set of another name.`);
  if (owners.has(id)) return fault(`The set ${id} is described already, in ${owners.get(id)}.`);
  return used.has(id) ? [] : fault(`No policy here is of the set ${id}${didYouMean(id, used)}`);
};
