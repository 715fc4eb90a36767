import type { Principal, PrincipalKind } from '../model/auth-model.ts';
import type { Value } from '../model/value.ts';
import type { World } from './world.ts';

/** Who holds a policy: a principal in view, a name outside, or someone whom the plan does not show. */
export type Holder =
  | { readonly kind: 'principal'; readonly principal: Principal }
  | { readonly kind: 'outside'; readonly name: string; readonly of: PrincipalKind }
  | { readonly kind: 'unknown' };

export const isPrincipalAmong = (holders: readonly Holder[], id: string): boolean =>
  holders.some((holder) => holder.kind === 'principal' && holder.principal.id === id);

export const resolveHolder = (world: World, name: Value<string>, kind: PrincipalKind): readonly Holder[] => {
  const join = world.findPrincipal(name, kind);
  if (join.kind === 'one') return [{ kind: 'principal', principal: join.entity }];
  if (join.kind === 'some') return join.entities.map((principal) => ({ kind: 'principal', principal }));
  if (join.kind === 'outside') return [{ kind: 'outside', name: join.text, of: kind }];
  return join.kind === 'absent' ? [] : [{ kind: 'unknown' }];
};
