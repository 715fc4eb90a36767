import { every, some } from '../iam/tri.ts';
import type { SecurityGroup, SecurityGroupRule } from '../model/auth-model.ts';
import { type ListValue, type Tri, type Value, literal } from '../model/value.ts';
import type { Block } from './cidr.ts';
import { contains, overlaps, parseBlock } from './cidr.ts';
import type { OwnedRule } from './group-rules.ts';
import type { Join } from './join.ts';
import type { World } from './world.ts';

export type Direction = SecurityGroupRule['direction'];

/** One end of a connection. */
export type Side = {
  readonly groups: readonly SecurityGroup[];
  /** A group of it is not in view, or only by a data source, so that it may have other rules. */
  readonly outside: boolean;
  readonly unknown: boolean;
  /** The addresses of its subnets; null where one of them cannot be seen. */
  readonly blocks: readonly Block[] | null;
};

export const sideOf = (world: World, groups: ListValue<string>, subnets: ListValue<string> | null): Side => {
  const joins: readonly Join<SecurityGroup>[] = groups.items.map((item) => world.findSecurityGroup(item));
  const found = joins.flatMap((join) => (join.kind === 'one' ? [join.entity] : []));
  return {
    groups: found,
    // No group at all is the default group of the VPC, which nobody sees.
    outside: joins.some(isOutside) || groups.items.length === 0,
    unknown:
      joins.some((join) => join.kind === 'some' || join.kind === 'unknown') || (!groups.complete && joins.length > 0),
    blocks: subnets === null ? null : blocksOfSubnets(world, subnets),
  };
};

/** A data source names a group and shows none of its rules. */
const isOutside = (join: Join<SecurityGroup>): boolean =>
  join.kind === 'outside' || (join.kind === 'one' && !join.entity.managed);

const blocksOfSubnets = (world: World, subnets: ListValue<string>): readonly Block[] | null => {
  if (!subnets.complete || subnets.items.length === 0) return null;
  const blocks = subnets.items.flatMap((item): readonly (Block | null)[] => {
    const join = world.findSubnet(item);
    if (join.kind !== 'one' || !join.entity.managed || !join.entity.ranges.complete) return [null];
    return join.entity.ranges.items.map((range) => parseBlock(literal(range) ?? ''));
  });
  const known = blocks.filter((block) => block !== null);
  return known.length === blocks.length ? known : null;
};

/** Whether a direction is open, and on what that rests. */
export type Opening = { readonly open: Tri; readonly assumptions: readonly string[] };

/** Whether the rules of one side let traffic of a port through to, or in from, the other; null for whatever port. */
export const directionOpen = (
  world: World,
  direction: Direction,
  own: Side,
  other: Side,
  port: number | undefined,
  outsideWords: string,
): Opening => {
  const matches = rulesTowards(world, own, direction, other).map((owned) => ruleOpens(world, owned, other, port));
  const hidden =
    own.groups.some((group) => group.managed && group.incomplete.includes(direction)) ||
    own.unknown ||
    !world.model.complete;
  const open = some([...matches.map((match) => match.open), ...(hidden ? (['unknown'] as const) : [])]);
  if (open === true)
    return {
      open,
      assumptions:
        matches.find((match) => match.open === true && match.assumptions.length === 0)?.assumptions ??
        matches.find((match) => match.open === true)?.assumptions ??
        [],
    };
  if (own.outside && open !== 'unknown') return { open: true, assumptions: [outsideWords] };
  return { open, assumptions: [] };
};

export const rulesOf = (world: World, group: SecurityGroup, direction: Direction): readonly OwnedRule[] =>
  world.rulesOf(group, direction).all;

/** Those that can let the other side through; where a group of it is not known, that is any. */
const rulesTowards = (world: World, own: Side, direction: Direction, other: Side): readonly OwnedRule[] => {
  const ids = other.groups.map(({ id }) => id);
  return own.groups.flatMap((group) => {
    const { all, towards } = world.rulesOf(group, direction);
    return other.unknown ? all : towards(ids);
  });
};

const ruleOpens = (world: World, owned: OwnedRule, other: Side, port: number | undefined): Opening => {
  const peer = peerMatches(world, owned.rule, owned.group, other);
  return { open: every([ruleApplies(owned, port), peer.open]), assumptions: peer.assumptions };
};

