import { type InstanceKey, type Step, parseTraversal, renderKey, renderPath } from '../address.ts';
import type { GraphDocument, GraphResource, ModuleInstance } from '../graph.ts';
import { type Json, type JsonObject, arrayAt, isObject, objectAt, ownAt } from '../json.ts';
import { type Origins, joinOrigins, noOrigins } from '../origins.ts';
import { isConstant } from './json-syntax.ts';
import { enter } from './modules.ts';

/** Where an expression stands: the module instance, and the resource instance whose `each` and `count` it sees. */
export type Scope = {
  readonly document: GraphDocument;
  readonly module: ModuleInstance;
  readonly key: InstanceKey | null;
  /** `for_each` of the resource or module call, which `each.value` comes from. */
  readonly forEach: JsonObject | undefined;
};

const maximumDepth = 64;
const maximumNames = 4096;

export const scopeOf = (resource: GraphResource): Scope => ({
  document: resource.document,
  module: resource.module,
  key: resource.key,
  forEach: objectAt(resource.config ?? undefined, 'for_each_expression'),
});

/** Follows the references of one expression node of the configuration section. */
export const followExpression = (expression: Json | undefined, scope: Scope, way: Way = wayFrom()): Origins => {
  const names = longestReferences(arrayAt(expression, 'references'));
  // `each.value` is the key in a set; an attribute of it names some other instance.
  const keyed = names.some((name) => ['each.key', 'each.value', 'count.index'].includes(name));
  return joinOrigins(names.map((name) => followName(name, keyed, scope, way)));
};

/** Terraform lists each reference from its longest form to its shortest; only the longest says something. */
export const longestReferences = (names: readonly Json[]): readonly string[] => {
  const kept: string[] = [];
  let previous = '';
  for (const name of names) {
    if (typeof name !== 'string') continue;
    const shortened = previous.startsWith(`${name}.`) || previous.startsWith(`${name}[`);
    if (shortened) continue;
    kept.push(name);
    previous = name;
  }
  return [...new Set(kept)];
};

/** Where a trail has come: a plan that runs in circles, or in too many ways to one end, must not hang it. */
type Way = {
  readonly depth: number;
  /** What the expressions that led here still take from the value: `.db.resource_id`. */
  readonly tail: readonly Step[];
  /** Inputs and outputs that were followed already, and have given what they have. */
  readonly seen: Set<string>;
};

const wayFrom = (): Way => ({ depth: 0, tail: [], seen: new Set() });

const isNew = ({ seen, tail }: Way, name: string, { module, key }: Scope): boolean =>
  seen.size < seen.add(JSON.stringify([module.path, key, name, tail])).size;

const followName = (name: string, keyed: boolean, scope: Scope, way: Way): Origins => {
  if (way.depth > maximumDepth || way.seen.size > maximumNames) return { references: [], trailEnds: ['…'] };
  const steps = parseTraversal(name);
  const head = nameAt(steps, 0);
  if ((head === 'var' || head === 'module') && !isNew(way, name, scope)) return noOrigins;
  switch (head) {
    case 'var':
      return followVariable(steps, scope, way);
    case 'module':
      return followOutput(steps, scope, way, keyed);
    case 'each':
      return nameAt(steps, 1) === 'value' ? followEachValue(name, steps.slice(2), scope, way) : noOrigins;
    case 'count':
    case 'path':
    case 'terraform':
      return noOrigins;
    case 'local':
    case 'self':
      return { references: [], trailEnds: [name] };
    case 'data':
      return followResource(steps, 3, keyed, scope, way.tail);
    default:
      return followResource(steps, 2, keyed, scope, way.tail);
  }
};

const nameAt = (steps: readonly Step[], index: number): string => {
  const step = steps[index];
  return step !== undefined && 'name' in step ? step.name : '';
};

const followVariable = (steps: readonly Step[], scope: Scope, { depth, tail, seen }: Way): Origins => {
  const name = nameAt(steps, 1);
  const { parent } = scope.module;
  if (parent === null) {
    // The value of a root variable is in the plan, so whatever is unknown does not come from it.
    return Object.hasOwn(scope.document.variables, name) ? noOrigins : { references: [], trailEnds: [`var.${name}`] };
  }
  const call = parent.config?.calls.get(scope.module.call);
  if (call === undefined) return { references: [], trailEnds: [`var.${name}`] };
  const argument = ownAt(objectAt(call.node, 'expressions'), name);
  const callScope: Scope = {
    document: scope.document,
    module: parent,
    key: scope.module.key,
    forEach: objectAt(call.node, 'for_each_expression'),
  };
  const way: Way = { depth: depth + 1, tail: [...steps.slice(2), ...tail], seen };
  const trail = followExpression(argument, callScope, way);
  return steps.length > 2 ? oneOf(trail) : trail;
};

