import type { Principal } from '../model/auth-model.ts';
import type { Judgement } from '../model/judgement.ts';
import type { AnalysisContext } from './analysis-context.ts';
import { judgeRunsAs } from './client-grants.ts';
import type { ConnectionDraft } from './connection-drafts.ts';
import { denialsOf, endpointOf } from './denials.ts';
import { judgeAccountFor } from './holder-account.ts';
import { inputKeeps } from './input-words.ts';
import { allOf, holds, undecided } from './judgement.ts';
import { bestGrant } from './statement-leg.ts';

/** Whether the principal holds `rds-db:connect` on this endpoint as this user. */
export const judgeGrantLeg = (context: AnalysisContext, draft: ConnectionDraft): Judgement => {
  if (draft.grants.length === 0) return withoutGrant(context, draft);
  const principal = draft.holder?.kind === 'principal' ? draft.holder.principal : null;
  const kept = principal === null ? draft.grants : keptGrants(context, draft, principal);
  const allow = bestGrant(context, { ...draft, grants: kept }, principal);
  if (allow.holds === false || principal === null) return withHolder(draft, allow);
  const takenBack = allOf([
    judgeAccountFor(draft.grants, endpointOf(draft), principal),
    judgeRunsAs(context, principal),
    judgeTakenBack(context, draft, principal),
  ]);
  return takenBack.holds === true
    ? { ...allow, assumptions: [...allow.assumptions, ...takenBack.assumptions, ...ofModules(context)] }
    : allOf([allow, takenBack]);
};

/** Those that are given the principal leave the login undecided. */
const ofModules = ({ world }: AnalysisContext): readonly string[] =>
  world.model.unreadModules.length === 0
    ? []
    : ['modules that are not installed attach no policy to those whom they are not given'];

/** Those that no exclusive list takes away for certain; where it takes all, it speaks for itself. */
const keptGrants = ({ holdings }: AnalysisContext, { grants }: ConnectionDraft, principal: Principal) => {
  const kept = grants.filter(({ carrier }) => holdings.exclusionOf(principal, carrier)?.taken !== true);
  return kept.length === 0 ? grants : kept;
};

const withoutGrant = ({ world }: AnalysisContext, draft: ConnectionDraft): Judgement => {
  const [opaque] = draft.opaque;
  if (opaque !== undefined) {
    return undecided(
      `${opaque.carrier.address} refers to ${opaque.endpoint.entity.address}, and ${inputKeeps(world)} nothing more of its policy`,
      draft.opaque.map(({ origin }) => origin),
    );
  }
  const address = draft.facts?.proxy.address ?? draft.database?.database.address ?? 'the endpoint';
  return holds('', [], [`somebody outside this configuration is assumed to hold rds-db:connect on ${address}`]);
};

const withHolder = (draft: ConnectionDraft, allow: Judgement): Judgement => {
  if (allow.holds !== true) return allow;
  const carrier = draft.grants[0]?.carrier.address ?? 'the policy';
  if (draft.holder === null)
    return { ...allow, assumptions: [...allow.assumptions, `${carrier} is attached to nobody in view`] };
  if (draft.holder.kind === 'unknown')
    return undecided(`to whom ${carrier} is attached is known after apply`, allow.origins);
  const name = draft.holder.kind === 'outside' ? draft.holder.name : '';
  return {
    ...allow,
    assumptions: [
      ...allow.assumptions,
      `${name} is managed elsewhere; no other policy is assumed to take the grant back`,
    ],
  };
};

/** An explicit Deny anywhere, or a boundary without it, takes an Allow back. */
const judgeTakenBack = (context: AnalysisContext, draft: ConnectionDraft, principal: Principal): Judgement =>
  allOf(denialsOf(context, draft, principal).map(({ judgement }) => judgement));
