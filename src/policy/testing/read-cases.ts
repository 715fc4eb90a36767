import { type Node, isMap, isNode, isScalar, isSeq } from 'yaml';
import type { DeclaredUser } from '../../model/configuration.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Subject } from '../../model/judgement.ts';
import type { ParameterValues } from '../../model/policy.ts';
import { type PolicyOutcome, outcomes } from '../../model/policy-test.ts';
import { didYouMean } from '../../model/suggest.ts';
import type { CompiledPolicy } from '../compiled-policy.ts';
import { toDiagnostic } from '../loading/fault.ts';
import { pairOf, parseYaml } from '../loading/parse-yaml.ts';
import { type ParameterFault, checkParameters } from '../parameters.ts';
import { subjects as vocabularies } from '../subjects.ts';
import { messagePattern } from './message-pattern.ts';
import { readSubject } from './read-subject.ts';
import { readUsers } from './read-users.ts';
import { type FieldReader, fieldReader, fieldsOf, refuseOthers, textIn, textsIn } from './yaml-fields.ts';

/** The text of a `case.yaml`, or of a `cases.yaml` that holds several. */
export type CaseFile = { readonly path: string; readonly text: string; readonly holds: 'one' | 'several' };

/** A case as somebody wrote it. Paths are relative to the folder of the file. */
export type WrittenCase = {
  /** Null in a `case.yaml`, which has the name of its folder. */
  readonly name: string | null;
  readonly line: number;
  /** Null where the name says it. */
  readonly outcome: PolicyOutcome | null;
  readonly addresses: readonly string[] | null;
  readonly message: string | null;
  /** The attributes that the policy judges; null where it judges a plan or a configuration. */
  readonly subjects: readonly Subject[] | null;
  /** True where the case says that its input has nothing for the policy. */
  readonly isWithoutSubjects: boolean;
  readonly plan: string | null;
  readonly source: string | null;
  readonly context: readonly string[];
  /** Values of the parameters of the policy. */
  readonly parameters: ParameterValues;
  /** The day by which waivers are judged; null where there are none. */
  readonly today: string | null;
  /** Users that the configuration of this program declares. */
  readonly users: readonly DeclaredUser[];
};

export type ReadCases = { readonly cases: readonly WrittenCase[]; readonly diagnostics: readonly Diagnostic[] };

/** Reads the cases of a policy that are written in YAML. Of a case with a fault there is a diagnostic alone. */
export const readCases = ({ path, text, holds }: CaseFile, compiled: CompiledPolicy): ReadCases => {
  const { document, faults, locate } = parseYaml(text);
  const reader = fieldReader();
  const nodes = holds === 'one' ? [document.contents] : entriesOf(document.contents, reader);
  const read = nodes.map((node) => readCase(node, holds, compiled, reader, locate));
  refuseRepeated(read, nodes, reader);
  const all = faults.length > 0 ? faults.map((fault) => ({ ...fault, code: 'case-invalid' as const })) : reader.faults;
  return {
    cases: faults.length > 0 ? [] : read.flatMap((one) => one ?? []),
    diagnostics: all.map((fault) => toDiagnostic(fault, path, locate)),
  };
};

const entriesOf = (node: unknown, reader: FieldReader): readonly (Node | null)[] => {
  const fields = fieldsOf(node, 'This file', reader);
  if (fields === null) return [];
  refuseOthers(fields, ['cases'], reader);
  const list = pairOf(node, 'cases')?.value;
  if (isSeq(list) && list.items.length > 0) return list.items.map((item) => (isNode(item) ? item : null));
  reader.complain(list ?? (isNode(node) ? node : null), 'cases must be a list of cases.');
  return [];
};

const keys = [
  'expect',
  'address',
  'message',
  'subject',
  'subjects',
  'plan',
  'source',
  'context',
  'parameters',
  'today',
  'users',
] as const;

const readCase = (
  node: Node | null,
  holds: CaseFile['holds'],
  compiled: CompiledPolicy,
  reader: FieldReader,
  locate: (offset: number) => { readonly line: number },
): WrittenCase | null => {
  const before = reader.faults.length;
  const fields = fieldsOf(node, 'A case', reader);
  if (fields === null) return null;
  refuseOthers(fields, holds === 'several' ? ['name', ...keys] : keys, reader);
  const name = holds === 'several' ? textIn(node, 'name', reader) : null;
  if (holds === 'several' && pairOf(node, 'name') === undefined) reader.complain(node, 'name is missing.');
  const read: WrittenCase = {
    name,
    line: locate(node?.range?.[0] ?? 0).line,
    outcome: readOutcome(node, reader),
    addresses: textsIn(node, 'address', reader),
    message: readMessage(node, reader),
    subjects: readSubjects(node, compiled, reader),
    isWithoutSubjects: readNone(node, reader),
    plan: textIn(node, 'plan', reader),
    source: textIn(node, 'source', reader),
    context: textsIn(node, 'context', reader) ?? [],
    parameters: readParameters(node, compiled, reader),
    today: readDay(node, reader),
    users: readUsers(node, reader),
  };
  refuseContradictions(read, node, reader);
  return reader.faults.length > before ? null : read;
};

