import type { Connection, Leg } from '../../model/connection.ts';
import type { Finding } from '../../model/finding.ts';
import { legsOfFinding } from '../explain/bearing.ts';
import { typed } from '../markdown/escape.ts';
import { explainCommand } from '../pretty/findings.ts';
import { judgedInput } from '../pretty/headline.ts';
import { plural } from '../text.ts';
import { waysToDecide } from '../undecided.ts';
import { chain } from './chain.ts';
import { type Html, html } from './markup.ts';
import { type PlanPage, sortedWays } from './page.ts';
import { legBadge, verdictBadge } from './signs.ts';
import { blocks, place, prose } from './text.ts';

/** Every way in, with its legs folded away. */
export const waysSection = (page: PlanPage): Html | null => {
  const { report, idOf } = page;
  if (report.connections.length === 0) return null;
  const id = idOf('ways');
  const unknown = report.connections.filter(({ verdict }) => verdict === 'unknown');
  return html`<section id="${id}">
<h3>${plural(report.connections.length, 'way')} in, leg by leg</h3>
${unknown.length === 0 ? null : waysToDecide(report).flatMap(blocks)}
<p class="empty" hidden>No way in is like that.</p>
<div class="ways">${sortedWays(report.connections).map((way) => wayItem(way, page))}</div>
</section>`;
};

const wayItem = (way: Connection, page: PlanPage): Html => {
  const { id, verdict, legs, assumptions } = way;
  const { report, idOf } = page;
  const broken = legs.filter(({ status }) => status === 'broken' || (verdict === 'unknown' && status === 'unknown'));
  const at = broken.length === 0 ? null : html` <span class="at">at ${broken.map(({ leg }) => leg).join(', ')}</span>`;
  const about = report.findings.filter((finding) => legsOfFinding(finding, way, () => []).length > 0);
  const path = typed(judgedInput(report)?.path ?? 'PLAN');
  return html`<details class="way ${verdict}" data-way="${id}" data-verdict="${verdict}">
<summary>${verdictBadge(verdict)}${at} ${chain(way, way)}</summary>
<div class="legs" id="${idOf('connection', id)}">
<table><thead><tr><th scope="col">leg</th><th scope="col">outcome</th><th scope="col">what was seen</th></tr></thead>
<tbody>${legs.map((leg) => legRow(leg, page))}</tbody></table>
${about.length === 0 ? null : html`<p>Findings about it:</p><ul class="links">${about.map((finding) => findingLink(finding, page))}</ul>`}
${assumptions.length === 0 ? null : html`<p>Assumed, since no configuration shows it:</p><ul class="plain">${assumptions.map((text) => html`<li>${prose(text)}</li>`)}</ul>`}
<p class="note">More: <code>${explainCommand(id, path)}</code></p>
</div>
</details>`;
};

const legRow = ({ leg, status, reason, origin }: Leg, { look }: PlanPage): Html => {
  const said = status === 'assumed' ? reason.replace(/^assumed: /, '') : reason;
  return html`<tr class="leg ${status}"><th scope="row">${leg}</th><td>${legBadge(status)}</td><td>${prose(said)}${origin === null ? null : place(origin, look)}</td></tr>`;
};

const findingLink = ({ id, policy, address }: Finding, { idOf }: PlanPage): Html =>
  html`<li><a href="#${idOf('finding', id)}"><code>${policy}</code> on <code>${address}</code></a></li>`;
