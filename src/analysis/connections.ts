import type { Connection, Verdict } from '../model/connection.ts';
import { hashOf } from '../model/hash.ts';
import type { AnalysisContext } from './analysis-context.ts';
import { takeAsGiven } from './assumed-legs.ts';
import { type ConnectionDraft, draftConnections } from './connection-drafts.ts';
import { compareKeys, sortKey } from './connection-order.ts';
import { unique } from './judgement.ts';
import { type JudgedLeg, judgeLegs, standingAssumptions } from './legs.ts';

/** A connection with the draft that subjects are made from. */
export type JudgedConnection = { readonly draft: ConnectionDraft; readonly connection: Connection };

export const judgeConnections = (context: AnalysisContext): readonly JudgedConnection[] =>
  draftConnections(context)
    .filter(isJudged)
    .map((draft) => ({ draft, connection: toConnection(context, draft, judgeLegs(context, draft)) }))
    .sort((a, b) => compareKeys(sortKey(a.connection), sortKey(b.connection)));

/** Context completes a connection; something of it must be the judged input's own. */
const isJudged = (draft: ConnectionDraft): boolean =>
  draft.database?.database.judged === true ||
  draft.facts?.proxy.judged === true ||
  draft.grants.some(({ carrier }) => carrier.judged) ||
  draft.opaque.some(({ carrier }) => carrier.judged);

const verdictOf = (legs: readonly JudgedLeg[]): Verdict => {
  const statuses = legs.map(({ leg }) => leg.status);
  if (statuses.includes('broken')) return 'unreachable';
  return statuses.includes('unknown') ? 'unknown' : 'reachable';
};

const principalOf = ({ holder }: ConnectionDraft): string | null => {
  if (holder === null || holder.kind === 'unknown') return null;
  return holder.kind === 'principal' ? holder.principal.address : holder.name;
};

const toConnection = (context: AnalysisContext, draft: ConnectionDraft, judged: readonly JudgedLeg[]): Connection => {
  const key = [
    draft.path,
    draft.database?.database.address ?? null,
    draft.facts?.proxy.address ?? null,
    draft.user,
    principalOf(draft),
  ] as const;
  const [path, database, proxy, user, principal] = key;
  const legs = takeAsGiven(judged, { path, database, proxy, user, principal }, context.assumed);
  return {
    id: hashOf(...key.map((part) => part ?? '')).slice(0, 8),
    path,
    database,
    proxy,
    user,
    principal,
    verdict: verdictOf(legs),
    legs: legs.map(({ leg }) => leg),
    assumptions: unique([...legs.flatMap(({ assumptions }) => assumptions), ...standingAssumptions(context, draft)]),
  };
};
