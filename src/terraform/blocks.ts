import { joinPath } from './address.ts';
import { type Json, type JsonObject, isObject } from './json.ts';
import { matchSource } from './match-source.ts';
import { aligned } from './plan/aligned.ts';
import { matchBlocks } from './plan/match-blocks.ts';
import { scopeOf } from './plan/references.ts';
import type { SourceBlocks, SourceBody } from './source.ts';
import { type View, flagAt, isComputed, isOfText, isUnset, misread } from './view.ts';

/** Nested blocks of one name; `complete` is false when more may exist than the plan shows. */
export type Blocks = {
  readonly blocks: readonly View[];
  readonly complete: boolean;
  /** What stands for blocks that there may be, any number of them, where it is not complete. */
  readonly possible?: readonly View[];
};

/** Nested blocks. `computed` says that the provider fills them in where nothing sets them: then unset is none. */
export const blocksOf = (view: View, name: string, computed: 'computed' | 'optional' = 'optional'): Blocks => {
  const flags = flagAt(view.unknown, name);
  if (flags === true) return unknownBlocks(view, name, computed);
  const all = elementsOf(view, name, flags);
  const found = all.flatMap(({ value, ...rest }) => (isObject(value) ? [{ value, ...rest }] : []));
  const nodesOf = nodesFor(view, name, found);
  const bodyOf = bodiesFor(view, name, found);
  const sensitive = flagAt(view.sensitive, name);
  const blocks = found.map(({ value, flag, index }, i) => ({
    resource: view.resource,
    path: blockPath(view, name, index),
    values: value,
    unknown: flag,
    sensitive: Array.isArray(sensitive) ? (sensitive[index] ?? false) : (sensitive ?? false),
    // Of blocks in which everything is known, hardly anything asks for these.
    get nodes() {
      return nodesOf(i);
    },
    get source() {
      return bodyOf(i);
    },
  }));
  return { blocks, complete: found.length === all.length };
};

const blockPath = ({ path }: View, name: string, index: number): string => `${joinPath(path, name)}[${index}]`;

/** The text may say what the plan does not; what a `dynamic` block makes of elements that nobody knows is left open. */
const unknownBlocks = (view: View, name: string, computed: 'computed' | 'optional'): Blocks => {
  const written = view.source?.blocks(name) ?? noBlocks;
  if (written.bodies.length === 0 && written.complete) return { blocks: [], complete: isNone(view, name, computed) };
  const views = written.bodies.map((source, index) => ({
    resource: view.resource,
    path: blockPath(view, name, index),
    values: {},
    unknown: true,
    sensitive: false,
    nodes: [],
    source,
  }));
  const blocks = views.filter(({ source }) => source.pattern !== true);
  return { blocks, complete: written.complete, possible: views.filter(({ source }) => source.pattern === true) };
};

const noBlocks: SourceBlocks = { bodies: [], complete: true };

const isNone = (view: View, name: string, computed: 'computed' | 'optional'): boolean => {
  if (isOfText(view)) return computed === 'computed' || !isComputed(view, name);
  return computed === 'computed' && isUnset(view, name);
};

type Element = { readonly value: Json; readonly flag: Json; readonly index: number };
type Found = { readonly value: JsonObject; readonly flag: Json };

const nodesFor = (view: View, name: string, found: readonly Found[]): ((i: number) => readonly JsonObject[]) => {
  let matched: ReturnType<typeof matchBlocks> | null = null;
  return (i) => {
    matched ??= matchBlocks(
      found.map(({ value }) => value),
      found.map(({ flag }) => flag),
      view.nodes.flatMap((node) => blockNodes(node[name])),
      scopeOf(view.resource),
    );
    return matched[i] ?? [];
  };
};

const bodiesFor = (view: View, name: string, found: readonly Found[]): ((i: number) => SourceBody | null) => {
  let matched: readonly (SourceBody | null)[] | null = null;
  return (i) => {
    if (view.source === null) return null;
    matched ??= matchSource(found, view.source.blocks(name), scopeOf(view.resource));
    return matched[i] ?? null;
  };
};

/** One that is unknown as a whole is null. */
const elementsOf = (view: View, name: string, flags: Json | undefined): readonly Element[] => {
  const raw = view.values[name] ?? [];
  const all = Array.isArray(raw) ? aligned(raw, flags) : [raw];
  const found = all.map((value, index) => {
    const flag = Array.isArray(flags) ? flags[index] : Array.isArray(raw) ? false : flags;
    return { value, flag: flag ?? false, index };
  });
  if (found.some(({ value, flag }) => !isObject(value) && flag !== true)) misread(view, name);
  return found;
};

const blockNodes = (node: Json | undefined): readonly JsonObject[] => {
  if (Array.isArray(node)) return node.filter(isObject);
  // An attribute that takes blocks (`ingress = [...]`) is one expression for all of them.
  return isObject(node) && !('references' in node) && !('constant_value' in node) ? [node] : [];
};
