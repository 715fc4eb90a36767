import {
  type ListValue,
  type Origin,
  type Unknown,
  type Value,
  absent,
  known,
  literal,
  unknown,
} from '../model/value.ts';
import { renderKey } from './address.ts';
import { writtenIn } from './agreement.ts';
import {
  type MapEntry,
  type Wanted,
  entriesFrom,
  knownJson,
  listFrom,
  valueFrom,
  wantedBoolean,
  wantedNumber,
  wantedText,
} from './from-source.ts';
import type { Symbolic } from './hcl/symbolic.ts';
import { type Json, isObject, objectAt } from './json.ts';
import { elements, hiddenElements } from './list-elements.ts';
import { joinOrigins } from './origins.ts';
import { aligned } from './plan/aligned.ts';
import {
  type View,
  flagAt,
  isComputed,
  isOfText,
  isSetToSomething,
  isUnset,
  isVisible,
  misread,
  originOf,
  trailOf,
} from './view.ts';

/** How adapters read a resource: its arguments and attributes as symbolic values. */

export { type Blocks, blocksOf } from './blocks.ts';
export { type View, isUnset, isVisible, originOf, trailOf, viewOf } from './view.ts';

/** What an attribute is to hold. A plan has it as the schema says, or the value is read as unknown; text may write it in other ways. */
type Type<T> = { readonly check: (value: Json) => value is Json & T; readonly wanted: Wanted<T> };

const text: Type<string> = { check: (value) => typeof value === 'string', wanted: wantedText };
const number: Type<number> = { check: (value) => typeof value === 'number', wanted: wantedNumber };
const boolean: Type<boolean> = { check: (value) => typeof value === 'boolean', wanted: wantedBoolean };

const unknownOf = (view: View, name: string): Unknown => {
  const origin = originOf(view, name);
  if (isSetToSomething(view, name) || view.path !== '') {
    const trail = trailOf(view, name);
    return unknown(origin, trail.references, trail.trailEnds);
  }
  // Nothing sets it: the provider computes it, and the value is known by its own name.
  const self = { resource: view.resource.id, path: name };
  return { ...unknown(origin, [self]), template: [self] };
};

/** What the plan leaves unknown the text may say; where it loses the trail, the plan may have kept it. */
const filled = <T>(view: View, name: string, { wanted }: Type<T>): Value<T> => {
  const written = writtenIn(view, name);
  if (written === undefined) return unknownOf(view, name);
  const value = valueFrom(written.value, originOf(view, name), wanted);
  if (value.kind !== 'unknown' || value.template !== undefined) return value;
  if (value.references.length > 0 && value.trailEnds.length === 0) return value;
  const trail = joinOrigins([value, { ...trailOf(view, name), trailEnds: [] }]);
  return { ...value, ...trail };
};

const read = <T>(view: View, name: string, type: Type<T>): Value<T> => {
  const origin = originOf(view, name);
  const flag = flagAt(view.unknown, name);
  if (flag === true) return filled(view, name, type);
  const value = view.values[name];
  // Flags of a list or a block, where neither stands, say nothing of a text or a number.
  if (value === undefined || value === null) return typeof flag === 'object' ? misread(view, name) : absent(origin);
  if (!type.check(value)) return misread(view, name);
  // A text that Terraform marks sensitive must reach no output, so that it reaches no judgement either.
  if (typeof value === 'string' && flagAt(view.sensitive, name) === true) return unknownOf(view, name);
  return known<T>(value, origin);
};

/** An attribute as the resource will have it: what nothing sets and the provider computes is a reference to itself. */
export const attribute = (view: View, name: string): Value<string> => read(view, name, text);

const argumentOf = <T>(view: View, name: string, type: Type<T>): Value<T> => {
  if (flagAt(view.unknown, name) === true && isUnset(view, name)) return absent(originOf(view, name));
  const value = read(view, name, type);
  if (value.kind === 'unknown' && !isVisible(view) && view.path !== '') return unknown(value.origin);
  return value;
};

/** An argument as the configuration sets it: unset is absent, although the plan calls what is computed unknown. */
export const argument = (view: View, name: string): Value<string> => {
  const value = argumentOf(view, name, text);
  // Set blocks and states hold "" for what is not set.
  return value.kind === 'known' && value.value === '' ? absent(value.origin) : value;
};
export const numberArgument = (view: View, name: string): Value<number> => argumentOf(view, name, number);
export const booleanArgument = (view: View, name: string): Value<boolean> => argumentOf(view, name, boolean);

/** What an argument is now, where the plan changes the resource in place; absent elsewhere. `null` is what it means. */
export const booleanNow = (view: View, name: string, otherwise: boolean): Value<boolean> => {
  const origin = originOf(view, name);
  const { before } = view.resource;
  if (before === undefined) return absent(origin);
  const value = before[name] ?? otherwise;
  return typeof value === 'boolean' ? known(value, origin) : misread(view, name);
};

/** The value of any attribute, undecoded; undefined where it is absent or unknown. */
export const rawValue = (view: View, name: string): Json | undefined => {
  const value = view.values[name];
  if (value !== undefined && value !== null) return value;
  const written = flagAt(view.unknown, name) === true ? writtenIn(view, name) : undefined;
  return written === undefined ? undefined : (knownJson(written) ?? undefined);
};

