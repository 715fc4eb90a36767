import type { Diagnostic } from '../../model/diagnostic.ts';
import { type Json, type JsonObject, isObject, ownAt } from '../json.ts';

/** A place of a document where something stands that Terraform does not write there. */
export type Fault = {
  /** The key, as the documentation of the format spells it: `change.actions`. Never text of the input. */
  readonly place: string;
  /** Of the resource, where it can be read. */
  readonly address?: string | undefined;
  readonly problem?: keyof typeof problems;
};

/** Collects the faults of one document. */
export type Faults = {
  readonly add: (fault: Fault) => void;
  readonly diagnostics: () => readonly Diagnostic[];
};

/** A document with a fault at every place needs no more words than one with a few. */
const maximumFaults = 10;

/** No configuration nests as deep, and what reads it calls itself once for each level. */
export const maximumNesting = 100;

/** Nor do modules. */
export const maximumModules = 100;

const problems = {
  wrong: ['is not what Terraform writes there', 'error'],
  repeated: ['is there twice', 'error'],
  'too deep': [`nests deeper than ${maximumNesting} levels`, 'error'],
  type: ['is of another type than the provider has there, and counts as known after apply', 'warning'],
  new: ['holds something that this program does not know, and is read as if it changed nothing', 'warning'],
} as const;

const remake =
  'A program may have rewritten or cut the file: give it exactly as terraform show -json writes it. Nothing in it is judged, for what is damaged may be what decides.';

export const collectFaults = (file: string, index: number): Faults => {
  const diagnostics = new Map<string, Diagnostic>();
  return {
    add: (fault) => {
      const key = `${fault.place} ${fault.address ?? ''}`;
      if (diagnostics.size < maximumFaults && !diagnostics.has(key)) diagnostics.set(key, describe(fault, file, index));
    },
    diagnostics: () => [...diagnostics.values()],
  };
};

const describe = ({ place, address, problem = 'wrong' }: Fault, file: string, index: number): Diagnostic => {
  const [words, severity] = problems[problem];
  return {
    severity,
    code: 'plan-malformed',
    summary: `Its ${place} ${words}.`,
    ...(severity === 'error' ? { detail: remake } : {}),
    origin: { file, ...(address === undefined ? {} : { address }), ...(index === 0 ? {} : { document: index }) },
  };
};

/** Where something is looked for, and what to call it. */
export type Place = { readonly faults: Faults; readonly place: string; readonly address?: string | undefined };

export const childAt = (value: unknown, key: string): Json | undefined =>
  isObject(value) ? ownAt(value, key) : undefined;

/** The object under a key; none where the key is missing, and a fault where something else stands there. */
export const objectIn = (value: unknown, key: string, { faults, place, address }: Place): JsonObject | undefined => {
  const child = childAt(value, key);
  if (child === undefined || isObject(child)) return child;
  faults.add({ place, address });
  return undefined;
};

/** The list under a key, likewise. */
export const arrayIn = (value: unknown, key: string, { faults, place, address }: Place): readonly Json[] => {
  const child = childAt(value, key);
  if (Array.isArray(child)) return child;
  if (child !== undefined) faults.add({ place, address });
  return [];
};

/** A text that must be there. */
export const stringIn = (value: unknown, key: string, { faults, place, address }: Place): string | undefined => {
  const child = childAt(value, key);
  if (typeof child === 'string' && child !== '') return child;
  faults.add({ place, address });
  return undefined;
};

/**
 * Whether a value nests no deeper than anything that Terraform writes, and every leaf is one that may be there. It goes
 * through all that is read of a large plan, so it makes no lists on the way.
 */
export const isShallow = (value: Json | undefined, mayBe = isAnything, levels = maximumNesting): boolean => {
  if (typeof value !== 'object' || value === null) return mayBe(value);
  if (levels === 0) return false;
  if (Array.isArray(value)) {
    for (const item of value) if (!isShallow(item, mayBe, levels - 1)) return false;
    return true;
  }
  for (const key in value) if (!isShallow((value as JsonObject)[key], mayBe, levels - 1)) return false;
  return true;
};

const isAnything = (_: unknown): boolean => true;

/** Notes values that nest too deep; the result is whether it may be gone into. */
export const checkDepth = (value: Json | undefined, { faults, place, address }: Place): boolean => {
  const shallow = isShallow(value);
  if (!shallow) faults.add({ place, address, problem: 'too deep' });
  return shallow;
};
