import { isDataSource } from '../address.ts';
import { type Json, type JsonObject, arrayAt, isObject, objectAt, stringAt } from '../json.ts';

/** The resources that one of the two has and the other has not; addresses without keys. */
export type SourceDifference = {
  readonly onlyInPlan: readonly string[];
  readonly onlyInSource: readonly string[];
  /** How many both have. */
  readonly shared: number;
};

/** Whether a plan was made of this configuration, as far as its resources tell. */
export const isSame = ({ onlyInPlan, onlyInSource, shared }: SourceDifference): boolean =>
  shared > 0 && onlyInPlan.length === 0 && onlyInSource.length === 0;

/**
 * Compares the resources of a configuration with those of a plan's `configuration`, which lists every block, also one
 * that makes no instance. Data sources are left out: those in `check` blocks are not blocks of their own in the text. So
 * are modules of which the text has nothing, because they are not installed.
 */
export const compareWithPlan = (addresses: ReadonlySet<string>, plan: JsonObject): SourceDifference => {
  const resolved = modulesOf(addresses);
  const planned = plannedAddresses(plan, resolved);
  const managed = [...addresses].filter((address) => !isDataSource(address));
  return {
    onlyInPlan: [...planned].filter((address) => !addresses.has(address)).sort(),
    onlyInSource: managed.filter((address) => !planned.has(address)).sort(),
    shared: managed.filter((address) => planned.has(address)).length,
  };
};

/** Paths of all modules that hold a resource, or a module that does; each with the dot behind it. */
const modulesOf = (addresses: ReadonlySet<string>): ReadonlySet<string> => {
  const modules = new Set<string>();
  for (const address of addresses) {
    let path = '';
    for (const step of address.match(/(?<=^(?:module\.[^.]+\.)*)module\.[^.]+\./g) ?? []) {
      path += step;
      modules.add(path);
    }
  }
  return modules;
};

type Node = { readonly module: Json | undefined; readonly prefix: string };

/** Level by level, without recursion: nobody has looked yet at how deep the modules are. */
const plannedAddresses = (plan: JsonObject, resolved: ReadonlySet<string>): ReadonlySet<string> => {
  const found = new Set<string>();
  let level: readonly Node[] = [{ module: objectAt(objectAt(plan, 'configuration'), 'root_module'), prefix: '' }];
  while (level.length > 0) {
    for (const { module, prefix } of level) {
      for (const node of arrayAt(module, 'resources')) {
        if (stringAt(node, 'mode') === 'managed') found.add(`${prefix}${stringAt(node, 'address') ?? ''}`);
      }
    }
    level = level.flatMap(callsOf).filter(({ prefix }) => resolved.has(prefix));
  }
  return found;
};

const callsOf = ({ module, prefix }: Node): readonly Node[] =>
  Object.entries(objectAt(module, 'module_calls') ?? {}).map(([name, call]) => ({
    module: isObject(call) ? call['module'] : undefined,
    prefix: `${prefix}module.${name}.`,
  }));
