import { managedPolicy } from '../iam/managed-policies.ts';
import type { Entity, PolicyCarrier, Principal } from '../model/auth-model.ts';
import type { IamPolicyDocument } from '../model/iam.ts';
import { type Value, literal } from '../model/value.ts';
import { groupByJoin } from './grouping.ts';
import type { Join } from './join.ts';
import type { World } from './world.ts';

export type Boundary =
  | { readonly kind: 'none' }
  | { readonly kind: 'document'; readonly document: IamPolicyDocument }
  | { readonly kind: 'outside'; readonly text: string }
  | { readonly kind: 'unknown' };

/** A boundary, the resource that sets it, and what it is set to. */
export type SetBoundary = { readonly boundary: Boundary; readonly at: Entity; readonly value: Value<string> };

export type Boundaries = {
  readonly of: (principal: Principal) => SetBoundary;
  /** The policies that bound somebody. */
  readonly carriers: ReadonlySet<string>;
};

export const findBoundaries = (world: World): Boundaries => {
  const attachments = groupByJoin(world.model.boundaryAttachments, ({ holder }) =>
    world.findPrincipal(holder.name, holder.kind),
  );
  const joins = [
    ...world.model.principals.map(({ boundary }) => world.findPolicy(boundary)),
    ...world.model.boundaryAttachments.map((attachment) => joinPolicy(world, attachment)),
  ];
  return {
    of: (principal) => {
      const own = attachments.of(principal.id);
      const open = principal.kind === 'permission-set' ? attachments.maybeOf(principal.id) : [];
      const [at] = [...own, ...open];
      if (at === undefined) return ofPrincipal(world, principal);
      const value = at.policyArn.kind === 'absent' ? at.policyName : at.policyArn;
      const certain = own.length === 1 && open.length === 0;
      const boundary: Boundary = certain ? boundaryFrom(joinPolicy(world, at), value) : { kind: 'unknown' };
      return { boundary, at, value };
    },
    carriers: new Set(joins.flatMap((join) => (join.kind === 'one' ? [join.entity.id] : []))),
  };
};

type Attached = { readonly policyArn: Value<string>; readonly policyName: Value<string> };

/** A policy that is attached by its ARN, or by its name. */
export const joinPolicy = (world: World, { policyArn, policyName }: Attached): Join<PolicyCarrier> =>
  policyName.kind === 'absent' ? world.findPolicy(policyArn) : world.findPolicyByName(policyName);

const ofPrincipal = (world: World, principal: Principal): SetBoundary => {
  const value = principal.boundary;
  const none = value.kind === 'absent' || literal(value) === '';
  return { boundary: none ? { kind: 'none' } : boundaryFrom(world.findPolicy(value), value), at: principal, value };
};

const boundaryFrom = (join: Join<PolicyCarrier>, { origin }: Value<string>): Boundary => {
  if (join.kind === 'one') return { kind: 'document', document: join.entity.document };
  if (join.kind !== 'outside') return { kind: 'unknown' };
  const document = managedPolicy(join.text, origin);
  return document === null ? { kind: 'outside', text: join.text } : { kind: 'document', document };
};
