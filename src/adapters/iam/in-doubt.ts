import type { ProviderKnowledge } from '../../terraform/source.ts';

/**
 * Resources that may not exist, for nobody knows what their `count` or `for_each` comes to.
 *
 * One that others refer to does no harm: where it does not exist, neither does what refers to it. One that changes others
 * by being there must be taken for neither there nor absent.
 */

/** What matters to nothing that does not refer to it. */
const referredTo: ReadonlySet<string> = new Set([
  'aws_db_instance',
  'aws_db_parameter_group',
  'aws_db_proxy',
  'aws_db_proxy_default_target_group',
  'aws_db_subnet_group',
  'aws_ec2_managed_prefix_list',
  'aws_ecs_service',
  'aws_ecs_task_definition',
  'aws_iam_group',
  'aws_iam_instance_profile',
  'aws_iam_openid_connect_provider',
  'aws_iam_policy',
  'aws_iam_role',
  'aws_iam_user',
  'aws_instance',
  'aws_kms_alias',
  'aws_kms_key',
  'aws_lambda_function',
  'aws_rds_cluster',
  'aws_rds_cluster_parameter_group',
  'aws_rds_global_cluster',
  'aws_secretsmanager_secret',
  'aws_security_group',
  'aws_ssoadmin_permission_set',
  'aws_subnet',
  'aws_vpc',
]);

/** Whether what it is may hang on a resource that points at it, and not the other way. */
export const changesOthers: ProviderKnowledge['changesOthers'] = (mode, type) =>
  mode === 'managed' && !referredTo.has(type);

/** Each statement of a policy, and what is attached, is read as one that may be missing. */
const weighed: ReadonlySet<string> = new Set([
  ...['role', 'user', 'group'].flatMap((kind) => [`aws_iam_${kind}_policy`, `aws_iam_${kind}_policy_attachment`]),
  'aws_iam_policy_attachment',
  'aws_iam_user_group_membership',
  'aws_iam_group_membership',
  'aws_ssoadmin_permission_set_inline_policy',
  'aws_ssoadmin_managed_policy_attachment',
  'aws_ssoadmin_customer_managed_policy_attachment',
]);

export const weighsDoubt: ProviderKnowledge['weighsDoubt'] = (type) => weighed.has(type);

/** A membership gives a user elsewhere what its group holds. */
export const changesItsOwn: ProviderKnowledge['changesItsOwn'] = (type) => !type.endsWith('_membership');

/** What a resource belongs to: it stays known, so that the doubt reaches no other. */
const belongsTo: ReadonlySet<string> = new Set([
  'cluster_identifier',
  'db_proxy_name',
  'group',
  'group_name',
  'key_id',
  'role',
  'role_name',
  'secret_arn',
  'secret_id',
  'security_group_id',
  'user',
  'user_name',
]);

export const pointsWith: ProviderKnowledge['pointsWith'] = (argument) => belongsTo.has(argument);
