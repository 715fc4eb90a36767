import type { Database, Proxy } from '../model/auth-model.ts';
import { inModuleOf, reachNote } from './expressions.ts';
import { listWords } from './judgement.ts';
import { step } from './mend-blocks.ts';
import { expandSubnets, subnetsOf } from './network.ts';
import { dedicatedVpcsOf, judgeSameVpc, zonesOf } from './placement.ts';
import type { World } from './world.ts';

/** What to write where a proxy is in another VPC than its target, in a dedicated one, or in one zone alone. */
export const placementMend = (world: World, proxy: Proxy, database: Database | null): string => {
  if (database !== null && judgeSameVpc(world, proxy, database).holds === false) {
    return otherVpcMend(world, proxy, database);
  }
  const [dedicated] = dedicatedVpcsOf(world, proxy);
  if (dedicated !== undefined) {
    return dedicated.managed
      ? step(`In ${dedicated.address} write`, ['instance_tenancy = "default"'])
      : `${dedicated.address} is dedicated: set its tenancy to default where it is made.`;
  }
  const subnets = database === null ? null : subnetsOf(world, database);
  if (database !== null && subnets !== null && zonesOf(world, subnets).zones.length > 1) {
    return subnetsStep(world, proxy, database) ?? '';
  }
  const { zones } = zonesOf(world, expandSubnets(world, proxy.subnets));
  const other = zones.length === 0 ? '' : `, in another zone than ${listWords(zones)}`;
  return `Add a subnet of the same VPC${other}, to vpc_subnet_ids of ${proxy.address}.`;
};

const otherVpcMend = (world: World, proxy: Proxy, database: Database): string =>
  [
    subnetsStep(world, proxy, database) ??
      `Name subnets of the VPC of ${database.address}, in two zones, in vpc_subnet_ids of ${proxy.address}; Terraform then replaces the proxy.`,
    `Security groups in its vpc_security_group_ids must be of that VPC too.`,
  ].join('\n');

/** The subnets of the database serve the proxy as well. */
const subnetsStep = (world: World, proxy: Proxy, database: Database): string | null => {
  const group = world.findSubnetGroup(database.subnetGroup);
  if (group.kind !== 'one') return null;
  const { address } = group.entity;
  return step(
    `In ${proxy.address} write (Terraform then replaces the proxy)${reachNote(proxy.address, address, 'subnet_ids')}`,
    [`vpc_subnet_ids = ${inModuleOf(proxy.address, address)}.subnet_ids`],
  );
};
