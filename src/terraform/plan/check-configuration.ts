import { type Json, type JsonObject, isObject } from '../json.ts';
import { plainKeys } from './check-resource.ts';
import {
  type Faults,
  type Place,
  arrayIn,
  childAt,
  isShallow,
  maximumModules,
  maximumNesting,
  objectIn,
  stringIn,
} from './faults.ts';
import { resourcesIn } from './resources-in.ts';

/** Checks the `configuration` section: the modules, and the expressions of resources of the wanted types. */
export const checkConfiguration = (json: JsonObject, wanted: ReadonlySet<string>, faults: Faults): void => {
  const configuration = objectIn(json, 'configuration', { faults, place: 'configuration' });
  const providers = objectIn(configuration, 'provider_config', { faults, place: 'configuration.provider_config' });
  for (const provider of Object.values(providers ?? {})) checkProvider(provider, faults);
  const root = objectIn(configuration, 'root_module', { faults, place: 'configuration.root_module' });
  if (root !== undefined) checkModules(root, wanted, faults);
};

const checkProvider = (provider: Json, faults: Faults): void => {
  if (!isObject(provider)) {
    faults.add({ place: 'configuration.provider_config' });
    return;
  }
  const module = childAt(provider, 'module_address');
  if (module !== undefined && typeof module !== 'string') faults.add({ place: 'provider_config.module_address' });
  checkExpressions(provider, 'expressions', { faults, place: 'provider_config.expressions' });
};

/** Level by level: a call for each would be as deep as whoever wrote the file likes. */
const checkModules = (root: JsonObject, wanted: ReadonlySet<string>, faults: Faults): void => {
  let level: readonly JsonObject[] = [root];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maximumModules) {
      faults.add({ place: 'module_calls', problem: 'too deep' });
      return;
    }
    level = level.flatMap((module) => checkModule(module, wanted, faults));
  }
};

/** The result is the modules that this one calls. */
const checkModule = (module: JsonObject, wanted: ReadonlySet<string>, faults: Faults): readonly JsonObject[] => {
  const keys = new Set<string>();
  const resources = arrayIn(module, 'resources', { faults, place: 'configuration resources' });
  for (const node of resourcesIn(resources, wanted)) {
    checkResource(node, wanted, keys, faults);
  }
  for (const output of Object.values(objectIn(module, 'outputs', { faults, place: 'outputs of a module' }) ?? {})) {
    if (isObject(output)) checkExpression(output, 'expression', { faults, place: 'expression of an output' });
    else faults.add({ place: 'outputs of a module' });
  }
  const calls = objectIn(module, 'module_calls', { faults, place: 'module_calls' }) ?? {};
  return Object.values(calls).flatMap((call) => checkCall(call, faults));
};

const repetitions = ['count_expression', 'for_each_expression'];

const checkCall = (call: Json, faults: Faults): readonly JsonObject[] => {
  if (!isObject(call)) {
    faults.add({ place: 'module_calls' });
    return [];
  }
  checkExpressions(call, 'expressions', { faults, place: 'module_calls.expressions' });
  const inputs = childAt(call, 'expressions');
  // Inputs are no blocks.
  const isInput = (input: Json): boolean => isObject(input) && !isObject(childAt(input, 'references'));
  if (isObject(inputs) && !Object.values(inputs).every(isInput)) faults.add({ place: 'module_calls.expressions' });
  for (const key of repetitions) checkExpression(call, key, { faults, place: `module_calls.${key}` });
  const module = objectIn(call, 'module', { faults, place: 'module_calls.module' });
  return module === undefined ? [] : [module];
};

const checkResource = (node: Json, wanted: ReadonlySet<string>, keys: Set<string>, faults: Faults): void => {
  if (!isObject(node)) {
    faults.add({ place: 'configuration resources' });
    return;
  }
  const { address, type, name, mode } = plainKeys(node) ?? keysOf(node, faults);
  if (address === undefined) return;
  // Relative to the module, and made of the other keys.
  if (address !== `${mode === 'managed' ? '' : `${mode}.`}${type}.${name}`) {
    faults.add({ place: 'configuration address, type, name or mode', address });
  }
  if (keys.has(address)) faults.add({ place: 'configuration address', address, problem: 'repeated' });
  keys.add(address);
  if (wanted.has(type ?? '')) checkNode(node, address, faults);
};

const keysOf = (node: JsonObject, faults: Faults) => {
  const address = stringIn(node, 'address', { faults, place: 'configuration address' });
  const type = stringIn(node, 'type', { faults, place: 'configuration type', address });
  const name = stringIn(node, 'name', { faults, place: 'configuration name', address });
  const mode = stringIn(node, 'mode', { faults, place: 'configuration mode', address });
  return { address, type, name, mode };
};

const checkNode = (node: JsonObject, address: string, faults: Faults): void => {
  checkExpressions(node, 'expressions', { faults, place: 'expressions', address });
  for (const key of repetitions) checkExpression(node, key, { faults, place: key, address });
  const provider = childAt(node, 'provider_config_key');
  if (provider !== undefined && typeof provider !== 'string') faults.add({ place: 'provider_config_key', address });
  const version = childAt(node, 'schema_version');
  if (version !== undefined && typeof version !== 'number') faults.add({ place: 'schema_version', address });
};

const checkExpressions = (node: JsonObject, key: string, { faults, place, address }: Place): void => {
  const value = childAt(node, key);
  if (value === undefined) return;
  if (isObject(value) && isExpression(value, maximumNesting)) return;
  faults.add({ place, address, problem: isShallow(value) ? 'wrong' : 'too deep' });
};

/** One expression, where no block can stand. */
const checkExpression = (node: JsonObject, key: string, { faults, place, address }: Place): void => {
  checkExpressions(node, key, { faults, place, address });
  if (isObject(childAt(childAt(node, key), 'references'))) faults.add({ place, address });
};

/**
 * An expression is `{references}`, `{constant_value}` or `{}`; a nested block is an object of expressions, and several
 * are a list of those. So a scalar stands nowhere but in the first two.
 */
const isExpression = (value: Json | undefined, levels: number): boolean => {
  if (levels === 0) return false;
  if (Array.isArray(value)) return value.every((item) => isExpression(item, levels - 1));
  if (!isObject(value)) return false;
  for (const key in value) if (!isPart(key, value[key], levels - 1)) return false;
  return true;
};

const isPart = (key: string, child: Json | undefined, levels: number): boolean => {
  if (key === 'constant_value') return isShallow(child, undefined, levels);
  // A block or an argument may be called `references` as well.
  if (key !== 'references' || isObject(child)) return isExpression(child, levels);
  // An expression without references has no such key.
  return Array.isArray(child) && child.length > 0 && child.every((item) => typeof item === 'string');
};
