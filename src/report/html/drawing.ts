import { layOutGraph } from '../graph/layout.ts';
import type { Graph } from '../graph/model.ts';
import { drawing } from '../graph/svg.ts';
import { legendItems } from '../graph/svg-style.ts';
import { descriptionOf } from '../graph/texts.ts';
import { type Html, html, own } from './markup.ts';
import type { PlanPage } from './page.ts';

/** Who logs in where. Each line leads to the way in that it stands for. */
export const drawingSection = (page: PlanPage): Html | null => {
  const { folded, whole, idOf } = page;
  if (whole.nodes.length === 0) return null;
  const id = idOf('drawing');
  const isFolded = folded.nodes.length < whole.nodes.length;
  return html`<section id="${id}" class="drawings">
<h3>Who logs in where</h3>
<p class="note">A line leads to its legs: click it, or press Enter on it.</p>
<p class="skip-inside"><a href="#${idOf('ways')}">Skip the drawing</a></p>
${isFolded ? foldSwitch(id, folded, whole) : null}
<div class="tools only-script" hidden>
<label>Find <input type="search" class="find" placeholder="address, user, method" autocomplete="off" spellcheck="false"></label>
<fieldset class="verdicts"><legend class="hidden">Verdicts</legend>
<label><input type="checkbox" value="unreachable" checked> cannot work</label>
<label><input type="checkbox" value="unknown" checked> undecided</label>
<label><input type="checkbox" value="reachable" checked> works</label></fieldset>
<span class="zoom"><button type="button" data-zoom="-1" aria-label="Smaller">−</button><button type="button" data-zoom="0">Fit</button><button type="button" data-zoom="1" aria-label="Larger">+</button></span>
<output class="count"></output>
</div>
${picture(page, folded, { id: `${id}-folded`, look: isFolded ? 'folded' : 'whole only' })}
${isFolded ? picture(page, whole, { id: `${id}-whole`, look: 'whole' }) : null}
<ul class="legend">${legendItems.map(({ sample, words }) => html`<li>${own(sample)} ${words}</li>`)}</ul>
</section>`;
};

/** Two buttons that work by the style sheet alone. */
const foldSwitch = (
  id: string,
  folded: Graph,
  whole: Graph,
): Html => html`<input type="radio" class="hidden show-folded" id="${id}-show-folded" name="${id}-show" checked>
<label class="choice" for="${id}-show-folded">What is alike as one (${folded.nodes.length} boxes)</label>
<input type="radio" class="hidden show-whole" id="${id}-show-whole" name="${id}-show">
<label class="choice" for="${id}-show-whole">Each by itself (${whole.nodes.length} boxes)</label>`;

const picture = (
  { report, idOf }: PlanPage,
  graph: Graph,
  { id, look }: { readonly id: string; readonly look: string },
): Html => {
  const layout = layOutGraph(graph);
  const [width, height] = [Math.ceil(layout.width), Math.ceil(layout.height)];
  const linkOf = ({ connections }: { readonly connections: readonly string[] }): string | undefined =>
    connections[0] === undefined ? undefined : `#${idOf('connection', connections[0])}`;
  return html`<div class="picture ${look}" tabindex="0" role="group" aria-label="Drawing of the ways in">
<svg class="drawing columns-${layout.columns.length}" role="group" aria-labelledby="${id}-desc" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" data-width="${width}" data-height="${height}">
<desc id="${id}-desc">${descriptionOf(report)}</desc>
${own(drawing(layout, { edge: linkOf }))}
</svg></div>`;
};
