import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Look } from '../look.ts';
import { nameOf } from '../pretty/headline.ts';
import { placeOf } from '../pretty/place.ts';
import { type Html, html } from './markup.ts';
import type { PlanPage } from './page.ts';
import { blocks, excerpt, prose } from './text.ts';

/** What keeps us from judging, or from judging all: errors, then warnings. */
export const notesSection = ({ report, look, idOf }: PlanPage): Html | null => {
  const errors = report.diagnostics.filter(({ severity }) => severity === 'error');
  const warnings = report.diagnostics.filter(({ severity }) => severity === 'warning');
  if (errors.length + warnings.length === 0) return null;
  const id = idOf('notes');
  return html`<section id="${id}">
<h3>What could not be judged</h3>
<ul class="notes">${[...errors, ...warnings].map((diagnostic) => noteItem(diagnostic, look))}</ul>
</section>`;
};

const noteItem = ({ severity, summary, detail, origin, code }: Diagnostic, look: Look): Html => {
  const where = origin === undefined ? '' : whereOf(origin, look);
  return html`<li class="cause"><p><span class="badge ${severity === 'error' ? 'unreachable' : 'unknown'}">${severity}</span> ${prose(summary)} <span class="note">${code}</span></p>
${where === '' ? null : html`<div class="place"><code>${where}</code>${origin === undefined ? null : excerpt(origin, look)}</div>`}
${detail === undefined ? null : blocks(detail)}</li>`;
};

const whereOf = (origin: NonNullable<Diagnostic['origin']>, look: Look): string => {
  if (origin.address !== undefined || origin.file === undefined) return placeOf(origin, look.documents);
  return [nameOf(origin.file), origin.line, origin.column].filter((part) => part !== undefined).join(':');
};
