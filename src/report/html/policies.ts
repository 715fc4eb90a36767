import type { Finding } from '../../model/finding.ts';
import type { ReportPolicy } from '../../model/report.ts';
import { plural } from '../text.ts';
import { countsOf } from './counts.ts';
import { type Html, html } from './markup.ts';
import type { PlanPage } from './page.ts';

/** The policies that were run, whatever they found. */
export const policiesSection = ({ report, idOf }: PlanPage): Html | null => {
  const { policies, findings } = report;
  if (policies.length === 0) return null;
  const id = idOf('policies');
  return html`<section id="${id}">
<h3>${plural(policies.length, 'policy', 'policies')} that ${policies.length === 1 ? 'was' : 'were'} run</h3>
<details class="more"><summary>Show them</summary>
<div class="wide" tabindex="0" role="group" aria-label="Policies that were run"><table>
<thead><tr><th scope="col">policy</th><th scope="col">set</th><th scope="col">severity</th><th scope="col">enforcement</th><th scope="col">found</th></tr></thead>
<tbody>${policies.map((policy) => policyRow(policy, findings))}</tbody></table></div></details>
</section>`;
};

const policyRow = (
  { id, title, set, severity, enforcement, why, references }: ReportPolicy,
  findings: readonly Finding[],
): Html => {
  const found = countsOf(findings.filter(({ policy }) => policy === id));
  return html`<tr><th scope="row"><code>${id}</code><br><span class="plain">${title}</span><br><span class="note">${why} ${references.map((reference) => html`${safeLink(reference)} `)}</span></th><td>${set}</td><td>${severity}</td><td>${enforcement}</td><td>${found.length === 0 ? 'nothing' : found.join(', ')}</td></tr>`;
};

/** A page that a policy names; what is no plain address leads nowhere. */
export const safeLink = (url: string): Html => {
  const [, host, path = ''] = /^https:\/\/([\w.-]+)((?:\/[\w./?=&%#~+-]*)?)$/.exec(url) ?? [];
  if (host === undefined) return html`<code>${url}</code>`;
  const page =
    path
      .split('/')
      .at(-1)
      ?.replace(/\.html?$/, '') ?? '';
  return html`<a href="${url}" rel="noopener noreferrer">${page === '' ? host : page}</a>`;
};
