import type { Finding } from '../../model/finding.ts';
import { enforcements, severities } from '../../model/policy.ts';
import type { ReportPolicy } from '../../model/report.ts';
import type { Origin } from '../../model/value.ts';
import { legsOfFinding } from '../explain/bearing.ts';
import type { Look } from '../look.ts';
import { byUrgency, explainCommand } from '../pretty/findings.ts';
import { hasLine, placeOf, shortPlaceOf } from '../pretty/place.ts';
import type { Standing } from '../standing.ts';
import { plural } from '../text.ts';
import { wayLinks } from './causes.ts';
import { countsOf } from './counts.ts';
import { type Html, html } from './markup.ts';
import { type PlanPage, sortedWays } from './page.ts';
import { safeLink } from './policies.ts';
import { blocks, excerpt, prose } from './text.ts';

/** What policies found, each with the edit that mends it; what fails the run first, what is waived last. */
export const findingsSection = (page: PlanPage): Html | null => {
  const { report, idOf } = page;
  const { findings } = report;
  if (findings.length === 0) return null;
  const id = idOf('findings');
  const policies = new Map(report.policies.map((policy) => [policy.id, policy]));
  return html`<section id="${id}">
<h3>${countsOf(findings).join(', ')}</h3>
${findings.length < 2 ? null : tools(page, policies)}
<p class="empty" hidden>No finding is like that.</p>
<div class="findings">${sorted(page).map((finding) => findingItem(finding, policies.get(finding.policy), page))}</div>
</section>`;
};

/** What a finding means for the run, in the order in which it must be read, and the words for it. */
const standings: Readonly<Record<Standing, string>> = {
  fails: 'fails the run',
  advice: 'advice',
  undecided: 'undecided',
  known: 'in the baseline',
  waived: 'waived',
};

const sorted = ({ report, standing }: PlanPage): readonly Finding[] => {
  const ranks = Object.keys(standings);
  const rank = (finding: Finding): number => ranks.indexOf(standing(finding));
  return [...byUrgency(report.findings)].sort((a, b) => rank(a) - rank(b));
};

const outcomeWords = { fail: 'fails', unknown: 'undecided' } as const;

const tools = ({ report, standing }: PlanPage, policies: ReadonlyMap<string, ReportPolicy>): Html => {
  const { findings } = report;
  const choice = (name: string, label: string, offered: readonly string[]): Html | null => {
    if (offered.length < 2) return null;
    return html`<label>${label} <select data-filter="${name}"><option value="">any</option>${offered.map((value) => html`<option>${value}</option>`)}</select></label>`;
  };
  const used = (all: readonly string[], of: (finding: Finding) => string): readonly string[] => {
    const there = new Set(findings.map(of));
    return all.filter((value) => there.has(value));
  };
  const sets = [...new Set(findings.map(({ policy }) => policies.get(policy)?.set ?? ''))].sort();
  return html`<div class="tools filter only-script" hidden>
<label>Search <input type="search" class="search" placeholder="any word of a finding" autocomplete="off" spellcheck="false"></label>
${choice(
  'severity',
  'Severity',
  used(severities, ({ severity }) => severity),
)}
${choice(
  'enforcement',
  'Enforcement',
  used(enforcements, ({ enforcement }) => enforcement),
)}
${choice(
  'outcome',
  'Outcome',
  used(Object.values(outcomeWords), ({ outcome }) => outcomeWords[outcome]),
)}
${choice(
  'state',
  'State',
  used(Object.values(standings), (finding) => standings[standing(finding)]),
)}
${choice('set', 'Set', sets)}
<button type="button" class="reset">Reset</button>
<output class="count"></output>
</div>`;
};

const badges: Readonly<Record<Standing, readonly [look: string, word: string]>> = {
  fails: ['unreachable', '✗ fails'],
  advice: ['advice', '! advice'],
  undecided: ['unknown', '? undecided'],
  known: ['assumed', standings.known],
  waived: ['assumed', standings.waived],
};

