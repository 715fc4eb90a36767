import { type Json, type JsonObject, isObject } from '../json.ts';

/** What env zero writes where Terraform marks a value sensitive, in the plans that its API hands out. */
const mask = '<sensitive>';

type Flagged = { readonly values: JsonObject; readonly unknown: Json };

/** Values without those that are masked: nobody knows them, so that they are unknown, and no texts. */
export const withoutMasks = ({ values, unknown }: Flagged): Flagged => {
  if (!holdsMask(values)) return { values, unknown };
  const kept = without(values);
  return { values: isObject(kept) ? kept : {}, unknown: flags(values, unknown) };
};

export const holdsMask = (value: Json | undefined): boolean => {
  if (Array.isArray(value)) return value.some(holdsMask);
  return isObject(value) ? Object.values(value).some(holdsMask) : value === mask;
};

const without = (value: Json): Json => {
  if (value === mask) return null;
  if (Array.isArray(value)) return value.map(without);
  if (!isObject(value)) return value;
  // Terraform leaves out what it does not know, of an object; in a list null keeps the place.
  const known = Object.entries(value).filter(([, child]) => child !== mask);
  return Object.fromEntries(known.map(([key, child]) => [key, without(child)]));
};

/** The flags of what is known after apply, and of what is masked. */
const flags = (value: Json, unknown: Json | undefined): Json => {
  if (value === mask || unknown === true) return true;
  if (Array.isArray(value)) {
    const given = Array.isArray(unknown) ? unknown : [];
    return value.map((item, index) => flags(item, given[index]));
  }
  if (!isObject(value)) return false;
  const given = isObject(unknown) ? unknown : {};
  const own = Object.entries(value).map(([key, child]) => [key, flags(child, given[key])]);
  return { ...given, ...Object.fromEntries(own) };
};
