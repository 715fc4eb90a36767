import { Graph as Dagre, layout as arrange } from '@dagrejs/dagre';
import { type Graph, type GraphEdge, type GraphNode, nodeKinds, rankOfVerdict } from './model.ts';
import { lineLabel } from './texts.ts';

export type Point = { readonly x: number; readonly y: number };

/** A node with the centre of its box. */
export type PlacedNode = GraphNode & Point;

/** A line with the points that it goes through, and the centre of its label. */
export type PlacedEdge = GraphEdge & { readonly points: readonly Point[]; readonly at: Point };

/** A drawing in units of CSS pixels. */
export type Layout = {
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
  readonly width: number;
  readonly height: number;
  /** The columns that hold something, with the centre of each. */
  readonly columns: readonly { readonly kind: GraphNode['kind']; readonly x: number }[];
};

export const boxWidth = 188;
export const boxHeight = 54;
const columnGap = 120;
const narrowestGap = 72;
const widestGap = 200;
const rowGap = 18;
const partGap = 26;
const margin = 16;
export const headHeight = 30;
export const labelHeight = 18;
/** Of the line on both sides of its label. */
export const leastLine = 12;

/** Nothing measures fonts here: a character is as wide as an average one. */
export const characterWidth = ({ verdict }: Pick<GraphEdge, 'verdict'>): number =>
  verdict === 'unreachable' ? 6.7 : 6.1;

export const widthOfLabel = (edge: Pick<GraphEdge, 'verdict'>, label: string): number =>
  [...label].length * characterWidth(edge) + 10;

/**
 * Where everything stands: one column for each kind, and below one another the parts that no line joins, the worst
 * first. The order within a part and the ways around boxes are dagre's; each part is laid out by itself, since its
 * work grows faster than the graph.
 */
export const layOutGraph = (graph: Graph): Layout => {
  const used = nodeKinds.filter((kind) => graph.nodes.some((node) => node.kind === kind));
  const columnOf = new Map(used.map((kind, index) => [kind, index]));
  const xs = columnsOf(graph, used.length, (kind) => columnOf.get(kind) ?? 0);
  const xOf = (column: number): number => xs[column] ?? 0;
  let top = headHeight + margin;
  const nodes: PlacedNode[] = [];
  const edges: PlacedEdge[] = [];
  for (const part of partsOf(graph)) {
    const placed = layOutPart(part, (kind) => columnOf.get(kind) ?? 0, xOf);
    const down = ({ x, y }: Point): Point => ({ x, y: y + top });
    nodes.push(...placed.nodes.map((node) => ({ ...node, ...down(node) })));
    edges.push(...placed.edges.map((edge) => ({ ...edge, points: edge.points.map(down), at: down(edge.at) })));
    top += placed.height + partGap;
  }
  return {
    nodes,
    edges,
    width: xOf(Math.max(0, used.length - 1)) + boxWidth / 2 + margin,
    height: Math.max(top - partGap, headHeight) + margin,
    columns: used.map((kind, index) => ({ kind, x: xOf(index) })),
  };
};

/** The centres of the columns: as far apart as the labels between them are long. */
const columnsOf = (
  { nodes, edges }: Graph,
  count: number,
  columnOf: (kind: GraphNode['kind']) => number,
): readonly number[] => {
  const columns = new Map(nodes.map(({ id, kind }) => [id, columnOf(kind)]));
  const gaps = Array.from({ length: count }, () => narrowestGap);
  for (const edge of edges) {
    const [from = 0, to = 0] = [columns.get(edge.from), columns.get(edge.to)];
    const wanted = widthOfLabel(edge, lineLabel(edge)) + 2 * leastLine;
    if (to - from === 1) gaps[from] = Math.min(widestGap, Math.max(gaps[from] ?? 0, wanted));
  }
  let x = margin + boxWidth / 2;
  return gaps.map((gap) => {
    const own = x;
    x += boxWidth + gap;
    return own;
  });
};

