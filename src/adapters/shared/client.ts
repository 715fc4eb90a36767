import type { Client } from '../../model/auth-model.ts';
import { type ListValue, type Origin, type Tri, absent } from '../../model/value.ts';
import type { GraphResource, ResourceGraph } from '../../terraform/graph.ts';
import type { Blocks } from '../../terraform/values.ts';

export const noList = (origin: Origin): ListValue<string> => ({ items: [], complete: true, origin });

export const unseenList = (origin: Origin): ListValue<string> => ({ items: [], complete: false, origin });

type Surroundings = Pick<Client, 'executionRole' | 'securityGroups' | 'subnets' | 'inVpc' | 'hosts' | 'ports'>;

/** What runs in a pod, of which no configuration shows more than its role. */
export const podSurroundings = (origin: Origin): Surroundings => ({
  executionRole: absent(origin),
  securityGroups: unseenList(origin),
  subnets: unseenList(origin),
  inVpc: false,
  hosts: unseenList(origin),
  ports: [],
});

/** Whether a block puts a client into a VPC, with groups of its own. */
export const isInVpc = ({ blocks, complete }: Blocks, groups: ListValue<string>): Tri => {
  if (blocks.length === 0) return complete ? false : 'unknown';
  if (groups.items.length > 0) return true;
  return groups.complete ? false : 'unknown';
};

/** Resources and data sources of a type. */
export const bothModes = (graph: ResourceGraph, type: string): readonly GraphResource[] => [
  ...graph.ofType(type),
  ...graph.ofType(type, 'data'),
];
