import { describe, expect, test } from '@jest/globals';
import { adaptFile, renderAlias, testRows } from '../adapt-plan.test-support.ts';

describe('targets of a first plan', () => {
  /** Nothing but the required arguments is set. */
  const empty = {
    judged: true,
    managed: true,
    origin: '@',
    region: 'known("eu-west-1")@region',
    proxyName: 'known("legacy")@db_proxy_name',
    instanceIdentifier: 'absent@db_instance_identifier',
    clusterIdentifier: 'absent@db_cluster_identifier',
  };

  testRows(adaptFile('db-proxy-target/plan.json').model.proxyTargets, empty, [
    ['empty resource', 'aws_db_proxy_target.empty', {}],
    [
      '"" in the configuration, and a splat',
      'aws_db_proxy_target.empty_string',
      {
        proxyName: 'unknown(aws_db_proxy.a.id)@db_proxy_name',
        clusterIdentifier: 'unknown(aws_rds_cluster.a)@db_cluster_identifier',
      },
    ],
    [
      'reference',
      'aws_db_proxy_target.reference',
      {
        proxyName: 'unknown(aws_db_proxy_default_target_group.reference.db_proxy_name)@db_proxy_name',
        instanceIdentifier: 'unknown(aws_db_instance.a.identifier)@db_instance_identifier',
      },
    ],
    [
      'unknown',
      'aws_db_proxy_target.unknown',
      {
        proxyName: 'unknown(terraform_data.later.output)@db_proxy_name',
        instanceIdentifier: 'unknown(terraform_data.later.output)@db_instance_identifier',
        clusterIdentifier: 'unknown(terraform_data.later.output)@db_cluster_identifier',
      },
    ],
  ]);
});

test('targets and target groups name their proxy', () => {
  expect(adaptFile('db-proxy-target/plan.json').model.aliases.map(renderAlias)).toEqual([
    'aws_db_proxy_default_target_group.empty.db_proxy_name = known("legacy")@db_proxy_name',
    'aws_db_proxy_default_target_group.reference.db_proxy_name = unknown(aws_db_proxy.a.name)@db_proxy_name',
    'aws_db_proxy_target.empty.db_proxy_name = known("legacy")@db_proxy_name',
    'aws_db_proxy_target.empty_string.db_proxy_name = unknown(aws_db_proxy.a.id)@db_proxy_name',
    'aws_db_proxy_target.reference.db_proxy_name = unknown(aws_db_proxy_default_target_group.reference.db_proxy_name)@db_proxy_name',
    'aws_db_proxy_target.unknown.db_proxy_name = unknown(terraform_data.later.output)@db_proxy_name',
  ]);
});
