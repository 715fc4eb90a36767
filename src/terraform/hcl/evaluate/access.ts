import type { Reference } from '../../../model/value.ts';
import { joinPath, renderKey } from '../../address.ts';
import { joinOrigins } from '../../origins.ts';
import type { Symbolic, SymbolicList, SymbolicUnknown } from '../symbolic.ts';
import { attributeOf, failure, isFailure, list, originsOf, scalar, unknownFrom } from '../values.ts';
import { equals } from './equality.ts';
import { type Entry, entriesOf, entryAt, sizeOf } from './keyed.ts';
import { numberText } from './numbers.ts';
import { anyOf, computedFrom, marked, readInteger } from './scalars.ts';

/** Going into values: `target[key]`, `target.name`, `target[*]`. */

export const indexOf = (target: Symbolic, key: Symbolic): Symbolic => {
  if (isFailure(target)) return target;
  if (isFailure(key)) return key;
  return marked(elementAt(target, key), target, key);
};

const elementAt = (target: Symbolic, key: Symbolic): Symbolic => {
  if (target.kind === 'unknown') return insideUnknown(target, key);
  if (key.kind !== 'known') return oneElement(target, key);
  if (target.kind === 'list') return itemAt(target, key);
  const name = keyText(key);
  if (name === null) return failure('index');
  if (target.kind === 'map') return entryAt(target, name) ?? failure(name);
  return target.kind === 'instance' ? target.attribute(name) : failure('index');
};

/** A number as key of a map is its text. */
const keyText = (key: Symbolic): string | null => {
  if (key.kind !== 'known' || key.value === null) return null;
  return typeof key.value === 'number' ? numberText(key.value) : String(key.value);
};

const itemAt = (target: SymbolicList, key: Symbolic): Symbolic => {
  const at = readInteger(key);
  if (target.type === 'set' || typeof at === 'string' || at < 0) return failure('index');
  // In front of the item may be others, or some of these may be missing.
  if (target.open !== undefined) return anyOf(originsOf(target));
  return target.items[at] ?? failure('index');
};

/** The key is not known: any of the elements that may have it, and the only one where there is but one. */
const oneElement = (target: Symbolic, key: Symbolic): Symbolic => {
  if (target.kind === 'known' || target.kind === 'text') return failure('index');
  const elements = elementsOf(target);
  const same = elements.find(([name]) => equals(name, key) === true);
  const [only, more] = same === undefined ? elements : [same];
  if (only !== undefined && more === undefined) return only[1];
  return anyOf(joinOrigins([originsOf(target), originsOf(key)]));
};

/** The elements with their keys, where these are all, and each of them is there. */
const elementsOf = (target: Symbolic): readonly Entry[] => {
  if (target.kind === 'list' && target.open === undefined && target.type !== 'set') {
    return target.items.map((item, at) => [scalar(at), item]);
  }
  return target.kind === 'map' && sizeOf(target) !== null ? entriesOf(target) : [];
};

const insideUnknown = (target: SymbolicUnknown, key: Symbolic): Symbolic => {
  if (target.exactly === undefined || key.kind !== 'known') return computedFrom([target, key]);
  if (key.value === null || typeof key.value === 'boolean') return failure('index');
  return attributeOf(within(target.exactly, target.exactly.path + renderKey(indexKey(key.value))));
};

/** `x["0"]` of a list is `x[0]`. */
const indexKey = (key: string | number): string | number => (/^\d{1,9}$/.test(String(key)) ? Number(key) : key);

const within = (reference: Reference, path: string): Reference => ({ ...reference, path });

export const attributeIn = (target: Symbolic, name: string): Symbolic => {
  if (isFailure(target)) return target;
  return marked(named(target, name), target);
};

const named = (target: Symbolic, name: string): Symbolic => {
  switch (target.kind) {
    case 'map':
      return entryAt(target, name) ?? failure(name);
    case 'instance':
      return target.attribute(name);
    case 'unknown':
      return target.exactly === undefined
        ? unknownFrom(target)
        : attributeOf(within(target.exactly, joinPath(target.exactly.path, name)));
    default:
      return failure(name);
  }
};

/** What is no list counts as a list of one, null as an empty one. */
export const splat = (target: Symbolic, _full: boolean, each: (item: Symbolic) => Symbolic): Symbolic => {
  if (isFailure(target)) return target;
  return marked(splatted(target, each), target);
};

const splatted = (target: Symbolic, each: (item: Symbolic) => Symbolic): Symbolic => {
  if (target.kind === 'known' && target.value === null) return list([]);
  if (target.kind === 'unknown') return unknownFrom(originsOf(each(target)));
  if (target.kind !== 'list') return wholly([each(target)], 'tuple');
  return wholly(target.items.map(each), target.type === 'tuple' ? 'tuple' : 'list', target.open);
};

/** A list of which one element is an error is an error. */
const wholly = (items: readonly Symbolic[], type: SymbolicList['type'], open?: SymbolicList['open']): Symbolic =>
  items.find(isFailure) ?? list(items, type, open);
