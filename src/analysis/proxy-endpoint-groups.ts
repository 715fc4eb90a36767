import type { Proxy, ProxyEndpoint } from '../model/auth-model.ts';
import type { Judgement } from '../model/judgement.ts';
import { inModuleOf, reachNote } from './expressions.ts';
import { inRegion } from './join.ts';
import { fails, holds, undecided } from './judgement.ts';
import { addTo, freeName, lastName, step, steps } from './mend-blocks.ts';
import type { World } from './world.ts';

/** An endpoint without security groups of its own gets the default one of the VPC (fact 6.7). */
export const judgeOwnGroups = (world: World, endpoint: ProxyEndpoint): Judgement => {
  const { address, choosesGroups, securityGroups } = endpoint;
  const origins = [securityGroups.origin];
  if (choosesGroups === true) return holds(`${address} sets vpc_security_group_ids`, origins);
  const own = securityGroups.items.some((group) => {
    const join = world.findSecurityGroup(group);
    return join.kind === 'one' && !/(^|\.)aws_default_security_group\./.test(join.entity.address);
  });
  if (own) return holds(`${address} has a security group in view`, origins);
  return choosesGroups === false
    ? fails(`${address} sets no vpc_security_group_ids, so that AWS gives it the default group of the VPC`, origins)
    : undecided(`whether ${address} has the default security group of the VPC is known after apply`, origins);
};

/** The groups of its proxy are those that its clients reach already. */
export const ownGroupsMend = (world: World, { address, proxyName, region }: ProxyEndpoint): string => {
  const join = inRegion(world.findProxy(proxyName), region);
  if (join.kind !== 'one') return `In ${address} write the security groups of its proxy as vpc_security_group_ids.`;
  const proxy = join.entity.address;
  if (choosesNone(join.entity)) return bothMend(world, address, join.entity);
  return step(`In ${address} write${reachNote(address, proxy, 'vpc_security_group_ids')}`, [
    `vpc_security_group_ids = ${inModuleOf(address, proxy)}.vpc_security_group_ids`,
  ]);
};

const choosesNone = ({ id, securityGroups: { items } }: Proxy): boolean =>
  items.every((item) => item.kind === 'unknown' && item.references.every(({ resource }) => resource === id));

/** A proxy that chooses none has the default group itself, and would pass it on. */
const bothMend = (world: World, address: string, proxy: Proxy): string => {
  const name = freeName(world.model.securityGroups, 'aws_security_group', lastName(proxy.address));
  const groups = [`vpc_security_group_ids = [aws_security_group.${name}.id]`];
  return steps(
    step(
      `${addTo(proxy.address)}, with vpc_id of the VPC of the proxy and the rules that clients and the database need`,
      [`resource "aws_security_group" "${name}" {`, `  name = "${name}"`, '}'],
    ),
    step(`and in ${proxy.address}, which has the default group too, write`, groups),
    step(`and in ${address} write${reachNote(address, proxy.address, 'security group')}`, groups),
  );
};
