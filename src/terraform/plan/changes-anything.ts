import { type Json, type JsonObject, arrayAt, isObject, objectAt, stringAt } from '../json.ts';
import { resourcesIn } from './resources-in.ts';

const quiet: ReadonlySet<unknown> = new Set(['no-op', 'read']);

/** Whether a plan changes a resource of the wanted types: if not, what is there after it is what was there before. */
export const changesAnything = (plan: JsonObject, wanted: ReadonlySet<string>): boolean =>
  resourcesIn(arrayAt(plan, 'resource_changes'), wanted).some((node) => {
    if (!isOf(node, wanted)) return false;
    const actions = arrayAt((node as JsonObject)['change'], 'actions');
    return actions.some((action) => !quiet.has(action));
  });

/** Whether a plan knows of a resource or data source of some of the wanted types that is there before it. */
export const hasBefore = (plan: JsonObject, types: ReadonlySet<string>, wanted: ReadonlySet<string>): boolean =>
  resourcesIn(arrayAt(plan, 'resource_changes'), wanted).some(
    (node) => isOf(node, types) && isObject(objectAt(node, 'change')?.['before']),
  ) || holds(objectAt(objectAt(objectAt(plan, 'prior_state'), 'values'), 'root_module'), types, wanted);

const isOf = (node: Json, types: ReadonlySet<string>): boolean => types.has(stringAt(node, 'type') ?? '');

const holds = (module: Json | undefined, types: ReadonlySet<string>, wanted: ReadonlySet<string>): boolean =>
  resourcesIn(arrayAt(module, 'resources'), wanted).some((node) => isOf(node, types)) ||
  arrayAt(module, 'child_modules').some((child) => holds(child, types, wanted));
