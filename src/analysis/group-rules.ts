import type { SecurityGroup, SecurityGroupRule, StandaloneRule } from '../model/auth-model.ts';
import { type Tri, type Value, literal } from '../model/value.ts';
import type { Grouped } from './grouping.ts';
import type { Join } from './join.ts';
import { push } from './push.ts';

/** A rule, and whether it is this group's for sure. */
export type OwnedRule = { readonly group: SecurityGroup; readonly rule: SecurityGroupRule; readonly owned: Tri };

/** The rules of a group in one direction. */
export type GroupRules = {
  readonly all: readonly OwnedRule[];
  /** Those that may let the groups of another side through, by their ids, where these are all in view. */
  readonly towards: (groupIds: readonly string[]) => readonly OwnedRule[];
};

export type GroupRulesIndex = {
  readonly rulesOf: (group: SecurityGroup, direction: SecurityGroupRule['direction']) => GroupRules;
};

type Find = (id: Value<string>) => Join<SecurityGroup>;

/** A group that many share has a rule for each of them: so each group is indexed once, when it is first asked for. */
export const groupRulesIndex = (standalone: Grouped<StandaloneRule>, find: Find): GroupRulesIndex => {
  const found = new Map<string, GroupRules>();
  return {
    rulesOf: (group, direction) => {
      const key = `${direction} ${group.id}`;
      const rules = found.get(key) ?? indexRules(ownedBy(standalone, group, direction), find);
      found.set(key, rules);
      return rules;
    },
  };
};

const ownedBy = (
  standalone: Grouped<StandaloneRule>,
  group: SecurityGroup,
  direction: SecurityGroupRule['direction'],
): readonly OwnedRule[] =>
  [
    ...group.rules.map((rule) => ({ group, rule, owned: true }) as const),
    ...standalone.of(group.id).map(({ rule }) => ({ group, rule, owned: true }) as const),
    ...standalone.maybeOf(group.id).map(({ rule }) => ({ group, rule, owned: 'unknown' }) as const),
  ].filter(({ rule }) => rule.direction === direction);

const indexRules = (all: readonly OwnedRule[], find: Find): GroupRules => {
  const byPeer = new Map<string, OwnedRule[]>();
  const others: OwnedRule[] = [];
  for (const owned of all) {
    const peers = peersAlone(owned.rule, find);
    if (peers === null) others.push(owned);
    else for (const id of peers) push(byPeer, id, owned);
  }
  return {
    all,
    towards: (ids) => [...new Set([...ids.flatMap((id) => byPeer.get(id) ?? []), ...others])],
  };
};

/** The groups of a rule that is for nothing but managed groups in view; null for any other. */
const peersAlone = ({ groups, self, ranges }: SecurityGroupRule, find: Find): readonly string[] | null => {
  const isPlain = groups.complete && ranges.complete && ranges.items.length === 0;
  if (!isPlain || self.kind === 'unknown' || literal(self) === true) return null;
  const ids: string[] = [];
  for (const item of groups.items) {
    const join = find(item);
    if (join.kind !== 'one' || !join.entity.managed) return null;
    ids.push(join.entity.id);
  }
  return ids;
};
