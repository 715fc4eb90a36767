import type { Alias, Vpc } from '../../model/auth-model.ts';
import { type ListValue, type Value, literal } from '../../model/value.ts';
import type { GraphResource, ResourceGraph } from '../../terraform/graph.ts';
import { type View, argument, attribute, blocksOf, booleanArgument, originOf, viewOf } from '../../terraform/values.ts';
import { type Adapter, entityOf } from '../shared/adapter.ts';
import { type Owner, type Part, listOf, ownPartsOf, withParts } from '../shared/parts.ts';

/** Whether AWS, or a pool, is asked to choose an IPv6 block. */
const asksForIpv6 = (view: View): boolean => {
  const generated = booleanArgument(view, 'assign_generated_ipv6_cidr_block');
  return (
    generated.kind === 'unknown' || literal(generated) === true || argument(view, 'ipv6_ipam_pool_id').kind !== 'absent'
  );
};

/** What nothing asks for does not come, although the plan calls it unknown. */
const ipv6Range = (view: View): Value<string> => {
  const range = argument(view, 'ipv6_cidr_block');
  return range.kind === 'absent' && asksForIpv6(view) ? attribute(view, 'ipv6_cidr_block') : range;
};

/** A data source lists the blocks that were added to the first one. */
const rangesOf = (view: View): ListValue<string> => {
  const { blocks, complete } = blocksOf(view, 'cidr_block_associations');
  const ranges = [attribute(view, 'cidr_block'), ...blocks.map((block) => argument(block, 'cidr_block'))];
  const texts = new Set<string>();
  const distinct = ranges.filter((range) => range.kind !== 'known' || texts.size < texts.add(range.value).size);
  return { ...listOf([...distinct, ipv6Range(view)], originOf(view)), complete };
};

const vpcTypes = ['aws_vpc', 'aws_default_vpc'];

const ownerOf = (resource: GraphResource): Owner => ({
  id: resource.id,
  types: vpcTypes,
  paths: ['id'],
  texts: [attribute(viewOf(resource), 'id')],
});

const adaptVpc = (resource: GraphResource, associations: readonly Part[]): Vpc => {
  const view = viewOf(resource);
  return {
    ...entityOf(resource),
    vpcId: attribute(view, 'id'),
    tenancy: argument(view, 'instance_tenancy'),
    ranges: withParts(rangesOf(view), ownerOf(resource), associations),
  };
};

/** `default_security_group_id` stands for the id of the resource that keeps the group's rules. */
const defaultGroupsOf = (resource: GraphResource, groups: readonly Part[]): readonly Alias[] =>
  ownPartsOf(ownerOf(resource), groups).map((value) => ({
    resource: resource.id,
    path: 'default_security_group_id',
    value,
  }));

const partsIn = (graph: ResourceGraph, type: string, name: string): readonly Part[] =>
  graph
    .ofType(type)
    .map(viewOf)
    .map((view) => ({ owner: argument(view, 'vpc_id'), value: attribute(view, name) }));

const associationTypes = {
  aws_vpc_ipv4_cidr_block_association: 'cidr_block',
  aws_vpc_ipv6_cidr_block_association: 'ipv6_cidr_block',
} as const;

export const vpc: Adapter = {
  types: [...vpcTypes, ...Object.keys(associationTypes), 'aws_default_security_group'],
  adapt: ({ graph }) => {
    const associations = Object.entries(associationTypes).flatMap(([type, name]) => partsIn(graph, type, name));
    const defaultGroups = partsIn(graph, 'aws_default_security_group', 'id');
    const managed = vpcTypes.flatMap((type) => graph.ofType(type));
    return {
      vpcs: [...managed, ...graph.ofType('aws_vpc', 'data')].map((resource) => adaptVpc(resource, associations)),
      aliases: managed.flatMap((resource) => defaultGroupsOf(resource, defaultGroups)),
    };
  },
};
