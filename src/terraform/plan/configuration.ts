import type { ConfigCall, ConfigModule } from '../graph.ts';
import { type Json, type JsonObject, arrayAt, isObject, objectAt, stringAt } from '../json.ts';
import { resourcesIn } from './resources-in.ts';

/** OpenTofu lists ephemeral resources too, which may be called like a managed one. */
const nodeKey = (node: JsonObject): string =>
  `${node['mode'] === 'managed' ? '' : `${stringAt(node, 'mode')}.`}${stringAt(node, 'type') ?? ''}.${stringAt(node, 'name') ?? ''}`;

const resourceNodes = (resources: readonly Json[], wanted: ReadonlySet<string>): Map<string, JsonObject> => {
  const nodes = new Map<string, JsonObject>();
  for (const node of resourcesIn(resources, wanted)) {
    if (isObject(node) && wanted.has(stringAt(node, 'type') ?? '')) nodes.set(nodeKey(node), node);
  }
  return nodes;
};

/** Reads a module of the `configuration` section, with only the resources of the wanted types. */
export const readConfigModule = (node: JsonObject, wanted: ReadonlySet<string>): ConfigModule => {
  const calls = new Map<string, ConfigCall>();
  for (const [name, call] of Object.entries(objectAt(node, 'module_calls') ?? {})) {
    if (!isObject(call)) continue;
    calls.set(name, { node: call, module: readConfigModule(objectAt(call, 'module') ?? {}, wanted) });
  }
  return {
    node,
    resources: resourceNodes(arrayAt(node, 'resources'), wanted),
    outputs: objectAt(node, 'outputs') ?? {},
    sensitiveVariables: new Set(
      Object.entries(objectAt(node, 'variables') ?? {}).flatMap(([name, variable]) =>
        isObject(variable) && variable['sensitive'] === true ? [name] : [],
      ),
    ),
    calls,
  };
};
