import type { ArnField } from '../iam/arn-target.ts';
import type { Reference } from '../model/value.ts';

const dataSource = /(?:^|[./])data\.(aws_\w+)\.[^.]+$/;

/** Attributes of data sources that say where the provider is. */
const placeOfData = new Map<string, ArnField>([
  ['aws_partition partition', 'partition'],
  ['aws_partition id', 'partition'],
  ['aws_region name', 'region'],
  ['aws_region id', 'region'],
  ['aws_region region', 'region'],
  ['aws_caller_identity account_id', 'account'],
  ['aws_caller_identity id', 'account'],
  ['aws_arn partition', 'partition'],
  ['aws_arn region', 'region'],
  ['aws_arn account', 'account'],
]);

/** Pieces of an ARN, as the evaluator names them. */
const placeInArn = new Map<string, ArnField>([
  ['arn[1]', 'partition'],
  ['arn[3]', 'region'],
  ['arn[4]', 'account'],
]);

/** What a reference says of where the provider is: a data source for it, or a field of the ARN of what is made there. */
export const providerPlace = ({ resource, path }: Reference): ArnField | undefined => {
  const type = dataSource.exec(resource)?.[1];
  const field =
    placeInArn.get(path.replace(/^db_instance_/, '')) ??
    (type === undefined ? undefined : placeOfData.get(`${type} ${path}`));
  // From provider 6 on, every resource says its region.
  return field ?? (type === undefined && path === 'region' ? 'region' : undefined);
};
