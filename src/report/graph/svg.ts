import type { Layout, PlacedEdge, PlacedNode } from './layout.ts';
import { boxHeight, boxWidth, characterWidth, headHeight, labelHeight, leastLine, widthOfLabel } from './layout.ts';
import type { GraphNode } from './model.ts';
import { shortened, splitAddress } from './names.ts';
import { curve, head, withPorts } from './svg-lines.ts';
import { lineLabel, lineSentence } from './texts.ts';
import { xml } from './xml.ts';

const longestName = 22;
const longestType = 28;

const headings: Readonly<Record<GraphNode['kind'], string>> = {
  client: 'clients',
  principal: 'principals',
  endpoint: 'endpoints',
  proxy: 'proxies',
  database: 'databases',
};

/** Where a line or a box leads to, where there is something to lead to. */
export type Links = { readonly edge: (edge: PlacedEdge) => string | undefined };

const noLinks: Links = { edge: () => undefined };

/** The inside of a drawing: columns, lines, boxes. Bars are where a way in breaks, and nowhere else on it. How it looks is for the style sheet beside it. */
export const drawing = (layout: Layout, { edge: linkOf }: Links = noLinks): string => {
  const edges = withPorts(layout.nodes, layout.edges);
  return [
    ...layout.columns.map(
      ({ kind, x }) => `<text class="column" x="${at(x)}" y="${headHeight - 8}">${headings[kind]}</text>`,
    ),
    // What breaks is drawn last, on top of what works.
    ...[...edges].sort((a, b) => order(a) - order(b)).map((edge) => drawEdge(layout, edge, linkOf(edge))),
    ...layout.nodes.map(drawNode),
  ].join('\n');
};

const order = ({ verdict }: PlacedEdge): number =>
  verdict === null ? 0 : { reachable: 1, unknown: 2, unreachable: 3 }[verdict];

const at = (value: number): string => String(Math.round(value * 10) / 10);

const drawEdge = (layout: Layout, edge: PlacedEdge, link: string | undefined): string => {
  const { points, verdict, mark } = edge;
  const kind = verdict ?? 'standing';
  const sentence = xml(lineSentence(layout, edge));
  const path = curve(points);
  const parts = [
    `<title>${sentence}</title>`,
    ...(verdict === null ? [] : [`<path class="reach" d="${path}"/>`]),
    `<path class="line" d="${path}"/>`,
    `<path class="head" d="${head(points, mark === 'broken')}"/>`,
    drawLabel(edge),
  ].join('');
  const attributes = `class="edge ${kind}${mark === 'broken' ? ' barred' : ''}" data-from="${xml(edge.from)}" data-to="${xml(edge.to)}" data-ways="${xml(edge.connections.join(' '))}"`;
  const visible = visibleLabel(edge);
  const name = visible === '' ? sentence : `${xml(visible)}: ${sentence}`;
  return link === undefined
    ? `<g ${attributes}>${parts}</g>`
    : `<a ${attributes} href="${xml(link)}" aria-label="${name}">${parts}</a>`;
};

/** As much of the label as the line has room for. */
const visibleLabel = (edge: PlacedEdge): string => {
  const [from, to] = [edge.points[0]?.x ?? 0, edge.points.at(-1)?.x ?? 0];
  return shortened(lineLabel(edge), Math.floor((to - from - 2 * leastLine - 9) / characterWidth(edge)));
};

const drawLabel = (edge: PlacedEdge): string => {
  const text = visibleLabel(edge);
  if (text === '') return '';
  const { x, y } = edge.at;
  const width = widthOfLabel(edge, text);
  const box = `<rect class="plate" x="${at(x - width / 2)}" y="${at(y - labelHeight / 2)}" width="${at(width)}" height="${labelHeight}" rx="4"/>`;
  return `${box}<text class="label" x="${at(x)}" y="${at(y + 4)}">${xml(text)}</text>`;
};

const drawNode = (node: PlacedNode): string => {
  const { kind, name, members, isNamed } = node;
  const [left, top] = [node.x - boxWidth / 2, node.y - boxHeight / 2];
  const many = members.length > 1;
  const box = (shift: number, of: string): string =>
    `<rect class="${of}" x="${at(left + shift)}" y="${at(top + shift)}" width="${boxWidth}" height="${boxHeight}" rx="6"/>`;
  const count = many
    ? `<text class="count" x="${at(left + boxWidth - 10)}" y="${at(top + 20)}">×${members.length}</text>`
    : '';
  return [
    `<g class="node ${kind}${isNamed ? '' : ' unnamed'}" data-node="${xml(node.id)}">`,
    `<title>${xml(many ? titleOfMany(node) : name)}</title>`,
    ...(many ? [box(4, 'box behind')] : []),
    box(0, 'box'),
    ...textsOf(node).map(([of, text], line, all) => {
      const y = all.length === 1 ? top + boxHeight / 2 + 4 : top + 20 + line * 20;
      return `<text class="${of}" x="${at(left + 12)}" y="${at(y)}">${xml(text)}</text>`;
    }),
    count,
    '</g>',
  ].join(' ');
};

const titlesShown = 12;

const titleOfMany = ({ name, members }: GraphNode): string => {
  const left = members.length - titlesShown;
  return [name, ...members.slice(0, titlesShown), ...(left > 0 ? [`and ${left} more`] : [])].join('\n');
};

const textsOf = ({ name, isNamed, type, members }: GraphNode): readonly (readonly [of: string, text: string])[] => {
  if (!isNamed) return [['words', name]];
  const parts = splitAddress(name);
  const above = [type, parts.module].filter((part) => part !== '').join(' · ');
  return [
    ['type', shortened(above, members.length > 1 ? longestType - 5 : longestType)],
    ['name', shortened(parts.name, longestName)],
  ];
};