const refuseRepeated = (
  read: readonly (WrittenCase | null)[],
  nodes: readonly (Node | null)[],
  reader: FieldReader,
): void => {
  const names = read.map((one) => one?.name ?? null);
  nodes.forEach((node, index) => {
    const name = names[index] ?? null;
    if (name !== null && names.indexOf(name) < index) reader.complain(node, `There is already a case ${name}.`);
  });
};

const readOutcome = (node: unknown, reader: FieldReader): PolicyOutcome | null => {
  const pair = pairOf(node, 'expect');
  if (pair === undefined) return null;
  const written = isScalar(pair.value) ? String(pair.value.value) : '';
  const outcome = outcomes.find((candidate) => candidate === written);
  if (outcome !== undefined) return outcome;
  return reader.complain(
    pair.value ?? pair.key,
    `expect must be one of ${outcomes.join(', ')}${didYouMean(written, outcomes)}`,
  );
};

const readMessage = (node: unknown, reader: FieldReader): string | null => {
  const message = textIn(node, 'message', reader);
  if (message === null || messagePattern(message) !== null) return message;
  return reader.complain(pairOf(node, 'message')?.value, 'message is no valid regular expression.');
};

const readDay = (node: unknown, reader: FieldReader): string | null => {
  const day = textIn(node, 'today', reader);
  if (day === null || /^\d{4}-\d{2}-\d{2}$/.test(day)) return day;
  return reader.complain(pairOf(node, 'today')?.value, 'today must be a day, such as 2026-06-15.');
};

const readSubjects = (node: unknown, { policy }: CompiledPolicy, reader: FieldReader): readonly Subject[] | null => {
  const pair = pairOf(node, 'subject');
  if (pair === undefined) return null;
  const vocabulary = vocabularies.get(policy.subject) ?? new Map();
  const nodes = isSeq(pair.value) ? pair.value.items : [pair.value];
  if (nodes.length === 0) return reader.complain(pair.value, 'subject has nothing to judge: give it a subject.');
  return nodes.flatMap((item) => readSubject(item, policy.subject, vocabulary, reader) ?? []);
};

const readNone = (node: unknown, reader: FieldReader): boolean => {
  const pair = pairOf(node, 'subjects');
  if (pair === undefined) return false;
  if (isScalar(pair.value) && pair.value.value === 'none') return true;
  reader.complain(pair.value ?? pair.key, 'subjects can only be none; attributes of a subject are given in subject.');
  return false;
};

const readParameters = (node: unknown, { policy }: CompiledPolicy, reader: FieldReader): ParameterValues => {
  const pair = pairOf(node, 'parameters');
  if (pair === undefined) return {};
  const fields = fieldsOf(pair.value ?? pair.key, 'parameters', reader) ?? [];
  const values = Object.fromEntries(fields.map(({ name, value }) => [name, plainOf(value)]));
  const faults = checkParameters(policy, values);
  for (const { path, summary } of faults) reader.complain(nodeAt(pair.value, path), summary);
  return faults.length > 0 ? {} : (values as ParameterValues);
};

const plainOf = (node: Node | null): unknown => {
  if (isSeq(node)) return node.items.map((item) => (isScalar(item) ? item.value : item));
  return isScalar(node) ? node.value : node;
};

const nodeAt = (parameters: Node | null, [name, index]: ParameterFault['path']): Node | null => {
  const pair = pairOf(parameters, name);
  const item = index !== undefined && isSeq(pair?.value) ? pair.value.items[index] : undefined;
  return isNode(item) ? item : (pair?.value ?? pair?.key ?? parameters);
};

/** What is given and would not be looked at is a misunderstanding. */
const refuseContradictions = (read: WrittenCase, node: Node | null, reader: FieldReader): void => {
  const given = isMap(node) ? keys.filter((key) => pairOf(node, key) !== undefined) : [];
  const beside = given.filter((key) => ['plan', 'source', 'context', 'users'].includes(key));
  if (read.subjects !== null && beside.length > 0) {
    reader.complain(pairOf(node, beside[0] ?? '')?.key, `A case with a subject has no ${beside.join(', nor ')}.`);
  }
  const needing = read.subjects !== null ? 'a subject' : read.outcome === 'pass' ? null : read.outcome;
  if (read.isWithoutSubjects && needing !== null) {
    reader.complain(pairOf(node, 'subjects')?.key, `A case with ${needing} has no subjects: none.`);
  }
  const finding = given.find((key) => key === 'address' || key === 'message');
  if (read.outcome === 'pass' && finding !== undefined) {
    reader.complain(pairOf(node, finding)?.key, `What passes has no finding, and so no ${finding}.`);
  }
};
