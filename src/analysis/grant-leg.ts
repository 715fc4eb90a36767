import { type Match, evaluate, matchAction } from '../iam/evaluate.ts';
import { some } from '../iam/tri.ts';
import type { Entity, ExclusivePolicies, PolicyCarrier, Principal } from '../model/auth-model.ts';
import type { IamPolicyDocument, IamStatement } from '../model/iam.ts';
import type { Judgement } from '../model/judgement.ts';
import { literal } from '../model/value.ts';
import type { AnalysisContext } from './analysis-context.ts';
import { judgeRunsAs } from './client-grants.ts';
import type { ConnectionDraft } from './connection-drafts.ts';
import { boundaryMend, denyMend } from './denial-mend.ts';
import type { ConnectEndpoint } from './endpoints.ts';
import { type Exclusion, describePolicy } from './exclusions.ts';
import type { Grant } from './grants.ts';
import { judgeAccountFor } from './holder-account.ts';
import { allOf, fails, holds, judge, undecided } from './judgement.ts';
import { step } from './mend-blocks.ts';
import { askBoundary } from './permissions.ts';
import type { CarriedDocument } from './principals.ts';
import { connectRequest, denyRequest } from './targets.ts';

/** Whether the principal holds `rds-db:connect` on this endpoint as this user. */
export const judgeGrantLeg = (context: AnalysisContext, draft: ConnectionDraft): Judgement => {
  if (draft.grants.length === 0) return withoutGrant(draft);
  const principal = draft.holder?.kind === 'principal' ? draft.holder.principal : null;
  const kept = principal === null ? draft.grants : keptGrants(context, draft, principal);
  const allow = bestGrant({ ...draft, grants: kept });
  if (allow.holds === false || principal === null) return withHolder(draft, allow);
  const takenBack = allOf([
    judgeAccountFor(draft.grants, endpointOf(draft), principal),
    judgeRunsAs(context, principal),
    judgeTakenBack(context, draft, principal),
  ]);
  return takenBack.holds === true
    ? { ...allow, assumptions: [...allow.assumptions, ...takenBack.assumptions] }
    : allOf([allow, takenBack]);
};

/** Those that no exclusive list takes away for certain; where it takes all, it speaks for itself. */
const keptGrants = ({ holdings }: AnalysisContext, { grants }: ConnectionDraft, principal: Principal) => {
  const kept = grants.filter(({ carrier }) => holdings.exclusionOf(principal, carrier)?.taken !== true);
  return kept.length === 0 ? grants : kept;
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
const bestGrant = ({ grants, user }: ConnectionDraft): Judgement => {
  const judgements = grants.map((grant) => judgeStatement(grant, user));
  return (
    judgements.find(({ holds: answer }) => answer === true) ??
    judgements.find(({ holds: answer }) => answer === 'unknown') ??
    judgements[0] ??
    fails('nothing grants rds-db:connect')
  );
};

const judgeStatement = (grant: Grant, user: string | null): Judgement => {
  if (grant.actionSpelled.holds === false) return grant.actionSpelled;
  const named =
    grant.user.kind === 'lost'
      ? undecided(whyLost(grant, grant.user.until), [grant.statement.origin])
      : holds(
          `${grant.carrier.address} allows ${grant.action.text} as ${grant.user.kind === 'literal' ? grant.user.name : grant.user.text}`,
          [grant.statement.origin],
        );
  const names = (user === null ? undefined : grant.leavesIn?.(user)) ?? grant.namesResourceId;
  const parts = [named, grant.actionSpelled, names, grant.inScope, grant.conditionCanHold, grant.isThere];
  const all = allOf(parts);
  return all.holds === true ? { ...all, reason: named.reason } : all;
};

const whyLost = ({ carrier }: Grant, until: 'source' | 'apply'): string =>
  until === 'source'
    ? `the plan keeps what ${carrier.address} refers to, and not the user that it names`
    : `which user ${carrier.address} names is known after apply`;

/** An explicit Deny anywhere, or a boundary without it, takes an Allow back. */
const judgeTakenBack = (context: AnalysisContext, draft: ConnectionDraft, principal: Principal): Judgement =>
  allOf(denialsOf(context, draft, principal).map(({ judgement }) => judgement));

export type Denial = { readonly at: Entity; readonly mend: string; readonly judgement: Judgement };

const endpointOf = (draft: ConnectionDraft): ConnectEndpoint | null => {
  if (draft.path === 'iam-rds')
    return draft.database === null ? null : { kind: 'database', entity: draft.database.database };
  return draft.facts === null ? null : { kind: 'proxy', entity: draft.facts.proxy };
};

/** The Deny statements, the boundary and the exclusive lists that bear on a connection. */
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
  const statements = policies.documents.flatMap((carried) =>
    denyMatches(carried.document, plain).map((match) => statementDenial(carried, match, endpoint, principal)),
  );
  const hidden = policies.documents.filter(({ document }) => !document.complete);
  const unread =
    hidden.length === 0 && !policies.incomplete ? [] : [unreadDenial(hidden[0]?.carrier ?? principal, principal)];
  const boundary = boundaryDenial(context, draft, principal, endpoint);
  return [...statements, ...unread, ...boundary, ...exclusiveDenials(context, draft, principal)];
};

