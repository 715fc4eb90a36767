import { type VersionedDocument, inCurrentVersion, opaqueDocument, readDocument } from '../../iam/parse-document.ts';
import type { IamCondition, IamPatterns, IamPolicyDocument, IamPrincipal, IamStatement } from '../../model/iam.ts';
import { type ListValue, type Origin, type Reference, type Value, known, literal, unknown } from '../../model/value.ts';
import type { GraphResource } from '../../terraform/graph.ts';
import {
  type View,
  argument,
  attribute,
  blocksOf,
  isUnknown,
  listArgument,
  originOf,
  rawValue,
  viewOf,
} from '../../terraform/values.ts';
import type { AdapterContext } from './adapter.ts';

/** The IAM policy document in an argument, rebuilt from its data source where the text is unknown; null where unset. */
export const documentAt = (context: AdapterContext, view: View, name: string): IamPolicyDocument | null => {
  const value = argument(view, name);
  return value.kind === 'absent' ? null : inCurrentVersion(documentFrom(context, value, 0));
};

const maximumSources = 16;

/** Of a document that nobody can read the version does not matter. */
const opaque = (...parts: Parameters<typeof opaqueDocument>): VersionedDocument => ({
  document: opaqueDocument(...parts),
  version: '',
});

/** Decodes a value that holds the JSON of a policy document. */
const documentFrom = (context: AdapterContext, value: Value<string>, depth: number): VersionedDocument => {
  if (value.kind === 'known') return parseText(context, value.value, value.origin);
  if (value.kind === 'absent' || depth > maximumSources) return opaque(value.origin);
  const source = value.references.length === 1 ? value.references[0] : undefined;
  const data = source === undefined ? undefined : context.graph.byId(source.resource);
  if (data?.type !== 'aws_iam_policy_document' || value.trailEnds.length > 0) {
    return opaque(value.origin, value.references, value.trailEnds);
  }
  return fromDataSource(context, data, value.origin, depth);
};

const parseText = (context: AdapterContext, text: string, origin: Origin): VersionedDocument => {
  const document = readDocument(text, origin);
  if (document !== null) return document;
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

/** Each is rebuilt once, however many include it; one that includes itself is seen as far as it can be. */
const rebuilt = new WeakMap<GraphResource, VersionedDocument>();

const fromDataSource = (
  context: AdapterContext,
  data: GraphResource,
  origin: Origin,
  depth: number,
): VersionedDocument => {
  const before = rebuilt.get(data);
  if (before !== undefined) return { ...before, document: { ...before.document, origin } };
  rebuilt.set(data, opaque(origin));
  const document = rebuild(context, data, origin, depth);
  rebuilt.set(data, document);
  return document;
};

const rebuild = (context: AdapterContext, data: GraphResource, origin: Origin, depth: number): VersionedDocument => {
  const view = viewOf(data);
  const json = attribute(view, 'json');
  if (json.kind === 'known') return parseText(context, json.value, origin);
  const sources = [
    ...documentsIn(context, view, 'source_policy_documents', depth),
    ...legacy(context, view, 'source_json', depth),
  ];
  const overrides = [
    ...documentsIn(context, view, 'override_policy_documents', depth),
    ...legacy(context, view, 'override_json', depth),
  ];
  const { blocks, complete } = blocksOf(view, 'statement');
  const own: IamPolicyDocument = {
    statements: blocks.map(statementOf),
    complete,
    references: [],
    trailEnds: [],
    origin,
  };
  return mergeDocuments([...sources, { document: own, version: versionOf(view) }, ...overrides], origin);
};

/** The data source writes 2012-10-17 unless it is told otherwise. */
const versionOf = (view: View): string => literal(argument(view, 'version')) || '2012-10-17';

const documentsIn = (context: AdapterContext, view: View, name: string, depth: number): VersionedDocument[] => {
  const list = listArgument(view, name);
  const documents = apart(context, list.items).map((item) => documentFrom(context, item, depth + 1));
  const set = isUnknown(view, name) || rawValue(view, name) !== undefined;
  return list.complete || !set ? documents : [...documents, opaque(list.origin)];
};

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
  return value.kind === 'absent' ? [] : [documentFrom(context, value, depth + 1)];
};