const followOutput = (steps: readonly Step[], scope: Scope, way: Way, keyed: boolean): Origins => {
  const callName = nameAt(steps, 1);
  const call = scope.module.config?.calls.get(callName);
  if (call === undefined) return { references: [], trailEnds: [renderPath(steps)] };
  const third = steps[2];
  const explicit = third !== undefined && 'index' in third ? third.index : null;
  // Where the whole module was passed on, the name of the output comes later in the tail.
  const rest = [...steps.slice(explicit === null ? 2 : 3), ...way.tail];
  const at = rest.findIndex((step) => 'name' in step && Object.hasOwn(call.module.outputs, step.name));
  if (at < 0) return { references: [], trailEnds: [renderPath(steps)] };
  const output = objectAt(call.module.outputs, nameAt(rest, at));
  const keys = explicit === null ? moduleKeys(scope, callName, keyed) : [explicit];
  const trails = keys.map((key) => {
    const module = enter(scope.document.modules, scope.module, callName, key);
    const inner: Scope = { document: scope.document, module, key: null, forEach: undefined };
    return followExpression(output?.['expression'], inner, { ...way, depth: way.depth + 1, tail: rest.slice(at + 1) });
  });
  return keys.length > 1 || rest.length > at + 1 ? oneOf(joinOrigins(trails)) : joinOrigins(trails);
};

/** What is taken from a collection, or from an object, comes from one of the references in it. */
const oneOf = (trail: Origins): Origins => {
  if (trail.references.length < 2) return trail;
  return { ...trail, references: trail.references.map((reference) => ({ ...reference, oneOf: true })) };
};

const moduleKeys = (scope: Scope, call: string, keyed: boolean): readonly (InstanceKey | null)[] => {
  const siblings = [...scope.document.modules.values()].filter((m) => m.parent === scope.module && m.call === call);
  return siblings.length === 0 ? [null] : chooseKeys(siblings, keyed, scope.key);
};

const chooseKeys = <T extends { readonly key: InstanceKey | null }>(
  siblings: readonly T[],
  keyed: boolean,
  key: InstanceKey | null,
): readonly (InstanceKey | null)[] => {
  const own = keyed && key !== null ? siblings.find((sibling) => sibling.key === key) : undefined;
  return own === undefined ? siblings.map((sibling) => sibling.key) : [own.key];
};

const followEachValue = (name: string, rest: readonly Step[], scope: Scope, way: Way): Origins => {
  const names = longestReferences(arrayAt(scope.forEach, 'references'));
  // The plan leaves out a `for_each` that calls a function on constants: `toset(["a"])`.
  const isKnown = isObject(scope.forEach) || typeof scope.key === 'string';
  if (names.length === 0) return isKnown ? noOrigins : { references: [], trailEnds: [name] };
  // `for_each = aws_x.y` chains instances: `each.value` is the one with the same key.
  const next: Way = { ...way, depth: way.depth + 1, tail: [...rest, ...way.tail] };
  return oneOf(joinOrigins(names.map((each) => followName(each, true, { ...scope, forEach: undefined }, next))));
};

const followResource = (
  steps: readonly Step[],
  length: number,
  keyed: boolean,
  scope: Scope,
  tail: readonly Step[],
): Origins => {
  const name = renderPath(steps.slice(0, length));
  const prefix = scope.module.path === '' ? '' : `${scope.module.path}.`;
  const next = steps[length];
  const explicit = next !== undefined && 'index' in next ? next.index : null;
  const own = steps.slice(explicit === null ? length : length + 1);
  const instances = scope.document.instances.get(`${scope.module.path}|${name}`) ?? [];
  const path = renderPath(own.length > 0 ? own : attributeIn(tail, instances[0]));
  const keys =
    explicit !== null ? [explicit] : instances.length === 0 ? [null] : chooseKeys(instances, keyed, scope.key);
  const documentPrefix = scope.document.index === 0 ? '' : `@${scope.document.index}/`;
  return {
    references: keys.map((key) => ({
      resource: `${documentPrefix}${prefix}${name}${renderKey(key)}`,
      path,
      ...(keys.length > 1 ? { oneOf: true as const } : {}),
    })),
    trailEnds: [],
  };
};

/** What a tail takes from a resource that was passed on whole, perhaps in a map whose keys come first. */
const attributeIn = (tail: readonly Step[], instance: GraphResource | undefined): readonly Step[] => {
  if (instance === undefined) return tail;
  const at = tail.findIndex(
    (step) =>
      'name' in step &&
      (Object.hasOwn(instance.values, step.name) ||
        (isObject(instance.unknown) && Object.hasOwn(instance.unknown, step.name))),
  );
  return at < 0 ? [] : tail.slice(at);
};

/** The value of an expression that is constant, also through variables; undefined where it is not. */
export const constantOf = (expression: Json | undefined, scope: Scope, depth = 0): { value: Json } | undefined => {
  if (!isObject(expression) || depth > maximumDepth) return undefined;
  if (isConstant(expression)) return { value: expression.constant_value };
  const [name, more] = longestReferences(arrayAt(expression, 'references'));
  if (name === undefined || more !== undefined || !/^var\.[\w-]+$/.test(name)) return undefined;
  return variableConstant(name.slice('var.'.length), scope, depth);
};

const variableConstant = (name: string, scope: Scope, depth: number): { value: Json } | undefined => {
  const { parent } = scope.module;
  // A text that Terraform marks sensitive must reach no output, so that it reaches no judgement either.
  if (scope.module.config?.sensitiveVariables.has(name)) return undefined;
  if (parent === null) {
    const variable = ownAt(scope.document.variables, name);
    return isObject(variable) && variable['value'] !== undefined ? { value: variable['value'] } : undefined;
  }
  const call = parent.config?.calls.get(scope.module.call);
  const argument = ownAt(objectAt(call?.node, 'expressions'), name);
  const callScope: Scope = { ...scope, module: parent, key: scope.module.key, forEach: undefined };
  return constantOf(argument, callScope, depth + 1);
};
