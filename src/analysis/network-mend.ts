import type { Entity, SecurityGroup, StandaloneRule } from '../model/auth-model.ts';
import { inModuleOf } from './expressions.ts';
import { addTo, freeName, lastName, notesFor, step, steps } from './mend-blocks.ts';
import type { NetworkGap } from './network.ts';

type Direction = NetworkGap['direction'];

/** One rule that is missing: in a group, to or from the other side. */
type MissingRule = {
  readonly direction: Direction;
  readonly group: SecurityGroup;
  readonly peer: SecurityGroup | undefined;
};

/** The rules to write where a direction is closed, or both. */
export const networkMend = (
  gap: NetworkGap | null,
  from: Entity,
  to: Entity | null,
  rules: readonly StandaloneRule[],
): string => {
  if (gap === null || to === null) {
    const name = to?.address ?? 'its database';
    return `Let the security groups of ${from.address} out to the port of ${name}, and let those of ${name} in from them.`;
  }
  const { direction, group, peer, both } = gap;
  const other = direction === 'egress' ? 'ingress' : 'egress';
  const missing: readonly MissingRule[] = [
    { direction, group, peer },
    ...(both && peer !== undefined ? [{ direction: other, group: peer, peer: group } as const] : []),
  ];
  const [first, second] = missing.map((rule) => ruleStep(rule, gap.port, { from, to, rules }));
  return steps(first ?? null, second === undefined ? null : `and ${second[0]?.toLowerCase()}${second.slice(1)}`);
};

type Surroundings = { readonly from: Entity; readonly to: Entity; readonly rules: readonly StandaloneRule[] };

const ruleStep = (rule: MissingRule, known: number | undefined, { from, to, rules }: Surroundings): string => {
  const { direction, group, peer } = rule;
  const far = direction === 'egress' ? to : from;
  const port = known === undefined ? `${inModuleOf(group.address, to.address)}.port` : `${known}`;
  const named = [(peer ?? far).address];
  const note = notesFor(group.address, known === undefined ? [...named, to.address] : named, 'attribute');
  const id =
    peer === undefined
      ? `tolist(${inModuleOf(group.address, far.address)}.vpc_security_group_ids)[0]`
      : `${inModuleOf(group.address, peer.address)}.id`;
  return group.rules.some((inline) => inline.direction === direction)
    ? step(`In ${group.address} add${note}`, inlineRule(direction, peer?.id === group.id ? null : id, port))
    : step(`${addTo(group.address)}${note}`, ruleResource(rule, id, port, peer ?? far, rules));
};

const ruleResource = (
  { direction, group }: MissingRule,
  id: string,
  port: string,
  far: { readonly address: string },
  rules: readonly StandaloneRule[],
): readonly string[] => {
  const words = [lastName(group.address), direction === 'egress' ? 'to' : 'from', lastName(far.address)];
  const type = `aws_vpc_security_group_${direction}_rule`;
  const name = freeName(rules, type, [...words, ...(/^\d+$/.test(port) ? [port] : [])].join('_'));
  return [
    `resource "${type}" "${name}" {`,
    `  security_group_id            = ${inModuleOf(group.address, group.address)}.id`,
    `  referenced_security_group_id = ${id}`,
    '  ip_protocol                  = "tcp"',
    `  from_port                    = ${port}`,
    `  to_port                      = ${port}`,
    '}',
  ];
};

/** A group that has its rules inline takes away those that stand beside it; of itself it says `self`. */
const inlineRule = (direction: Direction, id: string | null, port: string): readonly string[] => [
  `${direction} {`,
  '  protocol        = "tcp"',
  `  from_port       = ${port}`,
  `  to_port         = ${port}`,
  id === null ? '  self            = true' : `  security_groups = [${id}]`,
  '}',
];
