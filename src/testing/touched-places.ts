import { adaptGraph, adaptedTypes } from '../adapters/index.ts';
import { buildGraph } from '../terraform/build-graph.ts';
import type { JsonObject } from '../terraform/json.ts';

/** A place in a document: keys and positions from its root. */
export type Place = readonly (string | number)[];

/**
 * Every place that reader and adapters look at in a document, found by watching them. Of places that differ in the
 * position in a list alone, and of resources of one type, the first stands for all. `seen` are those of other documents.
 */
export const touchedPlaces = (
  kind: 'plan-json' | 'state-json',
  json: JsonObject,
  seen: Set<string>,
): readonly Place[] => {
  const places = new Map<string, Place>();
  const watched = watch(json, [], '', (place, name) => {
    if (!seen.has(name)) places.set(name, place);
    seen.add(name);
  });
  adaptGraph(buildGraph([{ path: 'watched.json', kind, json: watched as JsonObject, index: 0 }], adaptedTypes));
  return [...places.values()];
};

type Note = (place: Place, name: string) => void;

const watch = (value: unknown, place: Place, name: string, note: Note): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  return new Proxy(value, {
    get: (target, key, receiver) => {
      const child = Reflect.get(target, key, receiver);
      if (typeof key === 'symbol' || !Object.hasOwn(target, key) || key === 'length') return child;
      const below = [...place, Array.isArray(target) ? Number(key) : key];
      const type = typeOf(child);
      const own = Array.isArray(target) ? `${name}[${type}]` : `${name}.${key}`;
      note(below, own);
      return watch(child, below, own, note);
    },
  });
};

const typeOf = (value: unknown): string => {
  const resource = value as { readonly mode?: unknown; readonly type?: unknown } | null;
  return typeof resource === 'object' && typeof resource?.type === 'string' ? `${resource.mode} ${resource.type}` : '';
};

/** A copy with another value at a place. */
export const replaceAt = (value: unknown, [key, ...rest]: Place, replacement: unknown): unknown => {
  if (key === undefined) return replacement;
  const child = replaceAt((value as Record<string | number, unknown>)[key], rest, replacement);
  if (Array.isArray(value)) return value.map((item, i) => (i === key ? child : item));
  return { ...(value as object), [key]: child };
};
