import { splitAddress } from './names.ts';

const types: Readonly<Record<string, string>> = {
  aws_db_instance: 'RDS database',
  aws_db_proxy: 'RDS Proxy',
  aws_db_proxy_endpoint: 'proxy endpoint',
  aws_ecs_service: 'ECS service',
  aws_ecs_task_definition: 'ECS task',
  aws_iam_group: 'IAM group',
  aws_iam_role: 'IAM role',
  aws_iam_user: 'IAM user',
  aws_instance: 'EC2 instance',
  aws_lambda_function: 'Lambda function',
  aws_rds_cluster: 'Aurora or Multi-AZ cluster',
  aws_ssoadmin_permission_set: 'permission set',
};

/** What a resource is, in words; its type where there is no better word. */
export const typeOf = (address: string, otherwise: string): string => {
  const { type } = splitAddress(address);
  return type === '' ? otherwise : (types[type] ?? type);
};
