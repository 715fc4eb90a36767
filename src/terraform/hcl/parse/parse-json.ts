import type { Attribute, Block, Body, Expression, Label, ObjectItem, Span } from '../syntax.ts';
import { readJson } from './json-reader.ts';
import { type Templates, withTemplates } from './json-templates.ts';
import type { Parsed } from './parse-native.ts';
import { addFault } from './scanner.ts';

/** How many labels the blocks of a configuration have. In JSON nothing else says what is a label. */
const labelCounts = new Map([
  ['resource', 2],
  ['data', 2],
  ['ephemeral', 2],
  ['action', 2],
  ['provider', 1],
  ['variable', 1],
  ['output', 1],
  ['module', 1],
  ['check', 1],
  ['terraform', 0],
  ['locals', 0],
  ['moved', 0],
  ['import', 0],
  ['removed', 0],
  ['encryption', 0],
]);

type Fault = readonly [summary: string, detail: string];

const wrongType = (detail: string): Fault => ['Incorrect JSON value type', detail];
const bodyRequired = wrongType(
  'Either a JSON object or JSON array of objects is required here, to define arguments and child blocks.',
);
const labelsRequired = wrongType(
  'Either a JSON object or JSON array of objects is required here, to specify labels for this block.',
);
const contentsRequired = wrongType(
  'Either a JSON object or a JSON array is required, representing the contents of one or more blocks.',
);
const noLabel: Fault = [
  'Missing block label',
  "At least one object property is required, whose name represents the block's label.",
];
const extraneous: Fault = ['Extraneous JSON object property', 'No argument or block type has this name.'];

/** A key that is a comment. */
const comment = '//';

type Property = { readonly name: string; readonly item: ObjectItem };
type Reader = Templates & { readonly blocks: Block[] };

/** What is in an object, or in all objects of an array. `null` is nothing. */
const propertiesOf = (reader: Reader, value: Expression, fault: Fault): readonly Property[] => {
  if (value.kind === 'tuple') return value.items.flatMap((item) => objectProperties(reader, item, fault));
  const isNothing = value.kind === 'invalid' || (value.kind === 'literal' && value.value === null);
  return isNothing ? [] : objectProperties(reader, value, fault);
};

const objectProperties = ({ faults }: Reader, value: Expression, fault: Fault): readonly Property[] => {
  if (value.kind !== 'object') {
    addFault(faults, fault, value.span.start, value.span.start + 1);
    return [];
  }
  return value.items.map((item) => ({ name: item.key.kind === 'literal' ? String(item.key.value) : '', item }));
};

/** The body of a file: blocks by Terraform's schema. */
export const parseJson = (text: string): Parsed<Body> => {
  const { value, faults, brokenAt } = readJson(text);
  const reader: Reader = { text, faults, brokenAt, blocks: [] };
  for (const { name, item } of propertiesOf(reader, value, bodyRequired)) {
    const count = labelCounts.get(name);
    if (count !== undefined) unpack(reader, name, item, item.value, count, []);
    else if (name !== comment) addFault(faults, extraneous, item.key.span.start, item.key.span.end);
  }
  const { blocks } = reader;
  return {
    value: { attributes: new Map(), blocks, span: { start: 0, end: text.length }, syntax: 'json' },
    faults,
  };
};

/** Values of variables: nothing but arguments, and no text is a template. */
export const parseJsonValues = (text: string): Parsed<Body> => {
  const { value, faults, brokenAt } = readJson(text);
  return { value: bodyOf({ text, faults, brokenAt, blocks: [] }, value, (written) => written), faults };
};

/** One block for each object below the labels. */
const unpack = (
  reader: Reader,
  type: string,
  key: ObjectItem,
  value: Expression,
  labelsLeft: number,
  labels: readonly Label[],
): void => {
  if (labelsLeft === 0) {
    addBlocks(reader, type, key, value, labels);
    return;
  }
  const properties = propertiesOf(reader, value, labelsRequired);
  if (properties.length === 0 && value.kind !== 'invalid') {
    addFault(reader.faults, noLabel, value.span.start, value.span.start + 1);
  }
  for (const { name, item } of properties) {
    unpack(reader, type, item, item.value, labelsLeft - 1, [...labels, { text: name, span: item.key.span }]);
  }
};

const addBlocks = (
  reader: Reader,
  type: string,
  { key, span: whole }: ObjectItem,
  value: Expression,
  labels: readonly Label[],
): void => {
  if (value.kind === 'tuple') {
    for (const item of value.items) addBlock(reader, type, labels, key.span, item, item.span);
  } else if (value.kind === 'object') addBlock(reader, type, labels, key.span, value, whole);
  else if (value.kind !== 'invalid' && !(value.kind === 'literal' && value.value === null)) {
    addFault(reader.faults, contentsRequired, value.span.start, value.span.start + 1);
  }
};

/** What stands in front of the labels may be far away, and other blocks' too: the header is the last label. */
const addBlock = (
  reader: Reader,
  type: string,
  labels: readonly Label[],
  header: Span,
  value: Expression,
  span: Span,
): void => {
  const template = (written: Expression): Expression => withTemplates(reader, written);
  const convert = type === 'variable' ? (written: Expression) => written : template;
  const body = bodyOf(reader, value, convert, template);
  reader.blocks.push({ type, labels, body, span, header });
};

type Convert = (value: Expression) => Expression;

const bodyOf = (reader: Reader, value: Expression, convert: Convert, ofValidation: Convert = convert): Body => {
  const attributes = new Map<string, Attribute>();
  for (const { name, item } of propertiesOf(reader, value, bodyRequired)) {
    if (name === comment) continue;
    const isWhole = item.value.span.end < reader.brokenAt;
    const written = isWhole ? (name === 'validation' ? ofValidation : convert)(item.value) : broken(item.value);
    const earlier = attributes.get(name);
    const joined = earlier === undefined ? written : join(earlier.value, written);
    attributes.set(name, { name, value: joined, span: earlier?.span ?? item.span });
  }
  return { attributes, blocks: [], span: value.span, syntax: 'json' };
};

const broken = ({ span }: Expression): Expression => ({ kind: 'invalid', span });

const itemsOf = (value: Expression): readonly Expression[] => (value.kind === 'tuple' ? value.items : [value]);

/** A name that is there twice: nested blocks may be. */
const join = (first: Expression, second: Expression): Expression => ({
  kind: 'tuple',
  items: [...itemsOf(first), ...itemsOf(second)],
  span: first.span,
});
