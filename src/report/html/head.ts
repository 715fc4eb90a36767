import type { Finding } from '../../model/finding.ts';
import type { Report } from '../../model/report.ts';
import { changeSentence } from '../changes.ts';
import { excusedSentence, isExcused, isFailing, isUndecided } from '../excused.ts';
import { isJudged } from '../graph/texts.ts';
import {
  emptySentence,
  factsOf,
  headlineOf,
  isEmpty,
  judgedInput,
  judgedNames,
  sourceNote,
} from '../pretty/headline.ts';
import { plural } from '../text.ts';
import { type Html, html } from './markup.ts';
import type { PlanPage } from './page.ts';

const verdicts: Readonly<Record<Report['verdict'], readonly [sign: string, word: string]>> = {
  pass: ['✓', 'PASS'],
  fail: ['✗', 'FAIL'],
  error: ['!', 'ERROR'],
};

export const verdictWord = ({ verdict }: Report): string => verdicts[verdict][1];

export const nameOfPlan = (report: Report): string => {
  const judged = judgedInput(report);
  return judged === undefined ? 'no plan' : `${judgedNames(judged).join(' + ')}${sourceNote(judged, report)}`;
};

/** The verdict, what was judged, what it means, and the counts. */
export const planHead = (page: PlanPage): Html => {
  const { report } = page;
  const [sign, word] = verdicts[report.verdict];
  return html`<header class="plan-head ${report.verdict}">
<p class="verdict"><span aria-hidden="true">${sign} </span>${word}</p>
<h2 class="plan-name"><code>${nameOfPlan(report)}</code></h2>
<p class="lead">${leadOf(report)}</p>
${factsNote(report)}
${isEmpty(report) || !isJudged(report) ? null : tiles(page)}
</header>`;
};

const leadOf = (report: Report): string => {
  if (isEmpty(report)) return emptySentence(report);
  if (report.verdict !== 'error' || !isJudged(report)) return headlineOf(report);
  return [errorSentence(report), changeSentence(report), excusedSentence(report)]
    .filter((sentence) => sentence !== undefined)
    .join(' ');
};

/** What is wrong where all else was judged. */
const errorSentence = ({ diagnostics }: Report): string => {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const files = new Set(errors.flatMap(({ code, origin }) => (isOfPolicy(code) ? (origin?.file ?? []) : [])));
  return files.size > 0 && errors.every(({ code }) => isOfPolicy(code))
    ? `${plural(files.size, 'policy file')} could not be read; the others were judged.`
    : `${plural(errors.length, 'error')} kept a part from being judged; the rest was judged.`;
};

const isOfPolicy = (code: string): boolean => /^policy-(?!crashed)/.test(code);

/** Nothing is counted where nothing was judged. */
const factsNote = (report: Report): Html | null => {
  const counts = isJudged(report) ? [] : [plural(0, 'database'), plural(0, 'proxy', 'proxies')];
  const facts = factsOf(report).filter((fact) => !counts.includes(fact));
  return facts.length === 0 ? null : html`<p class="note">${facts.join(' · ')}</p>`;
};

type Tile = readonly [count: number, words: string, look: string, target: Parameters<PlanPage['idOf']>[0]];

const tiles = (page: PlanPage): Html => {
  const { reachable, unreachable, unknown } = page.report.summary.connections;
  const all: readonly Tile[] = [
    [unreachable, unreachable === 1 ? 'way in cannot work' : 'ways in cannot work', 'unreachable', 'breaks'],
    [unknown, unknown === 1 ? 'way in is undecided' : 'ways in are undecided', 'unknown', 'ways'],
    [reachable, reachable === 1 ? 'way in works' : 'ways in work', 'reachable', 'ways'],
    ...findingTiles(page),
  ];
  return html`<ul class="tiles">
${all.map((tile) => tileItem(tile, page))}</ul>
${bar(page.report)}`;
};

