/** JSON as `JSON.parse` gives it. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json };

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A text as JSON; undefined where it is none. */
export const parseJson = (text: string): Json | undefined => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** A text that is no empty one. */
export const isFilled = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** What stands under a name of the input: `toString` and `__proto__` are names like any other. */
export const ownAt = (value: JsonObject | undefined, name: string): Json | undefined =>
  value !== undefined && Object.hasOwn(value, name) ? value[name] : undefined;

export const objectAt = (value: unknown, key: string): JsonObject | undefined => {
  const child = isObject(value) ? value[key] : undefined;
  return isObject(child) ? child : undefined;
};

export const arrayAt = (value: unknown, key: string): readonly Json[] => {
  const child = isObject(value) ? value[key] : undefined;
  return Array.isArray(child) ? child : [];
};

export const stringAt = (value: unknown, key: string): string | undefined => {
  const child = isObject(value) ? value[key] : undefined;
  return typeof child === 'string' ? child : undefined;
};

/** Deep equality of JSON values; key order does not matter. */
export const sameJson = (a: unknown, b: unknown): boolean => {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => sameJson(item, b[i]));
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]))
  );
};
