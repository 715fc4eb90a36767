import type { Change } from '../../model/connection.ts';
import { listedChanges, wordOfChange } from '../changes.ts';
import { chain } from './chain.ts';
import { type Html, html } from './markup.ts';
import type { PlanPage } from './page.ts';
import { verdictBadge } from './signs.ts';

const looks: Readonly<Record<Change['kind'], string>> = {
  breaks: 'unreachable',
  undecided: 'unknown',
  goes: 'unknown',
  heals: 'reachable',
  decided: 'reachable',
  appears: 'assumed',
};

/** What the plan does to the ways in, before and after; nothing where all of it is new. */
export const changesSection = (page: PlanPage): Html | null => {
  const changes = listedChanges(page.report);
  if (changes.length === 0) return null;
  return html`<section id="${page.idOf('changes')}">
<h3>What this plan changes</h3>
<div class="wide" tabindex="0" role="group" aria-label="What this plan changes"><table class="changes">
<thead><tr><th scope="col">change</th><th scope="col">way in</th><th scope="col">before</th><th scope="col">after</th></tr></thead>
<tbody>${changes.map((change) => changeRow(change, page))}</tbody></table></div>
</section>`;
};

const changeRow = (change: Change, { report, idOf }: PlanPage): Html => {
  const isThere = report.connections.some(({ id }) => id === change.connection);
  const way = isThere ? html`<a href="#${idOf('connection', change.connection)}">${chain(change)}</a>` : chain(change);
  return html`<tr><td><span class="badge ${looks[change.kind]}">${wordOfChange[change.kind]}</span></td><td>${way}</td><td>${
    change.before === null ? 'not there' : verdictBadge(change.before)
  }</td><td>${change.after === null ? 'not there' : verdictBadge(change.after)}</td></tr>`;
};
