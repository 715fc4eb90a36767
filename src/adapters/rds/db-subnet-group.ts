import type { SubnetGroup } from '../../model/auth-model.ts';
import type { GraphResource } from '../../terraform/graph.ts';
import { attribute, listArgument, viewOf } from '../../terraform/values.ts';
import { type Adapter, entityOf } from '../shared/adapter.ts';

const adaptGroup = (resource: GraphResource): SubnetGroup => {
  const view = viewOf(resource);
  return {
    ...entityOf(resource),
    name: attribute(view, 'name'),
    subnets: listArgument(view, 'subnet_ids'),
    vpcId: attribute(view, 'vpc_id'),
  };
};

export const dbSubnetGroup: Adapter = {
  types: ['aws_db_subnet_group'],
  adapt: ({ graph }) => ({
    subnetGroups: (['managed', 'data'] as const)
      .flatMap((mode) => graph.ofType('aws_db_subnet_group', mode))
      .map(adaptGroup),
  }),
};
