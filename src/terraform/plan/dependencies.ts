import { parseTraversal } from '../address.ts';
import { type Dependencies, type Names, type Place, dependenciesFrom } from '../dependencies.ts';
import type { ConfigCall, ConfigModule, GraphResource, ModuleInstance } from '../graph.ts';
import { type Json, type JsonObject, arrayAt, isObject, objectAt, ownAt, stringAt } from '../json.ts';
import { longestReferences } from './references.ts';

/** By the node of the configuration section, which all instances of a resource share. */
const known = new WeakMap<JsonObject, Dependencies>();

const unseen: Dependencies = { resources: new Set(), complete: false };

/** As the configuration section of the plan tells. */
export const plannedDependencies = ({ config, module }: GraphResource): Dependencies => {
  const place = placeOf(module);
  if (config === null || place === null) return unseen;
  const found = known.get(config) ?? dependenciesFrom(place, nameOf(config));
  known.set(config, found);
  return found;
};

const placeOf = (module: ModuleInstance): Place | null => {
  if (module.config === null) return null;
  if (module.parent === null) return placeIn(module.config, '', null);
  return placeOf(module.parent)?.call(module.call) ?? null;
};

const placeIn = (config: ConfigModule, path: string, caller: Place['caller']): Place => {
  const place: Place = {
    path,
    caller,
    resource: (name) => {
      const node = nodesOf(config).get(name);
      return node === undefined ? undefined : namesInResource(node);
    },
    resources: () => nodesOf(config).keys(),
    // The plan does not keep what it refers to.
    local: () => undefined,
    output: (name) => {
      const output = objectAt(config.outputs, name);
      return output === undefined
        ? undefined
        : [...namesIn(output['expression']), ...traversals(arrayAt(output, 'depends_on'))];
    },
    call: (name) => {
      const call = config.calls.get(name);
      return call === undefined ? undefined : enter(place, name, call);
    },
    calls: () => config.calls.keys(),
  };
  return place;
};

const enter = (place: Place, name: string, { node, module }: ConfigCall): Place => {
  const given = objectAt(node, 'expressions');
  return placeIn(module, `${place.path === '' ? '' : `${place.path}.`}module.${name}`, {
    place,
    settings: [...settings.flatMap((part) => namesIn(node[part])), ...traversals(arrayAt(node, 'depends_on'))],
    argument: (variable) => namesIn(ownAt(given, variable)),
    arguments: () => namesIn(given),
  });
};

/** They decide which instances there are. */
const settings = ['count_expression', 'for_each_expression'];

const namesInResource = (node: JsonObject): readonly Names[] => [
  ...['expressions', 'provisioners', ...settings].flatMap((part) => namesIn(node[part])),
  ...traversals(arrayAt(node, 'depends_on')),
];

/** Every reference in an expression, or in a block of them. */
const namesIn = (tree: Json | undefined): readonly Names[] => {
  if (Array.isArray(tree)) return tree.flatMap(namesIn);
  if (!isObject(tree)) return [];
  const inside = Object.entries(tree).flatMap(([name, child]) =>
    name === 'references' || name === 'constant_value' ? [] : namesIn(child),
  );
  return [...traversals(arrayAt(tree, 'references')), ...inside];
};

/** The shorter forms of a reference to an output would be the whole module. */
const traversals = (references: readonly Json[]): readonly Names[] =>
  longestReferences(references).map((text) =>
    parseTraversal(text).flatMap((step) => ('name' in step ? [step.name] : [])),
  );

/** All resources of a module, those of types too that nothing else reads: `time_sleep` waits for others. */
const allNodes = new WeakMap<ConfigModule, ReadonlyMap<string, JsonObject>>();

const nodesOf = (config: ConfigModule): ReadonlyMap<string, JsonObject> => {
  const before = allNodes.get(config);
  if (before !== undefined) return before;
  const made = new Map(
    arrayAt(config.node, 'resources').flatMap((node) => (isObject(node) ? [[nameOf(node), node] as const] : [])),
  );
  allNodes.set(config, made);
  return made;
};

const nameOf = (node: JsonObject): string => {
  const mode = stringAt(node, 'mode') ?? 'managed';
  return `${mode === 'managed' ? '' : `${mode}.`}${stringAt(node, 'type')}.${stringAt(node, 'name')}`;
};
