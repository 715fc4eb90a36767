import { type Step, parseTraversal, renderPath } from '../address.ts';
import type { ConfigCall, ConfigModule, GraphResource, ModuleInstance } from '../graph.ts';
import { type Json, type JsonObject, arrayAt, isObject, objectAt, ownAt, stringAt } from '../json.ts';
import { longestReferences } from './references.ts';

/** What Terraform has done before it begins with a resource. */
export type Dependencies = {
  /** Addresses without instance keys: Terraform waits for all instances of a resource. */
  readonly resources: ReadonlySet<string>;
  /** False where the plan does not keep what an expression refers to: `local.x`. */
  readonly complete: boolean;
};

/** A module of the configuration, with the calls that lead to it. */
type Place = { readonly config: ConfigModule; readonly path: string; readonly calls: readonly Call[] };
type Call = { readonly name: string; readonly call: ConfigCall; readonly parent: Place };

type Walk = { readonly seen: Set<string>; readonly resources: Set<string>; complete: boolean };

/** By the node of the configuration section, which all instances of a resource share. */
const known = new WeakMap<JsonObject, Dependencies>();

/** All that a resource refers to, or names in `depends_on`, and all that this does, through modules. */
export const dependenciesOf = ({ config, module, document }: GraphResource): Dependencies => {
  const place = placeOf(module);
  if (document.isSourceAlone || config === null || place === null) return { resources: new Set(), complete: false };
  const before = known.get(config);
  if (before !== undefined) return before;
  const walk: Walk = { seen: new Set(), resources: new Set(), complete: true };
  visitResource(walk, place, config);
  const { resources, complete } = walk;
  known.set(config, { resources, complete });
  return { resources, complete };
};

const placeOf = (module: ModuleInstance): Place | null => {
  if (module.config === null) return null;
  if (module.parent === null) return { config: module.config, path: '', calls: [] };
  const parent = placeOf(module.parent);
  const call = module.parent.config?.calls.get(module.call);
  return parent === null || call === undefined ? null : enter(parent, module.call, call);
};

const enter = (parent: Place, name: string, call: ConfigCall): Place => ({
  config: call.module,
  path: `${parent.path === '' ? '' : `${parent.path}.`}module.${name}`,
  calls: [...parent.calls, { name, call, parent }],
});

/** `count` and `for_each` decide which instances there are, and a call's `depends_on` is for all that is in it. */
const visitResource = (walk: Walk, place: Place, node: JsonObject): void => {
  for (const part of ['expressions', 'count_expression', 'for_each_expression']) visitNames(walk, place, node[part]);
  visitAll(walk, place, arrayAt(node, 'depends_on'));
  for (const { call, parent } of place.calls) {
    for (const part of ['count_expression', 'for_each_expression']) visitNames(walk, parent, call.node[part]);
    visitAll(walk, parent, arrayAt(call.node, 'depends_on'));
  }
};

/** Every reference in an expression, or in a block of them. */
const visitNames = (walk: Walk, place: Place, tree: Json | undefined): void => {
  if (Array.isArray(tree)) for (const item of tree) visitNames(walk, place, item);
  else if (isObject(tree)) {
    visitAll(walk, place, arrayAt(tree, 'references'));
    for (const [name, child] of Object.entries(tree)) {
      if (name !== 'references' && name !== 'constant_value') visitNames(walk, place, child);
    }
  }
};

const visitAll = (walk: Walk, place: Place, names: readonly Json[]): void => {
  // The shorter forms of a reference to an output would be the whole module.
  for (const name of longestReferences(names)) visitName(walk, place, name);
};

const instanceNames = new Set(['each', 'count', 'path', 'terraform', 'self']);

const visitName = (walk: Walk, place: Place, name: string): void => {
  if (walk.seen.size === walk.seen.add(`${place.path} ${name}`).size) return;
  const steps = parseTraversal(name);
  const [head, second] = [nameAt(steps, 0), nameAt(steps, 1)];
  if (head === 'local') walk.complete = false;
  else if (head === 'var') visitVariable(walk, place, second);
  else if (head === 'module') visitModule(walk, place, second, outputIn(steps));
  else if (!instanceNames.has(head)) visitNode(walk, place, renderPath(steps.slice(0, head === 'data' ? 3 : 2)));
};

const nameAt = (steps: readonly Step[], index: number): string => {
  const step = steps[index];
  return step !== undefined && 'name' in step ? step.name : '';
};

const outputIn = (steps: readonly Step[]): string | null => {
  const [step] = steps.slice(2).filter((one) => 'name' in one);
  return step !== undefined && 'name' in step ? step.name : null;
};

const visitNode = (walk: Walk, place: Place, name: string): void => {
  const node = nodesOf(place.config).get(name);
  if (node === undefined) return;
  const address = `${place.path === '' ? '' : `${place.path}.`}${name}`;
  if (walk.resources.size === walk.resources.add(address).size) return;
  visitResource(walk, place, node);
};

const visitVariable = (walk: Walk, place: Place, name: string): void => {
  const last = place.calls.at(-1);
  if (last !== undefined) visitNames(walk, last.parent, ownAt(objectAt(last.call.node, 'expressions'), name));
};

/** Who names a module and no output of it, as in `depends_on`, waits for all that is in it. */
const visitModule = (walk: Walk, place: Place, name: string, output: string | null): void => {
  const call = place.config.calls.get(name);
  if (call === undefined) return;
  const inner = enter(place, name, call);
  const node = output === null ? undefined : objectAt(call.module.outputs, output);
  if (node !== undefined) {
    visitNames(walk, inner, node['expression']);
    visitAll(walk, inner, arrayAt(node, 'depends_on'));
  } else if (output === null) visitWhole(walk, inner);
};

const visitWhole = (walk: Walk, place: Place): void => {
  for (const name of nodesOf(place.config).keys()) visitNode(walk, place, name);
  for (const [name, call] of place.config.calls) visitWhole(walk, enter(place, name, call));
};

/** All resources of a module, those of types too that nothing else reads: `time_sleep` waits for others. */
const allNodes = new WeakMap<ConfigModule, ReadonlyMap<string, JsonObject>>();

const nodesOf = (config: ConfigModule): ReadonlyMap<string, JsonObject> => {
  const before = allNodes.get(config);
  if (before !== undefined) return before;
  const nodes = arrayAt(config.node, 'resources').flatMap((node): readonly (readonly [string, JsonObject])[] =>
    isObject(node)
      ? [[`${node['mode'] === 'data' ? 'data.' : ''}${stringAt(node, 'type')}.${stringAt(node, 'name')}`, node]]
      : [],
  );
  const made = new Map(nodes);
  allNodes.set(config, made);
  return made;
};
