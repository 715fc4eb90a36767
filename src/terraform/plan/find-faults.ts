import type { Diagnostic } from '../../model/diagnostic.ts';
import { type Json, type JsonObject, isObject } from '../json.ts';
import { checkConfiguration } from './check-configuration.ts';
import { type Draft, checkChange, checkStateResource } from './check-resource.ts';
import { arrayIn, checkDepth, collectFaults, maximumModules, objectIn, stringIn } from './faults.ts';
import type { DocumentInput } from './read-document.ts';
import { resourcesIn } from './resources-in.ts';

/**
 * Finds what Terraform would not have written, wherever the reader looks. The reader takes what is not there for not
 * set; so a document in which something else stands must not be read at all, or a mistake in it could go unseen.
 */
export const findFaults = (input: DocumentInput, wanted: ReadonlySet<string>): readonly Diagnostic[] => {
  const faults = collectFaults(input.path, input.index);
  const draft: Draft = { faults, wanted, addresses: new Set() };
  if (input.kind === 'state-json') {
    checkStateModule(draft, objectIn(input.json, 'values', { faults, place: 'values' }), 'root_module', '');
    return faults.diagnostics();
  }
  const changes = arrayIn(input.json, 'resource_changes', { faults, place: 'resource_changes' });
  for (const node of resourcesIn(changes, wanted)) checkChange(draft, node);
  for (const node of arrayIn(input.json, 'deferred_changes', { faults, place: 'deferred_changes' })) {
    checkChange(draft, objectIn(node, 'resource_change', { faults, place: 'deferred_changes[]' }) ?? null);
  }
  checkPriorState(draft, input.json);
  checkVariables(draft, input.json);
  checkConfiguration(input.json, wanted, faults);
  return faults.diagnostics();
};

const checkPriorState = ({ faults, wanted }: Draft, json: JsonObject): void => {
  const state = objectIn(json, 'prior_state', { faults, place: 'prior_state' });
  const values = objectIn(state, 'values', { faults, place: 'prior_state.values' });
  // It holds the same objects as the changes, each once more.
  checkStateModule({ faults, wanted, addresses: new Set() }, values, 'root_module', '');
};

const checkStateModule = (draft: Draft, parent: Json | undefined, key: string, path: string): void => {
  const module = objectIn(parent, key, { faults: draft.faults, place: 'values.root_module' });
  // Modules nest in each other, and in each of them all of its resources: what is shallow here is so below.
  if (module !== undefined && checkModuleDepth(draft, module)) checkModule(draft, module, path);
};

const checkModule = (draft: Draft, module: JsonObject, path: string): void => {
  const { faults } = draft;
  const resources = arrayIn(module, 'resources', { faults, place: 'resources of a module' });
  for (const node of resourcesIn(resources, draft.wanted)) checkStateResource(draft, node, path);
  for (const child of arrayIn(module, 'child_modules', { faults, place: 'child_modules' })) {
    if (!isObject(child)) faults.add({ place: 'child_modules[]' });
    else checkModule(draft, child, stringIn(child, 'address', { faults, place: 'child_modules[].address' }) ?? path);
  }
};

/** Follows the modules alone, without a call for each: the values of all resources are too many to walk through. */
const checkModuleDepth = ({ faults }: Draft, root: JsonObject): boolean => {
  let level: readonly Json[] = [root];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maximumModules) {
      faults.add({ place: 'child_modules', problem: 'too deep' });
      return false;
    }
    level = level.flatMap((module) => (isObject(module) ? childrenOf(module) : []));
  }
  return true;
};

const childrenOf = (module: JsonObject): readonly Json[] => {
  const children = module['child_modules'];
  return Array.isArray(children) ? children : [];
};

const checkVariables = ({ faults }: Draft, json: JsonObject): void => {
  const variables = objectIn(json, 'variables', { faults, place: 'variables' }) ?? {};
  for (const variable of Object.values(variables)) {
    if (!isObject(variable)) faults.add({ place: 'variables' });
    else checkDepth(variable['value'], { faults, place: 'value of a variable' });
  }
};
