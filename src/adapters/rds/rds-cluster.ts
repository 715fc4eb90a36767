import type { Database } from '../../model/auth-model.ts';
import { absent, unknown } from '../../model/value.ts';
import type { GraphResource } from '../../terraform/graph.ts';
import {
  argument,
  attribute,
  booleanArgument,
  booleanNow,
  listArgument,
  numberArgument,
  originOf,
  viewOf,
} from '../../terraform/values.ts';
import { type Adapter, type AdapterContext, entityOf } from '../shared/adapter.ts';
import { locationOf } from '../shared/location.ts';
import { type Part, ownPartsOf } from '../shared/parts.ts';
import { passwordSource } from '../shared/password.ts';
import {
  changesAtOnce,
  firstSet,
  lowerCase,
  masterSecretArn,
  masterSecretKey,
  restoredFrom,
} from './database-values.ts';

/** Aurora or Multi-AZ; the data source shows the same attributes under the same names, but no global database. */
const adaptCluster = (
  { graph }: AdapterContext,
  resource: GraphResource,
  customEndpoints: readonly Part[],
): Database => {
  const view = viewOf(resource);
  const arn = attribute(view, 'arn');
  const identifier = attribute(view, 'cluster_identifier');
  return {
    ...entityOf(resource),
    ...locationOf(graph, resource, arn),
    kind: 'cluster',
    identifier,
    resourceId: attribute(view, 'cluster_resource_id'),
    arn,
    legacyId: attribute(view, 'id'),
    legacyIdMeans: 'identifier',
    engine: lowerCase(argument(view, 'engine')),
    engineVersion: argument(view, 'engine_version'),
    engineMode: argument(view, 'engine_mode'),
    scalabilityType: argument(view, 'cluster_scalability_type'),
    instanceClass: firstSet(view, ['db_cluster_instance_class']),
    port: numberArgument(view, 'port'),
    iamEnabled: booleanArgument(view, 'iam_database_authentication_enabled'),
    iamEnabledNow: booleanNow(view, 'iam_database_authentication_enabled', false),
    changesAtOnce: changesAtOnce(view),
    publiclyAccessible: absent(originOf(view)),
    logExports: listArgument(view, 'enabled_cloudwatch_logs_exports'),
    masterUser: argument(view, 'master_username'),
    masterPassword: passwordSource(graph, view, ['master_password']),
    restoredFrom: resource.mode === 'data' ? absent(originOf(view)) : restoredFrom(view, ['snapshot_identifier']),
    replicaOf: firstSet(view, ['replication_source_identifier']),
    kerberosDomain: firstSet(view, ['domain']),
    managesMasterPassword: booleanArgument(view, 'manage_master_user_password'),
    masterSecretArn: masterSecretArn(view),
    masterSecretKey: resource.mode === 'data' ? masterSecretKey(view) : argument(view, 'master_user_secret_kms_key_id'),
    securityGroups: listArgument(view, 'vpc_security_group_ids'),
    subnetGroup: argument(view, 'db_subnet_group_name'),
    parameterGroup: argument(view, 'db_cluster_parameter_group_name'),
    globalCluster:
      resource.mode === 'data'
        ? unknown(originOf(view, 'global_cluster_identifier'))
        : firstSet(view, ['global_cluster_identifier']),
    hosts: [
      attribute(view, 'endpoint'),
      attribute(view, 'reader_endpoint'),
      ...ownPartsOf(
        { id: resource.id, types: ['aws_rds_cluster'], paths: ['cluster_identifier', 'id'], texts: [identifier] },
        customEndpoints,
      ),
    ],
  };
};

/** `aws_rds_cluster_endpoint`: one more host of a cluster. */
const adaptEndpoint = (resource: GraphResource): Part => {
  const view = viewOf(resource);
  return { owner: argument(view, 'cluster_identifier'), value: attribute(view, 'endpoint') };
};

export const rdsCluster: Adapter = {
  types: ['aws_rds_cluster', 'aws_rds_cluster_endpoint'],
  adapt: (context) => {
    const customEndpoints = context.graph.ofType('aws_rds_cluster_endpoint');
    // An identifier is one cluster's in a region of an account: that of another input may be another's.
    const endpointsBeside = ({ document }: GraphResource): readonly Part[] =>
      customEndpoints.filter((endpoint) => endpoint.document === document).map(adaptEndpoint);
    return {
      databases: (['managed', 'data'] as const)
        .flatMap((mode) => context.graph.ofType('aws_rds_cluster', mode))
        .map((resource) => adaptCluster(context, resource, endpointsBeside(resource))),
    };
  },
};
