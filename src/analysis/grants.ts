import {
  type ConnectResource,
  isOfOtherService,
  parseConnectResource,
  parseSlashed,
  textReferencesOf,
} from '../iam/connect-resource.ts';
import { hasEffect } from '../iam/evaluate.ts';
import { hasWildcard } from '../iam/shape.ts';
import type { PolicyCarrier } from '../model/auth-model.ts';
import type { IamStatement } from '../model/iam.ts';
import type { Judgement } from '../model/judgement.ts';
import type { Origin, Tri, Value } from '../model/value.ts';
import { asWritten } from './as-written.ts';
import { type ConnectAction, classifyActions } from './connect-action.ts';
import type { ConnectEndpoint } from './endpoints.ts';
import { type Foreign, perhapsEndpoint, unlessForOther } from './foreign-arns.ts';
import {
  type NamedEndpoint,
  endpointsInAttribute,
  endpointsInId,
  endpointsInLiteral,
  endpointsInReferences,
  wildcardEndpoints,
} from './grant-endpoint.ts';
import { endpointsLeftIn } from './grant-exceptions.ts';
import { endsAtId, namesNobody, notByColon } from './grant-form.ts';
import { isOfRdsDb, judgeScope, scopeAfterApply, scopeOfReferences } from './grant-scope.ts';
import { type GrantUser, grantUser, lostIn } from './grant-user.ts';
import { holds } from './judgement.ts';
import type { Holder, Holdings } from './principals.ts';
import { splitHolders } from './proxy-roles.ts';
import { push } from './push.ts';
import { judgeCondition, judgePresence, judgeSpelling } from './statement-judgements.ts';
import { type OpaqueGrant, undecodedOf } from './undecoded-grants.ts';
import type { World } from './world.ts';

/** An Allow of `rds-db:connect`, or of a misspelling of it, that is meant for one endpoint. */
export type Grant = {
  readonly carrier: PolicyCarrier;
  readonly statement: IamStatement;
  readonly endpoint: ConnectEndpoint;
  /** A wildcard stands in place of the resource id: it means every endpoint, and is no fault. */
  readonly wildcard: boolean;
  /** False when the expression may mean another instance of the resource instead. */
  readonly certain: boolean;
  /** It means one of several endpoints, and the plan does not say which: it makes no connection. */
  readonly oneOfSeveral: boolean;
  readonly user: GrantUser;
  readonly action: ConnectAction;
  /** Who holds it, roles of proxies left out, and those that may be one. */
  readonly holders: readonly Holder[];
  /** Only roles of proxies hold it: judged for how it is written, and no connection. */
  readonly forProxy: boolean;
  readonly actionSpelled: Judgement;
  readonly namesResourceId: Judgement;
  /** Of an Allow with `NotResource`: whether it is for a user. */
  readonly leavesIn?: (user: string) => Judgement;
  readonly inScope: Judgement;
  readonly conditionCanHold: Judgement;
  /** Whether the statement is there at all. */
  readonly isThere: Judgement;
};

export type GrantSet = {
  readonly grants: readonly Grant[];
  readonly opaque: readonly OpaqueGrant[];
  /** Undecodable policies whose references say nothing: they might grant anything. */
  readonly astray: readonly PolicyCarrier[];
  /** The first two by the id of the endpoint that they mean. */
  readonly grantsFor: (endpointId: string) => readonly Grant[];
  readonly opaqueFor: (endpointId: string) => readonly OpaqueGrant[];
};

/** Every grant in view. */
export const findGrants = (world: World, holdings: Holdings, proxyRole: (holder: Holder) => Tri): GrantSet => {
  const grants: Grant[] = [];
  const opaque: OpaqueGrant[] = [];
  const astray: PolicyCarrier[] = [];
  for (const carrier of world.model.policyCarriers) {
    const all = holdings.holdersOf(carrier);
    // What only bounds others, or is only read, grants nothing here.
    if (all.length === 0 && (!carrier.managed || holdings.isBoundary(carrier))) continue;
    const held = splitHolders(all, proxyRole);
    const found = carrier.document.statements.flatMap((s) => grantsOf(world, carrier, s, held.clients, held.forProxy));
    grants.push(...found);
    const undecoded = undecodedOf(world, carrier, held, found.length);
    opaque.push(...undecoded.opaque);
    if (undecoded.astray || found.some(({ oneOfSeveral }) => oneOfSeveral)) astray.push(carrier);
  }
  return { grants, opaque, astray, grantsFor: byEndpoint(grants), opaqueFor: byEndpoint(opaque) };
};

const byEndpoint = <T extends { readonly endpoint: ConnectEndpoint }>(
  items: readonly T[],
): ((endpointId: string) => readonly T[]) => {
  const groups = new Map<string, T[]>();
  for (const item of items) push(groups, item.endpoint.entity.id, item);
  return (id) => groups.get(id) ?? [];
};

const grantsOf = (
  world: World,
  carrier: PolicyCarrier,
  statement: IamStatement,
  holders: readonly Holder[],
  forProxy: boolean,
): readonly Grant[] => {
  if (hasEffect(statement, 'Allow') === false) return [];
  const action = classifyActions(statement.actions);
  if (action.kind === 'none') return [];
  const namings = statement.resources.negated
    ? namedByException(world, statement, action)
    : statement.resources.patterns.flatMap((pattern) => namedEndpoints(world, pattern, action));
  const grants = namings.map(({ named, user, wildcard, scope, leavesIn }) => ({
    carrier,
    statement,
    endpoint: named.endpoint,
    wildcard,
    certain: named.certain,
    oneOfSeveral: named.oneOfSeveral === true && several(namings, named),
    user,
    action,
    holders,
    forProxy,
    actionSpelled: judgeSpelling(action, statement),
    namesResourceId: user.kind === 'none' ? namesNobody(named) : named.namesResourceId,
    ...(leavesIn === undefined ? {} : { leavesIn }),
    inScope: scope,
    conditionCanHold: judgeCondition(statement, named.endpoint),
    isThere: judgePresence(carrier, statement),
  }));
  return grants.flatMap((grant, i) => {
    const foreign = namings[i]?.foreign;
    if (foreign !== undefined) return unlessForOther(world, grant, foreign, grants);
    return !grant.wildcard || mayReach(grant) ? [grant] : [];
  });
};

