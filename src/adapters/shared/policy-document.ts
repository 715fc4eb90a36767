import { type VersionedDocument, inCurrentVersion, opaqueDocument, readDocument } from '../../iam/parse-document.ts';
import type { IamPolicyDocument, IamStatement } from '../../model/iam.ts';
import { type ListValue, type Origin, type Reference, type Unknown, type Value, literal } from '../../model/value.ts';
import type { GraphResource } from '../../terraform/graph.ts';
import type { Symbolic, SymbolicText } from '../../terraform/hcl/symbolic.ts';
import { withMarksInside } from '../../terraform/hcl/values.ts';
import type { Origins } from '../../terraform/origins.ts';
import {
  type View,
  argument,
  attribute,
  blocksOf,
  isUnknown,
  listArgument,
  rawValue,
  structureAt,
  trailOf,
  viewOf,
} from '../../terraform/values.ts';
import type { AdapterContext } from './adapter.ts';
import { statementOf } from './document-blocks.ts';
import { withPlaces, withPlacesOf } from './document-places.ts';
import { readStructure } from './document-structure.ts';
import { type ReadText, readJsonText } from './document-text.ts';
import { holeMark, withParts } from './heredoc-places.ts';
import { mergeDocuments } from './merge-documents.ts';
import { reportUnseen } from './report-unseen.ts';

/** The IAM policy document in an argument, rebuilt from its data source where the text is unknown; null where unset. */
export const documentAt = (context: AdapterContext, view: View, name: string): IamPolicyDocument | null => {
  const value = argument(view, name);
  if (value.kind === 'absent') return null;
  const read = documentFrom(context, { value, structure: structureAt(view, name) }, 0);
  const document = view.resource.mayBeMissing === true ? inDoubt(read) : read;
  if (view.source !== null) reportUnseen(context, view, document.document, value.origin);
  if (value.kind === 'unknown' || view.source === null) return inCurrentVersion(document);
  const data = dataSourceOf(context, trailOf(view, name));
  return inCurrentVersion(
    data === undefined ? document : withPlacesOf(document, blocksOnce(context, data, value.origin)),
  );
};

/** Of a resource of which nobody can say whether it exists. */
const inDoubt = ({ version, document }: VersionedDocument): VersionedDocument => ({
  version,
  document: { ...document, statements: document.statements.map(mayBeMissing) },
});

/** A value that holds the JSON of a document, and what the source says it is. */
type Written = { readonly value: Value<string>; readonly structure: Symbolic | null };

const maximumSources = 16;

/** Of a document that nobody can read the version does not matter. */
const opaque = (...parts: Parameters<typeof opaqueDocument>): VersionedDocument => ({
  document: opaqueDocument(...parts),
  version: '',
});

const documentFrom = (context: AdapterContext, written: Written, depth: number): VersionedDocument => {
  const { value, structure } = written;
  if (value.kind === 'known') return withPlaces(parseText(context, value.value, value.origin), structure);
  if (value.kind === 'absent' || depth > maximumSources) return opaque(value.origin);
  if (structure?.kind === 'text' && isReadable(structure)) return fromText(context, structure, value);
  const origins = structure?.kind === 'unknown' ? structure : value;
  const data = dataSourceOf(context, origins);
  if (data === undefined)
    return opaque(value.origin, throughDocuments(context, origins, value, depth), origins.trailEnds);
  return fromDataSource(context, data, value.origin, depth);
};

/** Of several instances of a data source nobody can say which it is; what all of them name it names, too. */
const throughDocuments = (
  context: AdapterContext,
  { references }: Origins,
  { origin }: Value<string>,
  depth: number,
): readonly Reference[] => {
  const sources = references.flatMap(({ resource }) => context.graph.byId(resource) ?? []);
  const isDocuments = sources.length > 1 && sources.every(({ type }) => type === 'aws_iam_policy_document');
  if (!isDocuments || sources.length < references.length) return references;
  const named = sources.map((data) => namedIn(fromDataSource(context, data, origin, depth + 1).document));
  return [...new Map(named.flatMap((names) => [...names])).entries()].map(([key, reference]) => {
    const { oneOf: _, ...certain } = reference;
    return named.every((names) => names.has(key)) ? certain : { ...certain, oneOf: true };
  });
};

/** What a document and the resources of its statements come from, by resource and path. */
const namedIn = ({ statements, references }: IamPolicyDocument): ReadonlyMap<string, Reference> => {
  const patterns = statements.flatMap(({ resources }) => resources.patterns);
  const inPatterns = patterns.flatMap((pattern) => (pattern.kind === 'unknown' ? pattern.references : []));
  return new Map([...inPatterns, ...references].map((one) => [`${one.resource} ${one.path}`, one]));
};

/** The data source that a value is the document of, and of nothing else. */
const dataSourceOf = (context: AdapterContext, { references, trailEnds }: Origins): GraphResource | undefined => {
  if (trailEnds.length > 0 || references.length !== 1) return undefined;
  const [source] = references;
  const data = source === undefined ? undefined : context.graph.byId(source.resource);
  return data?.type === 'aws_iam_policy_document' ? data : undefined;
};

/** Of a text that is sensitive as a whole, only the value behind it says which parts are. */
const isReadable = ({ sensitive, json }: Symbolic & SymbolicText): boolean => sensitive !== true || json !== undefined;

/** A text with unknown parts: the JSON of a value that is known, or a template of JSON. */
const fromText = (context: AdapterContext, text: Symbolic & SymbolicText, value: Unknown): VersionedDocument => {
  const read: ReadText =
    text.json === undefined ? readJsonText(text.parts) : { kind: 'value', value: withMarksInside(text.json) };
  if (read.kind === 'undecided') return opaque(value.origin, value.references, value.trailEnds);
  const document = read.kind === 'value' ? readStructure(withPartsOf(read.value, text), value.origin) : null;
  return document ?? unparsable(context, value.origin);
};

