import type { Diagnostic } from '../../model/diagnostic.ts';
import { subjectKinds } from '../../model/judgement.ts';
import type { Policy } from '../../model/policy.ts';
import { didYouMean } from '../../model/suggest.ts';
import type { CompiledPolicy } from '../compiled-policy.ts';
import { type Place, parameterOf, placesOf, reasonsName, unclosedPlaces } from '../fill-places.ts';
import { type Vocabularies, type Vocabulary, parameterVocabulary } from '../vocabulary.ts';
import { type Surroundings, compileCondition } from './compile-condition.ts';
import type { CompiledCondition, SharedConditions } from './condition-scope.ts';
import { type Fault, toDiagnostic } from './fault.ts';
import { parameterFaults } from './parameter-faults.ts';
import { type PolicyDocument, pairOf, parseYaml, scalarOf, textOf } from './parse-yaml.ts';
import { policySchema, schemaFaults } from './schema-faults.ts';
import { sourceOffset } from './source-offset.ts';

/** The text of one policy file. */
export type PolicyFile = { readonly path: string; readonly text: string };

export type ReadPolicy = {
  readonly file: PolicyFile;
  /** The id that the file gives, even when the rest of it is faulty. */
  readonly id: string | null;
  readonly set: string | null;
  /** Null when there are faults. */
  readonly compiled: CompiledPolicy | null;
  readonly diagnostics: readonly Diagnostic[];
  readonly idAt: Diagnostic['origin'];
};

export const readPolicy = (file: PolicyFile, vocabularies: Vocabularies, shared: SharedConditions): ReadPolicy => {
  const document = parseYaml(file.text);
  const kind = subjectKinds.find((candidate) => candidate === textOf(document.document.contents, 'subject'));
  const violations = schemaFaults(document, policySchema);
  const parameters = readParameters(document, violations);
  const vocabulary = parameters === null || kind === undefined ? null : (vocabularies.get(kind) ?? null);
  const conditions = compileConditions(document, kind ?? '', vocabulary, {
    parameters: parameters?.vocabulary ?? new Map(),
    shared,
  });
  const faults = [
    ...document.faults,
    ...violations,
    ...(parameters?.faults ?? []),
    ...folderFaults(document, file.path),
    ...conditions.faults,
    ...placeFaults(document, vocabulary, parameters?.vocabulary ?? new Map()),
    ...messageFaults(document, conditions.assert),
  ].sort((left, right) => left.offset - right.offset);
  const { line, col } = document.locate(scalarOf(document.document.contents, 'id')?.range?.[0] ?? 0);
  return {
    file,
    id: textOf(document.document.contents, 'id') ?? null,
    set: textOf(document.document.contents, 'set') ?? null,
    compiled: faults.length === 0 ? assemble(document, conditions) : null,
    diagnostics: faults.map((fault) => toDiagnostic(fault, file.path, document.locate)),
    idAt: { file: file.path, line, column: col },
  };
};

/** Only after the schema has been satisfied. */
const assemble = ({ document }: PolicyDocument, { when, assert, mandatoryWhen }: Conditions): CompiledPolicy | null => {
  if (assert === null || [when, assert, mandatoryWhen].some((condition) => condition?.restsOnFaulty === true))
    return null;
  const written: Omit<Policy, 'message'> & { readonly message?: string } = document.toJS();
  const message = written.message ?? `{{${[...assert.judgements].join()}}}`;
  return {
    policy: { ...written, message },
    when: when?.condition ?? null,
    assert: assert.condition,
    ...(mandatoryWhen === null ? {} : { mandatoryWhen: mandatoryWhen.condition }),
  };
};

type Parameters = { readonly vocabulary: Vocabulary; readonly faults: readonly Fault[] };

