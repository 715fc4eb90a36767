import { type Graph, type GraphEdge, rankOfVerdict } from './model.ts';

export type Limited = { readonly graph: Graph; readonly left: number };

const rank = ({ verdict }: GraphEdge): number => (verdict === null ? 3 : rankOfVerdict[verdict]);

/** The most important lines, and the boxes that they join; `left` counts the ways in of which none is drawn. */
export const limitGraph = (graph: Graph, most: number): Limited => {
  if (graph.edges.length <= most) return { graph, left: 0 };
  const kept = new Set([...graph.edges].sort((a, b) => rank(a) - rank(b)).slice(0, most));
  const edges = graph.edges.filter((edge) => kept.has(edge));
  const joined = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const drawn = new Set(edges.flatMap(({ connections }) => connections));
  const all = new Set(graph.edges.flatMap(({ connections }) => connections));
  return {
    graph: { nodes: graph.nodes.filter(({ id }) => joined.has(id)), edges },
    left: [...all].filter((id) => !drawn.has(id)).length,
  };
};
