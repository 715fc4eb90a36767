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
import { passwordSource } from '../shared/password.ts';
import {
  changesAtOnce,
  firstSet,
  lowerCase,
  masterSecretArn,
  masterSecretKey,
  meaningOfInstanceId,
  restoredFrom,
} from './database-values.ts';

const adaptInstance = ({ graph }: AdapterContext, resource: GraphResource): Database => {
  const view = viewOf(resource);
  const arn = attribute(view, 'arn');
  return {
    ...entityOf(resource),
    ...locationOf(graph, resource, arn),
    kind: 'instance',
    identifier: attribute(view, 'identifier'),
    resourceId: attribute(view, 'resource_id'),
    arn,
    legacyId: attribute(view, 'id'),
    legacyIdMeans: meaningOfInstanceId(resource.schemaVersion),
    engine: lowerCase(argument(view, 'engine')),
    engineVersion: argument(view, 'engine_version'),
    engineMode: absent(originOf(view, 'engine')),
    scalabilityType: absent(originOf(view, 'engine')),
    instanceClass: argument(view, 'instance_class'),
    port: numberArgument(view, 'port'),
    iamEnabled: booleanArgument(view, 'iam_database_authentication_enabled'),
    iamEnabledNow: booleanNow(view, 'iam_database_authentication_enabled', false),
    changesAtOnce: changesAtOnce(view),
    publiclyAccessible: booleanArgument(view, 'publicly_accessible'),
    logExports: listArgument(view, 'enabled_cloudwatch_logs_exports'),
    masterUser: argument(view, 'username'),
    masterPassword: passwordSource(graph, view, ['password']),
    restoredFrom: restoredFrom(view, ['snapshot_identifier']),
    replicaOf: firstSet(view, ['replicate_source_db']),
    kerberosDomain: firstSet(view, ['domain', 'domain_fqdn']),
    managesMasterPassword: booleanArgument(view, 'manage_master_user_password'),
    masterSecretArn: masterSecretArn(view),
    masterSecretKey: argument(view, 'master_user_secret_kms_key_id'),
    securityGroups: listArgument(view, 'vpc_security_group_ids'),
    subnetGroup: argument(view, 'db_subnet_group_name'),
    parameterGroup: argument(view, 'parameter_group_name'),
    globalCluster: absent(originOf(view, 'engine')),
    hosts: [attribute(view, 'address')],
  };
};

/** A data source shows neither the IAM flag (fact 8.12) nor what the instance was restored from. */
const adaptData = ({ graph }: AdapterContext, resource: GraphResource): Database => {
  const view = viewOf(resource);
  const arn = attribute(view, 'db_instance_arn');
  return {
    ...entityOf(resource),
    ...locationOf(graph, resource, arn),
    kind: 'instance',
    identifier: attribute(view, 'db_instance_identifier'),
    resourceId: attribute(view, 'resource_id'),
    arn,
    legacyId: attribute(view, 'id'),
    legacyIdMeans: 'identifier',
    engine: lowerCase(argument(view, 'engine')),
    engineVersion: argument(view, 'engine_version'),
    engineMode: absent(originOf(view, 'engine')),
    scalabilityType: absent(originOf(view, 'engine')),
    instanceClass: argument(view, 'db_instance_class'),
    port: numberArgument(view, 'port'),
    iamEnabled: unknown(originOf(view, 'iam_database_authentication_enabled')),
    iamEnabledNow: absent(originOf(view)),
    changesAtOnce: absent(originOf(view)),
    publiclyAccessible: booleanArgument(view, 'publicly_accessible'),
    logExports: listArgument(view, 'enabled_cloudwatch_logs_exports'),
    masterUser: argument(view, 'master_username'),
    masterPassword: absent(originOf(view)),
    restoredFrom: absent(originOf(view)),
    replicaOf: firstSet(view, ['replicate_source_db']),
    kerberosDomain: absent(originOf(view)),
    managesMasterPassword: absent(originOf(view)),
    masterSecretArn: masterSecretArn(view),
    // The data source shows the key of the secret with the secret, and the names of parameter groups in a list.
    masterSecretKey: masterSecretKey(view),
    securityGroups: listArgument(view, 'vpc_security_groups'),
    subnetGroup: argument(view, 'db_subnet_group'),
    parameterGroup:
      listArgument(view, 'db_parameter_groups').items[0] ?? unknown(originOf(view, 'db_parameter_groups')),
    globalCluster: absent(originOf(view)),
    hosts: [attribute(view, 'address')],
  };
};

export const dbInstance: Adapter = {
  types: ['aws_db_instance'],
  adapt: (context) => ({
    databases: [
      ...context.graph.ofType('aws_db_instance').map((resource) => adaptInstance(context, resource)),
      ...context.graph.ofType('aws_db_instance', 'data').map((resource) => adaptData(context, resource)),
    ],
  }),
};
