import { absent } from '../../model/value.ts';
import { argument, originOf, viewOf } from '../../terraform/values.ts';
import { type Adapter, entityOf } from '../shared/adapter.ts';
import { locationOf } from '../shared/location.ts';

export const dbProxyTarget: Adapter = {
  types: ['aws_db_proxy_target', 'aws_db_proxy_default_target_group'],
  adapt: ({ graph }) => {
    const proxyTargets = graph.ofType('aws_db_proxy_target').map((resource) => {
      const view = viewOf(resource);
      return {
        ...entityOf(resource),
        region: locationOf(graph, resource, absent(originOf(view))).region,
        proxyName: argument(view, 'db_proxy_name'),
        instanceIdentifier: argument(view, 'db_instance_identifier'),
        clusterIdentifier: argument(view, 'db_cluster_identifier'),
      };
    });
    // `db_proxy_name` is often taken from the target group, to order the two.
    const aliases = [...graph.ofType('aws_db_proxy_default_target_group'), ...graph.ofType('aws_db_proxy_target')].map(
      (resource) => ({
        resource: resource.id,
        path: 'db_proxy_name',
        value: argument(viewOf(resource), 'db_proxy_name'),
      }),
    );
    return { proxyTargets, aliases };
  },
};
