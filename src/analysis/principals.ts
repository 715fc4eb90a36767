import type { Entity, PolicyCarrier, Principal, PrincipalKind } from '../model/auth-model.ts';
import type { IamPolicyDocument } from '../model/iam.ts';
import { type Value, literal } from '../model/value.ts';
import { push } from './grouping.ts';
import type { Join } from './join.ts';
import type { World } from './world.ts';

/** Who holds a policy: a principal in view, a name outside, or someone whom the plan does not show. */
export type Holder =
  | { readonly kind: 'principal'; readonly principal: Principal }
  | { readonly kind: 'outside'; readonly name: string }
  | { readonly kind: 'unknown' };

/** A document and the resource that carries it. */
export type CarriedDocument = { readonly carrier: Entity; readonly document: IamPolicyDocument };

export type Boundary =
  | { readonly kind: 'none' }
  | { readonly kind: 'document'; readonly document: IamPolicyDocument }
  | { readonly kind: 'outside'; readonly text: string }
  | { readonly kind: 'unknown' };

/** All policies that bear on a principal. */
export type PrincipalPolicies = {
  readonly documents: readonly CarriedDocument[];
  /** ARNs of attached policies that are not in view. */
  readonly outside: readonly string[];
  /** True when something may be attached that the plan does not show. */
  readonly incomplete: boolean;
  readonly boundary: Boundary;
};

/** Who holds what, both ways. */
export type Holdings = {
  readonly holdersOf: (carrier: PolicyCarrier) => readonly Holder[];
  readonly policiesOf: (principal: Principal) => PrincipalPolicies;
  /** Whether a policy bounds some principal. */
  readonly isBoundary: (carrier: PolicyCarrier) => boolean;
};

type Draft = {
  readonly world: World;
  readonly holders: Map<string, Holder[]>;
  readonly carriers: Map<string, PolicyCarrier[]>;
  readonly outside: Map<string, string[]>;
  readonly incomplete: Set<string>;
  /** Kinds of principals to any of which a policy may be attached that names nobody in view. */
  readonly astray: Set<PrincipalKind>;
};

export const findHoldings = (world: World): Holdings => {
  const draft: Draft = {
    world,
    holders: new Map(),
    carriers: new Map(),
    outside: new Map(),
    incomplete: new Set(),
    astray: new Set(),
  };
  for (const carrier of world.model.policyCarriers) {
    if (carrier.holder !== null) addHolder(draft, carrier, carrier.holder.name, carrier.holder.kind);
  }
  for (const { policyArn, holders } of world.model.policyAttachments) {
    for (const { kind, name } of holders) attach(draft, policyArn, name, kind);
  }
  for (const principal of world.model.principals) attachListed(draft, principal);
  const groups = groupsByUser(world);
  const boundaries = new Set(
    world.model.principals.flatMap(({ boundary }) => {
      const join = world.findPolicy(boundary);
      return join.kind === 'one' ? [join.entity.id] : [];
    }),
  );
  return {
    holdersOf: (carrier) => draft.holders.get(carrier.id) ?? [],
    isBoundary: (carrier) => boundaries.has(carrier.id),
    policiesOf: (principal) => collect(draft, principal, groups.get(principal.id) ?? []),
  };
};

const resolveHolder = (world: World, name: Value<string>, kind: PrincipalKind): readonly Holder[] => {
  const join = world.findPrincipal(name, kind);
  if (join.kind === 'one') return [{ kind: 'principal', principal: join.entity }];
  if (join.kind === 'some') return join.entities.map((principal) => ({ kind: 'principal', principal }));
  if (join.kind === 'outside') return [{ kind: 'outside', name: join.text }];
  return join.kind === 'absent' ? [] : [{ kind: 'unknown' }];
};

const addHolder = (draft: Draft, carrier: PolicyCarrier, name: Value<string>, kind: PrincipalKind): void => {
  for (const holder of resolveHolder(draft.world, name, kind)) link(draft, carrier, holder, kind);
};

const link = (draft: Draft, carrier: PolicyCarrier, holder: Holder, kind: PrincipalKind): void => {
  push(draft.holders, carrier.id, holder);
  if (holder.kind === 'principal') push(draft.carriers, holder.principal.id, carrier);
  if (holder.kind === 'unknown') draft.astray.add(kind);
};

const attach = (draft: Draft, policyArn: Value<string>, name: Value<string>, kind: PrincipalKind): void => {
  const join = draft.world.findPolicy(policyArn);
  const carriers = join.kind === 'one' ? [join.entity] : join.kind === 'some' ? join.entities : [];
  for (const carrier of carriers) addHolder(draft, carrier, name, kind);
  if (carriers.length > 0) return;
  for (const holder of resolveHolder(draft.world, name, kind)) attachUnseen(draft, join, holder, kind);
};

/** A policy that is not in view, or that nobody can name. */
const attachUnseen = (draft: Draft, join: Join<PolicyCarrier>, holder: Holder, kind: PrincipalKind): void => {
  if (holder.kind === 'unknown') draft.astray.add(kind);
  if (holder.kind !== 'principal') return;
  if (join.kind === 'outside') push(draft.outside, holder.principal.id, join.text);
  else draft.incomplete.add(holder.principal.id);
};

/** `managed_policy_arns`. */
const attachListed = (draft: Draft, principal: Principal): void => {
  if (!principal.managedPolicyArns.complete && principal.managed) draft.incomplete.add(principal.id);
  for (const arn of principal.managedPolicyArns.items) {
    const join = draft.world.findPolicy(arn);
    if (join.kind === 'one') link(draft, join.entity, { kind: 'principal', principal }, principal.kind);
    else if (join.kind === 'outside') push(draft.outside, principal.id, join.text);
    else draft.incomplete.add(principal.id);
  }
};

const groupsByUser = (world: World): ReadonlyMap<string, readonly Principal[]> => {
  const groups = new Map<string, Principal[]>();
  const found = (name: Value<string>, kind: PrincipalKind): readonly Principal[] =>
    resolveHolder(world, name, kind).flatMap((holder) => (holder.kind === 'principal' ? [holder.principal] : []));
  for (const membership of world.model.groupMemberships) {
    for (const user of membership.users.items.flatMap((name) => found(name, 'user'))) {
      for (const group of membership.groups.items.flatMap((name) => found(name, 'group'))) push(groups, user.id, group);
    }
  }
  return groups;
};

const collect = (draft: Draft, principal: Principal, groups: readonly Principal[]): PrincipalPolicies => {
  const ids = [principal, ...groups].map(({ id }) => id);
  const carriers = new Set(ids.flatMap((id) => draft.carriers.get(id) ?? []));
  return {
    documents: [...carriers].map((carrier) => ({ carrier, document: carrier.document })),
    outside: ids.flatMap((id) => draft.outside.get(id) ?? []),
    incomplete:
      !draft.world.model.complete || ids.some((id) => draft.incomplete.has(id)) || draft.astray.has(principal.kind),
    boundary: boundaryOf(draft.world, principal),
  };
};

const boundaryOf = (world: World, principal: Principal): Boundary => {
  const value = principal.boundary;
  if (value.kind === 'absent' || literal(value) === '') return { kind: 'none' };
  const join = world.findPolicy(value);
  if (join.kind === 'one') return { kind: 'document', document: join.entity.document };
  return join.kind === 'outside' ? { kind: 'outside', text: join.text } : { kind: 'unknown' };
};
