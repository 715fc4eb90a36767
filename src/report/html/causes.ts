import type { Connection, Leg } from '../../model/connection.ts';
import type { Finding } from '../../model/finding.ts';
import { isExcused, waiverText } from '../excused.ts';
import { legsOfFinding } from '../explain/bearing.ts';
import { plural } from '../text.ts';
import { chain } from './chain.ts';
import { type Html, html } from './markup.ts';
import { type PlanPage, sortedWays } from './page.ts';
import { legBadge } from './signs.ts';
import { place, prose } from './text.ts';

type Cause = { readonly leg: Leg; readonly ways: readonly Connection[] };

const shown = 5;

/** What breaks, by its cause: one broken proxy is one thing to mend, however many ways lead through it. */
export const causesSection = (page: PlanPage): Html | null => {
  const causes = causesOf(page.report.connections);
  if (causes.length === 0) return null;
  const broken = page.report.summary.connections.unreachable;
  return html`<section id="${page.idOf('breaks')}">
<h3>What breaks ${plural(broken, 'way')} in</h3>
<ol class="causes">${causes.map((cause) => causeItem(cause, page))}</ol>
</section>`;
};

const causesOf = (connections: readonly Connection[]): readonly Cause[] => {
  const causes = new Map<string, { leg: Leg; ways: Connection[] }>();
  for (const connection of sortedWays(connections)) {
    if (connection.verdict !== 'unreachable') continue;
    for (const leg of connection.legs.filter(({ status }) => status === 'broken')) {
      const key = JSON.stringify([leg.leg, leg.reason, leg.origin?.address]);
      const cause = causes.get(key);
      if (cause === undefined) causes.set(key, { leg, ways: [connection] });
      else cause.ways.push(connection);
    }
  }
  return [...causes.values()].sort((a, b) => b.ways.length - a.ways.length);
};

const causeItem = (cause: Cause, page: PlanPage): Html => {
  const { leg, ways } = cause;
  const about = findingsAbout(cause, page);
  const look = about.length > 0 && about.every(isExcused) ? ' excused' : '';
  return html`<li class="cause${look}">
<p class="cause-head">${legBadge('broken')} <b>${leg.leg}</b> <span class="note">breaks ${plural(ways.length, 'way')} in</span></p>
<p>${prose(leg.reason)}</p>
${excuses(about)}
${leg.origin === null ? null : place(leg.origin, page.look)}
${wayLinks(ways, page)}
</li>`;
};

/** What policies found about it. */
const findingsAbout = ({ leg, ways }: Cause, { report }: PlanPage): readonly Finding[] =>
  report.findings.filter((finding) => ways.some((way) => legsOfFinding(finding, way, () => []).includes(leg.leg)));

/** Why it does not count, or not all of it. */
const excuses = (about: readonly Finding[]): readonly Html[] => {
  const texts = about.filter(isExcused).map(({ waiver }) => (waiver === null ? 'in the baseline' : waiverText(waiver)));
  return [...new Set(texts)].map((text) => html`<p class="waiver">${text}</p>`);
};

/** Links to ways in: a few, and the rest folded away. */
export const wayLinks = (ways: readonly Connection[], { idOf }: PlanPage): Html => {
  const link = (way: Connection): Html => html`<li><a href="#${idOf('connection', way.id)}">${chain(way)}</a></li>`;
  const rest = ways.slice(shown);
  return html`<ul class="links">${ways.slice(0, shown).map(link)}</ul>${
    rest.length === 0
      ? null
      : html`<details class="more"><summary>and ${rest.length} more</summary><ul class="links">${rest.map(link)}</ul></details>`
  }`;
};
