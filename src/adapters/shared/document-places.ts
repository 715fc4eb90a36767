import type { VersionedDocument } from '../../iam/parse-document.ts';
import type { IamCondition, IamPatterns, IamPolicyDocument, IamPrincipal, IamStatement } from '../../model/iam.ts';
import type { Origin, Value } from '../../model/value.ts';
import type { Symbolic } from '../../terraform/hcl/symbolic.ts';
import { readStructure } from './document-structure.ts';
import { jsonOfText } from './heredoc-places.ts';

/**
 * The document of a text, with the places where the source writes its statements. Only where the source says the same as
 * far as it is known, statement by statement: what a plan applies may be older than what is written now.
 */
export const withPlaces = (text: VersionedDocument, structure: Symbolic | null): VersionedDocument => {
  const json =
    structure?.kind === 'known' || structure?.kind === 'text' ? (structure.json ?? jsonOfText(structure)) : undefined;
  const written = json === undefined ? null : readStructure(json, text.document.origin);
  return written === null ? text : withPlacesOf(text, written.document);
};

/** The same, with the document that the source writes: that of a data source, which may have been read already. */
export const withPlacesOf = (text: VersionedDocument, written: IamPolicyDocument): VersionedDocument => {
  if (!written.complete) return text;
  const { statements } = text.document;
  const others = written.statements;
  const same = statements.length === others.length && statements.every((one, i) => isSame(one, others[i]));
  return same ? { ...text, document: { ...text.document, statements: pairs(statements, others).map(place) } } : text;
};

const pairs = <T>(some: readonly T[], others: readonly T[]): readonly (readonly [T, T])[] =>
  some.flatMap((one, i) => {
    const other = others[i];
    return other === undefined ? [] : [[one, other] as const];
  });

/** What the source leaves open may be what the text says. */
const mayBe = (known: Value<string>, written: Value<string>): boolean =>
  written.kind === 'unknown' || (known.kind === 'known' && written.kind === 'known' && known.value === written.value);

/** Each with the one that it was written as: the data source sorts its lists. Null where they are not the same. */
const asWritten = (
  values: readonly Value<string>[],
  written: readonly Value<string>[],
): readonly Value<string>[] | null => {
  if (values.length !== written.length) return null;
  const left = new Map(written.map((one, i) => [one.kind === 'known' ? one.value : i, one]));
  const take = (key: string | number): Value<string> | undefined => {
    const one = left.get(key);
    left.delete(key);
    return one;
  };
  const exact = values.map((value) => (value.kind === 'known' ? take(value.value) : undefined));
  const open = [...left.values()];
  const all = values.flatMap((value, i) => {
    const one = exact[i] ?? open.shift();
    return one !== undefined && mayBe(value, one) ? [one] : [];
  });
  return all.length === values.length ? all : null;
};

const arePatterns = (a: IamPatterns, b: IamPatterns): boolean =>
  a.negated === b.negated && (!b.complete || asWritten(a.patterns, b.patterns) !== null);

const isSame = (a: IamStatement, b: IamStatement | undefined): boolean =>
  b !== undefined &&
  a.sid === b.sid &&
  mayBe(a.effect, b.effect) &&
  arePatterns(a.actions, b.actions) &&
  arePatterns(a.resources, b.resources);

const at = (value: Value<string>, origin: Origin, written?: Value<string>): Value<string> =>
  value.kind === 'known' && written?.kind === 'known' ? { ...written, ...value, origin } : { ...value, origin };

/** Each where it was written, where they are the same, else where the whole was. */
const placeValues = (
  values: readonly Value<string>[],
  written: readonly Value<string>[],
  otherwise: Origin,
): readonly Value<string>[] => {
  const same = asWritten(values, written);
  return values.map((value, i) => at(value, same?.[i]?.origin ?? otherwise, same?.[i]));
};

const placePatterns = (a: IamPatterns, b: IamPatterns, origin: Origin): IamPatterns => ({
  ...a,
  patterns: placeValues(a.patterns, b.patterns, origin),
});

const place = ([text, written]: readonly [IamStatement, IamStatement]): IamStatement => {
  const { origin } = written;
  return {
    ...text,
    effect: at(text.effect, written.effect.origin),
    actions: placePatterns(text.actions, written.actions, origin),
    resources: placePatterns(text.resources, written.resources, origin),
    principals: text.principals && {
      ...text.principals,
      entries: placeEntries(text.principals.entries, written.principals?.entries ?? [], origin),
    },
    conditions: text.conditions && placeConditions(text.conditions, written.conditions ?? [], origin),
    origin,
  };
};

/** Types, operators and keys may be written in another order than the text has them. */
const placeEntries = (
  entries: readonly IamPrincipal[],
  written: readonly IamPrincipal[],
  origin: Origin,
): readonly IamPrincipal[] =>
  entries.map(({ type, id }) => {
    const same = written.filter((other) => other.type === type);
    const here = same.find((other) => other.id.kind === 'known' && mayBe(id, other.id)) ?? same[0];
    return { type, id: at(id, here?.id.origin ?? origin) };
  });

const placeConditions = (
  conditions: readonly IamCondition[],
  written: readonly IamCondition[],
  origin: Origin,
): readonly IamCondition[] =>
  conditions.map((condition) => {
    const same = written.find(({ operator, key }) => operator === condition.operator && key === condition.key);
    return { ...condition, values: placeValues(condition.values, same?.values ?? [], origin) };
  });