const denyMatches = (document: IamPolicyDocument, request: Parameters<typeof evaluate>[1]): readonly Match[] =>
  evaluate([document], request).denies.filter((match) => isConnectDeny(match.statement));

const isConnectDeny = (statement: IamStatement): boolean =>
  statement.actions.negated ||
  some(statement.actions.patterns.map((pattern) => matchAction(pattern, 'rds-db:connect'))) !== false;

const statementDenial = (
  { carrier: at, managedArn }: CarriedDocument,
  match: Match,
  endpoint: ConnectEndpoint,
  principal: Principal,
): Denial => {
  const what = managedArn === null ? at.address : `${managedArn}, which ${at.address} attaches,`;
  return {
    at,
    mend: managedArn === null ? denyMend(at, match.statement) : `In ${at.address} attach ${managedArn} no longer.`,
    judgement: judge(
      match.matches === 'unknown' ? 'unknown' : !match.matches,
      {
        yes: '',
        no: `${what} denies ${principal.address} rds-db:connect on ${endpoint.entity.address}`,
        unknown: `${what} holds a Deny that may keep ${principal.address} from ${endpoint.entity.address}`,
      },
      [match.statement.origin],
    ),
  };
};

const unreadDenial = (at: Entity, principal: Principal): Denial => ({
  at,
  mend: `Look that ${at.address} holds no Deny of rds-db:connect.`,
  judgement: undecided(`${at.address} is not decoded and may deny ${principal.address} the login`, [at.origin]),
});

const boundaryDenial = (
  context: AnalysisContext,
  draft: ConnectionDraft,
  principal: Principal,
  endpoint: ConnectEndpoint,
): readonly Denial[] => {
  const policies = context.holdings.policiesOf(principal);
  const { boundary, at } = policies.boundarySet;
  if (boundary.kind === 'none') return [];
  const answer = askBoundary(boundary, connectRequest(context.world, endpoint, draft.user));
  return [
    {
      at,
      mend: boundaryMend(context.world, policies, principal, endpoint, draft.user),
      judgement: judge(
        answer.allow,
        {
          yes: '',
          no: `the permissions boundary of ${principal.address} does not allow rds-db:connect on ${endpoint.entity.address}`,
          unknown: `whether the permissions boundary of ${principal.address} allows the login is known after apply`,
        },
        [policies.boundarySet.value.origin],
        answer.assumptions,
      ),
    },
  ];
};

/** Exclusive lists that leave none of the grants; one that is left is enough. */
const exclusiveDenials = (
  { holdings }: AnalysisContext,
  { grants, user }: ConnectionDraft,
  principal: Principal,
): readonly Denial[] => {
  const useful = grants.filter((grant) => judgeStatement(grant, user).holds !== false);
  const denials = useful.map(({ carrier }) => {
    const exclusion = holdings.exclusionOf(principal, carrier);
    return exclusion === null ? null : exclusiveDenial(exclusion, carrier, principal);
  });
  if (denials.includes(null)) return [];
  const found = denials.filter((denial) => denial !== null);
  const open = found.filter(({ judgement }) => judgement.holds === 'unknown');
  return open.length > 0 ? open : found;
};

const exclusiveDenial = ({ by, taken }: Exclusion, carrier: PolicyCarrier, principal: Principal): Denial => {
  const list = by.covers === 'inline' ? 'policy_names' : 'policy_arns';
  const policy = describePolicy(carrier, principal);
  return {
    at: by,
    mend: step(`In ${by.address} add to ${list}`, [listedAs(by, carrier)]),
    judgement: judge(
      taken === true ? false : 'unknown',
      {
        yes: '',
        no: `${by.address} takes ${policy} away from ${principal.address}: ${list} does not list it`,
        unknown: `whether ${by.address} leaves ${policy} to ${principal.address} is known after apply`,
      },
      [by.policies.origin],
    ),
  };
};

const listedAs = ({ covers }: ExclusivePolicies, { address, name }: PolicyCarrier): string => {
  if (covers === 'attached') return `${address}.arn`;
  const text = literal(name);
  return text === undefined ? `${address}.name` : `"${text}"`;
};
