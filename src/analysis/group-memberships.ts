import type { GroupMembership, Principal, PrincipalKind } from '../model/auth-model.ts';
import type { ListValue } from '../model/value.ts';
import { resolveHolder } from './holders.ts';
import type { World } from './world.ts';

/** The groups of a user: those that he is in, and those of which nobody can say whether he is. */
export type GroupsOfUser = { readonly certain: ReadonlySet<Principal>; readonly perhaps: ReadonlySet<Principal> };

export const noGroups: GroupsOfUser = { certain: new Set(), perhaps: new Set() };

type Draft = { readonly certain: Set<Principal>; readonly perhaps: Set<Principal> };

/** By the id of the user. */
export const groupsByUser = (world: World): ReadonlyMap<string, GroupsOfUser> => {
  const groups = new Map<string, Draft>();
  for (const membership of world.model.groupMemberships) {
    for (const { user, group, certain } of pairsOf(world, membership)) {
      const own = groups.get(user.id) ?? { certain: new Set(), perhaps: new Set() };
      groups.set(user.id, own);
      own[certain ? 'certain' : 'perhaps'].add(group);
    }
  }
  return new Map(
    [...groups].map(([id, { certain, perhaps }]) => {
      const doubtful = [...perhaps].filter((group) => !certain.has(group));
      return [id, { certain, perhaps: new Set(doubtful) }] as const;
    }),
  );
};

type Pair = { readonly user: Principal; readonly group: Principal; readonly certain: boolean };

const pairsOf = (world: World, membership: GroupMembership): readonly Pair[] => {
  const users = membersOf(world, membership.users, 'user');
  const groups = membersOf(world, membership.groups, 'group');
  const isThere = membership.mayBeMissing !== true;
  return users.flatMap((user) =>
    groups.map((group) => ({
      user: user.principal,
      group: group.principal,
      certain: isThere && user.certain && group.certain,
    })),
  );
};

type Member = { readonly principal: Principal; readonly certain: boolean };

/** Where one is named whom nobody can see, it may be anybody. */
const membersOf = (world: World, names: ListValue<string>, kind: PrincipalKind): readonly Member[] => {
  const found = names.items.map((name) => resolveHolder(world, name, kind));
  const named = found.flatMap((holders) =>
    holders.flatMap((holder) =>
      holder.kind === 'principal' ? [{ principal: holder.principal, certain: holders.length === 1 }] : [],
    ),
  );
  const isOpen = !names.complete || found.flat().some((holder) => holder.kind === 'unknown');
  const others = isOpen ? world.model.principals.filter((principal) => principal.kind === kind) : [];
  return [...named, ...others.map((principal) => ({ principal, certain: false }))];
};
