import type { ParameterGroup } from '../../model/auth-model.ts';
import type { GraphResource } from '../../terraform/graph.ts';
import { argument, attribute, blocksOf, originOf, viewOf } from '../../terraform/values.ts';
import { type Adapter, entityOf } from '../shared/adapter.ts';
import { lowerCase } from './database-values.ts';

/** A data source shows the group without any parameter. */
const adaptGroup = (resource: GraphResource, kind: ParameterGroup['kind']): ParameterGroup => {
  const view = viewOf(resource);
  const { blocks, complete } = blocksOf(view, 'parameter');
  return {
    ...entityOf(resource),
    kind,
    name: attribute(view, 'name'),
    family: argument(view, 'family'),
    parameters: blocks.map((block) => ({
      origin: originOf(block),
      name: lowerCase(argument(block, 'name')),
      value: argument(block, 'value'),
    })),
    complete: complete && resource.mode === 'managed',
  };
};

const groupTypes = { instance: 'aws_db_parameter_group', cluster: 'aws_rds_cluster_parameter_group' } as const;

export const parameterGroup: Adapter = {
  types: Object.values(groupTypes),
  adapt: ({ graph }) => ({
    parameterGroups: (['instance', 'cluster'] as const).flatMap((kind) =>
      (['managed', 'data'] as const).flatMap((mode) =>
        graph.ofType(groupTypes[kind], mode).map((resource) => adaptGroup(resource, kind)),
      ),
    ),
  }),
};
