import { argument, attribute, booleanArgument, viewOf } from '../../terraform/values.ts';
import { type Adapter, entityOf } from '../shared/adapter.ts';

export const rdsClusterInstance: Adapter = {
  types: ['aws_rds_cluster_instance'],
  adapt: ({ graph }) => {
    const clusterInstances = graph.ofType('aws_rds_cluster_instance').map((resource) => {
      const view = viewOf(resource);
      return {
        ...entityOf(resource),
        clusterIdentifier: argument(view, 'cluster_identifier'),
        instanceClass: argument(view, 'instance_class'),
        publiclyAccessible: booleanArgument(view, 'publicly_accessible'),
        resourceId: attribute(view, 'dbi_resource_id'),
        host: attribute(view, 'endpoint'),
      };
    });
    const aliases = clusterInstances.map((instance) => ({
      resource: instance.id,
      path: 'cluster_identifier',
      value: instance.clusterIdentifier,
    }));
    return { clusterInstances, aliases };
  },
};
