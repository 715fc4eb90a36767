import type { InstanceKey } from '../../address.ts';
import type { UnreadModule } from '../../source.ts';
import { placeAt } from '../lines.ts';
import { evaluate } from './evaluate.ts';
import { namesOf } from './instances.ts';
import type { Module } from './module-types.ts';
import { localSource } from './modules.ts';

/** What a call has for Terraform itself, and not for the module. That one waits for another gives it nothing. */
const ofTerraform: ReadonlySet<string> = new Set(['source', 'version', 'count', 'for_each', 'providers', 'depends_on']);

/** One instance of a call that leads to no configuration; null where there is one, and something else is the matter. */
export const unreadModule = (module: Module, name: string, key: InstanceKey | null): UnreadModule | null => {
  const block = module.config.calls.get(name);
  const instances = module.callInstances(name);
  if (block === undefined || instances === null || module.evaluation.configOf(module, name) !== null) return null;
  const scope = module.scopeFor(block.file, namesOf(instances, key));
  const written = [...block.body.attributes].filter(([argument]) => !ofTerraform.has(argument));
  return {
    address: `${module.path === '' ? '' : `${module.path}.`}module.${name}`,
    fetched: localSource(block) === undefined,
    place: placeAt(block.file, block.header),
    calls: module.calls,
    given: written.map(([argument, { value, file }]) => ({ argument, value: evaluate(value, { ...scope, file }) })),
  };
};
