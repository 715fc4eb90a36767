import { absent } from '../../model/value.ts';
import { argument, attribute, listArgument, originOf, viewOf } from '../../terraform/values.ts';
import { type Adapter, entityOf } from '../shared/adapter.ts';
import { locationOf } from '../shared/location.ts';

export const dbProxyEndpoint: Adapter = {
  types: ['aws_db_proxy_endpoint'],
  adapt: ({ graph }) => ({
    proxyEndpoints: graph.ofType('aws_db_proxy_endpoint').map((resource) => {
      const view = viewOf(resource);
      return {
        ...entityOf(resource),
        region: locationOf(graph, resource, absent(originOf(view))).region,
        proxyName: argument(view, 'db_proxy_name'),
        targetRole: argument(view, 'target_role'),
        host: attribute(view, 'endpoint'),
        securityGroups: listArgument(view, 'vpc_security_group_ids'),
        subnets: listArgument(view, 'vpc_subnet_ids'),
      };
    }),
  }),
};
