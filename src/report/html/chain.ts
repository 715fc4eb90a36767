import type { Connection } from '../../model/connection.ts';
import { type Way, hopMarks, methodsOf, nodesOf } from '../pretty/chain.ts';
import { type Html, html } from './markup.ts';

/** A way in on one line, with the methods, and the hop that breaks. */
export const chain = (way: Way, connection?: Connection): Html => {
  const names: ReadonlySet<string | null> = new Set([way.principal, way.proxy, way.database]);
  const marks = connection === undefined ? [] : hopMarks(connection);
  const steps = nodesOf(way).map((node, index) => {
    const name = names.has(node) ? html`<code>${node}</code>` : html`<i>${node.replace(/^\(|\)$/g, '')}</i>`;
    if (index === 0) return name;
    const mark = marks[index - 1] ?? 'ok';
    const sign = mark === 'broken' ? ' ✗' : mark === 'unknown' ? ' ?' : '';
    return html` <span class="arrow ${mark}">${methodsOf(way.path)[index - 1] ?? ''}${sign} →</span> ${name}`;
  });
  const user = way.user === null ? html`user not in view` : html`user <code>${way.user}</code>`;
  return html`<span class="chain">${steps}</span> <span class="note">${user} · ${way.path}</span>`;
};
