import type { Leg, Verdict } from '../../model/connection.ts';
import { wordOfVerdict } from '../graph/model.ts';
import { type Html, html } from './markup.ts';

const signs: Readonly<Record<Verdict, string>> = { reachable: '✓', unreachable: '✗', unknown: '?' };

/** The verdict as sign and word, so that its colour says nothing more. */
export const verdictBadge = (verdict: Verdict): Html =>
  html`<span class="badge ${verdict}"><span aria-hidden="true">${signs[verdict]} </span>${wordOfVerdict[verdict]}</span>`;

const legSigns: Readonly<Record<Leg['status'], readonly [sign: string, word: string, look: string]>> = {
  ok: ['✓', 'ok', 'reachable'],
  broken: ['✗', 'broken', 'unreachable'],
  unknown: ['?', 'undecided', 'unknown'],
  assumed: ['·', 'assumed', 'assumed'],
};

export const legBadge = (status: Leg['status']): Html => {
  const [sign, word, look] = legSigns[status];
  return html`<span class="badge ${look}"><span aria-hidden="true">${sign} </span>${word}</span>`;
};
