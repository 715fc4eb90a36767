import { type JsonObject, arrayAt, stringAt } from '../json.ts';

const quiet: ReadonlySet<unknown> = new Set(['no-op', 'read']);

/** Whether a plan changes a resource of the wanted types: if not, what is there after it is what was there before. */
export const changesAnything = (plan: JsonObject, wanted: ReadonlySet<string>): boolean =>
  arrayAt(plan, 'resource_changes').some((node) => {
    if (!wanted.has(stringAt(node, 'type') ?? '')) return false;
    const actions = arrayAt((node as JsonObject)['change'], 'actions');
    return actions.some((action) => !quiet.has(action));
  });
