import type { GlobalCluster } from '../../model/auth-model.ts';
import type { GraphResource } from '../../terraform/graph.ts';
import { argument, viewOf } from '../../terraform/values.ts';
import { type Adapter, entityOf } from '../shared/adapter.ts';
import { lowerCase } from './database-values.ts';

const adaptGlobal = (resource: GraphResource): GlobalCluster => {
  const view = viewOf(resource);
  return {
    ...entityOf(resource),
    identifier: argument(view, resource.mode === 'data' ? 'identifier' : 'global_cluster_identifier'),
    engine: lowerCase(argument(view, 'engine')),
  };
};

export const rdsGlobalCluster: Adapter = {
  types: ['aws_rds_global_cluster'],
  adapt: ({ graph }) => ({
    globalClusters: (['managed', 'data'] as const)
      .flatMap((mode) => graph.ofType('aws_rds_global_cluster', mode))
      .map(adaptGlobal),
  }),
};