const several = (namings: readonly Naming[], { endpoint }: NamedEndpoint): boolean =>
  namings.some(({ named }) => named.oneOfSeveral === true && named.endpoint.entity.id !== endpoint.entity.id);

/** A wildcard that cannot reach an endpoint does not mean it. */
const mayReach = (grant: Grant): boolean =>
  [grant.actionSpelled, grant.inScope, grant.conditionCanHold].every(({ holds: answer }) => answer !== false);

type Naming = {
  readonly named: NamedEndpoint;
  readonly user: GrantUser;
  readonly wildcard: boolean;
  readonly scope: Judgement;
  readonly foreign?: Foreign | undefined;
  readonly leavesIn?: (user: string) => Judgement;
};

const anyone: GrantUser = { kind: 'pattern', text: '*' };
const nobody: GrantUser = { kind: 'none' };

/** The endpoints that one pattern of `Resource` means. An administrator, `*` on `*`, means none. */
const namedEndpoints = (world: World, pattern: Value<string>, action: ConnectAction): readonly Naming[] => {
  const resource = parseConnectResource(pattern);
  const { origin } = pattern;
  if (resource.kind === 'arn') return namedInArn(world, resource, pattern);
  if (resource.kind === 'everything') {
    return action.kind === 'connect' ? wildcards(world, '*', anyone, () => holds('', [origin]), origin) : [];
  }
  if (action.kind === 'any') return [];
  const slashed = parseSlashed(pattern);
  if (slashed !== null && isOfRdsDb(slashed)) return namedBySlash(world, slashed, pattern);
  const lost = lostIn(pattern);
  if (resource.kind === 'other' || resource.kind === 'attribute') {
    return namedByItself(world, resource, pattern).map((named) => ({
      ...naming(named, grantUser(resource.user) ?? lost, holds('')),
      foreign: 'endpoint',
    }));
  }
  if (lost.until === 'source') {
    const scope = scopeOfReferences(world, resource, origin);
    return endpointsInReferences(world, resource.references, origin).map((named) => ({
      ...naming(named, lost, scope),
      foreign: perhapsEndpoint(named, resource.references),
    }));
  }
  return endpointsInReferences(world, resource.references, origin, 'known after apply').map((named) =>
    naming(named, lost, scopeAfterApply(origin)),
  );
};

/** The ARN of an endpoint, or anything else that it is called by, in place of that of its users. */
const namedByItself = (
  world: World,
  resource: Extract<ConnectResource, { kind: 'other' | 'attribute' }>,
  pattern: Value<string>,
): readonly NamedEndpoint[] => {
  if (resource.kind === 'attribute') return endpointsInAttribute(world, resource.reference, pattern.origin);
  const made = isOfOtherService(pattern) ? [] : textReferencesOf(pattern);
  return asWritten(world, endpointsInLiteral(world, resource.name, made, pattern.origin), pattern);
};

/** A slash where the colon of `dbuser:` belongs: whatever id follows, no login has such an ARN. */
const namedBySlash = (world: World, resource: ArnResource, pattern: Value<string>): readonly Naming[] =>
  namedInArn(world, resource, pattern).map((one) => ({
    ...one,
    named: { ...one.named, namesResourceId: notByColon(one.named.endpoint, pattern.origin) },
  }));

type ArnResource = Extract<ConnectResource, { kind: 'arn' }>;

/** Whoever is allowed everything but something is meant to log in only if the action says so. */
const namedByException = (world: World, statement: IamStatement, action: ConnectAction): readonly Naming[] =>
  action.kind === 'connect'
    ? endpointsLeftIn(world, statement).map((left) => ({ ...left, user: anyone, wildcard: true, scope: holds('') }))
    : [];

const namedInArn = (world: World, resource: ArnResource, pattern: Value<string>): readonly Naming[] => {
  const { origin } = pattern;
  const user = grantUser(resource.user) ?? lostIn(pattern);
  const scope = (endpoint: ConnectEndpoint): Judgement => judgeScope(world, resource, endpoint, origin);
  const [id] = resource.id;
  if (resource.id.length === 1 && typeof id === 'string' && hasWildcard(id)) {
    return wildcards(world, id, user, scope, origin);
  }
  const named = endpointsInId(world, resource, origin);
  return asWritten(world, named, pattern, resource.idReferences).map((one) => {
    const ends = endsAtId(resource, one);
    const foreign = ends || !isOfRdsDb(resource) ? 'user' : undefined;
    return { ...naming(one, ends ? nobody : user, scope(one.endpoint)), foreign };
  });
};

const naming = (named: NamedEndpoint, user: GrantUser, scope: Judgement): Naming => ({
  named,
  user,
  wildcard: false,
  scope,
});

const wildcards = (
  world: World,
  text: string,
  user: GrantUser,
  scopeOf: (endpoint: ConnectEndpoint) => Judgement,
  origin: Origin,
): readonly Naming[] =>
  wildcardEndpoints(world, text, origin).map((named) => ({
    named,
    user,
    wildcard: true,
    scope: scopeOf(named.endpoint),
  }));
