import type { Report } from '../../model/report.ts';
import { changeSentence } from '../changes.ts';
import { judgedInput, judgedNames, summaryOf } from '../pretty/headline.ts';
import type { Graph, GraphEdge } from './model.ts';
import { wordOfVerdict } from './model.ts';

/** What was judged, as the title of a drawing. */
export const titleOf = (report: Report): string => {
  const judged = judgedInput(report);
  return judged === undefined ? 'Ways in' : judgedNames(judged).join(' + ');
};

/** What a drawing without any node has to say. */
export const nothingToDraw = ({ verdict, diagnostics }: Report): string => {
  const [error] = diagnostics.filter(({ severity }) => severity === 'error');
  if (verdict === 'error') return `No answer: ${error?.summary ?? 'see the diagnostics.'}`;
  return 'No database and no proxy.';
};

/** An error may keep all from being judged, or a part: a policy that is wrong leaves the others. */
export const isJudged = ({ verdict, policies, connections }: Report): boolean =>
  verdict !== 'error' || policies.length + connections.length > 0;

/** The drawing in one or two sentences, for those who do not see it. */
export const descriptionOf = (report: Report): string => {
  if (!isJudged(report)) return nothingToDraw(report);
  return [changeSentence(report), summaryOf(report)[0]].filter((sentence) => sentence !== undefined).join(' ');
};

/** `✗ IAM as app, 3 ways`: the sign says what the colour says. */
export const lineLabel = ({ label, mark, verdict, connections }: GraphEdge): string => {
  const sign = mark === 'broken' ? '✗' : mark === 'unknown' ? '?' : verdict === 'reachable' ? '✓' : '';
  const many = connections.length > 1 ? `×${connections.length}` : '';
  return [sign, label, many].filter((part) => part !== '').join(' ');
};

/** A line in one sentence. */
export const lineSentence = ({ nodes }: Graph, { from, to, label, verdict, connections }: GraphEdge): string => {
  const nameOf = (id: string): string => nodes.find((node) => node.id === id)?.name ?? '';
  const route = `${nameOf(from)} → ${nameOf(to)}`;
  if (verdict === null) return label === '' ? route : `${route}: ${label}`;
  const ways = connections.length === 1 ? '1 way in' : `${connections.length} ways in`;
  return `${wordOfVerdict[verdict]}: ${route}${label === '' ? '' : `, ${label}`} (${ways})`;
};
