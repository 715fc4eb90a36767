import type { Entity, PolicyCarrier, Principal, PrincipalKind, UnreadModule } from '../model/auth-model.ts';
import type { Value } from '../model/value.ts';
import { type Boundary, type SetBoundary, findBoundaries, joinPolicy } from './boundaries.ts';
import { type Exclusion, type Exclusions, describePolicy, findExclusions } from './exclusions.ts';
import { type GroupsOfUser, groupsByUser, noGroups } from './group-memberships.ts';
import { type Holder, resolveHolder } from './holders.ts';
import type { Join } from './join.ts';
import {
  type CarriedDocument,
  type PerhapsAttached,
  type Unseen,
  allowsNothing,
  carriedBy,
  keptDocument,
  keptUnseen,
  newPerhapsAttached,
} from './kept-policies.ts';
import { push } from './push.ts';
import { mayBeFor } from './unread-modules.ts';
import type { World } from './world.ts';

export type { Boundary } from './boundaries.ts';
export type { Holder } from './holders.ts';
export type { CarriedDocument } from './kept-policies.ts';

/** All policies that bear on a principal. */
export type PrincipalPolicies = {
  readonly documents: readonly CarriedDocument[];
  /** ARNs of attached policies that are not in view. */
  readonly outside: readonly string[];
  /** Something may be attached that is not in view, if its attachment is there. */
  readonly perhapsOutside: boolean;
  /** Policies in view that exclusive lists take away, in words. */
  readonly takenAway: readonly string[];
  /** True when something may be attached that the plan does not show: modules that nobody can read count, whatever they are given. */
  readonly incomplete: boolean;
  /** The same without modules: a login that is granted in view is not taken back by those that are given nothing of him. */
  readonly open: boolean;
  /** Modules that nobody can read, and that may attach something, for what they are given. */
  readonly unread: readonly UnreadModule[];
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
  /** What attaches a policy, if nobody can say whether anything does. */
  readonly attachedPerhaps: (principal: Principal, carrier: PolicyCarrier) => Entity | null;
  /** Whether a policy bounds some principal. */
  readonly isBoundary: (carrier: PolicyCarrier) => boolean;
};

type Draft = {
  readonly world: World;
  readonly exclusions: Exclusions;
  readonly holders: Map<string, Holder[]>;
  readonly carriers: Map<string, PolicyCarrier[]>;
  readonly unseen: Map<string, Unseen[]>;
  readonly incomplete: Set<string>;
  /** Kinds of principals to any of which a policy may be attached that names nobody in view. */
  readonly astray: Set<PrincipalKind>;
  readonly perhaps: PerhapsAttached;
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
    perhaps: newPerhapsAttached(),
  };
  for (const carrier of world.model.policyCarriers) {
    if (carrier.holder !== null) addHolder(draft, carrier, carrier.holder.name, carrier.holder.kind);
  }
  for (const attachment of world.model.policyAttachments) {
    const join = joinPolicy(world, attachment);
    const { policyArn, policyName } = attachment;
    const place = {
      at: attachment,
      origin: (policyName.kind === 'absent' ? policyArn : policyName).origin,
      perhaps: attachment.mayBeMissing === true,
    };
    for (const { kind, name } of attachment.holders) attach(draft, join, name, kind, place);
  }
  for (const principal of world.model.principals) attachListed(draft, principal);
  const groups = groupsByUser(world);
  const boundaries = findBoundaries(world);
  const policiesOf = (principal: Principal): PrincipalPolicies =>
    collect(draft, principal, groups.get(principal.id) ?? noGroups, boundaries.of(principal));
  const found = new Map<string, PrincipalPolicies>();
  return {
    holdersOf: (carrier) => draft.holders.get(carrier.id) ?? [],
    exclusionOf: draft.exclusions.ofCarrier,
    attachedPerhaps: draft.perhaps.of,
    isBoundary: (carrier) => boundaries.carriers.has(carrier.id),
    policiesOf: (principal) => {
      const policies = found.get(principal.id) ?? policiesOf(principal);
      found.set(principal.id, policies);
      return policies;
    },
  };
};

const addHolder = (
  draft: Draft,
  carrier: PolicyCarrier,
  name: Value<string>,
  kind: PrincipalKind,
  by: Entity | null = null,
): void => {
  for (const holder of resolveHolder(draft.world, name, kind)) link(draft, carrier, holder, kind, by);
};

/** `by` attaches it, if it is there. */
const link = (
  draft: Draft,
  carrier: PolicyCarrier,
  holder: Holder,
  kind: PrincipalKind,
  by: Entity | null = null,
): void => {
  push(draft.holders, carrier.id, holder);
  if (holder.kind === 'principal') {
    push(draft.carriers, holder.principal.id, carrier);
    draft.perhaps.add(holder.principal, carrier, by);
  }
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
  for (const carrier of carriers) addHolder(draft, carrier, name, kind, place.perhaps ? place.at : null);
  if (carriers.length > 0) return;
  const holders = resolveHolder(draft.world, name, kind);
  if (holders.some((holder) => holder.kind === 'unknown') && !allowsNothing(join)) draft.astray.add(kind);
  for (const holder of holders) if (holder.kind === 'principal') attachUnseen(draft, join, holder.principal, place);
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
    else attachUnseen(draft, join, principal, { at: principal, origin: arn.origin, perhaps: false });
  }
};

const collect = (
  draft: Draft,
  principal: Principal,
  groups: GroupsOfUser,
  boundarySet: SetBoundary,
): PrincipalPolicies => {
  const all = [principal, ...groups.certain, ...groups.perhaps];
  const unseen = all.flatMap((holder) => {
    const inDoubt = groups.perhaps.has(holder) ? { perhaps: true } : {};
    return (draft.unseen.get(holder.id) ?? []).map((one) =>
      keptUnseen(draft.exclusions, holder, { ...one, ...inDoubt }),
    );
  });
  const carried = carriedBy(draft.carriers, draft.exclusions, draft.perhaps, all, groups.perhaps);
  const open =
    draft.world.model.cut ||
    all.some(({ id }) => draft.incomplete.has(id)) ||
    all.some(({ kind }) => draft.astray.has(kind)) ||
    unseen.some((one) => one.open);
  return {
    documents: [...carried.flatMap(keptDocument), ...unseen.flatMap(({ document }) => document ?? [])],
    outside: unseen.flatMap(({ outside }) => outside ?? []),
    perhapsOutside: unseen.some(({ perhapsOutside }) => perhapsOutside === true),
    takenAway: carried.flatMap(({ carrier, exclusion }) =>
      exclusion?.taken === true ? [`${exclusion.by.address} takes ${describePolicy(carrier, principal)} away`] : [],
    ),
    incomplete: open || draft.world.model.unreadModules.length > 0,
    open,
    unread: unreadFor(draft, all),
    boundary: boundarySet.boundary,
    boundarySet,
  };
};

const unreadFor = ({ world, carriers }: Draft, holders: readonly Principal[]): readonly UnreadModule[] =>
  world.model.unreadModules.filter((module) =>
    holders.some((holder) => {
      const policies = new Set((carriers.get(holder.id) ?? []).map(({ id }) => id));
      return mayBeFor(world, module, holder, policies);
    }),
  );