/** Null where they are not what the schema asks for, or where the YAML of them is broken. */
const readParameters = (document: PolicyDocument, violations: readonly Fault[]): Parameters | null => {
  const written = pairOf(document.document.contents, 'parameters');
  if (written === undefined) return { vocabulary: new Map(), faults: [] };
  const start = written.key.range?.[0] ?? 0;
  const end = written.value?.range?.[2] ?? start;
  const isFaulty = violations.some(({ offset }) => start <= offset && offset <= end);
  if (isFaulty || document.isBroken('parameters')) return null;
  const { parameters = {} }: Pick<Policy, 'parameters'> = document.document.toJS();
  return { vocabulary: parameterVocabulary(parameters), faults: parameterFaults(document, parameters) };
};

const folderFaults = (document: PolicyDocument, path: string): readonly Fault[] => {
  const folder = /([^/\\]+)[/\\]policy\.ya?ml$/.exec(path)?.[1];
  const id = textOf(document.document.contents, 'id');
  if (folder === undefined || id === undefined || folder === id) return [];
  const offset = scalarOf(document.document.contents, 'id')?.range?.[0] ?? 0;
  return [{ code: 'policy-invalid', summary: `id is ${id}, but the folder is ${folder}: make them the same.`, offset }];
};

type Conditions = {
  readonly when: CompiledCondition | null;
  readonly assert: CompiledCondition | null;
  readonly mandatoryWhen: CompiledCondition | null;
  readonly faults: readonly Fault[];
};

/** Without a vocabulary, where it is in doubt what can be named, only their syntax is checked. */
const compileConditions = (
  document: PolicyDocument,
  kind: string,
  vocabulary: Vocabulary | null,
  surroundings: Surroundings,
): Conditions => {
  const compileKey = (key: string): CompiledCondition | null => {
    const text = textOf(document.document.contents, key);
    if (text === undefined || text.trim() === '' || document.isBroken(key)) return null;
    return compileCondition(text, kind, vocabulary, surroundings);
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
  const scalar = scalarOf(document.document.contents, key);
  return scalar === undefined ? 0 : sourceOffset(document.source, scalar, index);
};

const placeFaults = (
  document: PolicyDocument,
  vocabulary: Vocabulary | null,
  parameters: Vocabulary,
): readonly Fault[] =>
  ['message', 'remediation'].flatMap((key) => {
    const text = document.isBroken(key) ? '' : (textOf(document.document.contents, key) ?? '');
    const strange = vocabulary === null ? [] : placesOf(text).flatMap(findStranger(vocabulary, parameters));
    return [
      ...strange.map(({ words, index }) => placeFault(document, key, index, words)),
      ...unclosedPlaces(text).map((index) => placeFault(document, key, index, 'This {{ is never closed by }}.')),
    ];
  });

type Stranger = { readonly words: string; readonly index: number };

const findStranger =
  (vocabulary: Vocabulary, parameters: Vocabulary) =>
  ({ name, index }: Place): readonly Stranger[] => {
    const parameter = parameterOf(name);
    const known = parameter === undefined ? vocabulary : parameters;
    if (known.has(parameter ?? name) || name === reasonsName) return [];
    if (name === '') return [{ words: 'These {{}} name no attribute of the subject.', index }];
    const what = parameter === undefined ? 'The subject has no attribute' : 'The policy declares no parameter';
    return [{ words: `${what} ${parameter ?? name}${didYouMean(parameter ?? name, known.keys())}`, index }];
  };

const placeFault = (document: PolicyDocument, key: string, index: number, summary: string): Fault => ({
  code: 'policy-invalid',
  summary,
  offset: offsetIn(document, key, index),
});

const messageFaults = (document: PolicyDocument, assert: CompiledCondition | null): readonly Fault[] => {
  const isMissing = pairOf(document.document.contents, 'message') === undefined;
  if (!isMissing || assert === null || assert.faults.length > 0 || assert.judgements.size === 1) return [];
  if (assert.restsOnFaulty) return [];
  if (document.faults.length > 0) return [];
  const summary = 'message is missing: it can be left out only where assert reads exactly one judgement.';
  return [
    { code: 'policy-invalid', summary, offset: pairOf(document.document.contents, 'assert')?.key.range?.[0] ?? 0 },
  ];
};
