import type { Reporter } from '../context.ts';
import { type Drawn, drawnOf } from './drawn.ts';
import { type GraphEdge, type GraphNode, nodeKinds } from './model.ts';
import { lineLabel, nothingToDraw, titleOf } from './texts.ts';

/** The ways in as a graph for Graphviz. */
export const renderDot: Reporter = (reports, context) => {
  const drawn = reports.map((report) => drawnOf(report, context));
  const parts = drawn.flatMap((one, index) => partOf(one, index));
  return `${[
    'digraph "ways in" {',
    '  rankdir=LR',
    '  node [shape=box, style=rounded, fontname="Helvetica", fontsize=11]',
    '  edge [fontname="Helvetica", fontsize=10]',
    ...parts.map((line) => `  ${line}`),
    '}',
  ].join('\n')}\n`;
};

const partOf = ({ report, graph }: Drawn, index: number): readonly string[] => {
  const names = new Map(graph.nodes.map(({ id }, number) => [id, `p${index}n${number}`]));
  const kinds = new Map(graph.nodes.map(({ id, kind }) => [id, nodeKinds.indexOf(kind)]));
  const spanOf = ({ from, to }: GraphEdge): number => Math.max(1, (kinds.get(to) ?? 1) - (kinds.get(from) ?? 0));
  const note = graph.nodes.length === 0 ? [`p${index}note [label=${quoted(nothingToDraw(report))}, shape=note]`] : [];
  return [
    `subgraph cluster_${index} {`,
    `  label=${quoted(titleOf(report))}`,
    '  color="#8c959f"',
    ...note.map((line) => `  ${line}`),
    ...graph.nodes.map((node) => `  ${names.get(node.id)} [${nodeAttributes(node)}]`),
    ...graph.edges.map(
      (edge) => `  ${names.get(edge.from)} -> ${names.get(edge.to)} [${edgeAttributes(edge, spanOf(edge))}]`,
    ),
    '}',
  ];
};

const shapes: Readonly<Record<GraphNode['kind'], string>> = {
  client: 'box',
  principal: 'box',
  endpoint: 'cds',
  proxy: 'component',
  database: 'cylinder',
};

const nodeAttributes = ({ kind, name, type, members, isNamed }: GraphNode): string => {
  const many = members.length > 1 ? ` ×${members.length}` : '';
  const label = isNamed ? `${type}${many}\n${name}` : name;
  const style = isNamed ? '' : ', style="rounded,dashed"';
  return `label=${quoted(label)}, shape=${shapes[kind]}${members.length > 1 ? ', peripheries=2' : ''}${style}`;
};

const looks = {
  reachable: 'color="#1a7f37", fontcolor="#1a7f37"',
  unreachable: 'color="#cf222e", fontcolor="#cf222e", style=dashed, penwidth=2',
  unknown: 'color="#8a5a00", fontcolor="#8a5a00", style=dotted, penwidth=2',
  standing: 'color="#8c959f", fontcolor="#59636e", arrowhead=none',
} as const;

const edgeAttributes = (edge: GraphEdge, span: number): string =>
  `label=${quoted(lineLabel(edge))}, ${looks[edge.verdict ?? 'standing']}${edge.mark === 'broken' ? ', arrowhead=tee' : ''}, minlen=${span}`;

/** Within quotes a backslash begins an escape, and `&` an entity of HTML. */
const quoted = (text: string): string =>
  `"${text
    .replace(/[\ud800-\udfff]/gu, '\ufffd')
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('&', '&amp;')
    .replaceAll('\n', '\\n')}"`;
