import type { Database, Entity, Proxy, Subnet, Vpc } from '../model/auth-model.ts';
import type { Judgement } from '../model/judgement.ts';
import { type ListValue, type Value, literal } from '../model/value.ts';
import { fails, holds, listWords, undecided, unique } from './judgement.ts';
import { expandSubnets, subnetsOf } from './network.ts';
import type { World } from './world.ts';

/** A VPC that something is in: what it is called in messages, and what tells it from others. */
type KnownVpc = { readonly kind: 'managed' | 'id' | 'reference'; readonly key: string; readonly name: string };

/** The VPCs in which something is, as far as its subnets and security groups tell. */
type Place = {
  readonly vpcs: readonly KnownVpc[];
  /** Where nothing tells: the words for what is not in view, or null where apply will tell. */
  readonly hidden: string | null;
};

/** Whether the subnets of a proxy are in the VPC of its target (fact 6.4). */
export const judgeSameVpc = (world: World, proxy: Proxy, database: Database | null): Judgement => {
  if (database === null) return holds('');
  const own = placeOf(world, expandSubnets(world, proxy.subnets), proxy.securityGroups);
  const other = placeOf(world, subnetsOf(world, database), database.securityGroups);
  const origins = [proxy.subnets.origin, database.subnetGroup.origin];
  const strange = own.vpcs.filter((vpc) => other.vpcs.every((target) => areTwo(vpc, target)));
  if (strange.length > 0 && other.vpcs.length > 0) {
    const [where, there] = [strange, other.vpcs].map((vpcs) => listWords(vpcs.map(({ name }) => name)));
    return fails(`${proxy.address} is in ${where}, and its target ${database.address} in ${there}`, origins);
  }
  if (own.vpcs.some((vpc) => other.vpcs.some(({ key }) => key === vpc.key))) {
    return holds(`${proxy.address} is in the VPC of ${database.address}`, origins);
  }
  if (sameTrail(proxy.subnets, subnetsOf(world, database))) return holds('', origins);
  const hidden = [own, other].flatMap((place) => place.hidden ?? []);
  return hidden.length > 0 || (own.vpcs.length > 0 && other.vpcs.length > 0)
    ? holds('', origins, [`${proxy.address} is assumed to be in the VPC of ${database.address}`])
    : undecided(`the VPC of ${proxy.address}, or of ${database.address}, is known after apply`, origins);
};

/** Two VPCs that this configuration makes, or two ids. Of one it makes and an id written down nobody can tell. */
const areTwo = (a: KnownVpc, b: KnownVpc): boolean => a.key !== b.key && a.kind === b.kind && a.kind !== 'reference';

const placeOf = (world: World, subnets: ListValue<string> | null, groups: ListValue<string>): Place => {
  const ids = [...(subnets === null ? [] : subnetVpcs(world, subnets)), ...groupVpcs(world, groups)];
  const vpcs = ids.flatMap((id) => vpcOf(world, id) ?? []);
  const distinct = [...new Map(vpcs.map((vpc) => [vpc.key, vpc])).values()];
  if (distinct.length > 0) return { vpcs: distinct, hidden: null };
  return { vpcs: [], hidden: isHidden(world, subnets) ? 'not in view' : null };
};

const subnetVpcs = (world: World, subnets: ListValue<string>): readonly Value<string>[] =>
  managedSubnets(world, subnets).map(({ vpcId }) => vpcId);

const groupVpcs = (world: World, groups: ListValue<string>): readonly Value<string>[] =>
  groups.items.flatMap((item) => {
    const join = world.findSecurityGroup(item);
    return join.kind === 'one' && join.entity.managed ? [join.entity.vpcId] : [];
  });

/** An id that is known after apply and that names no VPC in view tells nothing, unless one reference is all of it. */
const vpcOf = (world: World, id: Value<string>): KnownVpc | null => {
  const join = world.findVpc(id);
  if (join.kind === 'one') return vpcOfEntity(join.entity);
  if (join.kind === 'outside') return { kind: 'id', key: join.text, name: join.text };
  if (join.kind !== 'unknown' || join.trailEnds.length > 0) return null;
  const [reference, more] = join.references;
  if (reference === undefined || more !== undefined || reference.path === '' || reference.oneOf === true) return null;
  const key = `${reference.resource}.${reference.path}`;
  return { kind: 'reference', key, name: key };
};

const vpcOfEntity = (entity: Entity & { readonly vpcId: Value<string> }): KnownVpc => {
  const id = literal(entity.vpcId);
  if (id !== undefined) return { kind: 'id', key: id, name: entity.address };
  return { kind: entity.managed ? 'managed' : 'reference', key: entity.id, name: entity.address };
};