/** More than AWS takes in any document; documents that include each other twice over double at each step. */
const maximumStatements = 1000;

/** Statements of all documents, of two with one `sid` the later, in the latest of their versions, as the provider does. */
const mergeDocuments = (parts: readonly VersionedDocument[], origin: Origin): VersionedDocument => {
  const documents = parts.map(({ document }) => document);
  const versions = parts.map(({ version }) => version).sort();
  const statements = documents.flatMap((document) => document.statements);
  return {
    version: versions.at(-1) ?? '',
    document: {
      statements: lastOfEachSid(statements.slice(0, maximumStatements)),
      complete: statements.length <= maximumStatements && documents.every((document) => document.complete),
      references: distinct(documents.flatMap((document) => document.references)),
      trailEnds: [...new Set(documents.flatMap((document) => document.trailEnds))],
      origin,
    },
  };
};

const distinct = (references: readonly Reference[]): readonly Reference[] => [
  ...new Map(references.map((reference) => [`${reference.resource} ${reference.path}`, reference])).values(),
];

const lastOfEachSid = (statements: readonly IamStatement[]): readonly IamStatement[] =>
  statements.filter(
    (statement, i) => statement.sid === null || !statements.slice(i + 1).some((later) => later.sid === statement.sid),
  );

const statementOf = (view: View): IamStatement => {
  const effect = argument(view, 'effect');
  const conditions = blocksOf(view, 'condition');
  const sid = argument(view, 'sid');
  return {
    sid: sid.kind === 'known' && sid.value !== '' ? sid.value : null,
    effect: effect.kind === 'absent' ? known('Allow', effect.origin) : effect,
    actions: patternsOf(view, 'actions'),
    resources: patternsOf(view, 'resources'),
    principals: principalsOf(view),
    conditions: conditions.complete ? allKnown(conditions.blocks.map(conditionOf)) : null,
    origin: originOf(view),
  };
};

const allKnown = (conditions: readonly (IamCondition | null)[]): readonly IamCondition[] | null => {
  const decoded = conditions.filter((condition) => condition !== null);
  return decoded.length === conditions.length ? decoded : null;
};

/** The data source writes IAM's `${…}` as `&{…}`, so that Terraform does not read it as its own. */
const variablesOf = (list: ListValue<string>): readonly Value<string>[] =>
  list.items.map((item) => (item.kind === 'known' ? { ...item, value: item.value.replaceAll('&{', '${') } : item));

const patternsOf = (view: View, name: string): IamPatterns => {
  const negative = listArgument(view, `not_${name}`);
  const negated = negative.items.length > 0 || isUnknown(view, `not_${name}`);
  const list = negated ? negative : listArgument(view, name);
  return { negated, patterns: variablesOf(list), complete: list.complete };
};

/** Someone whom the plan does not show: it may be whoever is asked about. */
const hiddenPrincipals = (origin: Origin): readonly IamPrincipal[] =>
  ['AWS', 'Service'].map((type) => ({ type, id: unknown(origin) }));

const principalsOf = (view: View): IamStatement['principals'] => {
  const positive = blocksOf(view, 'principals');
  const negative = blocksOf(view, 'not_principals');
  if (!positive.complete || !negative.complete) {
    return { negated: false, entries: hiddenPrincipals(originOf(view, 'principals')) };
  }
  const negated = negative.blocks.length > 0;
  const { blocks } = negated ? negative : positive;
  return blocks.length === 0 ? null : { negated, entries: blocks.flatMap(principalEntries) };
};

const principalEntries = (view: View): readonly IamPrincipal[] => {
  const type = argument(view, 'type');
  if (type.kind !== 'known') return hiddenPrincipals(originOf(view));
  return listArgument(view, 'identifiers').items.map((id) => ({ type: type.value, id }));
};

/** Null where operator or key is known after apply: then nobody can say whether it holds. */
const conditionOf = (view: View): IamCondition | null => {
  const test = argument(view, 'test');
  const key = argument(view, 'variable');
  if (test.kind !== 'known' || key.kind !== 'known') return null;
  return { operator: test.value, key: key.value, values: variablesOf(listArgument(view, 'values')) };
};