const withPartsOf = (value: Symbolic, text: Symbolic & SymbolicText): Symbolic =>
  withParts(value, text.parts.map((part) => (typeof part === 'string' ? part : holeMark)).join(''), text);

const parseText = (context: AdapterContext, text: string, origin: Origin): VersionedDocument =>
  readDocument(text, origin) ?? unparsable(context, origin);

const unparsable = (context: AdapterContext, origin: Origin): VersionedDocument => {
  context.report({
    severity: 'warning',
    code: 'iam-document-unparsable',
    summary: `${origin.address}: ${origin.path} is not an IAM policy document.`,
    detail:
      'It must be a JSON object with a Statement, of a length that AWS takes. Until then everything that rests on it stays undecided.',
    origin,
  });
  return opaque(origin);
};

/** Documents of data sources: what they come to, and what their blocks say, whatever they came to. */
const rebuilt = new WeakMap<GraphResource, VersionedDocument>();
const asWritten = new WeakMap<GraphResource, VersionedDocument>();

/** Each is read once, however many include it; one that includes itself is seen as far as it can be. */
const once = (
  seen: WeakMap<GraphResource, VersionedDocument>,
  data: GraphResource,
  read: () => VersionedDocument,
): VersionedDocument => {
  const before = seen.get(data);
  if (before !== undefined) return before;
  seen.set(data, opaque({ address: data.address, path: '' }));
  const document = read();
  seen.set(data, document);
  return document;
};

const fromDataSource = (
  context: AdapterContext,
  data: GraphResource,
  origin: Origin,
  depth: number,
): VersionedDocument => {
  const read = once(rebuilt, data, () => rebuild(context, data, origin, depth));
  return { ...read, document: { ...read.document, origin } };
};

/** What was read already says the same in another form, without the places. */
const blocksOnce = (context: AdapterContext, data: GraphResource, origin: Origin): IamPolicyDocument =>
  once(asWritten, data, () => fromBlocks(context, data, origin, 0)).document;

const rebuild = (context: AdapterContext, data: GraphResource, origin: Origin, depth: number): VersionedDocument => {
  const view = viewOf(data);
  const json = attribute(view, 'json');
  if (json.kind === 'known') return parseText(context, json.value, origin);
  return fromBlocks(context, data, origin, depth);
};

/** What its blocks say, and the documents that it takes in. */
const fromBlocks = (context: AdapterContext, data: GraphResource, origin: Origin, depth: number): VersionedDocument => {
  const view = viewOf(data);
  const sources = [
    ...documentsIn(context, view, 'source_policy_documents', depth),
    ...legacy(context, view, 'source_json', depth),
  ];
  const overrides = [
    ...documentsIn(context, view, 'override_policy_documents', depth),
    ...legacy(context, view, 'override_json', depth),
  ];
  const { blocks, complete, possible = [] } = blocksOf(view, 'statement');
  const own: IamPolicyDocument = {
    statements: [...blocks.map(statementOf), ...possible.map((one) => mayBeMissing(statementOf(one)))],
    complete,
    references: [],
    trailEnds: [],
    origin,
  };
  return mergeDocuments([...sources, { document: own, version: versionOf(view) }, ...overrides], origin);
};

/** Nobody can say whether it is there: it decides nothing, and is not lost. */
const mayBeMissing = (statement: IamStatement): IamStatement => ({ ...statement, mayBeMissing: true });

/** The data source writes 2012-10-17 unless it is told otherwise. */
const versionOf = (view: View): string => literal(argument(view, 'version')) || '2012-10-17';

const documentsIn = (context: AdapterContext, view: View, name: string, depth: number): VersionedDocument[] => {
  const list = listArgument(view, name);
  const structures = elementsOf(structureAt(view, name), list);
  const values = structures === null ? apart(context, list.items) : list.items;
  const documents = values.map((value, i) =>
    documentFrom(context, { value, structure: structures?.[i] ?? null }, depth + 1),
  );
  const set = isUnknown(view, name) || rawValue(view, name) !== undefined;
  return list.complete || !set ? documents : [...documents, opaque(list.origin)];
};

/** The elements that the source shows; null where they are not those of the list. */
const elementsOf = (structure: Symbolic | null, { items }: ListValue<string>): readonly Symbolic[] | null =>
  structure?.kind === 'list' && structure.open === undefined && structure.items.length === items.length
    ? structure.items
    : null;

/** An element that is not known is none of the documents that are: as many as are left are taken one for one. */
const apart = (context: AdapterContext, items: readonly Value<string>[]): readonly Value<string>[] => {
  const open = items.filter((item) => item.kind === 'unknown');
  const names = new Map(
    open.flatMap(({ references }) => references.map((one) => [`${one.resource} ${one.path}`, one])),
  );
  const left = [...names.values()].filter(({ resource }) => !isKnownDocument(context, resource));
  if (left.length !== open.length || open.some(({ trailEnds }) => trailEnds.length > 0)) return items;
  return items.map((item) => {
    if (item.kind !== 'unknown') return item;
    const place = open.indexOf(item);
    return { ...item, references: left.slice(place, place + 1) };
  });
};

const isKnownDocument = (context: AdapterContext, id: string): boolean => {
  const data = context.graph.byId(id);
  return data !== undefined && attribute(viewOf(data), 'json').kind === 'known';
};

const legacy = (context: AdapterContext, view: View, name: string, depth: number): VersionedDocument[] => {
  const value = argument(view, name);
  if (value.kind === 'absent') return [];
  return [documentFrom(context, { value, structure: structureAt(view, name) }, depth + 1)];
};
