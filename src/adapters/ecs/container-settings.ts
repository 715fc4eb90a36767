import { type Origin, type Unknown, known, unknown } from '../../model/value.ts';
import type { Symbolic } from '../../terraform/hcl/symbolic.ts';
import { originsOf, textAt } from '../../terraform/hcl/values.ts';
import { type JsonObject, arrayAt, isObject, parseJson, stringAt } from '../../terraform/json.ts';
import { type View, argument, structureAt } from '../../terraform/values.ts';
import { readJsonText } from '../shared/document-text.ts';
import { type Setting, hiddenSetting } from '../shared/environment.ts';
import { textOf, unknownOf } from '../shared/symbolic-text.ts';

/** What `container_definitions` hands to its containers: variables, and the names of those that hold secrets. */
export const containerSettings = (view: View): readonly Setting[] => {
  const text = argument(view, 'container_definitions');
  if (text.kind === 'absent') return [];
  if (text.kind === 'unknown') return settingsOfStructure(structureAt(view, 'container_definitions'), text);
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

/** Of a text with unknown parts, the same as far as the source says what is in it. */
export const settingsOfStructure = (text: Symbolic | null, whole: Unknown): readonly Setting[] => {
  const value = text?.kind === 'text' ? (text.json ?? readValue(text.parts)) : null;
  if (value?.kind !== 'list') return [{ name: null, value: whole }];
  const { origin } = whole;
  return elementsOf(value, origin, (container) => [
    ...elementsAt(container, 'environment', origin, (variable) => [
      { name: nameOf(variable), value: textOf(variable.entries.get('value') ?? { kind: 'known', value: '' }, origin) },
    ]),
    ...elementsAt(container, 'secrets', origin, (secret) => [{ name: nameOf(secret), value: unknown(origin) }]),
    ...elementsAt(container, 'environmentFiles', origin, () => [hiddenSetting(origin)]),
  ]);
};

const readValue = (parts: Parameters<typeof readJsonText>[0]): Symbolic | null => {
  const read = readJsonText(parts);
  return read.kind === 'value' ? read.value : null;
};

type ObjectOf = Extract<Symbolic, { kind: 'map' }>;

const nameOf = ({ entries }: ObjectOf): string | null => {
  const name = entries.get('name');
  return name === undefined ? null : (textAt(name) ?? null);
};

const elementsAt = (
  container: ObjectOf,
  name: string,
  origin: Origin,
  read: (element: ObjectOf) => readonly Setting[],
): readonly Setting[] => {
  const list = container.entries.get(name);
  return list === undefined || (list.kind === 'known' && list.value === null) ? [] : elementsOf(list, origin, read);
};

/** What is read of each element, and what nobody can see. */
const elementsOf = (
  list: Symbolic,
  origin: Origin,
  read: (element: ObjectOf) => readonly Setting[],
): readonly Setting[] => {
  const hidden = (value: Symbolic): Setting => ({ name: null, value: unknownOf(origin, originsOf(value)) });
  if (list.kind !== 'list') return [hidden(list)];
  const items = list.items.flatMap((item) =>
    item.kind === 'map' && item.open === undefined ? read(item) : [hidden(item)],
  );
  return list.open === undefined ? items : [...items, { name: null, value: unknownOf(origin, list.open) }];
};
