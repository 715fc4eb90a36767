import type { AuthModel, SecurityGroup, SecurityGroupRule, StandaloneRule } from '../model/auth-model.ts';
import { type ListValue, type Value, literal } from '../model/value.ts';
import type { Grouped } from './grouping.ts';
import type { Join } from './join.ts';
import { push } from './push.ts';

/** Where security groups are used, looked up by the id of the group. */
export type GroupUse = {
  /** Groups that a database or a client has, whether or not a proxy has them too. */
  readonly sharedGroups: ReadonlySet<string>;
  /** Rules that let others out to a group, with the group that has them. */
  readonly egressTowards: (
    groupId: string,
  ) => readonly { readonly rule: SecurityGroupRule; readonly group: SecurityGroup }[];
};

type Find = (id: Value<string>) => Join<SecurityGroup>;

export const groupUse = (model: AuthModel, find: Find, standalone: Grouped<StandaloneRule>): GroupUse => {
  const towards = new Map<string, { rule: SecurityGroupRule; group: SecurityGroup }[]>();
  for (const group of model.securityGroups) {
    for (const rule of [...group.rules, ...standalone.of(group.id).map((own) => own.rule)]) {
      if (rule.direction !== 'egress') continue;
      for (const id of new Set(peersOf(rule, group, find))) push(towards, id, { rule, group });
    }
  }
  const users = [...model.databases, ...model.clients];
  return {
    sharedGroups: new Set(users.flatMap(({ securityGroups }) => idsOf(securityGroups, find))),
    egressTowards: (id) => towards.get(id) ?? [],
  };
};

const peersOf = (rule: SecurityGroupRule, group: SecurityGroup, find: Find): readonly string[] => [
  ...idsOf(rule.groups, find),
  ...(literal(rule.self) === true ? [group.id] : []),
];

const idsOf = (groups: ListValue<string>, find: Find): readonly string[] =>
  groups.items.flatMap((item) => {
    const join = find(item);
    if (join.kind === 'one') return [join.entity.id];
    return join.kind === 'some' ? join.entities.map(({ id }) => id) : [];
  });
