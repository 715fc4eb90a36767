import { describe, expect, test } from '@jest/globals';
import { adaptFile, renderAlias, testRows } from '../adapt-plan.test-support.ts';

describe('cluster instances of a first plan', () => {
  /** Nothing but the required arguments is set. */
  const empty = {
    judged: true,
    managed: true,
    origin: '@',
    clusterIdentifier: 'known("legacy")@cluster_identifier',
    instanceClass: 'known("db.r6g.large")@instance_class',
    resourceId: 'unknown(.dbi_resource_id)=${.dbi_resource_id}@dbi_resource_id',
    host: 'unknown(.endpoint)=${.endpoint}@endpoint',
    publiclyAccessible: 'absent@publicly_accessible',
  };

  testRows(adaptFile('rds-cluster/plan.json').model.clusterInstances, empty, [
    ['empty resource', 'aws_rds_cluster_instance.empty', {}],
    [
      'reference through each.value',
      'aws_rds_cluster_instance.reference["one"]',
      {
        publiclyAccessible: 'known(true)@publicly_accessible',
        clusterIdentifier:
          'unknown(one of aws_rds_cluster.empty.id, one of aws_rds_cluster.known.id)@cluster_identifier',
      },
    ],
    [
      'reference through each.value',
      'aws_rds_cluster_instance.reference["two"]',
      {
        publiclyAccessible: 'known(true)@publicly_accessible',
        clusterIdentifier:
          'unknown(one of aws_rds_cluster.empty.id, one of aws_rds_cluster.known.id)@cluster_identifier',
      },
    ],
    [
      'unknown',
      'aws_rds_cluster_instance.unknown',
      {
        publiclyAccessible: 'unknown(terraform_data.later.output)@publicly_accessible',
        clusterIdentifier: 'unknown(terraform_data.later.output)@cluster_identifier',
        instanceClass: 'unknown(terraform_data.later.output)@instance_class',
      },
    ],
  ]);
});

test('an instance names its cluster', () => {
  expect(adaptFile('rds-cluster/plan.json').model.aliases.map(renderAlias)).toEqual([
    'aws_rds_cluster_instance.empty.cluster_identifier = known("legacy")@cluster_identifier',
    'aws_rds_cluster_instance.reference["one"].cluster_identifier = unknown(one of aws_rds_cluster.empty.id, one of aws_rds_cluster.known.id)@cluster_identifier',
    'aws_rds_cluster_instance.reference["two"].cluster_identifier = unknown(one of aws_rds_cluster.empty.id, one of aws_rds_cluster.known.id)@cluster_identifier',
    'aws_rds_cluster_instance.unknown.cluster_identifier = unknown(terraform_data.later.output)@cluster_identifier',
  ]);
});
