import type { PrefixList } from '../../model/auth-model.ts';
import type { GraphResource } from '../../terraform/graph.ts';
import { argument, attribute, blocksOf, originOf, viewOf } from '../../terraform/values.ts';
import { type Adapter, entityOf } from '../shared/adapter.ts';
import { type Owner, type Part, listOf, ownPartsOf, withParts } from '../shared/parts.ts';

const ownerOf = (resource: GraphResource): Owner => ({
  id: resource.id,
  types: ['aws_ec2_managed_prefix_list'],
  paths: ['id'],
  texts: [attribute(viewOf(resource), 'id')],
});

const adaptList = (resource: GraphResource, parts: readonly Part[]): PrefixList => {
  const view = viewOf(resource);
  // The provider fills in what nothing sets, and a first plan cannot tell that from a `dynamic` block: incomplete.
  const { blocks, complete } = blocksOf(view, resource.mode === 'data' ? 'entries' : 'entry');
  const own = listOf(
    blocks.map((block) => argument(block, 'cidr')),
    originOf(view),
  );
  return {
    ...entityOf(resource),
    listId: attribute(view, 'id'),
    ranges: withParts({ ...own, complete }, ownerOf(resource), parts),
  };
};

const partOf = (resource: GraphResource): Part => {
  const view = viewOf(resource);
  return { owner: argument(view, 'prefix_list_id'), value: argument(view, 'cidr') };
};

/** An entry of a list out of view, which holds at least this. */
const adaptEntry = (resource: GraphResource): PrefixList => {
  const { owner, value } = partOf(resource);
  const ranges = listOf([value], originOf(viewOf(resource)));
  return { ...entityOf(resource), listId: owner, ranges: { ...ranges, complete: false } };
};

export const managedPrefixList: Adapter = {
  types: ['aws_ec2_managed_prefix_list', 'aws_ec2_managed_prefix_list_entry'],
  adapt: ({ graph }) => {
    const lists = (['managed', 'data'] as const).flatMap((mode) => graph.ofType('aws_ec2_managed_prefix_list', mode));
    const entries = graph.ofType('aws_ec2_managed_prefix_list_entry');
    const parts = entries.map(partOf);
    const owners = lists.map(ownerOf);
    const isOfNone = (entry: GraphResource): boolean =>
      owners.every((owner) => ownPartsOf(owner, [partOf(entry)]).length === 0);
    return {
      prefixLists: [...lists.map((list) => adaptList(list, parts)), ...entries.filter(isOfNone).map(adaptEntry)],
    };
  },
};
