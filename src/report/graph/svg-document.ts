import type { Report } from '../../model/report.ts';
import type { Reporter } from '../context.ts';
import { printable } from '../printable.ts';
import { type Drawn, drawnOf } from './drawn.ts';
import { layOutGraph } from './layout.ts';
import { drawing } from './svg.ts';
import { legend, legendWidth, svgStyle } from './svg-style.ts';
import { descriptionOf, nothingToDraw, titleOf } from './texts.ts';
import { xml } from './xml.ts';

const titleHeight = 44;
const legendHeight = 34;
const narrowest = legendWidth + 16;

/** The ways in as a picture: one for each plan, below one another. */
export const renderSvg: Reporter = (reports, context) => {
  const parts = reports.map((report) => drawPart(drawnOf(report, context)));
  let top = 0;
  const placed = parts.map((part) => {
    const shifted = `<g transform="translate(0 ${top})">\n${part.body}\n</g>`;
    top += part.height;
    return shifted;
  });
  const width = Math.max(narrowest, ...parts.map((part) => part.width));
  const height = Math.ceil(top + legendHeight);
  const printed = printable(reports, { unicode: true });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${Math.ceil(width)}" height="${height}" viewBox="0 0 ${Math.ceil(width)} ${height}" role="img" aria-labelledby="title desc">`,
    `<title id="title">${xml(`Ways in: ${printed.map(titleOf).join(', ')}`)}</title>`,
    `<desc id="desc">${xml(printed.map(descriptionOf).join(' '))}</desc>`,
    `<style>${svgStyle}</style>`,
    `<rect class="ground" width="100%" height="100%"/>`,
    ...placed,
    `<g transform="translate(16 ${Math.ceil(top + 14)})">${legend}</g>`,
    '</svg>\n',
  ].join('\n');
};

type Part = { readonly body: string; readonly width: number; readonly height: number };

const drawPart = ({ report, graph }: Drawn): Part => {
  const title = `<text class="title" x="16" y="28">${xml(titleOf(report))}</text>`;
  if (graph.nodes.length === 0) return emptyPart(report, title);
  const layout = layOutGraph(graph);
  return {
    body: `${title}\n<g transform="translate(0 ${titleHeight})">\n${drawing(layout)}\n</g>`,
    width: layout.width,
    height: layout.height + titleHeight,
  };
};

const emptyPart = (report: Report, title: string): Part => ({
  body: `${title}\n<text class="words" x="16" y="58">${xml(nothingToDraw(report))}</text>`,
  width: narrowest,
  height: titleHeight + 30,
});
