import type { IamCondition, IamPatterns, IamPolicyDocument, IamPrincipal, IamStatement } from '../model/iam.ts';
import { type Origin, type Reference, type Value, known } from '../model/value.ts';
import { knowsVariables, withoutVariables } from './variables.ts';

type Object = { readonly [key: string]: unknown };

const isObject = (value: unknown): value is Object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A document of which nothing can be seen but what it refers to. */
export const opaqueDocument = (
  origin: Origin,
  references: readonly Reference[] = [],
  trailEnds: readonly string[] = [],
): IamPolicyDocument => ({ statements: [], complete: false, references, trailEnds, origin });

/** A document as it is written, and the version of the language that it is written in. */
export type VersionedDocument = { readonly document: IamPolicyDocument; readonly version: string };

/** The version of a document that names none. Source: IAM User Guide, "IAM JSON policy elements: Version". */
const firstVersion = '2008-10-17';

/** AWS takes 32 KB at most (a key policy), and does not count blanks everywhere. */
const maximumLength = 200_000;

/** Reads the JSON text of a policy document; null when it is not one. Never quotes the text. */
export const parseDocument = (text: string, origin: Origin): IamPolicyDocument | null => {
  const read = readDocument(text, origin);
  return read === null ? null : inCurrentVersion(read);
};

/** The same, where other documents may yet be merged with it. */
export const readDocument = (text: string, origin: Origin): VersionedDocument | null => {
  if (text.length > maximumLength) return null;
  const json = parseJson(text);
  if (!isObject(json)) return null;
  const statements = listOf(json['Statement']);
  if (statements.length === 0 || !statements.every(isStatement)) return null;
  const version = typeof json['Version'] === 'string' ? json['Version'] : firstVersion;
  return {
    version,
    document: {
      statements: statements.map((statement) => parseStatement(statement, origin)),
      complete: true,
      references: [],
      trailEnds: [],
      origin,
    },
  };
};

/** The document as version 2012-10-17 says the same: what an older one calls a variable is marked as text. */
export const inCurrentVersion = ({ document, version }: VersionedDocument): IamPolicyDocument =>
  knowsVariables(version) ? document : { ...document, statements: document.statements.map(asText) };

/** What is marked is longer, and what it was made from stands elsewhere in it. */
const plainText = (value: Value<string>): Value<string> => {
  if (value.kind === 'known') {
    const text = withoutVariables(value.value);
    return text === value.value ? value : known(text, value.origin);
  }
  if (value.kind === 'absent' || value.template === undefined) return value;
  const template = value.template.map((part) => (typeof part === 'string' ? withoutVariables(part) : part));
  const { textReferences: _, ...plain } = value;
  return template.every((part, i) => part === value.template?.[i]) ? value : { ...plain, template };
};

const asText = (statement: IamStatement): IamStatement => {
  const plain = (values: readonly Value<string>[]): readonly Value<string>[] => values.map(plainText);
  const { resources, conditions } = statement;
  return {
    ...statement,
    resources: { ...resources, patterns: plain(resources.patterns) },
    conditions: conditions?.map((condition) => ({ ...condition, values: plain(condition.values) })) ?? null,
  };
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const listOf = (value: unknown): readonly unknown[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];

/** What AWS would refuse decides nothing for sure: then the whole document is unreadable, and not a part of it. */
const isStatement = (value: unknown): value is Object =>
  isObject(value) &&
  ['Action', 'NotAction', 'Resource', 'NotResource'].every((name) => listOf(value[name]).every(isText)) &&
  ['Principal', 'NotPrincipal'].every((name) => isPrincipal(value[name])) &&
  ['Effect', 'Sid'].every((name) => value[name] === undefined || isText(value[name]));

const isText = (value: unknown): boolean => typeof value === 'string';

const isPrincipal = (value: unknown): boolean =>
  isObject(value) ? Object.values(value).every(areScalars) : areScalars(value);

const isScalar = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value);

const areScalars = (value: unknown): boolean => listOf(value).every(isScalar);

const strings = (value: unknown): readonly string[] => listOf(value).map(String);

const parseStatement = (statement: Object, origin: Origin): IamStatement => ({
  sid: typeof statement['Sid'] === 'string' && statement['Sid'] !== '' ? statement['Sid'] : null,
  effect: known(String(statement['Effect'] ?? ''), origin),
  actions: patternsOf(statement, 'Action', origin),
  resources: patternsOf(statement, 'Resource', origin),
  principals: principalsOf(statement, origin),
  conditions: conditionsOf(statement['Condition'], origin),
  origin,
});

const patternsOf = (statement: Object, name: string, origin: Origin): IamPatterns => {
  const negated = statement[`Not${name}`] !== undefined;
  const values = strings(statement[negated ? `Not${name}` : name]);
  return { negated, patterns: values.map((value) => known(value, origin)), complete: true };
};

const principalsOf = (statement: Object, origin: Origin): IamStatement['principals'] => {
  const negated = statement['NotPrincipal'] !== undefined;
  const value = statement[negated ? 'NotPrincipal' : 'Principal'];
  if (value === undefined) return null;
  if (!isObject(value)) return { negated, entries: strings(value).map((id) => principal('*', id, origin)) };
  const entries = Object.entries(value).flatMap(([type, ids]) => strings(ids).map((id) => principal(type, id, origin)));
  return { negated, entries };
};

const principal = (type: string, id: string, origin: Origin): IamPrincipal => ({ type, id: known(id, origin) });

/** Null where the element is not what AWS takes: nobody can say what it asks. */
const conditionsOf = (value: unknown, origin: Origin): readonly IamCondition[] | null => {
  if (value === undefined || value === null) return [];
  if (!isObject(value) || !Object.values(value).every(isObject)) return null;
  if (!Object.values(value).every((keys) => Object.values(keys as Object).every(areScalars))) return null;
  return Object.entries(value).flatMap(([operator, keys]) =>
    Object.entries(keys as Object).map(([key, values]) => ({
      operator,
      key,
      values: strings(values).map((item) => known(item, origin)),
    })),
  );
};
