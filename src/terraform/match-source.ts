import { knownJson } from './from-source.ts';
import { referencesIn } from './hcl/made-from.ts';
import { type Json, type JsonObject, isObject, sameJson } from './json.ts';
import { matchBlocks } from './plan/match-blocks.ts';
import type { Scope } from './plan/references.ts';
import type { SourceAttribute, SourceBlocks, SourceBody } from './source.ts';

/** An element of a plan's blocks, and what is unknown in it. */
type Found = { readonly value: JsonObject; readonly flag: Json };

/**
 * The text that made each element of a plan's blocks, by what is known in both; null where several may have. The block of
 * a `dynamic` whose elements nobody knows stands for as many as the plan has.
 */
export const matchSource = (
  found: readonly Found[],
  { bodies }: SourceBlocks,
  scope: Scope,
): readonly (SourceBody | null)[] => {
  const single = bodies.filter(({ pattern }) => pattern !== true);
  const [repeated, more] = bodies.filter(({ pattern }) => pattern === true);
  const left = found.length - single.length;
  const isRepeated = repeated !== undefined && more === undefined && left > 0;
  const all: readonly SourceBody[] = isRepeated ? [...single, ...Array<SourceBody>(left).fill(repeated)] : single;
  const nodes = all.map((body) => ({ body, node: nodeOf(body, found) }));
  const matched = matchBlocks(
    found.map(({ value }) => value),
    found.map(({ flag }) => flag),
    nodes.map(({ node }) => node),
    scope,
  );
  return matched.map((own) => {
    const candidates = new Set(nodes.filter(({ node }) => own.includes(node)).map(({ body }) => body));
    const [only] = candidates;
    return candidates.size === 1 && only !== undefined ? only : null;
  });
};

/** A block in the shape of plan JSON's configuration: what is known is constant there. */
const nodeOf = (body: SourceBody, found: readonly Found[]): JsonObject => {
  const names = new Set(found.flatMap(({ value, flag }) => [...Object.keys(value), ...flagNames(flag)]));
  return Object.fromEntries(
    [...names].flatMap((name) => {
      const attribute = body.attribute(name);
      const json = attribute === undefined ? null : knownJson(attribute);
      // What is not written, or `null`, the provider may fill in.
      if (attribute === undefined || json === null) return [];
      const isOpen = json === undefined || isAhead(attribute, name, json, found);
      return [[name, isOpen ? { references: [] } : { constant_value: json }]];
    }),
  );
};

/** What is made from an attribute may be known before the plan knows it: no element of the plan has it. */
const isAhead = ({ value }: SourceAttribute, name: string, json: Json, found: readonly Found[]): boolean =>
  found.some(({ flag }) => isObject(flag) && flag[name] === true) &&
  !found.some((element) => sameJson(element.value[name], json)) &&
  referencesIn([value]).length > 0;

const flagNames = (flag: Json): readonly string[] =>
  typeof flag === 'object' && flag !== null && !Array.isArray(flag) ? Object.keys(flag) : [];
