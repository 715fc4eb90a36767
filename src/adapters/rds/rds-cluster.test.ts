import { describe } from '@jest/globals';
import { adaptFile, testRows } from '../adapt-plan.test-support.ts';

describe('clusters of a first plan', () => {
  /** What a plan says of a cluster of which only the required argument is set. */
  const empty = {
    judged: true,
    managed: true,
    origin: '@',
    region: 'known("eu-west-1")@region',
    account: 'absent@arn',
    kind: 'cluster',
    identifier: 'unknown(.cluster_identifier)=${.cluster_identifier}@cluster_identifier',
    resourceId: 'unknown(.cluster_resource_id)=${.cluster_resource_id}@cluster_resource_id',
    arn: 'unknown(.arn)=${.arn}@arn',
    legacyId: 'unknown(.id)=${.id}@id',
    legacyIdMeans: 'identifier',
    engine: 'known("aurora-mysql")@engine',
    engineVersion: 'absent@engine_version',
    engineMode: 'known("provisioned")@engine_mode',
    scalabilityType: 'absent@cluster_scalability_type',
    instanceClass: 'absent@db_cluster_instance_class',
    port: 'absent@port',
    iamEnabled: 'absent@iam_database_authentication_enabled',
    masterUser: 'absent@master_username',
    restoredFrom: 'absent@snapshot_identifier',
    replicaOf: 'absent@replication_source_identifier',
    kerberosDomain: 'absent@domain',
    masterSecretArn: 'unknown()@master_user_secret',
    securityGroups: ['incomplete@vpc_security_group_ids'],
  };

  testRows(adaptFile('rds-cluster/plan.json').model.databases, empty, [
    ['empty resource', 'aws_rds_cluster.empty', {}],
    [
      '"" in the configuration',
      'aws_rds_cluster.empty_strings',
      { engine: 'known("mysql")@engine', engineMode: 'absent@engine_mode' },
    ],
    [
      'known',
      'aws_rds_cluster.known',
      {
        identifier: 'known("orders")@cluster_identifier',
        engine: 'known("aurora-postgresql")@engine',
        engineVersion: 'known("17.4")@engine_version',
        scalabilityType: 'known("standard")@cluster_scalability_type',
        port: 'known(6543)@port',
        iamEnabled: 'known(false)@iam_database_authentication_enabled',
        masterUser: 'known("master")@master_username',
        securityGroups: ['complete@vpc_security_group_ids'],
      },
    ],
    [
      'reference',
      'aws_rds_cluster.reference',
      {
        identifier: 'unknown(aws_rds_cluster.empty.cluster_identifier)@cluster_identifier',
        engine: 'known("aurora-postgresql")@engine',
        restoredFrom: 'known("restore_to_point_in_time")@restore_to_point_in_time',
        replicaOf: 'unknown(aws_rds_cluster.known.arn)@replication_source_identifier',
        securityGroups: [
          'unknown(aws_security_group.a.id)@vpc_security_group_ids[0]',
          'complete@vpc_security_group_ids',
        ],
      },
    ],
    [
      'unknown',
      'aws_rds_cluster.unknown',
      {
        identifier: 'unknown(terraform_data.later.output)@cluster_identifier',
        engine: 'unknown(terraform_data.later.output)@engine',
        engineVersion: 'unknown(terraform_data.later.output)@engine_version',
        engineMode: 'unknown(terraform_data.later.output)@engine_mode',
        scalabilityType: 'unknown(terraform_data.later.output)@cluster_scalability_type',
        instanceClass: 'unknown(terraform_data.later.output)@db_cluster_instance_class',
        port: 'unknown(terraform_data.later.output)@port',
        iamEnabled: 'unknown(terraform_data.later.output)@iam_database_authentication_enabled',
        masterUser: 'unknown(terraform_data.later.output)@master_username',
        restoredFrom: 'unknown(terraform_data.later.output)@snapshot_identifier',
        replicaOf: 'unknown(terraform_data.later.output)@replication_source_identifier',
        kerberosDomain: 'unknown(terraform_data.later.output)@domain',
        securityGroups: [
          'unknown(terraform_data.later.output)@vpc_security_group_ids',
          'incomplete@vpc_security_group_ids',
        ],
      },
    ],
    [
      'data source, later',
      'data.aws_rds_cluster.later',
      {
        managed: false,
        identifier: 'unknown(aws_rds_cluster.empty.cluster_identifier)@cluster_identifier',
        engine: 'unknown(.engine)=${.engine}@engine',
        engineVersion: 'unknown(.engine_version)=${.engine_version}@engine_version',
        engineMode: 'unknown(.engine_mode)=${.engine_mode}@engine_mode',
        scalabilityType: 'unknown(.cluster_scalability_type)=${.cluster_scalability_type}@cluster_scalability_type',
        port: 'unknown(.port)=${.port}@port',
        iamEnabled:
          'unknown(.iam_database_authentication_enabled)=${.iam_database_authentication_enabled}@iam_database_authentication_enabled',
        masterUser: 'unknown(.master_username)=${.master_username}@master_username',
        restoredFrom: 'absent@',
        replicaOf:
          'unknown(.replication_source_identifier)=${.replication_source_identifier}@replication_source_identifier',
        securityGroups: ['unknown()@vpc_security_group_ids', 'incomplete@vpc_security_group_ids'],
      },
    ],
    [
      'data source, known',
      'data.aws_rds_cluster.known',
      {
        managed: false,
        account: 'known("123456789012")@arn',
        identifier: 'known("legacy")@cluster_identifier',
        resourceId: 'known("cluster-4QPIKGR7OEK5WZ5GX76VZPT7WT")@cluster_resource_id',
        arn: 'known("arn:aws:rds:eu-west-1:123456789012:cluster:legacy")@arn',
        legacyId: 'known("legacy")@id',
        engine: 'known("aurora-postgresql")@engine',
        engineVersion: 'known("16.4")@engine_version',
        engineMode: 'absent@engine_mode',
        port: 'known(5432)@port',
        iamEnabled: 'known(false)@iam_database_authentication_enabled',
        masterUser: 'known("dbadmin")@master_username',
        restoredFrom: 'absent@',
        masterSecretArn: 'absent@master_user_secret',
        securityGroups: ['known("sg-9b4b42b8d3632c9c3")@vpc_security_group_ids[0]', 'complete@vpc_security_group_ids'],
      },
    ],
  ]);
});
