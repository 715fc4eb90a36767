import { type ListValue, type Origin, type Unknown, type Value, absent, known, unknown } from '../model/value.ts';
import { joinPath, renderKey } from './address.ts';
import type { GraphResource } from './graph.ts';
import { type Json, type JsonObject, arrayAt, isObject, objectAt } from './json.ts';
import { elements, hiddenElements } from './list-elements.ts';
import { aligned } from './plan/aligned.ts';
import { matchBlocks } from './plan/match-blocks.ts';
import { type Trail, followExpression, joinTrails, scopeOf } from './plan/references.ts';

/** A resource, or one of its nested blocks, with what the configuration says of it. */
export type View = {
  readonly resource: GraphResource;
  /** Attribute path of the block; empty for the resource itself. */
  readonly path: string;
  readonly values: JsonObject;
  readonly unknown: Json;
  readonly sensitive: Json;
  /** The configuration blocks that may have made it; empty where the plan keeps none (`dynamic`, states). */
  readonly nodes: readonly JsonObject[];
};

/** Nested blocks of one name; `complete` is false when more may exist than the plan shows. */
export type Blocks = { readonly blocks: readonly View[]; readonly complete: boolean };

export const viewOf = (resource: GraphResource): View => ({
  resource,
  path: '',
  values: resource.values,
  unknown: resource.unknown,
  sensitive: resource.sensitive,
  // A resource without any argument has a node, and no expressions in it.
  nodes: resource.config === null ? [] : [objectAt(resource.config, 'expressions') ?? {}],
});

export const originOf = ({ resource, path }: View, name = ''): Origin => ({
  address: resource.address,
  path: name === '' ? path : joinPath(path, name),
  ...(resource.document.index === 0 ? {} : { document: resource.document.index }),
});

/** A flag that is no flag may hide anything: it is read as set. */
const flagAt = (tree: Json, name: string): Json | undefined => {
  if (typeof tree === 'boolean') return tree;
  if (!isObject(tree)) return true;
  const flag = tree[name];
  return flag === undefined || typeof flag === 'boolean' || (typeof flag === 'object' && flag !== null) ? flag : true;
};

const isExpression = (value: Json | undefined): boolean =>
  value === undefined || (isObject(value) && (value['references'] === undefined || Array.isArray(value['references'])));

const trailOf = (view: View, name: string): Trail => {
  if (!view.nodes.every((node) => isExpression(node[name]))) misread(view, name);
  return joinTrails(view.nodes.map((node) => followExpression(node[name], scopeOf(view.resource))));
};

/** An attribute of any JSON type; `check` narrows it, and a value of another type is read as unknown. */
type Check<T> = (value: Json) => value is Json & T;

const isString = (value: Json): value is string => typeof value === 'string';
const isNumber = (value: Json): value is number => typeof value === 'number';
const isBoolean = (value: Json): value is boolean => typeof value === 'boolean';

/**
 * False also for `x = null`, and for `x = var.x` where the variable is null: an expression of which everything is known,
 * and whose value is not, leaves the choice to the provider.
 */
const isSetToSomething = (view: View, name: string): boolean =>
  view.nodes.some((node) => {
    const expression = node[name];
    if (expression === undefined || (isObject(expression) && 'constant_value' in expression)) return false;
    const { references, trailEnds } = followExpression(expression, scopeOf(view.resource));
    return arrayAt(expression, 'references').length === 0 || references.length > 0 || trailEnds.length > 0;
  });

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

/** Not what the provider's schema has there, so nobody can say what it means. */
const misread = (view: View, name: string): Unknown => {
  const origin = originOf(view, name);
  view.resource.document.faults.add({ place: origin.path, address: origin.address, problem: 'type' });
  return unknown(origin);
};

const read = <T>(view: View, name: string, check: Check<T>): Value<T> => {
  const origin = originOf(view, name);
  const flag = flagAt(view.unknown, name);
  if (flag === true) return unknownOf(view, name);
  const value = view.values[name];
  // Flags of a list or a block, where neither stands, say nothing of a text or a number.
  if (value === undefined || value === null) return typeof flag === 'object' ? misread(view, name) : absent(origin);
  if (!check(value)) return misread(view, name);
  // A text that Terraform marks sensitive must reach no output, so that it reaches no judgement either.
  if (typeof value === 'string' && flagAt(view.sensitive, name) === true) return unknownOf(view, name);
  return known<T>(value, origin);
};

/** An attribute as the resource will have it: what nothing sets and the provider computes is a reference to itself. */
export const attribute = (view: View, name: string): Value<string> => read(view, name, isString);

/** Only a create takes the default for what is unset; later the value is what the object has. */
const isCreated = ({ resource }: View): boolean =>
  resource.mode === 'managed' && (resource.action === 'create' || resource.action === 'replace');

/** In a block that the configuration section does not show, nobody can tell unset from unknown. */
const isVisible = (view: View): boolean => view.nodes.length > 0;

const isUnset = (view: View, name: string): boolean =>
  (isCreated(view) || isNewBlock(view)) && isVisible(view) && !isSetToSomething(view, name);

/** In an object that exists, only a block that the plan adds has something unknown in it that nothing sets. */
const isNewBlock = ({ resource, path }: View): boolean => resource.mode === 'managed' && path !== '';

const argumentOf = <T>(view: View, name: string, check: Check<T>): Value<T> => {
  if (flagAt(view.unknown, name) === true && isUnset(view, name)) return absent(originOf(view, name));
  const value = read(view, name, check);
  if (value.kind === 'unknown' && !isVisible(view) && view.path !== '') return unknown(value.origin);
  return value;
};