/** How it looks, and the word that says the same. */
const badgeOf = (standing: Standing, { outcome }: Finding): readonly [look: string, word: string] =>
  standing === 'fails' && outcome === 'unknown' ? ['unreachable', '? undecided, fails'] : badges[standing];

const findingItem = (finding: Finding, policy: ReportPolicy | undefined, page: PlanPage): Html => {
  const { id, severity, enforcement, outcome, address } = finding;
  const standing = page.standing(finding);
  const [look, word] = badgeOf(standing, finding);
  const facts = [severity, enforcement, ...(finding.baseline === 'new' ? ['new'] : [])].join(' · ');
  const open = standing === 'fails' ? html` open` : null;
  return html`<details class="finding ${look}" data-severity="${severity}" data-enforcement="${enforcement}" data-outcome="${outcomeWords[outcome]}" data-state="${standings[standing]}" data-set="${policy?.set ?? ''}"${open}>
<summary><span class="badge ${look}">${word}</span> <b class="title">${policy?.title ?? finding.policy}</b> <span class="note">${facts}</span><br><code>${address}</code></summary>
<div class="body" id="${page.idOf('finding', id)}">
${waiverNote(finding)}
${blocks(finding.message)}
${places(finding, page)}
${mendOf(finding)}
<h4>Why it matters</h4>
<p>${prose(finding.why)}</p>
${waysOf(finding, page)}
${sourcesOf(finding, policy)}
</div>
</details>`;
};

const mendOf = ({ outcome, remediation }: Finding): Html | null =>
  remediation === ''
    ? null
    : html`<h4>${outcome === 'fail' ? 'How to mend it' : 'If it is so'}</h4>
${blocks(remediation)}`;

/** Where to read on. */
const sourcesOf = (finding: Finding, policy: ReportPolicy | undefined): Html => {
  const set = policy === undefined ? null : ` of the set ${policy.set}`;
  const pages = (policy?.references ?? []).map((reference) => html` · ${safeLink(reference)}`);
  return html`<p class="note"><code>${finding.policy}</code>${set} · <code>${explainCommand(finding.policy)}</code>${pages}</p>`;
};

const waiverNote = ({ waiver, baseline }: Finding): Html | null => {
  if (waiver !== null) {
    const { reason, expires, owner, origin } = waiver;
    const by = owner === null ? '' : ` by ${owner}`;
    return html`<p class="waiver"><b>Waived</b>${by} until ${expires}: ${reason} <code>${placeOf(origin, [])}</code></p>`;
  }
  return baseline === 'unchanged'
    ? html`<p class="waiver">The baseline holds it already, so it does not fail the run.</p>`
    : null;
};

const quoted = 3;

const places = ({ address, origins }: Finding, { look }: PlanPage): Html => {
  const named = new Map(origins.map((origin) => [placeOf(origin, look.documents), origin]));
  const all: readonly (readonly [string, Origin | null])[] = named.size === 0 ? [[address, null]] : [...named];
  const lines = [...named.values()].filter(hasLine).slice(0, quoted);
  return html`${all.map(
    ([name, origin]) =>
      html`<div class="place"><code>${name}</code>${origin !== null && lines.includes(origin) ? excerptsAt(origin, look) : null}</div>`,
  )}`;
};

/** Its lines, and those that its value comes from. */
const excerptsAt = (origin: Origin, look: Look): Html => {
  const { given } = origin;
  const source = given === undefined ? null : excerpt(given, look);
  return html`${excerpt(origin, look)}${source === null ? null : html`<code>${shortPlaceOf(given ?? {})}</code>${source}`}`;
};

const waysOf = (finding: Finding, page: PlanPage): Html | null => {
  const ways = sortedWays(page.report.connections).filter((way) => legsOfFinding(finding, way, () => []).length > 0);
  if (ways.length === 0) return null;
  const verb = finding.outcome === 'fail' ? 'It breaks' : 'It leaves open';
  return html`<h4>${verb} ${plural(ways.length, 'way')} in</h4>${wayLinks(ways, page)}`;
};
