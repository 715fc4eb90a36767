import {
  type Known,
  type ListValue,
  type Origin,
  type TemplatePart,
  type Unknown,
  type Value,
  absent,
  known,
  unknown,
} from '../model/value.ts';
import { renderKey } from './address.ts';
import { entryAt, unseenIn } from './hcl/evaluate/keyed.ts';
import { madeFrom } from './hcl/made-from.ts';
import type { Hole, Place, Symbolic } from './hcl/symbolic.ts';
import { isSensitive, nothing, originsOf, toJson } from './hcl/values.ts';
import type { Json } from './json.ts';
import type { SourceAttribute, SourceBody } from './source.ts';

/** What configuration text says of an argument, in the words of the model. */

/** Narrows a value, and takes the other ways to write one of its type: Terraform takes `"5432"` for a number. */
export type Wanted<T> = (value: Json) => T | undefined;

export const wantedText: Wanted<string> = (value) =>
  typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : undefined;

export const wantedNumber: Wanted<number> = (value) => {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : undefined;
};

export const wantedBoolean: Wanted<boolean> = (value) => {
  if (typeof value === 'boolean') return value;
  return value === 'true' ? true : value === 'false' ? false : undefined;
};

/** `null` leaves the choice to the provider, as what is not written does. */
export const isWritten = (attribute: SourceAttribute | undefined): attribute is SourceAttribute =>
  attribute !== undefined && !(attribute.value.kind === 'known' && attribute.value.value === null);

export const writtenAt = (source: SourceBody | null, name: string): SourceAttribute | undefined => {
  const attribute = source?.attribute(name);
  return isWritten(attribute) ? attribute : undefined;
};

/** The value that the text gives; a sensitive one is hidden, as everywhere. */
export const valueFrom = <T>(value: Symbolic, origin: Origin, wanted: Wanted<T>): Value<T> => {
  if (value.kind === 'known') {
    if (value.value === null) return absent(origin);
    const found = wanted(value.value);
    return found === undefined || (value.sensitive === true && typeof found === 'string')
      ? unknown(origin)
      : { ...known(found, origin), ...madeOf(value) };
  }
  return unknownFrom(value, origin);
};

/** What a text was made from. */
export const madeOf = (value: Symbolic): Pick<Known<string>, 'references'> => {
  const references = madeFrom(value);
  return references.length === 0 ? {} : { references };
};

/** What the texts in a template were made from. */
export const textsMadeOf = (value: Symbolic): Pick<Unknown, 'textReferences'> => {
  const textReferences = madeFrom(value);
  return textReferences.length === 0 ? {} : { textReferences };
};

const unknownFrom = (value: Symbolic, origin: Origin): Unknown => {
  const { references, trailEnds } = originsOf(value);
  const found = unknown(origin, references, trailEnds);
  const template = templateOf(value);
  return template === undefined ? found : { ...found, template, ...textsMadeOf(value) };
};

/** The pieces of a text; one attribute alone is a template, too. Undefined where nothing is known but what it comes from. */
const templateOf = (value: Symbolic): readonly TemplatePart[] | undefined => {
  if (value.kind === 'unknown') return value.exactly === undefined ? undefined : [value.exactly];
  if (value.kind !== 'text' || value.sensitive === true) return undefined;
  return value.parts.map((part) => (typeof part === 'string' ? part : pieceOf(part)));
};

const pieceOf = ({ exactly, references, trailEnds }: Hole): TemplatePart =>
  exactly ?? { computed: true, references, trailEnds };

/** At a place that is known more closely than before: who gave the whole says no more of it. */
export const placed = (origin: Origin, place: Place | undefined, calls: readonly Place[] = []): Origin => {
  if (place === undefined) return origin;
  const { given: _, ...more } = origin;
  const called = calls.length === 0 ? {} : { calls: calls.map(({ file, line, column }) => ({ file, line, column })) };
  return { ...more, ...place, ...called };
};

/** A list as the text has it; undefined where nothing is known of its elements. */
export const listFrom = (value: Symbolic, origin: Origin): ListValue<string> | undefined => {
  if (value.kind !== 'list') return undefined;
  const items = value.items.map((item, i) =>
    valueFrom(item, placed({ ...origin, path: `${origin.path}[${i}]` }, item.place), wantedText),
  );
  if (value.open === undefined) return { items, complete: true, origin };
  const hidden = unknown(origin, value.open.references, value.open.trailEnds);
  return { items: [...items, hidden], complete: false, origin };
};

/** An element of a map; the key is null where it is not known, or the whole map is not. */
export type MapEntry = { readonly key: string | null; readonly value: Value<string> };

/** Elements of a map, and what may be there besides; undefined where nobody can say which there are. */
export const entriesFrom = (value: Symbolic, origin: Origin): readonly MapEntry[] | undefined => {
  if (value.kind !== 'map') return undefined;
  const named = [...value.entries.keys()].map((key): MapEntry => {
    const item = entryAt(value, key) ?? nothing;
    const place = placed({ ...origin, path: `${origin.path}${renderKey(key)}` }, item.place);
    return { key, value: valueFrom(item, place, wantedText) };
  });
  const hidden = (value.hidden?.items ?? []).map(([, item]): MapEntry => {
    return { key: null, value: valueFrom(item, placed(origin, item.place), wantedText) };
  });
  const unseen = unseenIn(value);
  if (unseen === undefined) return [...named, ...hidden];
  return [...named, ...hidden, { key: null, value: unknown(origin, unseen.references, unseen.trailEnds) }];
};

/** What is known of all arguments: values and marks as plan JSON has them, for configurations without a plan. */
export const knownJson = (attribute: SourceAttribute): Json | undefined => toJson(attribute.value);

export const isMarked = ({ value }: SourceAttribute): boolean => isSensitive(value);
