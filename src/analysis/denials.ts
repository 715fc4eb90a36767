import { type Match, evaluate, matchAction } from '../iam/evaluate.ts';
import { some } from '../iam/tri.ts';
import type { Entity, ExclusivePolicies, PolicyCarrier, Principal, UnreadModule } from '../model/auth-model.ts';
import type { IamPolicyDocument, IamStatement } from '../model/iam.ts';
import type { Judgement } from '../model/judgement.ts';
import { literal } from '../model/value.ts';
import type { AnalysisContext } from './analysis-context.ts';
import type { ConnectionDraft } from './connection-drafts.ts';
import { boundaryMend, denyMend } from './denial-mend.ts';
import type { ConnectEndpoint } from './endpoints.ts';
import { type Exclusion, describePolicy } from './exclusions.ts';
import { judge, undecided } from './judgement.ts';
import { step } from './mend-blocks.ts';
import { askBoundary } from './permissions.ts';
import type { CarriedDocument } from './principals.ts';
import { judgeStatement } from './statement-leg.ts';
import { connectRequest, denyRequest } from './targets.ts';

/** Something that may take a login back that a policy grants. */
export type Denial = { readonly at: Entity; readonly mend: string; readonly judgement: Judgement };

/** What a connection that is granted leads to. */
export const endpointOf = (draft: ConnectionDraft): ConnectEndpoint | null => {
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
  const byModules = policies.unread.map((module) => moduleDenial(module, principal));
  const unread = hidden.slice(0, 1).map(({ carrier }) => unreadDenial(carrier, principal));
  const rest = policies.open && unread.length === 0 ? [openDenial(principal)] : [];
  const boundary = boundaryDenial(context, draft, principal, endpoint);
  return [...statements, ...byModules, ...unread, ...rest, ...boundary, ...exclusiveDenials(context, draft, principal)];
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

/** Something is attached of which nobody can say what it is, or to whom. */
const openDenial = (at: Principal): Denial => ({
  at,
  mend: `Look that nothing attached to ${at.address} holds a Deny of rds-db:connect.`,
  judgement: undecided(`what is attached to ${at.address} is not all known, and may deny the login`, [at.origin]),
});

/** What it makes may take a login back, as far as anybody can see. */
const moduleDenial = (at: UnreadModule, principal: Principal): Denial => ({
  at,
  mend: at.fetched
    ? 'In the directory of the root module, type:\n  terraform init'
    : `Look at the source of ${at.address}: no configuration is there.`,
  judgement: undecided(
    `${at.address} is ${at.fetched ? 'not installed' : 'not there'}, and may deny ${principal.address} the login with what it is given${at.fetched ? ': terraform init installs it' : ''}`,
    [at.origin],
  ),
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
  { world, holdings }: AnalysisContext,
  { grants, user }: ConnectionDraft,
  principal: Principal,
): readonly Denial[] => {
  const useful = grants.filter((grant) => judgeStatement(world, grant, user).holds !== false);
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
