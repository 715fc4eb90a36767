import { type Json, type JsonObject, arrayAt, isObject, objectAt, stringAt } from '../json.ts';

const quiet: ReadonlySet<unknown> = new Set(['no-op', 'read']);

/** Whether a plan changes a resource of the wanted types: if not, what is there after it is what was there before. */
export const changesAnything = (plan: JsonObject, wanted: ReadonlySet<string>): boolean =>
  arrayAt(plan, 'resource_changes').some((node) => {
    if (!wanted.has(stringAt(node, 'type') ?? '')) return false;
    const actions = arrayAt((node as JsonObject)['change'], 'actions');
    return actions.some((action) => !quiet.has(action));
  });

/** Whether a plan knows of a resource or data source of some types that is there before it. */
export const hasBefore = (plan: JsonObject, types: ReadonlySet<string>): boolean =>
  arrayAt(plan, 'resource_changes').some(
    (node) => isOf(node, types) && isObject(objectAt(node, 'change')?.['before']),
  ) || holds(objectAt(objectAt(objectAt(plan, 'prior_state'), 'values'), 'root_module'), types);

const isOf = (node: Json, types: ReadonlySet<string>): boolean => types.has(stringAt(node, 'type') ?? '');

const holds = (module: Json | undefined, types: ReadonlySet<string>): boolean =>
  arrayAt(module, 'resources').some((node) => isOf(node, types)) ||
  arrayAt(module, 'child_modules').some((child) => holds(child, types));