/** What there is none of has no place to go to. */
const tileItem = ([count, words, look, target]: Tile, { idOf }: PlanPage): Html =>
  count === 0
    ? html`<li class="tile none"><b>0</b> ${words}</li>\n`
    : html`<li class="tile ${look}"><a href="#${idOf(target)}"><b>${count}</b> ${words}</a></li>\n`;

const findingTiles = ({ report: { findings }, standing }: PlanPage): readonly Tile[] => {
  const failed = findings.filter(isFailing);
  const open = findings.filter(isUndecided);
  const excused = findings.filter(isExcused).length;
  const tile = (of: readonly Finding[], words: string): Tile => {
    const failing = of.filter((finding) => standing(finding) === 'fails').length;
    const fails = failing === 0 ? '' : `, ${failing} of which ${failing === 1 ? 'fails' : 'fail'} the run`;
    return [of.length, `${words}${fails}`, failing > 0 ? 'unreachable' : 'unknown', 'findings'];
  };
  return [
    tile(failed, failed.length === 1 ? 'finding' : 'findings'),
    ...(open.length === 0 ? [] : [tile(open, open.length === 1 ? 'check is undecided' : 'checks are undecided')]),
    ...(excused === 0 ? [] : [[excused, 'waived or in the baseline', 'assumed', 'findings'] as const]),
  ];
};

/** How the ways in come out, as lengths; the words are beside it. */
const bar = ({ summary }: Report): Html | null => {
  const { unreachable, unknown, reachable } = summary.connections;
  const all = unreachable + unknown + reachable;
  if (all === 0) return null;
  const parts = [
    [unreachable, 'unreachable'],
    [unknown, 'unknown'],
    [reachable, 'reachable'],
  ] as const;
  let left = 0;
  const rects = parts.map(([count, look]) => {
    const x = left;
    left += (count / all) * 1000;
    return html`<rect class="${look}" x="${x.toFixed(1)}" y="0" width="${((count / all) * 1000).toFixed(1)}" height="10"/>`;
  });
  return html`<svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">${rects}</svg>`;
};

/** Of several plans, how each came out. */
export const overview = (pages: readonly PlanPage[]): Html | null => {
  if (pages.length < 2) return null;
  const rest = pages.filter(({ report }) => report.verdict !== 'pass').length;
  const sentence = rest === 0 ? 'all pass' : `${rest} of them ${rest === 1 ? 'does' : 'do'} not pass`;
  const rows = pages.map(({ report, idOf, standing }) => {
    const { unreachable, unknown, reachable } = report.summary.connections;
    const counts = isJudged(report)
      ? [
          unreachable,
          unknown,
          reachable,
          report.findings.filter(isFailing).length,
          report.findings.filter((finding) => standing(finding) === 'fails').length,
        ]
      : ['–', '–', '–', '–', '–'];
    return html`<tr><td><span class="badge ${report.verdict}">${verdictWord(report)}</span></td><th scope="row"><a class="plan-link" href="#${idOf('plan')}"><code>${nameOfPlan(report)}</code></a></th>${counts.map((count) => html`<td>${count}</td>`)}</tr>`;
  });
  return html`<nav class="overview" aria-label="Plans">
<h2>${plural(pages.length, 'plan')}: ${sentence}</h2>
<div class="wide" tabindex="0" role="group" aria-label="Plans and how they came out"><table>
<thead><tr><th scope="col">verdict</th><th scope="col">plan</th><th scope="col">cannot work</th><th scope="col">undecided</th><th scope="col">work</th><th scope="col">findings</th><th scope="col">fail the run</th></tr></thead>
<tbody>${rows}</tbody></table></div>
<p class="only-script" hidden><label>Show <select class="switcher"><option value="">all plans</option>${pages.map(({ report, idOf }) => html`<option value="${idOf('plan')}">${verdictWord(report)} ${nameOfPlan(report)}</option>`)}</select></label></p>
</nav>`;
};
