import { managedPolicy } from '../iam/managed-policies.ts';
import type { Entity, PolicyCarrier, Principal, PrincipalKind } from '../model/auth-model.ts';
import type { IamPolicyDocument } from '../model/iam.ts';
import type { Origin, Value } from '../model/value.ts';
import { type Boundary, type SetBoundary, findBoundaries, joinPolicy } from './boundaries.ts';
import { type Exclusion, type Exclusions, describePolicy, findExclusions } from './exclusions.ts';
import { type Holder, resolveHolder } from './holders.ts';
import type { Join } from './join.ts';
import { push } from './push.ts';
import type { World } from './world.ts';

export type { Boundary } from './boundaries.ts';
export type { Holder } from './holders.ts';

/** A document and the resource that carries it. */
export type CarriedDocument = {
  readonly carrier: Entity;
  readonly document: IamPolicyDocument;
  /** ARN of a policy that AWS manages, which the carrier only attaches. */
  readonly managedArn: string | null;
};

/** All policies that bear on a principal. */
export type PrincipalPolicies = {
  readonly documents: readonly CarriedDocument[];
  /** ARNs of attached policies that are not in view. */
  readonly outside: readonly string[];
  /** Policies in view that exclusive lists take away, in words. */
  readonly takenAway: readonly string[];
  /** True when something may be attached that the plan does not show. */
  readonly incomplete: boolean;
  readonly boundary: Boundary;
  readonly boundarySet: SetBoundary;
};

/** Who holds what, both ways. */
export type Holdings = {
  /** Also of a policy that an exclusive list takes away again. */
  readonly holdersOf: (carrier: PolicyCarrier) => readonly Holder[];
  /** What is left after exclusive lists. */
  readonly policiesOf: (principal: Principal) => PrincipalPolicies;
  readonly exclusionOf: (principal: Principal, carrier: PolicyCarrier) => Exclusion | null;
  /** Whether a policy bounds some principal. */
  readonly isBoundary: (carrier: PolicyCarrier) => boolean;
};

/** An attached policy that is not in view, and what attaches it. */
type Unseen = { readonly text: string; readonly at: Entity; readonly origin: Origin };

type Draft = {
  readonly world: World;
  readonly exclusions: Exclusions;
  readonly holders: Map<string, Holder[]>;
  readonly carriers: Map<string, PolicyCarrier[]>;
  readonly unseen: Map<string, Unseen[]>;
  readonly incomplete: Set<string>;
  /** Kinds of principals to any of which a policy may be attached that names nobody in view. */
  readonly astray: Set<PrincipalKind>;
};

export const findHoldings = (world: World): Holdings => {
  const draft: Draft = {
    world,
    exclusions: findExclusions(world),
    holders: new Map(),
    carriers: new Map(),
    unseen: new Map(),
    incomplete: new Set(),
    astray: new Set(),
  };
  for (const carrier of world.model.policyCarriers) {
    if (carrier.holder !== null) addHolder(draft, carrier, carrier.holder.name, carrier.holder.kind);
  }
  for (const attachment of world.model.policyAttachments) {
    const join = joinPolicy(world, attachment);
    const { policyArn, policyName } = attachment;
    const place = { at: attachment, origin: (policyName.kind === 'absent' ? policyArn : policyName).origin };
    for (const { kind, name } of attachment.holders) attach(draft, join, name, kind, place);
  }
  for (const principal of world.model.principals) attachListed(draft, principal);
  const groups = groupsByUser(world);
  const boundaries = findBoundaries(world);
  const policiesOf = (principal: Principal): PrincipalPolicies =>
    collect(draft, principal, groups.get(principal.id) ?? [], boundaries.of(principal));
  const found = new Map<string, PrincipalPolicies>();
  return {
    holdersOf: (carrier) => draft.holders.get(carrier.id) ?? [],
    exclusionOf: draft.exclusions.ofCarrier,
    isBoundary: (carrier) => boundaries.carriers.has(carrier.id),
    policiesOf: (principal) => {
      const policies = found.get(principal.id) ?? policiesOf(principal);
      found.set(principal.id, policies);
      return policies;
    },
  };
};

const addHolder = (draft: Draft, carrier: PolicyCarrier, name: Value<string>, kind: PrincipalKind): void => {
  for (const holder of resolveHolder(draft.world, name, kind)) link(draft, carrier, holder, kind);
};

const link = (draft: Draft, carrier: PolicyCarrier, holder: Holder, kind: PrincipalKind): void => {
  push(draft.holders, carrier.id, holder);
  if (holder.kind === 'principal') push(draft.carriers, holder.principal.id, carrier);
  if (holder.kind === 'unknown') draft.astray.add(kind);
};

