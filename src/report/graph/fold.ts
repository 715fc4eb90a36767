import { hashOf } from '../../model/hash.ts';
import { plural } from '../text.ts';
import type { Graph, GraphEdge, GraphNode } from './model.ts';
import { withoutKeys } from './names.ts';

/** Fewer principals than that are told apart by their names. */
const fewest = 4;

const pluralOf: Readonly<Record<GraphNode['kind'], string>> = {
  client: 'clients',
  principal: 'principals',
  endpoint: 'endpoints',
  proxy: 'proxies',
  database: 'databases',
};

/**
 * One node for all that are alike: instances of one resource, and whoever logs in, whose lines lead to alike nodes with the same outcome.
 * What differs from its like stays by itself, so that one broken way among forty is seen.
 */
export const foldGraph = (graph: Graph): Graph => {
  const classes = classesOf(graph, ({ kind, name, isNamed }) => `${kind}:${isNamed ? withoutKeys(name) : name}`);
  return foldStarts(quotient(graph, classes, nameOfInstances));
};

type Classes = ReadonlyMap<string, string>;

/**
 * The coarsest classes in which alike nodes have as many lines of each kind to nodes of each class (colour refinement, as
 * in the test of Weisfeiler and Leman).
 */
const classesOf = ({ nodes, edges }: Graph, labelOf: (node: GraphNode) => string): Classes => {
  let classes: Classes = new Map(nodes.map((node) => [node.id, labelOf(node)]));
  let count = new Set(classes.values()).size;
  for (;;) {
    const refined = refine(nodes, edges, classes);
    const size = new Set(refined.values()).size;
    if (size === count) return classes;
    classes = refined;
    count = size;
  }
};

const refine = (nodes: readonly GraphNode[], edges: readonly GraphEdge[], classes: Classes): Classes => {
  const signs = new Map<string, string[]>(nodes.map(({ id }) => [id, []]));
  for (const edge of edges) {
    const kind = kindOf(edge);
    signs.get(edge.from)?.push(`>${kind}>${classes.get(edge.to)}`);
    signs.get(edge.to)?.push(`<${kind}<${classes.get(edge.from)}`);
  }
  return new Map(nodes.map(({ id }) => [id, hashOf(classes.get(id) ?? '', ...(signs.get(id) ?? []).sort())]));
};

/** Users are left out: those of instances have names of their own. */
const kindOf = ({ label, verdict, mark }: GraphEdge): string =>
  JSON.stringify([label.replace(/ as .*/, ''), verdict, mark]);

const nameOfInstances = (members: readonly GraphNode[]): string => withoutKeys(members[0]?.name ?? '');

const quotient = (
  { nodes, edges }: Graph,
  classes: Classes,
  nameOf: (members: readonly GraphNode[]) => string,
): Graph => {
  const groups = new Map<string, GraphNode[]>();
  for (const node of nodes) {
    const name = classes.get(node.id) ?? node.id;
    groups.set(name, [...(groups.get(name) ?? []), node]);
  }
  const idOf = (id: string): string => groups.get(classes.get(id) ?? id)?.[0]?.id ?? id;
  const folded = [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined || group.length === 1) return group;
    return [
      { ...first, name: first.isNamed ? nameOf(group) : first.name, members: group.flatMap(({ members }) => members) },
    ];
  });
  return { nodes: folded, edges: foldEdges(edges, idOf) };
};

const foldEdges = (edges: readonly GraphEdge[], idOf: (id: string) => string): readonly GraphEdge[] => {
  const groups = new Map<string, GraphEdge[]>();
  for (const edge of edges) {
    const key = JSON.stringify([idOf(edge.from), idOf(edge.to), kindOf(edge)]);
    groups.set(key, [...(groups.get(key) ?? []), edge]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const labels = new Set(group.map((edge) => edge.label));
    const label = labels.size === 1 ? first.label : first.label.replace(/ as .*$/, '');
    const connections = [...new Set(group.flatMap((edge) => edge.connections))];
    return [{ ...first, from: idOf(first.from), to: idOf(first.to), label, connections }];
  });
};

/** Whoever logs in to the very same places with the same outcomes, whatever they are called. */
const foldStarts = (graph: Graph): Graph => {
  const signs = new Map<string, string[]>();
  for (const { from, to, label, verdict, mark } of graph.edges)
    signs.set(from, [...(signs.get(from) ?? []), JSON.stringify([to, label, verdict, mark])]);
  const targets = new Set(graph.edges.map(({ to }) => to));
  const classOf = ({ id, kind, isNamed }: GraphNode): string =>
    isNamed && (kind === 'principal' || kind === 'client') && !targets.has(id)
      ? JSON.stringify([kind, ...(signs.get(id) ?? []).sort()])
      : id;
  const sizes = new Map<string, number>();
  for (const node of graph.nodes) sizes.set(classOf(node), (sizes.get(classOf(node)) ?? 0) + 1);
  const classes = new Map(
    graph.nodes.map((node) => [node.id, (sizes.get(classOf(node)) ?? 0) < fewest ? node.id : classOf(node)]),
  );
  return quotient(graph, classes, (members) => {
    const [first] = members;
    const count = members.flatMap((node) => node.members).length;
    return plural(count, first?.kind ?? 'node', pluralOf[first?.kind ?? 'client']);
  });
};
