import { type Scalar, isScalar } from 'yaml';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { type SubjectKind, subjectKinds } from '../../model/judgement.ts';
import type { Policy } from '../../model/policy.ts';
import { didYouMean } from '../../model/suggest.ts';
import type { CompiledPolicy } from '../compiled-policy.ts';
import { placesOf, unclosedPlaces } from '../fill-places.ts';
import type { Vocabularies, Vocabulary } from '../vocabulary.ts';
import { type CompiledCondition, compileCondition } from './compile-condition.ts';
import { type Fault, toDiagnostic } from './fault.ts';
import { type PolicyDocument, pairOf, parseYaml } from './parse-yaml.ts';
import { schemaFaults } from './schema-faults.ts';
import { sourceOffset } from './source-offset.ts';

/** The text of one policy file. */
export type PolicyFile = { readonly path: string; readonly text: string };

export type ReadPolicy = {
  readonly file: PolicyFile;
  /** The id that the file gives, even when the rest of it is faulty. */
  readonly id: string | null;
  /** Null when there are faults. */
  readonly compiled: CompiledPolicy | null;
  readonly diagnostics: readonly Diagnostic[];
  readonly idAt: Diagnostic['origin'];
};

export const readPolicy = (file: PolicyFile, vocabularies: Vocabularies): ReadPolicy => {
  const document = parseYaml(file.text);
  const kind = subjectKinds.find((candidate) => candidate === textOf(document, 'subject'));
  const conditions = compileConditions(document, kind, vocabularies);
  const faults = [
    ...document.faults,
    ...schemaFaults(document),
    ...folderFaults(document, file.path),
    ...conditions.faults,
    ...placeFaults(document, kind === undefined ? undefined : vocabularies.get(kind)),
    ...messageFaults(document, conditions.assert),
  ].sort((left, right) => left.offset - right.offset);
  const { line, col } = document.locate(scalarOf(document, 'id')?.range?.[0] ?? 0);
  return {
    file,
    id: textOf(document, 'id') ?? null,
    compiled: faults.length === 0 ? assemble(document, conditions) : null,
    diagnostics: faults.map((fault) => toDiagnostic(fault, file.path, document.locate)),
    idAt: { file: file.path, line, column: col },
  };
};

/** Only after the schema has been satisfied. */
const assemble = ({ document }: PolicyDocument, { when, assert, mandatoryWhen }: Conditions): CompiledPolicy | null => {
  if (assert === null) return null;
  const written: Omit<Policy, 'message'> & { readonly message?: string } = document.toJS();
  const message = written.message ?? `{{${[...assert.judgements].join()}}}`;
  return {
    policy: { ...written, message },
    when: when?.condition ?? null,
    assert: assert.condition,
    ...(mandatoryWhen === null ? {} : { mandatoryWhen: mandatoryWhen.condition }),
  };
};

const scalarOf = ({ document }: PolicyDocument, key: string): Scalar | undefined => {
  const value = pairOf(document.contents, key)?.value;
  return isScalar(value) ? value : undefined;
};

const textOf = (document: PolicyDocument, key: string): string | undefined => {
  const value = scalarOf(document, key)?.value;
  return typeof value === 'string' ? value : undefined;
};

const folderFaults = (document: PolicyDocument, path: string): readonly Fault[] => {
  const folder = /([^/\\]+)[/\\]policy\.ya?ml$/.exec(path)?.[1];
  const id = textOf(document, 'id');
  if (folder === undefined || id === undefined || folder === id) return [];
  const offset = scalarOf(document, 'id')?.range?.[0] ?? 0;
  return [{ code: 'policy-invalid', summary: `id is ${id}, but the folder is ${folder}: make them the same.`, offset }];
};

type Conditions = {
  readonly when: CompiledCondition | null;
  readonly assert: CompiledCondition | null;
  readonly mandatoryWhen: CompiledCondition | null;
  readonly faults: readonly Fault[];
};

const compileConditions = (
  document: PolicyDocument,
  kind: SubjectKind | undefined,
  vocabularies: Vocabularies,
): Conditions => {
  const vocabulary = kind === undefined ? null : (vocabularies.get(kind) ?? null);
  const compileKey = (key: string): CompiledCondition | null => {
    const text = textOf(document, key);
    if (text === undefined || text.trim() === '' || document.isBroken(key)) return null;
    return compileCondition(text, kind ?? '', vocabulary);
  };
  const conditions = {
    when: compileKey('when'),
    assert: compileKey('assert'),
    mandatoryWhen: compileKey('mandatoryWhen'),
  };
  const faults = Object.entries(conditions).flatMap(([key, compiled]) => conditionFaults(document, key, compiled));
  return { ...conditions, faults };
};

const conditionFaults = (document: PolicyDocument, key: string, compiled: CompiledCondition | null): readonly Fault[] =>
  (compiled?.faults ?? []).map(({ index, ...fault }) => ({
    ...fault,
    code: 'policy-condition-invalid',
    offset: offsetIn(document, key, index),
  }));

const offsetIn = (document: PolicyDocument, key: string, index: number): number => {
  const scalar = scalarOf(document, key);
  return scalar === undefined ? 0 : sourceOffset(document.source, scalar, index);
};

const placeFaults = (document: PolicyDocument, vocabulary: Vocabulary | undefined): readonly Fault[] =>
  ['message', 'remediation'].flatMap((key) => {
    const text = document.isBroken(key) ? '' : (textOf(document, key) ?? '');
    const strange = placesOf(text).filter(({ name }) => vocabulary !== undefined && !vocabulary.has(name));
    return [
      ...strange.map(({ name, index }) => placeFault(document, key, index, strangerWords(name, vocabulary))),
      ...unclosedPlaces(text).map((index) => placeFault(document, key, index, 'This {{ is never closed by }}.')),
    ];
  });

const strangerWords = (name: string, vocabulary: Vocabulary | undefined): string =>
  name === ''
    ? 'These {{}} name no attribute of the subject.'
    : `The subject has no attribute ${name}${didYouMean(name, vocabulary?.keys() ?? [])}`;

const placeFault = (document: PolicyDocument, key: string, index: number, summary: string): Fault => ({
  code: 'policy-invalid',
  summary,
  offset: offsetIn(document, key, index),
});

const messageFaults = (document: PolicyDocument, assert: CompiledCondition | null): readonly Fault[] => {
  const isMissing = pairOf(document.document.contents, 'message') === undefined;
  if (!isMissing || assert === null || assert.faults.length > 0 || assert.judgements.size === 1) return [];
  if (document.faults.length > 0) return [];
  const summary = 'message is missing: it can be left out only where assert reads exactly one judgement.';
  return [
    { code: 'policy-invalid', summary, offset: pairOf(document.document.contents, 'assert')?.key.range?.[0] ?? 0 },
  ];
};
