import { parseTraversal } from '../address.ts';
import { type Dependencies, type Names, type Place, dependenciesFrom } from '../dependencies.ts';
import type { ConfigBlock, ConfigBody } from './evaluate/config-body.ts';
import type { ModuleConfig } from './evaluate/configuration.ts';
import type { Modules } from './evaluate/modules.ts';
import { namesIn, namesListed } from './names-in.ts';
import type { Expression } from './syntax.ts';

/** A resource by the address of its module, keys or none, and `data?.type.name`. */
type Location = { readonly module: string; readonly name: string };

const unseen: Dependencies = { resources: new Set(), complete: false };

/** As the text tells. Nothing is evaluated: Terraform orders what it does by names alone, too. */
export const writtenDependencies = (modules: Modules): ((location: Location) => Dependencies) => {
  const known = new Map<string, Dependencies>();
  return ({ module, name }) => {
    const calls = namesOf(module).filter((_, index) => index % 2 === 1);
    const id = [...calls, name].join(' ');
    const place = modules.root === null ? null : placeBelow(placeIn(modules, modules.root, '', '', null), calls);
    const found = known.get(id) ?? (place === null ? unseen : dependenciesFrom(place, name));
    known.set(id, found);
    return found;
  };
};

const namesOf = (address: string): Names =>
  parseTraversal(address).flatMap((step) => ('name' in step ? [step.name] : []));

const placeBelow = (root: Place, calls: readonly string[]): Place | null =>
  calls.reduce<Place | null>((place, call) => place?.call(call) ?? null, root);

const placeIn = (
  modules: Modules,
  config: ModuleConfig,
  callPath: string,
  path: string,
  caller: Place['caller'],
): Place => {
  const place: Place = {
    path,
    caller,
    resource: (name) => {
      const block = config.resources.get(name) ?? config.ephemerals.get(name);
      return block === undefined ? undefined : namesInBody(block.body);
    },
    resources: () => [...config.resources.keys(), ...config.ephemerals.keys()],
    local: (name) => {
      const written = config.locals.get(name);
      return written === undefined ? undefined : namesIn(written.value);
    },
    output: (name) => {
      const block = config.outputs.get(name);
      return block === undefined ? undefined : namesInBody(block.body);
    },
    call: (name) => {
      const block = config.calls.get(name);
      if (block === undefined) return undefined;
      const inner = modules.configOf(config, callPath, name);
      if (inner === null) return null;
      const innerPath = `${path === '' ? '' : `${path}.`}module.${name}`;
      return placeIn(modules, inner, callPath === '' ? name : `${callPath}.${name}`, innerPath, callerOf(place, block));
    },
    calls: () => config.calls.keys(),
  };
  return place;
};

const callerOf = (place: Place, { body }: ConfigBlock): Place['caller'] => {
  const written = (name: string): readonly Names[] => {
    const value = body.attributes.get(name)?.value;
    return value === undefined ? [] : name === 'depends_on' ? namesListed(value) : namesIn(value);
  };
  return {
    place,
    settings: ['count', 'for_each', 'depends_on'].flatMap(written),
    argument: written,
    arguments: () => [...body.attributes.keys()].filter((name) => !ofTheCall.has(name)).flatMap(written),
  };
};

/** `providers` names no resource. */
const ofTheCall = new Set(['source', 'version', 'providers', 'count', 'for_each', 'depends_on']);

const namesInBody = ({ attributes, blocks }: ConfigBody): readonly Names[] => [
  ...[...attributes].flatMap(([name, { value }]) => namesInArgument(name, value)),
  ...blocks.flatMap((block) => (block.type === 'lifecycle' ? namesInLifecycle(block.body) : namesInBlock(block))),
];

const namesInArgument = (name: string, value: Expression): readonly Names[] => {
  if (name === 'depends_on') return namesListed(value);
  // JSON writes the block as a value.
  return name === 'lifecycle' ? objectsIn(value).flatMap(([key, item]) => namesInSetting(key, item)) : namesIn(value);
};

const objectsIn = (expression: Expression): readonly (readonly [string, Expression])[] => {
  if (expression.kind === 'tuple') return expression.items.flatMap(objectsIn);
  if (expression.kind !== 'object') return [];
  return expression.items.map(({ key, value }) => [key.kind === 'literal' ? String(key.value) : '', value] as const);
};

const namesInLifecycle = ({ attributes, blocks }: ConfigBody): readonly Names[] => [
  ...[...attributes].flatMap(([name, { value }]) => namesInSetting(name, value)),
  ...blocks.flatMap(namesInBlock),
];

const namesInSetting = (name: string, value: Expression): readonly Names[] => {
  // Its names are arguments of the resource itself.
  if (name === 'ignore_changes') return [];
  return name === 'replace_triggered_by' ? namesListed(value) : namesIn(value);
};

/** The iterator of a `dynamic` block is no name of the module. */
const namesInBlock = ({ type, labels, body }: ConfigBlock): readonly Names[] => {
  const names = namesInBody(body);
  if (type !== 'dynamic') return names;
  const iterator = body.attributes.get('iterator')?.value;
  const bound = iterator?.kind === 'name' ? iterator.name : labels[0];
  return names.filter(([head]) => head !== bound);
};
