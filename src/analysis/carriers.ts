import type { ListValue } from '../model/value.ts';
import { push } from './push.ts';
import type { World } from './world.ts';

/** Who has each security group that is in view, by the id of the group. */
export type Carriers<T> = (groupId: string) => readonly T[];

export const carriersOf = <T extends { readonly securityGroups: ListValue<string> }>(
  world: World,
  all: readonly T[],
): Carriers<T> => {
  const found = new Map<string, T[]>();
  for (const carrier of all) {
    const joins = carrier.securityGroups.items.map((item) => world.findSecurityGroup(item));
    const ids = joins.flatMap((join) => (join.kind === 'one' ? [join.entity.id] : []));
    for (const id of new Set(ids)) push(found, id, carrier);
  }
  return (id) => found.get(id) ?? [];
};
