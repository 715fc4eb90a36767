import { type VersionedDocument, opaqueDocument } from '../../iam/parse-document.ts';
import type { IamCondition, IamPatterns, IamPolicyDocument, IamPrincipal, IamStatement } from '../../model/iam.ts';
import { type Origin, type Value, known, unknown } from '../../model/value.ts';
import { placed } from '../../terraform/from-source.ts';
import type { Symbolic, SymbolicMap } from '../../terraform/hcl/symbolic.ts';
import { originsOf } from '../../terraform/hcl/values.ts';
import { type Origins, joinOrigins } from '../../terraform/origins.ts';
import { textOf, unknownOf } from './symbolic-text.ts';

/** A document that names no version, or one that nobody can read: then what may be a variable is one. */
const versions = { none: '2008-10-17', unseen: '2012-10-17' } as const;

/**
 * A policy document from the value that its text is the JSON of, as far as it is known; null where it is none, whatever
 * the unknown parts turn out to be.
 */
export const readStructure = (value: Symbolic, origin: Origin): VersionedDocument | null => {
  if (mayBeAnything(value)) return opaque(origin, value);
  const element = value.kind === 'map' ? value.entries.get('Statement') : undefined;
  if (value.kind !== 'map' || element === undefined) return null;
  if (mayBeAnything(element)) return opaque(origin, element);
  const document = readStatements(element, origin);
  return document === null ? null : { version: versionOf(value), document };
};

/** One statement, or a list of them. */
const readStatements = (element: Symbolic, origin: Origin): IamPolicyDocument | null => {
  const items = listOf(element);
  const statements = items.filter((item) => !mayBeAnything(item));
  const hidden = items.filter(mayBeAnything).map((item) => originsOf(item));
  const complete = hidden.length === 0 && !isOpen(element);
  if ((items.length === 0 && complete) || !statements.every(isStatement)) return null;
  const unseen = joinOrigins([...hidden, ...openOf(element)]);
  return {
    statements: statements.map((item) => statementOf(item, origin, isOpen(element))),
    complete,
    references: unseen.references,
    trailEnds: unseen.trailEnds,
    origin,
  };
};

const opaque = (origin: Origin, value: Symbolic): VersionedDocument => {
  const { references, trailEnds } = originsOf(value);
  return { document: opaqueDocument(origin, references, trailEnds), version: '' };
};

/** A part of which nobody knows what it is; of a map that may hold more or less, all of it. */
const mayBeAnything = (value: Symbolic): boolean =>
  value.kind === 'unknown' || value.kind === 'instance' || (value.kind === 'map' && value.open !== undefined);

const isOpen = (value: Symbolic): boolean => value.kind === 'list' && value.open !== undefined;

const openOf = (value: Symbolic): readonly Origins[] =>
  value.kind === 'list' && value.open !== undefined ? [value.open] : [];

const isNull = (value: Symbolic | undefined): boolean =>
  value === undefined || (value.kind === 'known' && value.value === null);

const listOf = (value: Symbolic | undefined): readonly Symbolic[] => {
  if (value === undefined || isNull(value)) return [];
  return value.kind === 'list' ? value.items : [value];
};

const versionOf = ({ entries }: SymbolicMap): string => {
  const value = entries.get('Version');
  if (value === undefined) return versions.none;
  if (value.kind !== 'known') return versions.unseen;
  return typeof value.value === 'string' ? value.value : versions.none;
};

/** As of a text: what AWS would refuse decides nothing for sure. */
const isStatement = (value: Symbolic): value is SymbolicMap & Symbolic => {
  if (value.kind !== 'map') return false;
  const at = (name: string): Symbolic | undefined => value.entries.get(name);
  return (
    ['Action', 'NotAction', 'Resource', 'NotResource'].every((name) => listOf(at(name)).every(isText)) &&
    ['Principal', 'NotPrincipal'].every((name) => isPrincipal(at(name))) &&
    ['Effect', 'Sid'].every((name) => isText(at(name) ?? { kind: 'known', value: '' }))
  );
};

const isText = (value: Symbolic): boolean =>
  value.kind === 'known' ? typeof value.value === 'string' : value.kind === 'text' || value.kind === 'unknown';

const isScalar = (value: Symbolic): boolean => (value.kind === 'known' ? value.value !== null : isText(value));

const areScalars = (value: Symbolic): boolean => listOf(value).every(isScalar);

const isPrincipal = (value: Symbolic | undefined): boolean =>
  value === undefined || (value.kind === 'map' ? [...value.entries.values()].every(areScalars) : areScalars(value));

