import { every } from '../iam/tri.ts';
import type { Database, Proxy, SecurityGroup } from '../model/auth-model.ts';
import type { Judgement } from '../model/judgement.ts';
import type { ListValue } from '../model/value.ts';
import { fails, holds, listWords, undecided } from './judgement.ts';
import { type Direction, type Side, directionOpen, sideOf } from './reach.ts';
import { portOf } from './rule-ports.ts';
import type { World } from './world.ts';

/** Which direction is closed, and the groups between which a rule is missing: what the mend is made of. */
export type NetworkGap = {
  readonly direction: Direction;
  readonly group: SecurityGroup;
  readonly peer: SecurityGroup | undefined;
  readonly port: number | undefined;
  /** The other direction, from the peer, is closed as well. */
  readonly both: boolean;
};

export type NetworkJudgement = { readonly judgement: Judgement; readonly gap: NetworkGap | null };

/** Who connects to what, in the words of messages. */
type Ends = {
  readonly from: Side;
  readonly to: Side;
  readonly port: number | undefined;
  /** What the two are called where their groups have no address. */
  readonly fromName: string;
  readonly toName: string;
  /** Addresses, for what holds. */
  readonly fromAddress: string;
  readonly toAddress: string;
  readonly origins: Judgement['origins'];
};

/** Whether the security groups let a proxy reach its database on the database's port (facts 6.3 and 8.11). */
export const judgeNetwork = (world: World, proxy: Proxy, database: Database): NetworkJudgement =>
  judgeEnds(world, {
    from: sideOf(world, proxy.securityGroups, expandSubnets(world, proxy.subnets)),
    to: sideOf(world, database.securityGroups, subnetsOf(world, database)),
    port: portOf(database),
    fromName: 'the proxy',
    toName: 'the database',
    fromAddress: proxy.address,
    toAddress: database.address,
    origins: [proxy.securityGroups.origin, database.securityGroups.origin],
  });

export const judgeEnds = (world: World, ends: Ends): NetworkJudgement => {
  const { from, to, port, fromName, toName } = ends;
  const leaving = `${fromName}'s security groups are not in view and are assumed to let it out to ${toName}`;
  const entering = `${toName}'s security groups are not in view and are assumed to let ${fromName} in`;
  const egress = directionOpen(world, 'egress', from, to, port, leaving);
  const ingress = directionOpen(world, 'ingress', to, from, port, entering);
  const answer = every([egress.open, ingress.open]);
  const both = egress.open === false && ingress.open === false;
  if (answer === false) return closed(egress.open === false ? 'egress' : 'ingress', both, ends);
  if (answer === 'unknown') {
    return {
      judgement: undecided(
        `a security group or rule between ${bare(fromName)} and ${bare(toName)} is known after apply`,
        ends.origins,
      ),
      gap: null,
    };
  }
  const where = port === undefined ? '' : ` on port ${port}`;
  return {
    judgement: holds(`${ends.fromAddress} reaches ${ends.toAddress}${where}`, ends.origins, [
      ...egress.assumptions,
      ...ingress.assumptions,
    ]),
    gap: null,
  };
};

const bare = (name: string): string => name.replace(/^the /, '');

const closed = (direction: Direction, both: boolean, { from, to, port, fromName, toName }: Ends): NetworkJudgement => {
  const [own, other] = direction === 'egress' ? [from, to] : [to, from];
  const group = own.groups[0];
  const names = listWords(own.groups.map(({ address }) => address));
  const peers = listWords(other.groups.map(({ address }) => address)) || (direction === 'egress' ? toName : fromName);
  const way = direction === 'egress' ? 'out to' : 'in from';
  const where = port === undefined ? 'on the port' : `on port ${port},`;
  const words = `${names} lets nothing ${way} ${peers} ${where} where ${toName} listens`;
  const judgement = fails(
    words,
    own.groups.map(({ origin }) => origin),
  );
  return { judgement, gap: group === undefined ? null : { direction, group, peer: other.groups[0], port, both } };
};

/** The list of a subnet group, or one element of it. */
const groupList = /^subnet_ids(\[\d+\])?$/;

/** A list of subnets, or the list of a subnet group that stands for it, as it is written. */
export const expandSubnets = (world: World, subnets: ListValue<string>): ListValue<string> => {
  const paths = subnets.items.flatMap((item) =>
    item.kind === 'unknown' ? (item.references.find(({ path }) => groupList.test(path))?.path ?? []) : [],
  );
  if (paths.length === 0 || paths.length !== subnets.items.length) return subnets;
  const joins = subnets.items.map((item) => world.findSubnetGroup(item));
  const groups = joins.map((join) => (join.kind === 'one' ? join.entity : null));
  const [group] = groups;
  if (!group || !groups.every((other) => other === group)) return subnets;
  // Of a list that is taken element by element, all of them must be there.
  const isWhole = paths.includes('subnet_ids') || new Set(paths).size === group.subnets.items.length;
  return isWhole ? group.subnets : subnets;
};

/** The subnets of a database, where its subnet group is in view. */
export const subnetsOf = (world: World, database: Database): ListValue<string> | null => {
  const join = world.findSubnetGroup(database.subnetGroup);
  return join.kind === 'one' ? join.entity.subnets : null;
};
