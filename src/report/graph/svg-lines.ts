import { type PlacedEdge, type PlacedNode, type Point, boxHeight, boxWidth } from './layout.ts';

/** Room between lines that leave a box at the same side. */
const widestSpread = 9;

/** Each line from the right side of one box to the left side of another, apart from the others there. */
export const withPorts = (nodes: readonly PlacedNode[], edges: readonly PlacedEdge[]): readonly PlacedEdge[] => {
  const placeOf = new Map(nodes.map((node) => [node.id, node]));
  const starts = offsets(
    edges,
    ({ from }) => from,
    (edge) => edge.points[1],
  );
  const ends = offsets(
    edges,
    ({ to }) => to,
    (edge) => edge.points.at(-2),
  );
  return edges.map((edge) => {
    const [from, to] = [placeOf.get(edge.from), placeOf.get(edge.to)];
    if (from === undefined || to === undefined) return edge;
    const start = { x: from.x + boxWidth / 2, y: from.y + (starts.get(edge.id) ?? 0) };
    const end = { x: to.x - boxWidth / 2, y: to.y + (ends.get(edge.id) ?? 0) };
    return { ...edge, points: [start, ...edge.points.slice(1, -1), end] };
  });
};

/** How far from the middle of the box each line begins, in the order of where they go. */
const offsets = (
  edges: readonly PlacedEdge[],
  boxOf: (edge: PlacedEdge) => string,
  nextOf: (edge: PlacedEdge) => Point | undefined,
): ReadonlyMap<string, number> => {
  const groups = new Map<string, PlacedEdge[]>();
  for (const edge of edges) groups.set(boxOf(edge), [...(groups.get(boxOf(edge)) ?? []), edge]);
  const all = [...groups.values()].flatMap((group) => {
    const sorted = [...group].sort((a, b) => (nextOf(a)?.y ?? 0) - (nextOf(b)?.y ?? 0));
    const spread = Math.min(widestSpread, (boxHeight - 14) / Math.max(1, sorted.length - 1));
    return sorted.map((edge, index) => [edge.id, (index - (sorted.length - 1) / 2) * spread] as const);
  });
  return new Map(all);
};

const round = (value: number): string => String(Math.round(value * 10) / 10);

const arrowLength = 7;

/** A smooth line to the right, which leaves and meets every point level. */
export const curve = (points: readonly Point[]): string => {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  let path = `M${round(first.x)} ${round(first.y)}`;
  let last = first;
  for (const [index, point] of rest.entries()) {
    const x = index === rest.length - 1 ? point.x - arrowLength + 1 : point.x;
    const middle = round((last.x + x) / 2);
    path += `C${middle} ${round(last.y)} ${middle} ${round(point.y)} ${round(x)} ${round(point.y)}`;
    last = { x, y: point.y };
  }
  return path;
};

/** The head of the line; a bar instead where nobody gets through. */
export const head = (points: readonly Point[], isBarred: boolean): string => {
  const { x = 0, y = 0 } = points.at(-1) ?? {};
  if (isBarred) return `M${round(x - 6)} ${round(y - 5)}v10M${round(x - 2)} ${round(y - 5)}v10`;
  return `M${round(x - arrowLength)} ${round(y - 4)}L${round(x)} ${round(y)}L${round(x - arrowLength)} ${round(y + 4)}z`;
};
