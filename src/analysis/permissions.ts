import { type IamRequest, evaluate, isAllowed } from '../iam/evaluate.ts';
import { opaqueDocument } from '../iam/parse-document.ts';
import {
  type Caller,
  type IdentityStand,
  type ResourceAnswer,
  areTwoAccounts,
  askResourcePolicy,
  decideResource,
  ownAccount,
} from '../iam/resource-policy.ts';
import { every, some } from '../iam/tri.ts';
import type { Location, Principal, Secret } from '../model/auth-model.ts';
import type { IamPolicyDocument } from '../model/iam.ts';
import type { Judgement } from '../model/judgement.ts';
import { type Origin, type Reference, type Tri, type Value, literal } from '../model/value.ts';
import type { Grouped } from './grouping.ts';
import { canonicalId, throughAliases } from './join.ts';
import { judge, unique } from './judgement.ts';
import type { Boundary, PrincipalPolicies } from './principals.ts';
import { providerPlace } from './provider-place.ts';
import { isReferredTo } from './relations.ts';
import type { World } from './world.ts';

/** What identity policies say of a request. */
export type IdentityAnswer = IdentityStand & {
  /** What is granted and what the boundary leaves, together. */
  readonly allow: Tri;
  readonly assumptions: readonly string[];
  readonly origins: readonly Origin[];
  /** Policies out of view that are assumed to allow it, where nothing in view does. */
  readonly assumedOf: readonly string[];
  /** Some document could not be decoded. */
  readonly undecoded: boolean;
};

const referenceUsedWhole = (origins: readonly Origin[]): string =>
  `reference used whole: ${unique(origins.map((origin) => `${origin.address} ${origin.path}`.trim())).join(', ')}`;

/** Identity policies, boundary included; a policy out of view is assumed to allow what nothing in view does. */
export const askIdentity = (policies: PrincipalPolicies, request: IamRequest): IdentityAnswer => {
  const decision = evaluate(
    policies.documents.map(({ document }) => document),
    request,
  );
  const boundary = askBoundary(policies.boundary, request);
  const inView = some([decision.allow, ...(policies.incomplete ? (['unknown'] as const) : [])]);
  const fromOutside = inView === false && policies.outside.length > 0;
  const deciding = decision.allows.filter((match) => match.matches === true);
  const whole = deciding.length > 0 && deciding.every((match) => match.whole);
  const assumed = deciding.length > 0 && deciding.every((match) => match.assumed);
  const origins = deciding.map((match) => match.statement.origin);
  const perhapsOutside = inView === false && policies.perhapsOutside ? 'unknown' : inView;
  const granted = fromOutside ? true : perhapsOutside;
  return {
    assumedOf: fromOutside ? unique(policies.outside) : [],
    allow: every([granted, boundary.allow]),
    granted,
    boundary: boundary.allow,
    deny: decision.deny,
    assumptions: [
      ...(fromOutside
        ? [`${unique(policies.outside).join(', ')} is not in view and is assumed to allow ${request.action}`]
        : []),
      ...(whole ? [referenceUsedWhole(origins)] : []),
      ...(assumed ? ['the account, region and partition that the policy names are those of the resource'] : []),
      ...boundary.assumptions,
    ],
    origins: [...origins, ...decision.undecoded.map((document) => document.origin)],
    undecoded: decision.undecoded.length > 0,
  };
};

export const askBoundary = (
  boundary: Boundary,
  request: IamRequest,
): { readonly allow: Tri; readonly assumptions: readonly string[] } => {
  if (boundary.kind === 'none') return { allow: true, assumptions: [] };
  if (boundary.kind === 'unknown') return { allow: 'unknown', assumptions: [] };
  if (boundary.kind === 'outside') {
    return {
      allow: true,
      assumptions: [`the permissions boundary ${boundary.text} is assumed to allow ${request.action}`],
    };
  }
  return { allow: isAllowed(evaluate([boundary.document], request)), assumptions: [] };
};

export const callerOf = (world: World, role: Principal, { boundary }: PrincipalPolicies): Caller => ({
  arn: literal(role.arn),
  name: literal(role.name),
  account: literal(role.account),
  bounded: boundary.kind === 'unknown' ? 'unknown' : boundary.kind !== 'none',
  refersTo: (id) => refersTo(world, id, role),
  textOf: (id) => textOf(world, id, role),
});

