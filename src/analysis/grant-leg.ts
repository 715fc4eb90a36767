import { type Match, evaluate, isAllowed, matchAction } from '../iam/evaluate.ts';
import { some } from '../iam/tri.ts';
import type { Entity, Principal } from '../model/auth-model.ts';
import type { IamPolicyDocument, IamStatement } from '../model/iam.ts';
import type { Judgement } from '../model/judgement.ts';
import { type Tri, literal } from '../model/value.ts';
import type { AnalysisContext } from './analysis-context.ts';
import { judgeRunsAs } from './client-grants.ts';
import type { ConnectionDraft } from './connection-drafts.ts';
import type { ConnectEndpoint } from './endpoints.ts';
import type { Grant } from './grants.ts';
import { allOf, fails, holds, judge, undecided } from './judgement.ts';
import { askBoundary } from './permissions.ts';
import { connectRequest, denyRequest } from './targets.ts';

/** Whether the principal holds `rds-db:connect` on this endpoint as this user. */
export const judgeGrantLeg = (context: AnalysisContext, draft: ConnectionDraft): Judgement => {
  if (draft.grants.length === 0) return withoutGrant(draft);
  const allow = bestGrant(draft.grants);
  const principal = draft.holder?.kind === 'principal' ? draft.holder.principal : null;
  if (allow.holds === false || principal === null) return withHolder(draft, allow);
  const takenBack = allOf([judgeRunsAs(context, principal), judgeTakenBack(context, draft, principal)]);
  return takenBack.holds === true
    ? { ...allow, assumptions: [...allow.assumptions, ...takenBack.assumptions] }
    : allOf([allow, takenBack]);
};

const withoutGrant = (draft: ConnectionDraft): Judgement => {
  const [opaque] = draft.opaque;
  if (opaque !== undefined) {
    return undecided(
      `${opaque.carrier.address} refers to ${opaque.endpoint.entity.address}, and the plan keeps nothing more of its policy`,
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

/** One statement that allows is enough; else the best of them speaks. */
const bestGrant = (grants: readonly Grant[]): Judgement => {
  const judgements = grants.map(judgeStatement);
  return (
    judgements.find(({ holds: answer }) => answer === true) ??
    judgements.find(({ holds: answer }) => answer === 'unknown') ??
    judgements[0] ??
    fails('nothing grants rds-db:connect')
  );
};

const judgeStatement = (grant: Grant): Judgement => {
  if (grant.actionSpelled.holds === false) return grant.actionSpelled;
  const named =
    grant.user.kind === 'lost'
      ? undecided(`the plan keeps what ${grant.carrier.address} refers to, and not the user that it names`, [
          grant.statement.origin,
        ])
      : holds(
          `${grant.carrier.address} allows ${grant.action.text} as ${grant.user.kind === 'literal' ? grant.user.name : grant.user.text}`,
          [grant.statement.origin],
        );
  const parts = [named, grant.actionSpelled, grant.namesResourceId, grant.inScope, grant.conditionCanHold];
  const all = allOf(parts);
  return all.holds === true ? { ...all, reason: named.reason } : all;
};

/** An explicit Deny anywhere, or a boundary without it, takes an Allow back. */
const judgeTakenBack = (context: AnalysisContext, draft: ConnectionDraft, principal: Principal): Judgement =>
  allOf(denialsOf(context, draft, principal).map(({ judgement }) => judgement));

export type Denial = { readonly at: Entity; readonly mend: string; readonly judgement: Judgement };

const endpointOf = (draft: ConnectionDraft): ConnectEndpoint | null => {
  if (draft.path === 'iam-rds')
    return draft.database === null ? null : { kind: 'database', entity: draft.database.database };
  return draft.facts === null ? null : { kind: 'proxy', entity: draft.facts.proxy };
};

/** The Deny statements and the boundary that bear on a connection. */
export const denialsOf = (
  context: AnalysisContext,
  draft: ConnectionDraft,
  principal: Principal,
): readonly Denial[] => {
  const endpoint = endpointOf(draft);
  if (endpoint === null) return [];
  const policies = context.holdings.policiesOf(principal);
  const request = connectRequest(context.world, endpoint, draft.user);
  const plain = denyRequest(request);
  const statements = policies.documents.flatMap(({ carrier, document }) =>
    denyMatches(document, plain).map((match) => statementDenial(carrier, match, endpoint, principal)),
  );
  const hidden = policies.documents.filter(({ document }) => !document.complete);
  const unread =
    hidden.length === 0 && !policies.incomplete ? [] : [unreadDenial(hidden[0]?.carrier ?? principal, principal)];
  return [...statements, ...unread, ...boundaryDenial(context, draft, principal, endpoint)];
};

const denyMatches = (document: IamPolicyDocument, request: Parameters<typeof evaluate>[1]): readonly Match[] =>
  evaluate([document], request).denies.filter((match) => isConnectDeny(match.statement));

const isConnectDeny = (statement: IamStatement): boolean =>
  statement.actions.negated ||
  some(statement.actions.patterns.map((pattern) => matchAction(pattern, 'rds-db:connect'))) !== false;

const statementDenial = (at: Entity, match: Match, endpoint: ConnectEndpoint, principal: Principal): Denial => ({
  at,
  mend: 'remove the Deny, or narrow its resources and actions so that it leaves rds-db:connect alone',
  judgement: judge(
    match.matches === 'unknown' ? 'unknown' : !match.matches,
    {
      yes: '',
      no: `${at.address} denies ${principal.address} rds-db:connect on ${endpoint.entity.address}`,
      unknown: `${at.address} holds a Deny that may keep ${principal.address} from ${endpoint.entity.address}`,
    },
    [match.statement.origin],
  ),
});

const unreadDenial = (at: Entity, principal: Principal): Denial => ({
  at,
  mend: '',
  judgement: undecided(`${at.address} is not decoded and may deny ${principal.address} the login`, [at.origin]),
});

const boundaryMend = ({ boundary }: Principal, endpoint: ConnectEndpoint): string => {
  const [reference] = boundary.kind === 'unknown' ? boundary.references : [];
  const name = reference?.resource ?? literal(boundary) ?? 'the boundary';
  return `let its permissions boundary ${name} allow rds-db:connect on ${endpoint.entity.address}, or take the boundary off`;
};

const boundaryDenial = (
  context: AnalysisContext,
  draft: ConnectionDraft,
  principal: Principal,
  endpoint: ConnectEndpoint,
): readonly Denial[] => {
  const { boundary } = context.holdings.policiesOf(principal);
  if (boundary.kind === 'none') return [];
  const request = connectRequest(context.world, endpoint, draft.user);
  const answer: { readonly allow: Tri; readonly assumptions: readonly string[] } =
    boundary.kind === 'document'
      ? { allow: isAllowed(evaluate([boundary.document], request)), assumptions: [] }
      : askBoundary(boundary, request);
  return [
    {
      at: principal,
      mend: boundaryMend(principal, endpoint),
      judgement: judge(
        answer.allow,
        {
          yes: '',
          no: `the permissions boundary of ${principal.address} does not allow rds-db:connect on ${endpoint.entity.address}`,
          unknown: `whether the permissions boundary of ${principal.address} allows the login is known after apply`,
        },
        [principal.boundary.origin],
        answer.assumptions,
      ),
    },
  ];
};
