import type { Client } from '../../model/auth-model.ts';
import { type ListValue, type Origin, type Tri, absent, literal } from '../../model/value.ts';
import type { GraphResource, ResourceGraph } from '../../terraform/graph.ts';
import { type Blocks, argument, attribute, viewOf } from '../../terraform/values.ts';

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

/** Resources of a type, and those data sources that read something else, by the argument that names it. */
export const distinctOf = (
  graph: ResourceGraph,
  type: string,
  name: string,
  nameOfOwn: string,
): readonly GraphResource[] => {
  const managed = graph.ofType(type);
  const names = new Set(managed.flatMap((resource) => literal(attribute(viewOf(resource), nameOfOwn)) ?? []));
  const readsManaged = (data: GraphResource): boolean => {
    const value = argument(viewOf(data), name);
    if (value.kind !== 'unknown') return value.kind === 'known' && names.has(value.value);
    return value.references.some(({ resource }) => {
      const found = graph.byId(resource);
      return found?.type === type && found.mode === 'managed';
    });
  };
  return [...managed, ...graph.ofType(type, 'data').filter((data) => !readsManaged(data))];
};
