import type { InstanceKey } from '../../address.ts';
import { renderKey } from '../../address.ts';
import { placeAt } from '../lines.ts';
import type { Symbolic } from '../symbolic.ts';
import { asSensitive, failure, lost, scalar, withoutPlace } from '../values.ts';
import { evaluate } from './evaluate.ts';
import { type Instances, collectionOf, instancesOf, namesOf } from './instances.ts';
import type { Module } from './module-types.ts';
import { resourceObject } from './resource.ts';
import { type Scope, bind } from './scope.ts';
import { isDeclaredSensitive, variableValue } from './variables.ts';

/** Where an instance stands. */
type Standing = Pick<Module, 'path' | 'callPath' | 'config' | 'parent' | 'call' | 'calls' | 'evaluation'>;

/** Each name once; what leads to itself is lost. */
const once = <T>(compute: (name: string) => T, circular: (name: string) => T): ((name: string) => T) => {
  const known = new Map<string, T>();
  const under = new Set<string>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    if (under.has(name)) return circular(name);
    under.add(name);
    const value = compute(name);
    under.delete(name);
    known.set(name, value);
    return value;
  };
};

export const makeModule = (place: Standing, argument: (name: string) => Symbolic | undefined): Module => {
  const { config, evaluation } = place;
  const circular = (name: string): Symbolic => lost(name);
  const variable = once((name) => variableValue(config, name, argument(name), evaluation), circular);
  const local = once((name) => {
    const written = config.locals.get(name);
    return written === undefined ? failure(`local.${name}`) : evaluate(written.value, module.scopeFor(written.file));
  }, circular);
  const resource = once((name) => resourceObject(module, name), circular);
  const call = once((name) => callValue(module, name), circular);
  const children = new Map<string, Module | null>();
  const roots = rootNames(pathsOf(place), { variable, local, resource, call });
  const module: Module = {
    ...place,
    instances: once(
      (name) => resourceInstances(module, name),
      () => null,
    ),
    callInstances: once(
      (name) => moduleInstances(module, name),
      () => null,
    ),
    child: (name, key) => {
      const id = `${name}${renderKey(key)}`;
      if (!children.has(id)) children.set(id, enter(module, name, key));
      return children.get(id) ?? null;
    },
    output: once((name) => outputOf(module, name), circular),
    scopeFor: (file, names) => {
      const scope: Scope = {
        lookup: roots,
        functions: evaluation.functionsFor(config.directory),
        file,
        budget: evaluation.budget,
      };
      return names === undefined ? scope : bind(scope, names);
    },
  };
  return module;
};

const pathsOf = ({ config, evaluation }: Standing) => ({
  directory: evaluation.relativeTo(config.directory),
  workspace: evaluation.workspace,
});

type Lookup = (name: string) => Symbolic;
type Lookups = { readonly variable: Lookup; readonly local: Lookup; readonly resource: Lookup; readonly call: Lookup };

const space = (attribute: Lookup): Symbolic => ({
  kind: 'instance',
  attribute,
  names: () => [],
  complete: false,
  references: [],
});

/** The names that an expression of a module may begin with. */
const rootNames = (
  { directory, workspace }: ReturnType<typeof pathsOf>,
  { variable, local, resource, call }: Lookups,
): Scope['lookup'] => {
  const spaces = new Map<string, Symbolic>([
    ['var', space(variable)],
    ['local', space(local)],
    ['module', space(call)],
    ['data', space((type) => space((name) => resource(`data.${type}.${name}`)))],
    ['path', space((name) => pathOf(name, directory))],
    ['terraform', space((name) => (name === 'workspace' ? scalar(workspace) : lost(`terraform.${name}`)))],
  ]);
  return (name) => {
    const found = spaces.get(name);
    if (found !== undefined || ['each', 'count', 'self', 'ephemeral'].includes(name)) return found ?? lost(name);
    const type = space((own) => resource(`${name}.${own}`));
    spaces.set(name, type);
    return type;
  };
};

const pathOf = (name: string, directory: string): Symbolic => {
  if (name === 'module') return scalar(directory);
  return name === 'root' ? scalar('.') : lost(`path.${name}`);
};

const resourceInstances = (module: Module, name: string): Instances | null => {
  const block = module.config.resources.get(name);
  if (block === undefined) return null;
  const [type = '', own = ''] = block.labels;
  const mode = block.type === 'data' ? 'data' : 'managed';
  const planned = module.evaluation.plan?.keys({ module: module.path, mode, type, name: own });
  return instancesOf(block, module.scopeFor(block.file), planned);
};

const moduleInstances = (module: Module, name: string): Instances | null => {
  const block = module.config.calls.get(name);
  if (block === undefined) return null;
  return instancesOf(block, module.scopeFor(block.file), module.evaluation.plan?.moduleKeys(module.path, name));
};

const callValue = (module: Module, name: string): Symbolic => {
  const instances = module.callInstances(name);
  if (instances === null) return failure(`module.${name}`);
  return collectionOf(instances, (key) => {
    const child = module.child(name, key);
    return {
      kind: 'instance',
      attribute: (output) => withoutPlace(child?.output(output) ?? lost(`module.${name}.${output}`)),
      names: () => [...(child?.config.outputs.keys() ?? [])],
      complete: child !== null,
      references: [],
    };
  });
};

const enter = (module: Module, name: string, key: InstanceKey | null): Module | null => {
  const block = module.config.calls.get(name);
  const config = module.evaluation.configOf(module, name);
  const instances = module.callInstances(name);
  if (block === undefined || config === null || instances === null) return null;
  module.evaluation.budget.modules -= 1;
  if (module.evaluation.budget.modules < 0) return null;
  const scope = module.scopeFor(block.file, namesOf(instances, key));
  return makeModule(
    {
      path: `${module.path === '' ? '' : `${module.path}.`}module.${name}${renderKey(key)}`,
      callPath: module.callPath === '' ? name : `${module.callPath}.${name}`,
      config,
      parent: module,
      call: name,
      calls: [placeAt(block.file, block.header), ...module.calls],
      evaluation: module.evaluation,
    },
    (variable) => {
      const written = block.body.attributes.get(variable);
      return written === undefined ? undefined : evaluate(written.value, { ...scope, file: written.file });
    },
  );
};

const outputOf = (module: Module, name: string): Symbolic => {
  const block = module.config.outputs.get(name);
  const written = block?.body.attributes.get('value');
  if (block === undefined || written === undefined) return failure(`output.${name}`);
  const value = evaluate(written.value, module.scopeFor(written.file));
  return isDeclaredSensitive(block) ? asSensitive(value) : value;
};
