import { describe } from '@jest/globals';
import { adaptFile, testRows } from '../adapt-plan.test-support.ts';

describe('global clusters of a first plan', () => {
  /** Nothing but the required arguments is set. */
  const empty = {
    judged: true,
    managed: true,
    origin: '@',
    identifier: 'known("worldwide")@global_cluster_identifier',
    engine: 'absent@engine',
  };

  testRows(adaptFile('rds-group/plan.json').model.globalClusters, empty, [
    ['empty resource', 'aws_rds_global_cluster.empty', {}],
    [
      'reference',
      'aws_rds_global_cluster.reference',
      {
        identifier: 'unknown(aws_rds_global_cluster.unknown.global_cluster_identifier)@global_cluster_identifier',
        engine: 'known("aurora-postgresql")@engine',
      },
    ],
    [
      'unknown',
      'aws_rds_global_cluster.unknown',
      {
        identifier: 'unknown(terraform_data.later.output)@global_cluster_identifier',
        engine: 'unknown(terraform_data.later.output)@engine',
      },
    ],
    [
      'data source, known',
      'data.aws_rds_global_cluster.known',
      { managed: false, identifier: 'known("worldwide")@identifier' },
    ],
    [
      'data source, later',
      'data.aws_rds_global_cluster.later',
      {
        managed: false,
        identifier: 'unknown(terraform_data.later.output)@identifier',
        engine: 'unknown(.engine)=${.engine}@engine',
      },
    ],
  ]);
});
