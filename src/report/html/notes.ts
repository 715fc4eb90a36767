import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Look } from '../look.ts';
import { nameOf } from '../pretty/headline.ts';
import { placeOf } from '../pretty/place.ts';
import { plural } from '../text.ts';
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
<ul class="notes">${byFile([...errors, ...warnings]).map((group) => groupItem(group, look))}</ul>
</section>`;
};

/** Whatever is wrong with one file stands together; what has an address stands by itself. */
const byFile = (diagnostics: readonly Diagnostic[]): readonly (readonly Diagnostic[])[] => {
  const groups = new Map<string, Diagnostic[]>();
  for (const [index, diagnostic] of diagnostics.entries()) {
    const { severity, origin } = diagnostic;
    const isOfFile = origin?.file !== undefined && origin.address === undefined;
    const key = isOfFile ? `${severity} ${origin.file}` : `${index}`;
    groups.set(key, [...(groups.get(key) ?? []), diagnostic]);
  }
  return [...groups.values()];
};

const groupItem = (group: readonly Diagnostic[], look: Look): Html | null => {
  const [first] = group;
  if (first === undefined || group.length === 1) return first === undefined ? null : noteItem(first, look);
  const { severity, origin } = first;
  return html`<li class="cause"><p>${severityBadge(severity)} <code>${nameOf(origin?.file ?? '')}</code> <span class="note">${plural(group.length, severity)}</span></p>
<ul class="plain">${group.map((diagnostic) => groupedNote(diagnostic, look))}</ul></li>`;
};

const groupedNote = ({ summary, detail, origin, code }: Diagnostic, look: Look): Html => {
  const position = [origin?.line, origin?.column].filter((part) => part !== undefined).join(':');
  return html`<li>${position === '' ? null : html`<code>${position}</code> `}${prose(summary)} <span class="note">${code}</span>${
    origin === undefined ? null : excerpt(origin, look)
  }${detail === undefined ? null : blocks(detail)}</li>`;
};

const severityBadge = (severity: Diagnostic['severity']): Html =>
  html`<span class="badge ${severity === 'error' ? 'unreachable' : 'unknown'}">${severity}</span>`;

const noteItem = ({ severity, summary, detail, origin, code }: Diagnostic, look: Look): Html => {
  const where = origin === undefined ? '' : whereOf(origin, look);
  return html`<li class="cause"><p>${severityBadge(severity)} ${prose(summary)} <span class="note">${code}</span></p>
${where === '' ? null : html`<div class="place"><code>${where}</code>${origin === undefined ? null : excerpt(origin, look)}</div>`}
${detail === undefined ? null : blocks(detail)}</li>`;
};

const whereOf = (origin: NonNullable<Diagnostic['origin']>, look: Look): string => {
  if (origin.address !== undefined || origin.file === undefined) return placeOf(origin, look.documents);
  return [nameOf(origin.file), origin.line, origin.column].filter((part) => part !== undefined).join(':');
};
