import { type Origin, known, unknown } from '../../model/value.ts';
import { type JsonObject, arrayAt, isObject, parseJson, stringAt } from '../../terraform/json.ts';
import { type View, argument } from '../../terraform/values.ts';
import { type Setting, hiddenSetting } from '../shared/environment.ts';

/** What `container_definitions` hands to its containers: variables, and the names of those that hold secrets. */
export const containerSettings = (view: View): readonly Setting[] => {
  const text = argument(view, 'container_definitions');
  if (text.kind === 'absent') return [];
  if (text.kind === 'unknown') return [{ name: null, value: text }];
  const containers = parseJson(text.value);
  if (!Array.isArray(containers)) return [hiddenSetting(text.origin)];
  return containers.filter(isObject).flatMap((container) => settingsIn(container, text.origin));
};

const settingsIn = (container: JsonObject, origin: Origin): readonly Setting[] => {
  const named = (list: string): readonly JsonObject[] => arrayAt(container, list).filter(isObject);
  return [
    ...named('environment').map((variable) => ({
      name: stringAt(variable, 'name') ?? null,
      value: known(stringAt(variable, 'value') ?? '', origin),
    })),
    // What the agent puts into these is not in the plan.
    ...named('secrets').map((secret) => ({ name: stringAt(secret, 'name') ?? null, value: unknown(origin) })),
    ...named('environmentFiles').map(() => hiddenSetting(origin)),
  ];
};
