import { type InstanceKey, parseTraversal, renderKey } from '../address.ts';
import type { ModuleInstance } from '../graph.ts';

const childOf = (parent: ModuleInstance, call: string, key: InstanceKey | null): ModuleInstance => ({
  path: `${parent.path === '' ? '' : `${parent.path}.`}module.${call}${renderKey(key)}`,
  config: parent.config?.calls.get(call)?.module ?? null,
  parent,
  call,
  key,
});

/** Finds or makes the instance at a module address such as `module.a["x"].module.b`. */
export const moduleAt = (modules: Map<string, ModuleInstance>, root: ModuleInstance, path: string): ModuleInstance => {
  const existing = modules.get(path);
  if (existing !== undefined) return existing;
  let instance = root;
  const steps = parseTraversal(path);
  for (let i = 0; i < steps.length; i += 2) {
    const name = steps[i + 1];
    const index = steps[i + 2];
    const key = index !== undefined && 'index' in index ? index.index : null;
    if (key !== null) i += 1;
    instance = enter(modules, instance, name !== undefined && 'name' in name ? name.name : '', key);
  }
  return instance;
};

/** The instance that a call of `parent` makes, with that key. */
export const enter = (
  modules: Map<string, ModuleInstance>,
  parent: ModuleInstance,
  call: string,
  key: InstanceKey | null,
): ModuleInstance => {
  const child = childOf(parent, call, key);
  const existing = modules.get(child.path);
  if (existing !== undefined) return existing;
  modules.set(child.path, child);
  return child;
};
