import { isMap, isScalar } from 'yaml';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { type SubjectKind, subjectKinds } from '../../model/judgement.ts';
import type { Vocabularies } from '../vocabulary.ts';
import { compileCondition } from './compile-condition.ts';
import type { SharedCondition, SharedConditions } from './condition-scope.ts';
import { type Fault, toDiagnostic } from './fault.ts';
import { isInFolder } from './file-kinds.ts';
import { type PolicyDocument, parseYaml, scalarOf, textOf } from './parse-yaml.ts';
import type { PolicyFile } from './read-policy.ts';
import { conditionsSchema, schemaFaults } from './schema-faults.ts';
import { sourceOffset } from './source-offset.ts';

/** The shared conditions of all folders. */
export type ReadConditions = {
  /** Those of the folder of a file and of the folders above it. */
  readonly visibleFrom: (path: string) => SharedConditions;
  readonly diagnostics: readonly Diagnostic[];
};

type ConditionsFile = { readonly path: string; readonly document: PolicyDocument; readonly faults: Fault[] };

type Definition = {
  readonly file: ConditionsFile;
  readonly name: string;
  readonly node: unknown;
  readonly nameAt: number;
  readonly subject: SubjectKind | undefined;
  readonly isFaulty: boolean;
};

export const readConditions = (files: readonly PolicyFile[], vocabularies: Vocabularies): ReadConditions => {
  // Those of a folder come before those of the folders in it.
  const parsed = [...files].sort((a, b) => a.path.length - b.path.length || (a.path < b.path ? -1 : 1)).map(parseFile);
  const definitions = dropRepeated(parsed.flatMap(definitionsIn));
  const visibleFrom = lookUp(definitions, vocabularies);
  for (const { file, name } of definitions) visibleFrom(file.path).find(name);
  return {
    visibleFrom,
    diagnostics: parsed.flatMap(({ path, document, faults }) =>
      faults.sort((a, b) => a.offset - b.offset).map((fault) => toDiagnostic(fault, path, document.locate)),
    ),
  };
};

const parseFile = ({ path, text }: PolicyFile): ConditionsFile => {
  const document = parseYaml(text);
  return { path, document, faults: [...document.faults, ...schemaFaults(document, conditionsSchema)] };
};

const definitionsIn = (file: ConditionsFile): readonly Definition[] => {
  const { contents } = file.document.document;
  if (!isMap(contents)) return [];
  return contents.items.flatMap(({ key, value }) => {
    if (!isScalar(key)) return [];
    const subject = subjectKinds.find((kind) => kind === textOf(value, 'subject'));
    const start = key.range?.[0] ?? 0;
    const end = (isMap(value) ? value.range?.[2] : undefined) ?? key.range?.[2] ?? start;
    const isFaulty = file.faults.some(({ offset }) => start <= offset && offset < end);
    return [{ file, name: String(key.value), node: value, nameAt: start, subject, isFaulty }];
  });
};

/** One name means one thing in a folder and everywhere below it. */
const dropRepeated = (definitions: readonly Definition[]): readonly Definition[] => {
  const kept: Definition[] = [];
  for (const definition of definitions) {
    const { file, name, nameAt } = definition;
    const earlier = kept.find((other) => other.name === name && isInFolder(other.file.path, file.path));
    if (earlier === undefined) kept.push(definition);
    else {
      const summary = `There is already a condition ${name}, in ${earlier.file.path}.`;
      file.faults.push({ code: 'policy-invalid', summary, offset: nameAt });
    }
  }
  return kept;
};

const lookUp = (
  definitions: readonly Definition[],
  vocabularies: Vocabularies,
): ((path: string) => SharedConditions) => {
  const found = new Map<Definition, SharedCondition | 'cycle'>();
  const visibleFrom = (path: string): SharedConditions => {
    const visible = definitions.filter(({ file }) => isInFolder(file.path, path));
    return {
      names: visible.map(({ name }) => name),
      find: (name) => {
        const definition = visible.find((candidate) => candidate.name === name);
        if (definition === undefined) return undefined;
        const known = found.get(definition);
        if (known !== undefined) return known;
        found.set(definition, 'cycle');
        const compiled = compile(definition, vocabularies, visibleFrom(definition.file.path));
        found.set(definition, compiled);
        return compiled;
      },
    };
  };
  return visibleFrom;
};

const compile = (
  { file, node, subject, isFaulty }: Definition,
  vocabularies: Vocabularies,
  shared: SharedConditions,
): SharedCondition => {
  const scalar = scalarOf(node, 'condition');
  const vocabulary = subject === undefined ? undefined : vocabularies.get(subject);
  if (isFaulty || scalar === undefined || subject === undefined || vocabulary === undefined) {
    return { subject: subject ?? null, compiled: null };
  }
  const compiled = compileCondition(String(scalar.value), subject, vocabulary, { parameters: null, shared });
  for (const { index, ...fault } of compiled.faults) {
    const offset = sourceOffset(file.document.source, scalar, index);
    file.faults.push({ ...fault, code: 'policy-condition-invalid', offset });
  }
  return { subject, compiled: compiled.faults.length > 0 || compiled.restsOnFaulty ? null : compiled };
};
