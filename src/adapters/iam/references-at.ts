import type { Origin, ReferencesAt } from '../../model/value.ts';
import { type Step, parseTraversal, renderPath } from '../../terraform/address.ts';
import type { GraphResource, ResourceGraph } from '../../terraform/graph.ts';
import { type Json, arrayAt, isObject, objectAt } from '../../terraform/json.ts';
import { type Origins, joinOrigins, noOrigins } from '../../terraform/origins.ts';
import { followExpression, scopeOf } from '../../terraform/plan/references.ts';
import { type View, blocksOf, trailOf, viewOf } from '../../terraform/values.ts';

/**
 * What the expression of a text refers to, as the plan keeps it: also where the text is known. References to policy
 * documents are followed to what those are written with. Nothing is followed before somebody asks.
 */
export const referencesAt =
  (graph: ResourceGraph): ReferencesAt =>
  (origin) => {
    const resource = graph.byId(idOf(origin));
    if (resource === undefined) return undefined;
    const trail = trailAt(viewOf(resource), parseTraversal(origin.path));
    const { references, trailEnds } = throughDocuments(graph, trail, new Set());
    return trailEnds.length === 0 && references.length > 0 ? references : undefined;
  };

const idOf = ({ address, document = 0 }: Origin): string => (document === 0 ? address : `@${document}/${address}`);

const lost: Origins = { references: [], trailEnds: ['…'] };

/** A block first, if the path leads into one: `statement[0].resources[1]`. */
const trailAt = (view: View, [first, second, ...rest]: readonly Step[]): Origins => {
  if (first === undefined || !('name' in first)) return lost;
  const isBlock = rest.length > 0 && second !== undefined && 'index' in second;
  if (!isBlock) return view.nodes.length === 0 ? lost : trailOf(view, first.name);
  const own = `${first.name}${renderPath([second])}`;
  const block = blocksOf(view, first.name).blocks.find(({ path }) => path === own);
  return block === undefined ? lost : trailAt(block, rest);
};

/** `seen` holds the documents that were followed already, and have given what they have. */
const throughDocuments = (graph: ResourceGraph, { references, trailEnds }: Origins, seen: Set<string>): Origins =>
  joinOrigins([
    { references: [], trailEnds },
    ...references.map((reference): Origins => {
      const resource = graph.byId(reference.resource);
      if (resource?.type !== 'aws_iam_policy_document') return { references: [reference], trailEnds: [] };
      if (seen.has(resource.id)) return noOrigins;
      seen.add(resource.id);
      return throughDocuments(graph, documentTrail(resource), seen);
    }),
  ]);

/** All that a document is written with. Of blocks that `dynamic` makes the plan keeps nothing. */
const documentTrail = (data: GraphResource): Origins => {
  const expressions = objectAt(data.config ?? undefined, 'expressions');
  if (expressions === undefined) return lost;
  const written = arrayAt(expressions, 'statement').length;
  if (written !== arrayAt(data.values, 'statement').length) return lost;
  return joinOrigins(expressionsIn(expressions).map((expression) => followExpression(expression, scopeOf(data))));
};

const expressionsIn = (node: Json): readonly Json[] => {
  if (Array.isArray(node)) return node.flatMap(expressionsIn);
  if (!isObject(node)) return [];
  return Array.isArray(node['references']) ? [node] : Object.values(node).flatMap(expressionsIn);
};