type Place = Omit<Unseen, 'text'>;

const attach = (
  draft: Draft,
  join: Join<PolicyCarrier>,
  name: Value<string>,
  kind: PrincipalKind,
  place: Place,
): void => {
  const carriers = join.kind === 'one' ? [join.entity] : join.kind === 'some' ? join.entities : [];
  for (const carrier of carriers) addHolder(draft, carrier, name, kind);
  if (carriers.length > 0) return;
  for (const holder of resolveHolder(draft.world, name, kind)) {
    if (holder.kind === 'unknown') draft.astray.add(kind);
    if (holder.kind === 'principal') attachUnseen(draft, join, holder.principal, place);
  }
};

/** A policy that is not in view, or that nobody can name. */
const attachUnseen = (draft: Draft, join: Join<PolicyCarrier>, { id }: Principal, place: Place): void => {
  if (join.kind === 'outside') push(draft.unseen, id, { text: join.text, ...place });
  else draft.incomplete.add(id);
};

/** `managed_policy_arns`. */
const attachListed = (draft: Draft, principal: Principal): void => {
  if (!principal.managedPolicyArns.complete && principal.managed) draft.incomplete.add(principal.id);
  for (const arn of principal.managedPolicyArns.items) {
    const join = draft.world.findPolicy(arn);
    if (join.kind === 'one') link(draft, join.entity, { kind: 'principal', principal }, principal.kind);
    else attachUnseen(draft, join, principal, { at: principal, origin: arn.origin });
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

const collect = (
  draft: Draft,
  principal: Principal,
  groups: readonly Principal[],
  boundarySet: SetBoundary,
): PrincipalPolicies => {
  const all = [principal, ...groups];
  const unseen = all.flatMap((holder) =>
    (draft.unseen.get(holder.id) ?? []).map((one) => keptUnseen(draft, holder, one)),
  );
  const carried = carriedBy(draft, all);
  return {
    documents: [...carried.flatMap(keptDocument), ...unseen.flatMap(({ document }) => document ?? [])],
    outside: unseen.flatMap(({ outside }) => outside ?? []),
    takenAway: carried.flatMap(([carrier, exclusion]) =>
      exclusion?.taken === true ? [`${exclusion.by.address} takes ${describePolicy(carrier, principal)} away`] : [],
    ),
    incomplete:
      !draft.world.model.complete ||
      all.some(({ id }) => draft.incomplete.has(id)) ||
      draft.astray.has(principal.kind) ||
      unseen.some(({ open }) => open),
    boundary: boundarySet.boundary,
    boundarySet,
  };
};

type Carried = readonly [PolicyCarrier, Exclusion | null];

/** Policies in view; of one that is attached to a user and to his group, what leaves him most of it. */
const carriedBy = (draft: Draft, holders: readonly Principal[]): readonly Carried[] => {
  const carried = new Map<PolicyCarrier, Exclusion | null>();
  for (const holder of holders) {
    for (const carrier of draft.carriers.get(holder.id) ?? []) {
      const exclusion = draft.exclusions.ofCarrier(holder, carrier);
      const better = exclusion === null || !carried.has(carrier) || carried.get(carrier)?.taken === true;
      if (better) carried.set(carrier, exclusion);
    }
  }
  return [...carried];
};

const keptDocument = ([carrier, exclusion]: Carried): readonly CarriedDocument[] => {
  if (exclusion?.taken === true) return [];
  return [{ carrier, document: exclusion === null ? carrier.document : inDoubt(carrier.document), managedArn: null }];
};

type KeptUnseen = {
  readonly document?: CarriedDocument;
  readonly outside?: string;
  /** Nobody can say what is left of it. */
  readonly open: boolean;
};

/** Of the policies out of view, those that AWS manages and everybody uses are known by their ARN. */
const keptUnseen = (draft: Draft, holder: Principal, { text, at, origin }: Unseen): KeptUnseen => {
  const exclusion = draft.exclusions.ofArn(holder, text);
  if (exclusion?.taken === true) return { open: false };
  const document = managedPolicy(text, origin);
  if (document === null) return exclusion === null ? { outside: text, open: false } : { open: true };
  const kept = exclusion === null ? document : inDoubt(document);
  return { document: { carrier: at, document: kept, managedArn: text }, open: false };
};

/** Whether it is attached at all is known after apply, and so whether a statement of it ever matches. */
const inDoubt = (document: IamPolicyDocument): IamPolicyDocument => ({
  ...document,
  statements: document.statements.map((statement) => ({ ...statement, mayBeMissing: true as const })),
});