export const isUnknown = (view: View, name: string): boolean => {
  if (flagAt(view.unknown, name) !== true) return false;
  const written = writtenIn(view, name);
  if (written !== undefined) return knownJson(written) === undefined;
  return !isOfText(view) || isComputed(view, name);
};

/** What the text says of an argument, with all its structure; null where no text was read, or it does not set it. */
export const structureAt = (view: View, name: string): Symbolic | null => writtenIn(view, name)?.value ?? null;

/** A list or set of strings. One that is unknown as a whole, or unset and computed, is incomplete. */
export const listArgument = (view: View, name: string): ListValue<string> => {
  const origin = originOf(view, name);
  const flags = flagAt(view.unknown, name);
  if (flags === true) return unknownList(view, name, origin);
  const raw = view.values[name];
  if (raw === undefined || raw === null) return { items: [], complete: true, origin };
  if (!Array.isArray(raw)) return { items: [misread(view, name)], complete: false, origin };
  const value = aligned(raw, flags);
  const hidden = hiddenElements(value, flags, flagAt(view.sensitive, name));
  if (value.some((item) => item !== null && typeof item !== 'string')) misread(view, name);
  const items = elements(value, hidden, () => trailOf(view, name), origin);
  return { items: view.source === null ? items : withText(view, name, items), complete: true, origin };
};

/** As many unknown elements as the text has are taken one for one, as those of references are; known ones get their place. */
const withText = (view: View, name: string, items: readonly Value<string>[]): readonly Value<string>[] => {
  const written = writtenIn(view, name);
  const list = written === undefined ? undefined : listFrom(written.value, originOf(view, name));
  if (list === undefined) return items;
  const same = new Map(list.items.flatMap((item) => (item.kind === 'known' ? [[item.value, item]] : [])));
  // What the plan does not know the text may: an element that is none of those that the plan has.
  const seen = new Set(items.flatMap((item) => literal(item) ?? []));
  const open = list.items.filter((item) => item.kind !== 'known' || !seen.has(item.value));
  const paired = list.complete && open.length === items.filter(({ kind }) => kind === 'unknown').length;
  let next = 0;
  return items.map((item) => {
    if (item.kind === 'known') {
      const twin = same.get(item.value);
      return { ...twin, ...item, origin: { ...item.origin, ...twin?.origin, path: item.origin.path } };
    }
    const own = paired && item.kind === 'unknown' ? open[next++] : undefined;
    // Where the text has lost the trail, the plan may have kept it.
    const isLost = own === undefined || (own.kind === 'unknown' && own.references.length === 0);
    return isLost ? item : { ...own, origin: { ...own.origin, path: item.origin.path } };
  });
};

const unknownList = (view: View, name: string, origin: Origin): ListValue<string> => {
  const written = writtenIn(view, name);
  if (written !== undefined) {
    return listFrom(written.value, origin) ?? { items: [filled(view, name, text)], complete: false, origin };
  }
  if (isOfText(view) && !isComputed(view, name)) return { items: [], complete: true, origin };
  const trail = trailOf(view, name);
  const items = trail.references.map((reference) => unknown(origin, [reference]));
  // Nothing is known of what it holds: an element that nobody can see, unlike a list that is not set.
  const hidden = trail.trailEnds.length > 0 || (items.length === 0 && !isUnset(view, name));
  return { items: hidden ? [...items, unknown(origin, [], trail.trailEnds)] : items, complete: false, origin };
};

const entriesAt = (view: View, name: string, origin: Origin): readonly MapEntry[] | undefined => {
  const written = writtenIn(view, name);
  return written === undefined ? undefined : entriesFrom(written.value, origin);
};

/** A map of strings. The plan keeps one trail for all of its elements. */
export const mapArgument = (view: View, name: string): readonly MapEntry[] => {
  const origin = originOf(view, name);
  const flags = flagAt(view.unknown, name);
  const openAt = (place: Origin): Unknown => {
    const { references, trailEnds } = trailOf(view, name);
    return unknown(place, references, trailEnds);
  };
  const entries = entriesAt(view, name, origin);
  if (flags === true) {
    if (entries !== undefined) return entries;
    return isUnset(view, name) ? [] : [{ key: null, value: openAt(origin) }];
  }
  const texts = new Map((entries ?? []).map(({ key, value }) => [key, value]));
  const values = objectAt(view.values, name) ?? {};
  const sensitive = flagAt(view.sensitive, name) ?? false;
  const keys = new Set([...Object.keys(values), ...(isObject(flags) ? Object.keys(flags) : [])]);
  return [...keys].map((key) => {
    const value = values[key];
    const seen = typeof value === 'string' && flagAt(sensitive, key) !== true;
    const place = { ...origin, path: `${origin.path}${renderKey(key)}` };
    const isOpen = isObject(flags) && flagAt(flags, key) === true;
    const written = isOpen ? texts.get(key) : undefined;
    return { key, value: seen ? known(value, place) : (written ?? openAt(place)) };
  });
};

/** Whether the configuration sets an argument; what it leaves to the provider is always one that AWS takes. */
export const isSet = (view: View, name: string): boolean => {
  if (view.source !== null) return isSetToSomething(view, name);
  return view.nodes.some((node) => {
    const expression = node[name];
    return expression !== undefined && !(isObject(expression) && expression['constant_value'] === null);
  });
};