/** The parts of a graph that no line joins: what breaks first, then the large ones. */
const partsOf = ({ nodes, edges }: Graph): readonly Graph[] => {
  const leader = new Map(nodes.map(({ id }) => [id, id]));
  const find = (id: string): string => {
    let found = id;
    while (leader.get(found) !== found) found = leader.get(found) ?? found;
    leader.set(id, found);
    return found;
  };
  for (const { from, to } of edges) leader.set(find(from), find(to));
  const parts = new Map<string, { nodes: GraphNode[]; edges: GraphEdge[] }>();
  for (const node of nodes) {
    const part = parts.get(find(node.id)) ?? { nodes: [], edges: [] };
    part.nodes.push(node);
    parts.set(find(node.id), part);
  }
  for (const edge of edges) parts.get(find(edge.from))?.edges.push(edge);
  return [...parts.values()].sort((a, b) => worstOf(a) - worstOf(b) || b.edges.length - a.edges.length);
};

const worstOf = ({ edges }: Graph): number =>
  Math.min(3, ...edges.map(({ verdict }) => (verdict === null ? 3 : rankOfVerdict[verdict])));

type Part = { readonly nodes: readonly PlacedNode[]; readonly edges: readonly PlacedEdge[]; readonly height: number };

const layOutPart = (
  { nodes, edges }: Graph,
  columnOf: (kind: GraphNode['kind']) => number,
  xOf: (column: number) => number,
): Part => {
  const dagre = new Dagre({ multigraph: true });
  dagre.setGraph({ rankdir: 'LR', nodesep: rowGap, edgesep: rowGap, ranksep: columnGap });
  const kinds = new Map(nodes.map(({ id, kind }) => [id, kind]));
  const column = (id: string): number => columnOf(kinds.get(id) ?? 'client');
  for (const { id } of nodes) dagre.setNode(id, { width: boxWidth, height: boxHeight });
  for (const { id, from, to, verdict } of edges) {
    const minlen = Math.max(1, column(to) - column(from));
    const label = { minlen, width: 10, height: labelHeight, labelpos: 'c' as const, weight: verdict === null ? 1 : 2 };
    dagre.setEdge({ v: from, w: to, name: id }, label);
  }
  arrange(dagre, {});
  const placeOf = (id: string): Point => pointOf(dagre.node(id));
  const toColumns = straighten(nodes.map(({ id }) => ({ from: placeOf(id).x, to: xOf(column(id)) })));
  const place = ({ x, y }: Point): Point => ({ x: toColumns(x), y });
  return {
    nodes: nodes.map((node) => ({ ...node, ...place(placeOf(node.id)) })),
    edges: edges.map((edge) => {
      const { points = [], x = 0, y = 0 } = dagre.edge({ v: edge.from, w: edge.to, name: edge.id });
      return { ...edge, points: points.map(place), at: place({ x, y }) };
    }),
    height: dagre.graph().height ?? 0,
  };
};

const pointOf = ({ x = 0, y = 0 }: { readonly x?: number; readonly y?: number }): Point => ({ x, y });

type Pair = { readonly from: number; readonly to: number };

/** Dagre leaves no room for a column that a part does not have: what is between two columns is stretched. */
const straighten = (pairs: readonly Pair[]): ((x: number) => number) => {
  const sorted = [...new Map(pairs.map((pair) => [pair.from, pair])).values()].sort((a, b) => a.from - b.from);
  return (x) => {
    const after = sorted.findIndex(({ from }) => from >= x);
    const [low, high] = [sorted[after - 1], sorted[after]];
    if (low === undefined || high === undefined) return x + shiftOf(high ?? sorted.at(-1));
    return low.to + ((x - low.from) / (high.from - low.from)) * (high.to - low.to);
  };
};

const shiftOf = (pair: Pair | undefined): number => (pair === undefined ? 0 : pair.to - pair.from);