/** A template whose parts are text, the provider's place, and the role's own name. */
const textOf = (world: World, id: Value<string>, role: Principal): string | undefined => {
  if (id.kind !== 'unknown' || id.template === undefined) return undefined;
  const texts = id.template.map((part) => {
    if (typeof part === 'string') return part.replaceAll(ownAccount, '\ufffd');
    return 'computed' in part ? undefined : textOfReference(world, part, role);
  });
  return texts.every((text) => text !== undefined) ? texts.join('') : undefined;
};

const textOfReference = (world: World, reference: Reference, role: Principal): string | undefined => {
  const place = providerPlace(reference);
  if (place === 'account') return ownAccount;
  // Names are not compared by the partition; a whole ARN has its own.
  if (place === 'partition') return literal(role.arn)?.split(':')[1] ?? 'aws';
  return reference.path === 'name' && isReferredTo(world, reference, role) ? literal(role.name) : undefined;
};

const refersTo = (world: World, id: Value<string>, role: Principal): Tri => {
  const values = throughAliases(id, world.aliases);
  const references = values.flatMap((value) => (value.kind === 'unknown' ? value.references : []));
  if (references.some((reference) => canonicalId(reference.resource, world.aliases) === role.id)) return true;
  const others = references.length > 0 && references.every((reference) => /aws_iam_\w+\./.test(reference.resource));
  return others ? false : 'unknown';
};

/** Two accounts, both of which the configuration states. */
export const inAnotherAccount = (role: Location, { account }: Location): boolean =>
  areTwoAccounts(literal(role.account), literal(account));

export const acrossWords = (role: Principal, what: string, { account }: Location): string =>
  `${what} is in account ${literal(account)}, ${role.address} in ${literal(role.account)}`;

/** Whether the role may read the secret: by its own policies, or by the secret's; a Deny in either ends it. */
export const mayReadSecret = (
  world: World,
  role: Principal,
  policies: PrincipalPolicies,
  secret: Secret,
  request: IamRequest,
): Judgement => {
  const identity = askIdentity(policies, request);
  const own = [
    ...(secret.resourcePolicy === null ? [] : [secret.resourcePolicy]),
    ...ownDocuments(world.secretPolicies, secret.id),
  ];
  const resource = askResourcePolicy(own, callerOf(world, role, policies), request);
  const across = inAnotherAccount(role, secret);
  const answer = decideResource(identity, resource, across);
  return judge(
    answer,
    {
      yes: `${role.address} may read ${secret.address}`,
      no: [whyNotRead(role, secret, identity, resource, across)].concat(policies.takenAway).join('; '),
      unknown: `whether ${role.address} may read ${secret.address} rests on a policy that is known after apply, or on a condition that cannot be decided`,
    },
    answer === false ? [role.origin, secret.origin] : [...identity.origins, role.origin],
    identity.allow === true ? identity.assumptions : [],
  );
};

const whyNotRead = (
  role: Principal,
  secret: Secret,
  identity: IdentityAnswer,
  resource: ResourceAnswer,
  across: boolean,
): string => {
  if (denied([identity.deny, resource.deny])) return `a Deny keeps ${role.address} from reading ${secret.address}`;
  if (isBounded(identity, resource)) return boundaryWords(role, 'secretsmanager:GetSecretValue', secret.address);
  if (across && identity.allow !== false) {
    return `${acrossWords(role, secret.address, secret)}, and the policy of the secret does not allow ${role.address} secretsmanager:GetSecretValue`;
  }
  const own = `${role.address} has no policy that allows secretsmanager:GetSecretValue on ${secret.address}`;
  return across ? `${own}; across accounts the policy of the secret alone is not enough` : own;
};

export const isBounded = ({ granted, boundary }: IdentityAnswer, { byName }: ResourceAnswer): boolean =>
  boundary === false && (granted !== false || byName !== false);

export const boundaryWords = (role: Principal, action: string, address: string): string =>
  `the permissions boundary of ${role.address} does not allow ${action} on ${address}`;

export const denied = (denies: readonly Tri[]): boolean => denies.includes(true);

/** Documents of the policies for an entity; one that may be for it, or for another, is a document nobody can read. */
export const ownDocuments = (
  policies: Grouped<{ readonly document: IamPolicyDocument }>,
  id: string,
): readonly IamPolicyDocument[] => [
  ...policies.of(id).map(({ document }) => document),
  ...policies.maybeOf(id).map(({ document }) => opaqueDocument(document.origin)),
];
