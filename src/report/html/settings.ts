import { type Cell, type MatrixRow, type Path, paths } from '../../model/connection.ts';
import { type Html, html } from './markup.ts';
import type { PlanPage } from './page.ts';
import { prose } from './text.ts';

const headings: Readonly<Record<Path, string>> = {
  'password-rds': 'password → RDS',
  'iam-rds': 'IAM → RDS',
  'password-proxy-rds': 'password → proxy',
  'iam-proxy-rds': 'IAM → proxy',
  'iam-proxy-iam-rds': 'IAM → proxy → IAM',
};

const cells: Readonly<Record<Cell, readonly [sign: string, word: string, look: string]>> = {
  open: ['✓', 'open', 'reachable'],
  closed: ['✕', 'closed', 'assumed'],
  unusable: ['✗', 'unusable', 'unreachable'],
  unknown: ['?', 'known after apply', 'unknown'],
};

/** Which ways in the settings offer, whoever may use them. */
export const settingsSection = ({ report, idOf }: PlanPage): Html | null => {
  if (report.matrix.length === 0) return null;
  const id = idOf('settings');
  return html`<section id="${id}">
<h3>Settings: which ways in are offered</h3>
<p class="note">Closed: the settings do not offer this way in. Unusable: they offer it, and it can work for nobody.</p>
<div class="wide" tabindex="0" role="group" aria-label="Settings"><table class="settings">
<thead><tr><th scope="col">database, proxy</th>${paths.map((path) => html`<th scope="col">${headings[path]}</th>`)}</tr></thead>
<tbody>${report.matrix.map(settingsRow)}</tbody></table></div>
</section>`;
};

const settingsRow = ({ database, proxy, paths: offered }: MatrixRow): Html => {
  const end = database === null ? html`<i>database not in view</i>` : html`<code>${database}</code>`;
  const label = proxy === null ? end : html`<code>${proxy}</code> <span class="note">→ ${end}</span>`;
  return html`<tr><th scope="row"${proxy === null ? null : html` class="inset"`}>${label}</th>${paths.map((path) => cellOf(offered[path]))}</tr>`;
};

const cellOf = (cell: Cell | undefined): Html => {
  if (cell === undefined) return html`<td></td>`;
  const [sign, word, look] = cells[cell];
  return html`<td><span class="badge ${look}"><span aria-hidden="true">${sign} </span>${word}</span></td>`;
};

/** What the verdicts rest on and no configuration shows: each once, with how often. */
export const assumptionsSection = ({ report, idOf }: PlanPage): Html | null => {
  const counts = new Map<string, number>();
  for (const text of report.connections.flatMap(({ assumptions }) => assumptions))
    counts.set(text, (counts.get(text) ?? 0) + 1);
  if (counts.size === 0) return null;
  const id = idOf('assumptions');
  const items = [...counts].map(
    ([text, count]) =>
      html`<li>${prose(text)}${count === 1 ? null : html` <span class="note">${count} ways in</span>`}</li>`,
  );
  return html`<section id="${id}">
<h3>Assumed, since no configuration shows it</h3>
<ul class="plain">${items}</ul>
</section>`;
};