/** An argument as the configuration sets it: unset is absent, although the plan calls what is computed unknown. */
export const argument = (view: View, name: string): Value<string> => {
  const value = argumentOf(view, name, isString);
  // Set blocks and states hold "" for what is not set.
  return value.kind === 'known' && value.value === '' ? absent(value.origin) : value;
};
export const numberArgument = (view: View, name: string): Value<number> => argumentOf(view, name, isNumber);
export const booleanArgument = (view: View, name: string): Value<boolean> => argumentOf(view, name, isBoolean);

/** The value of any attribute, undecoded; undefined where it is absent or unknown. */
export const rawValue = (view: View, name: string): Json | undefined => view.values[name] ?? undefined;

export const isUnknown = (view: View, name: string): boolean => flagAt(view.unknown, name) === true;

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
  return { items: elements(value, hidden, () => trailOf(view, name), origin), complete: true, origin };
};

const unknownList = (view: View, name: string, origin: Origin): ListValue<string> => {
  const trail = trailOf(view, name);
  const items = trail.references.map((reference) => unknown(origin, [reference]));
  // Nothing is known of what it holds: an element that nobody can see, unlike a list that is not set.
  const hidden = trail.trailEnds.length > 0 || (items.length === 0 && !isUnset(view, name));
  return { items: hidden ? [...items, unknown(origin, [], trail.trailEnds)] : items, complete: false, origin };
};

/** An element of a map; the key is null where the whole map is unknown. */
export type MapEntry = { readonly key: string | null; readonly value: Value<string> };

/** A map of strings. The plan keeps one trail for all of its elements. */
export const mapArgument = (view: View, name: string): readonly MapEntry[] => {
  const origin = originOf(view, name);
  const flags = flagAt(view.unknown, name);
  const openAt = (place: Origin): Unknown => {
    const { references, trailEnds } = trailOf(view, name);
    return unknown(place, references, trailEnds);
  };
  if (flags === true) return isUnset(view, name) ? [] : [{ key: null, value: openAt(origin) }];
  const values = objectAt(view.values, name) ?? {};
  const sensitive = flagAt(view.sensitive, name) ?? false;
  const keys = new Set([...Object.keys(values), ...(isObject(flags) ? Object.keys(flags) : [])]);
  return [...keys].map((key) => {
    const value = values[key];
    const seen = typeof value === 'string' && flagAt(sensitive, key) !== true;
    const place = { ...origin, path: `${origin.path}${renderKey(key)}` };
    return { key, value: seen ? known(value, place) : openAt(place) };
  });
};

/** Nested blocks. `computed` says that the provider fills them in where nothing sets them: then unset is none. */
export const blocksOf = (view: View, name: string, computed: 'computed' | 'optional' = 'optional'): Blocks => {
  const flags = flagAt(view.unknown, name);
  if (flags === true) return { blocks: [], complete: computed === 'computed' && isUnset(view, name) };
  const all = elementsOf(view, name, flags);
  const found = all.flatMap(({ value, ...rest }) => (isObject(value) ? [{ value, ...rest }] : []));
  const nodes = view.nodes.flatMap((node) => blockNodes(node[name]));
  const values = found.map(({ value }) => value);
  // Of blocks in which everything is known, hardly anything asks for their configuration.
  let matched: ReturnType<typeof matchBlocks> | null = null;
  const nodesOf = (i: number): readonly JsonObject[] => {
    matched ??= matchBlocks(
      values,
      found.map((element) => element.flag),
      nodes,
      scopeOf(view.resource),
    );
    return matched[i] ?? [];
  };
  const sensitive = flagAt(view.sensitive, name);
  const blocks = found.map(({ value, flag, index }, i) => ({
    resource: view.resource,
    path: `${joinPath(view.path, name)}[${index}]`,
    values: value,
    unknown: flag,
    sensitive: Array.isArray(sensitive) ? (sensitive[index] ?? false) : (sensitive ?? false),
    get nodes() {
      return nodesOf(i);
    },
  }));
  return { blocks, complete: found.length === all.length };
};

type Element = { readonly value: Json; readonly flag: Json; readonly index: number };

/** One that is unknown as a whole is null. */
const elementsOf = (view: View, name: string, flags: Json | undefined): readonly Element[] => {
  const raw = view.values[name] ?? [];
  const all = Array.isArray(raw) ? aligned(raw, flags) : [raw];
  const found = all.map((value, index) => {
    const flag = Array.isArray(flags) ? flags[index] : Array.isArray(raw) ? false : flags;
    return { value, flag: flag ?? false, index };
  });
  if (found.some(({ value, flag }) => !isObject(value) && flag !== true)) misread(view, name);
  return found;
};

const blockNodes = (node: Json | undefined): readonly JsonObject[] => {
  if (Array.isArray(node)) return node.filter(isObject);
  // An attribute that takes blocks (`ingress = [...]`) is one expression for all of them.
  return isObject(node) && !('references' in node) && !('constant_value' in node) ? [node] : [];
};

/** Whether the configuration sets an argument; what it leaves to the provider is always one that AWS takes. */
export const isSet = (view: View, name: string): boolean =>
  view.nodes.some((node) => {
    const expression = node[name];
    return expression !== undefined && !(isObject(expression) && expression['constant_value'] === null);
  });
