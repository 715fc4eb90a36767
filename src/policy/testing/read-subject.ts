import { type Node, isMap, isNode, isScalar, isSeq } from 'yaml';
import type { Subject, SubjectAttribute, SubjectAttributes, SubjectKind } from '../../model/judgement.ts';
import { didYouMean } from '../../model/suggest.ts';
import { type Origin, type Tri, type Value, absent, known, unknown } from '../../model/value.ts';
import { pairOf } from '../loading/parse-yaml.ts';
import type { AttributeDeclaration, ScalarType, Vocabulary } from '../vocabulary.ts';
import { type FieldReader, fieldsOf, textIn } from './yaml-fields.ts';

type Place = { readonly address: string; readonly reader: FieldReader };

/** A subject whose attributes a case gives one by one. What it leaves out, the subject does not have. */
export const readSubject = (
  node: unknown,
  kind: SubjectKind,
  vocabulary: Vocabulary,
  reader: FieldReader,
): Subject | null => {
  const address = (pairOf(node, 'address') === undefined ? null : textIn(node, 'address', reader)) ?? kind;
  const attributes = readAttributes(node, `The subject of the case`, vocabulary, { address, reader });
  return attributes === null
    ? null
    : { kind, address, attributes: { address: { kind: 'text', text: address }, ...attributes } };
};

const readAttributes = (
  node: unknown,
  what: string,
  vocabulary: Vocabulary,
  place: Place,
): SubjectAttributes | null => {
  const fields = fieldsOf(node, what, place.reader);
  if (fields === null) return null;
  const attributes = fields.flatMap(({ name, key, value }) => {
    const declaration = vocabulary.get(name);
    if (declaration === undefined) {
      place.reader.complain(key, `The subject has no attribute ${name}${didYouMean(name, vocabulary.keys())}`);
      return [];
    }
    const attribute = readAttribute(name, value ?? key, declaration, place);
    return attribute === null ? [] : [[name, attribute] as const];
  });
  return Object.fromEntries(attributes);
};

const readAttribute = (
  name: string,
  node: Node,
  declaration: AttributeDeclaration,
  place: Place,
): SubjectAttribute | null => {
  switch (declaration.kind) {
    case 'judgement':
      return readJudgement(name, node, place);
    case 'value':
      return readValue(name, node, declaration.type, place);
    case 'text':
      return isScalar(node) && typeof node.value === 'string'
        ? { kind: 'text', text: node.value }
        : place.reader.complain(node, `${name} must be text.`);
    case 'parameter':
      return place.reader.complain(node, `${name} is no attribute of a subject.`);
    case 'list':
      return readList(name, node, declaration.items, place);
  }
};

const truths: ReadonlySet<unknown> = new Set<Tri>([true, false, 'unknown']);
const isTruth = (value: unknown): value is Tri => truths.has(value);

/** `false`, or `{ holds: false, reason: … }` where the message is made of the reason. */
const readJudgement = (name: string, node: Node, place: Place): SubjectAttribute | null => {
  const long = isMap(node);
  const holds = long ? pairOf(node, 'holds')?.value : node;
  if (!isScalar(holds) || !isTruth(holds.value) || (long && !hasOnly(node, ['holds', 'reason']))) {
    return place.reader.complain(
      node,
      `${name} is a judgement: it must be true, false or unknown, or { holds: false, reason: … }.`,
    );
  }
  const reason = (long ? textIn(node, 'reason', place.reader) : null) ?? `${name} is ${holds.value}`;
  const origins = [originOf(name, place)];
  return { kind: 'judgement', judgement: { holds: holds.value, reason, origins, assumptions: [] } };
};

/** `unknown` is a value that only apply tells, and null one that is not set; `{ value: unknown }` is the word itself. */
const readValue = (name: string, node: Node, type: ScalarType, place: Place): SubjectAttribute | null => {
  const wrapped = isMap(node) && hasOnly(node, ['value']) ? pairOf(node, 'value')?.value : undefined;
  const scalar = wrapped ?? node;
  if (isScalar(scalar)) {
    const value = valueOf(scalar.value, type, originOf(name, place), wrapped !== undefined);
    if (value !== null) return { kind: 'value', value };
  }
  return place.reader.complain(node, `${name} must be a ${type}, unknown, or null where it is not set.`);
};

const valueOf = (
  written: unknown,
  type: ScalarType,
  origin: Origin,
  isWrapped: boolean,
): Value<string | number | boolean> | null => {
  if (written === 'unknown' && !isWrapped) return unknown(origin);
  if (written === null) return absent(origin);
  const isScalarOf = typeof written === type;
  return isScalarOf ? known(written as string | number | boolean, origin) : null;
};

/** A list of items, all there are; `{ items: […], complete: false }` where more may exist that is not in view. */
const readList = (name: string, node: Node, items: Vocabulary, place: Place): SubjectAttribute | null => {
  const long = isMap(node) && hasOnly(node, ['items', 'complete']);
  const list = long ? pairOf(node, 'items')?.value : node;
  const complete = long ? pairOf(node, 'complete')?.value : undefined;
  const isComplete = isScalar(complete) ? complete.value : true;
  if (!isSeq(list) || typeof isComplete !== 'boolean') {
    return place.reader.complain(node, `${name} must be a list, or { items: […], complete: false }.`);
  }
  const read = list.items
    .map((item) => readAttributes(isNode(item) ? item : null, `An item of ${name}`, items, place))
    .filter((item) => item !== null);
  return { kind: 'list', items: read, complete: isComplete };
};

const hasOnly = (node: unknown, names: readonly string[]): boolean =>
  isMap(node) && node.items.every(({ key }) => isScalar(key) && names.includes(String(key.value)));

const originOf = (path: string, { address }: Place): Origin => ({ address, path });
