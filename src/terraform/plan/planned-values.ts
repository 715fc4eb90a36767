import { type InstanceKey, instanceKey, unquote } from '../address.ts';
import { type Json, type JsonObject, arrayAt, isObject, objectAt, stringAt } from '../json.ts';
import type { PlannedResource, PlannedValues, ResourceLocation } from '../source.ts';
import { holdsMask, withoutMasks } from './masked.ts';

type Known = PlannedResource & { readonly key: InstanceKey | null };

/** Resources of every type, by `module|data?.type.name`: expressions refer to those that no adapter reads, too. */
type Index = ReadonlyMap<string, readonly Known[]>;

/** What a plan, or a state, says of values: made when the first expression asks. */
export const plannedValues = (json: JsonObject): PlannedValues => {
  let index: Index | undefined;
  const at = (location: Omit<ResourceLocation, 'key'>): readonly Known[] | undefined => {
    index ??= indexOf(json);
    return index.get(groupOf(location));
  };
  return {
    variables: knownVariables(objectAt(json, 'variables') ?? {}),
    resource: (location) => at(location)?.find(({ key }) => key === location.key),
    keys: (location) => at(location)?.map(({ key }) => key),
    moduleKeys: (module, call) => {
      index ??= indexOf(json);
      return moduleKeysIn(index, module, call);
    },
  };
};

const knownVariables = (variables: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(variables).filter(([, variable]) => !holdsMask(variable)));

const groupOf = ({ module, mode, type, name }: Omit<ResourceLocation, 'key'>): string =>
  `${module}|${mode === 'data' ? 'data.' : ''}${type}.${name}`;

type Draft = { readonly index: Map<string, Known[]>; readonly seen: Set<string> };

const indexOf = (json: JsonObject): Index => {
  const draft: Draft = { index: new Map(), seen: new Set() };
  for (const node of arrayAt(json, 'resource_changes')) addChange(draft, node);
  for (const node of arrayAt(json, 'deferred_changes')) addChange(draft, objectAt(node, 'resource_change'));
  addState(draft, objectAt(objectAt(objectAt(json, 'prior_state'), 'values'), 'root_module'), '');
  addState(draft, objectAt(objectAt(json, 'values'), 'root_module'), '');
  return draft.index;
};

const add = ({ index }: Draft, node: JsonObject, module: string, resource: PlannedResource): void => {
  const mode = node['mode'] === 'data' ? 'data' : 'managed';
  const group = groupOf({ module, mode, type: stringAt(node, 'type') ?? '', name: stringAt(node, 'name') ?? '' });
  const known = { ...resource, ...withoutMasks(resource), key: instanceKey(node['index']) };
  const others = index.get(group);
  if (others === undefined) index.set(group, [known]);
  else others.push(known);
};

const addChange = (draft: Draft, node: Json | undefined): void => {
  if (!isObject(node)) return;
  // The prior state calls what moves by its old name.
  for (const name of ['address', 'previous_address']) draft.seen.add(stringAt(node, name) ?? '');
  const resource = node['deposed'] === undefined ? changed(node) : null;
  if (resource !== null) add(draft, node, stringAt(node, 'module_address') ?? '', resource);
};

const addState = (draft: Draft, module: JsonObject | undefined, path: string): void => {
  for (const node of arrayAt(module, 'resources')) {
    if (isObject(node) && isCurrent(draft, node)) add(draft, node, path, stateOf(node));
  }
  for (const child of arrayAt(module, 'child_modules')) {
    if (isObject(child)) addState(draft, child, stringAt(child, 'address') ?? path);
  }
};

const isCurrent = ({ seen }: Draft, node: JsonObject): boolean =>
  node['deposed_key'] === undefined && !seen.has(stringAt(node, 'address') ?? '');

const changed = (node: JsonObject): PlannedResource | null => {
  const change = objectAt(node, 'change') ?? {};
  const after = objectAt(change, 'after');
  // What is forgotten stays as it is; what is deleted is nothing.
  if (after === undefined) {
    const isForgotten = arrayAt(change, 'actions').includes('forget');
    const before = objectAt(change, 'before');
    return isForgotten && before !== undefined
      ? { values: before, unknown: false, sensitive: change['before_sensitive'] ?? false }
      : null;
  }
  return {
    values: after,
    unknown: change['after_unknown'] ?? false,
    sensitive: change['after_sensitive'] ?? false,
  };
};

const stateOf = (node: JsonObject): PlannedResource => ({
  values: objectAt(node, 'values') ?? {},
  unknown: false,
  sensitive: node['sensitive_values'] ?? false,
});

/** Keys of the instances of a call in which there is any resource. */
const moduleKeysIn = (index: Index, module: string, call: string): readonly (InstanceKey | null)[] | undefined => {
  const prefix = `${module === '' ? '' : `${module}.`}module.${call}`;
  const keys = new Set<InstanceKey | null>();
  for (const group of index.keys()) {
    if (!group.startsWith(prefix)) continue;
    const rest = /^(?:\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\])?(?=[.|])/.exec(group.slice(prefix.length));
    if (rest === null) continue;
    const [, number, text] = rest;
    keys.add(number !== undefined ? Number(number) : text === undefined ? null : unquote(`"${text}"`));
  }
  return keys.size === 0 ? undefined : [...keys];
};