/** Whether a rule is the group's, and for a port. */
export const ruleApplies = ({ rule, owned }: OwnedRule, port: number | undefined): Tri =>
  every([owned, protocolMatches(rule.protocol), portMatches(rule, port)]);

const protocolMatches = (protocol: Value<string>): Tri => {
  const text = literal(protocol);
  return text === undefined ? 'unknown' : ['tcp', '6', '-1', 'all'].includes(text.toLowerCase());
};

export const portMatches = (rule: SecurityGroupRule, port: number | undefined): Tri => {
  const protocol = literal(rule.protocol)?.toLowerCase();
  if (protocol === '-1' || protocol === 'all') return true;
  const [from, to] = [literal(rule.fromPort), literal(rule.toPort)];
  if (port === undefined || from === undefined || to === undefined) return 'unknown';
  return from <= port && port <= to;
};

const groupMatches = (join: Join<SecurityGroup>, ids: ReadonlySet<string>, other: Side): Tri => {
  if (join.kind === 'one' && ids.has(join.entity.id)) return true;
  // A data source that is read later may read any group, also one of this configuration.
  if (join.kind === 'one' && literal(join.entity.groupId) === undefined && !join.entity.managed) return 'unknown';
  if (isOutside(join)) return (other.outside || other.unknown) && 'unknown';
  if (join.kind === 'one') return other.unknown && 'unknown';
  return join.kind !== 'absent' && 'unknown';
};

const peerMatches = (world: World, rule: SecurityGroupRule, owner: SecurityGroup, other: Side): Opening => {
  const ids = new Set(other.groups.map(({ id }) => id));
  const named = rule.groups.items.map((item) => groupMatches(world.findSecurityGroup(item), ids, other));
  const self: Tri = rule.self.kind === 'unknown' ? 'unknown' : literal(rule.self) === true && ids.has(owner.id);
  const open = some([...named, self, ...(rule.groups.complete ? [] : (['unknown'] as const))]);
  return open === true ? { open, assumptions: [] } : rangesMatch(world, rule, open, other);
};

/** The ranges of a rule, with those behind prefix lists in view; undefined for one that is known after apply. */
export const rangesOf = (world: World, rule: SecurityGroupRule): readonly (string | undefined)[] =>
  rule.ranges.items.flatMap((item) => {
    const join = world.findPrefixList(item);
    if (join.kind !== 'one') return [literal(item)];
    const { ranges } = join.entity;
    return [...ranges.items.map(literal), ...(ranges.complete ? [] : [undefined])];
  });

/** Which addresses a range holds is known where the subnets of the other side are in view; else it is assumed. */
const rangesMatch = (world: World, rule: SecurityGroupRule, groups: Tri, other: Side): Opening => {
  const texts = rangesOf(world, rule);
  // Of ::/0 alone that is not so: it is for IPv6, which most databases do not listen on.
  if (texts.includes('0.0.0.0/0')) return { open: true, assumptions: [] };
  const ranges = texts.filter((text) => text !== undefined);
  const covered = coversAll(ranges, other.blocks);
  if (covered === true) return { open: true, assumptions: [] };
  const open = some([groups, ...(texts.length > ranges.length || !rule.ranges.complete ? (['unknown'] as const) : [])]);
  if (ranges.length > 0 && covered === 'unknown') {
    return {
      open: true,
      assumptions: [`${rule.origin.address} is assumed to cover the other side with ${ranges.join(', ')}`],
    };
  }
  if (texts.length > 0 || !rule.ranges.complete) return { open, assumptions: [] };
  // A rule for a group out of view may well be the other side's.
  return groups === 'unknown' && other.outside
    ? { open: true, assumptions: [`${rule.origin.address} is assumed to name the security group of the other side`] }
    : { open: groups, assumptions: [] };
};

/** False only where every range is for certain elsewhere. */
const coversAll = (ranges: readonly string[], blocks: readonly Block[] | null): Tri => {
  const known = ranges.map(parseBlock);
  if (blocks === null || known.some((range) => range === null)) return 'unknown';
  const all = known.filter((range) => range !== null);
  if (blocks.length > 0 && blocks.every((block) => all.some((range) => contains(range, block)))) return true;
  return blocks.some((block) => all.some((range) => overlaps(range, block))) ? 'unknown' : false;
};
