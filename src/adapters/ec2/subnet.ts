import type { Subnet } from '../../model/auth-model.ts';
import type { GraphResource } from '../../terraform/graph.ts';
import { argument, attribute, originOf, viewOf } from '../../terraform/values.ts';
import { type Adapter, entityOf } from '../shared/adapter.ts';
import { listOf } from '../shared/parts.ts';

const adaptSubnet = (resource: GraphResource): Subnet => {
  const view = viewOf(resource);
  return {
    ...entityOf(resource),
    subnetId: attribute(view, 'id'),
    arn: attribute(view, 'arn'),
    // A default subnet is in the default VPC, which it names only once it is read.
    vpcId: attribute(view, 'vpc_id'),
    zone: attribute(view, 'availability_zone'),
    zoneId: attribute(view, 'availability_zone_id'),
    ranges: listOf([attribute(view, 'cidr_block'), argument(view, 'ipv6_cidr_block')], originOf(view)),
  };
};

export const subnet: Adapter = {
  types: ['aws_subnet', 'aws_default_subnet'],
  adapt: ({ graph }) => ({
    subnets: [
      ...graph.ofType('aws_subnet'),
      ...graph.ofType('aws_default_subnet'),
      ...graph.ofType('aws_subnet', 'data'),
    ].map(adaptSubnet),
  }),
};
