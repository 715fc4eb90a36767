import type { Reporter } from '../context.ts';
import { plural } from '../text.ts';
import { type Drawn, drawnOf } from './drawn.ts';
import { limitGraph } from './limit.ts';
import type { GraphEdge, GraphNode } from './model.ts';
import { shortened } from './names.ts';
import { isJudged, lineLabel, nothingToDraw, titleOf } from './texts.ts';

// Mermaid draws no more, wherever nobody has set it otherwise: 500 lines, 50,000 characters.
const mostEdges = 450;
const mostCharacters = 45_000;
const longestText = 90;

/** The ways in as a flowchart of Mermaid, which GitHub and GitLab draw in comments and documents. */
export const renderMermaid: Reporter = (reports, context) => {
  const drawn = reports.map((report) => drawnOf(report, context));
  let most = Math.floor(mostEdges / Math.max(1, drawn.length));
  let text = write(drawn, most);
  while (text.length > mostCharacters && most > 1) {
    most = Math.floor(most / 2);
    text = write(drawn, most);
  }
  return text;
};

const write = (drawn: readonly Drawn[], most: number): string => {
  const parts = drawn.map((one, index) => partOf(one, { most, prefix: drawn.length === 1 ? '' : `p${index}` }));
  const edges = parts.flatMap((part) => part.edges);
  return `${[
    'flowchart LR',
    '  accTitle: Ways in to databases',
    `  accDescr: ${descriptionOf(drawn)}`,
    ...parts.flatMap(({ lines }) => lines),
    ...stylesOf(edges),
  ].join('\n')}\n`;
};

/** Numbers alone: no name of a plan stands outside of quotes. */
const descriptionOf = (all: readonly Drawn[]): string => {
  const drawn = all.filter(({ report }) => isJudged(report));
  if (drawn.length === 0) return 'Nothing was judged.';
  const sum = (verdict: 'reachable' | 'unreachable' | 'unknown'): number =>
    drawn.reduce((total, { report }) => total + report.summary.connections[verdict], 0);
  return `${sum('unreachable')} cannot work, ${sum('unknown')} undecided, ${sum('reachable')} work.`;
};

type Part = { readonly lines: readonly string[]; readonly edges: readonly GraphEdge[] };

const partOf = (
  { report, graph: whole }: Drawn,
  { most, prefix }: { readonly most: number; readonly prefix: string },
): Part => {
  const { graph, left } = limitGraph(whole, most);
  const names = new Map(graph.nodes.map(({ id }, index) => [id, `${prefix}n${index}`]));
  const note =
    whole.nodes.length === 0
      ? nothingToDraw(report)
      : left > 0
        ? `and ${plural(left, 'more way')} in, not drawn`
        : null;
  const lines = [
    ...graph.nodes.map((node) => `  ${names.get(node.id)}${boxOf(node)}`),
    ...(note === null ? [] : [`  ${prefix}note[${quoted(note)}]`]),
    ...graph.edges.map((edge) => `  ${names.get(edge.from)} ${arrowOf(edge)} ${names.get(edge.to)}`),
  ];
  if (prefix === '') return { lines, edges: graph.edges };
  return {
    lines: [
      `  subgraph ${prefix}[${quoted(titleOf(report))}]`,
      '    direction LR',
      ...lines.map((line) => `  ${line}`),
      '  end',
    ],
    edges: graph.edges,
  };
};

const shapes: Readonly<Record<GraphNode['kind'], readonly [open: string, close: string]>> = {
  client: ['[', ']'],
  principal: ['([', '])'],
  endpoint: ['>', ']'],
  proxy: ['[[', ']]'],
  database: ['[(', ')]'],
};

const boxOf = ({ kind, name, type, members, isNamed }: GraphNode): string => {
  const [open, close] = shapes[kind];
  const many = members.length > 1 ? ` ×${members.length}` : '';
  const above = isNamed ? `${escaped(`${type}${many}`)}<br>` : '';
  return `${open}"${above}${escaped(name)}"${close}`;
};

/** What works is whole, what is undecided dotted, and a cross is where a way in breaks. */
const arrows: Readonly<Record<'reachable' | 'unreachable' | 'unknown' | 'standing', string>> = {
  reachable: '-->',
  unreachable: '-->',
  unknown: '-.->',
  standing: '---',
};

const arrowOf = (edge: GraphEdge): string => {
  const label = lineLabel(edge);
  const arrow = edge.mark === 'broken' ? '--x' : arrows[edge.verdict ?? 'standing'];
  return `${arrow}${label === '' ? '' : `|${quoted(label)}|`}`;
};

// Legible on white and on black alike.
const colours = { reachable: '#2da44e', unreachable: '#e5534b', unknown: '#bf8700' } as const;

const stylesOf = (edges: readonly GraphEdge[]): readonly string[] =>
  (['reachable', 'unreachable', 'unknown'] as const).flatMap((verdict) => {
    const numbers = edges.flatMap((edge, index) => (edge.verdict === verdict ? [index] : []));
    const width = verdict === 'unreachable' ? '3px' : '2px';
    return numbers.length === 0
      ? []
      : [`  linkStyle ${numbers.join(',')} stroke:${colours[verdict]},stroke-width:${width}`];
  });

const quoted = (text: string): string => `"${escaped(text)}"`;

// Whatever Mermaid could read as more than text, in any of the passes that it makes over a source: everything but
// letters, digits, blanks and a few signs is written by its number.
const escaped = (text: string): string =>
  shortened(text, longestText)
    .replace(/[\ud800-\udfff]/gu, '\ufffd')
    .replace(/[^\p{L}\p{N}_.,…✓✗×?/ -]/gu, (sign) => `#${sign.codePointAt(0)};`);