const statementOf = (statement: SymbolicMap & Symbolic, document: Origin, doubtful: boolean): IamStatement => {
  const origin = placed(document, statement.place);
  const at = (name: string): Symbolic | undefined => statement.entries.get(name);
  const sid = at('Sid');
  const parts = ['Action', 'NotAction', 'Resource', 'NotResource', 'Principal', 'NotPrincipal'].map(at);
  // A list that may hold less than what is seen of it.
  const open = doubtful || parts.some((part) => part !== undefined && hasOpenList(part));
  return {
    sid: sid?.kind === 'known' && typeof sid.value === 'string' && sid.value !== '' ? sid.value : null,
    effect: effectOf(at('Effect'), origin),
    actions: patternsOf(statement, 'Action', origin),
    resources: patternsOf(statement, 'Resource', origin),
    principals: principalsOf(statement, origin),
    conditions: conditionsOf(at('Condition'), origin),
    origin,
    ...(open ? { mayBeMissing: true } : {}),
  };
};

const hasOpenList = (value: Symbolic): boolean =>
  isOpen(value) || (value.kind === 'map' && [...value.entries.values()].some(isOpen));

const effectOf = (value: Symbolic | undefined, origin: Origin): Value<string> =>
  value === undefined ? known('', origin) : textOf(value, origin);

const patternsOf = ({ entries }: SymbolicMap, name: string, origin: Origin): IamPatterns => {
  const negated = entries.has(`Not${name}`);
  const value = entries.get(negated ? `Not${name}` : name);
  if (value === undefined) return { negated, patterns: [], complete: true };
  const at = placed(origin, value.place);
  const items = listOf(value);
  const unseen = openOf(value).map((open) => unknownOf(at, open));
  return {
    negated,
    patterns: [...items.map((item) => textOf(item, at)), ...unseen],
    complete: unseen.length === 0 && !items.some(mayBeSeveral),
  };
};

/** Names of attributes that hold lists end like this. */
const plural = /(?:s|\])$/;

/** An unknown that may be a list, or a text that a `join` filled with the marks between several. */
const mayBeSeveral = (value: Symbolic): boolean =>
  value.kind === 'unknown' && (value.exactly === undefined || (plural.test(value.exactly.path) && !isPiece(value)));

/** `arn[6]` is one piece of one text. */
const isPiece = (value: Symbolic): boolean =>
  value.kind === 'unknown' && /^\w*arn\[\d+\]$/.test(value.exactly?.path ?? '');

/** Someone whom nobody can see: it may be whoever is asked about. */
export const hiddenPrincipals = (origin: Origin, value: Value<string> = unknown(origin)): readonly IamPrincipal[] =>
  ['AWS', 'Service'].map((type) => ({ type, id: value }));

const principalsOf = ({ entries }: SymbolicMap, origin: Origin): IamStatement['principals'] => {
  const negated = entries.has('NotPrincipal');
  const value = entries.get(negated ? 'NotPrincipal' : 'Principal');
  if (value === undefined) return null;
  const at = placed(origin, value.place);
  if (mayBeAnything(value)) return { negated, entries: hiddenPrincipals(at, unknownOf(at, originsOf(value))) };
  if (value.kind !== 'map') return { negated, entries: principalsIn('*', value, at) };
  return { negated, entries: [...value.entries].flatMap(([type, ids]) => principalsIn(type, ids, at)) };
};

const principalsIn = (type: string, value: Symbolic, origin: Origin): readonly IamPrincipal[] => [
  ...listOf(value).map((id) => ({ type, id: textOf(id, origin) })),
  ...openOf(value).map((open) => ({ type, id: unknownOf(origin, open) })),
];

/** Null where nobody can say what it asks. */
const conditionsOf = (value: Symbolic | undefined, origin: Origin): readonly IamCondition[] | null => {
  if (value === undefined || isNull(value)) return [];
  const operators = entriesOf(value);
  if (operators === null) return null;
  const conditions: IamCondition[] = [];
  for (const [operator, keys] of operators) {
    const entries = entriesOf(keys);
    if (entries === null || !entries.every(([, values]) => areScalars(values))) return null;
    for (const [key, values] of entries) {
      conditions.push({ operator, key, values: conditionValues(values, placed(origin, values.place)) });
    }
  }
  return conditions;
};

/** Null where it is no map, or may hold more or less than what is seen of it. */
const entriesOf = (value: Symbolic): readonly (readonly [string, Symbolic])[] | null =>
  value.kind === 'map' && value.open === undefined ? [...value.entries] : null;

const conditionValues = (value: Symbolic, origin: Origin): readonly Value<string>[] => [
  ...listOf(value).map((item) => textOf(item, origin)),
  ...openOf(value).map((open) => unknownOf(origin, open)),
];