/** Literal ids and data sources name what exists elsewhere; no subnet group is the default one. */
const isHidden = (world: World, subnets: ListValue<string> | null): boolean =>
  subnets === null ||
  subnets.items
    .map((item) => world.findSubnet(item))
    .some((join) => join.kind === 'outside' || (join.kind === 'one' && !join.entity.managed));

/** Both come from the same expression, whatever it will be. */
const sameTrail = (a: ListValue<string>, b: ListValue<string> | null): boolean => {
  const trails = [a, b].map((list) => trailOf(list));
  return trails[0] !== '' && trails[0] === trails[1];
};

const trailOf = (list: ListValue<string> | null): string =>
  JSON.stringify(
    unique(
      (list?.items ?? []).flatMap((item) =>
        item.kind === 'unknown'
          ? [...item.references.map(({ resource, path }) => `${resource}.${path}`), ...item.trailEnds]
          : [],
      ),
    ),
  ).replace('[]', '');

/** Zones in which RDS Proxy is not to be had (fact 6.5). */
const zonesWithoutProxy = new Set(['use1-az3', 'usw1-az2']);

/** A proxy needs subnets in two zones, in a VPC that shares its hardware (fact 6.5). */
export const judgeSubnets = (world: World, proxy: Proxy): Judgement => {
  const { address } = proxy;
  const subnets = expandSubnets(world, proxy.subnets);
  if (!proxy.managed) return holds('', [subnets.origin]);
  const dedicated = subnetsIn(world, subnets).find((subnet) => dedicatedVpcOf(world, subnet));
  if (dedicated !== undefined) {
    const reason = `${address} is in ${dedicated.address}, whose VPC has instance_tenancy = "dedicated"`;
    return fails(reason, [subnets.origin, dedicated.vpcId.origin]);
  }
  if (subnets.complete && subnets.items.length <= 1) {
    const few = subnets.items.length === 1 ? 'one subnet' : 'no subnets';
    return fails(`${address} has ${few}; RDS Proxy needs subnets in two zones at least`, [subnets.origin]);
  }
  const { zones, complete } = zonesOf(world, subnets);
  if (zones.length > 1) return holds(`${address} has subnets in ${listWords(zones)}`, [subnets.origin]);
  if (!complete) return holds('', [subnets.origin], [twoZones(address)]);
  const reason = `all subnets of ${address} that RDS Proxy can use are in one zone${zones.length === 0 ? '' : `, ${zones[0]}`}; it needs two at least`;
  return fails(reason, [subnets.origin]);
};

/** Zones that RDS Proxy can use, and whether no subnet is in another. */
export const zonesOf = (
  world: World,
  subnets: ListValue<string>,
): { readonly zones: readonly string[]; readonly complete: boolean } => {
  const places = managedSubnets(world, subnets).map(zoneOf);
  return {
    zones: unique(places.filter((zone) => zone !== undefined)).filter((zone) => !zonesWithoutProxy.has(zone)),
    complete: subnets.complete && places.length === subnets.items.length && !places.includes(undefined),
  };
};

const subnetsIn = (world: World, subnets: ListValue<string>): readonly Subnet[] =>
  subnets.items.flatMap((item) => {
    const join = world.findSubnet(item);
    return join.kind === 'one' ? [join.entity] : [];
  });

/** What a data source computes is not what this configuration chose. */
const managedSubnets = (world: World, subnets: ListValue<string>): readonly Subnet[] =>
  subnetsIn(world, subnets).filter(({ managed }) => managed);

const twoZones = (address: string): string => `the subnets of ${address} are assumed to be in two zones at least`;

/** Ids and names of zones are two namings, of which the configuration knows one. */
const zoneOf = (subnet: Subnet): string | undefined => literal(subnet.zoneId) ?? literal(subnet.zone);

/** VPCs of its subnets that share their hardware with nobody. */
export const dedicatedVpcsOf = (world: World, proxy: Proxy): readonly Vpc[] =>
  subnetsIn(world, expandSubnets(world, proxy.subnets)).flatMap((subnet) => dedicatedVpcOf(world, subnet) ?? []);

const dedicatedVpcOf = (world: World, subnet: Subnet): Vpc | undefined => {
  const join = world.findVpc(subnet.vpcId);
  return join.kind === 'one' && literal(join.entity.tenancy) === 'dedicated' ? join.entity : undefined;
};
