import { Fn } from './framework.ts';

/** One part of an ARN that Terraform knows after apply; 1 is the partition, 3 the region, 4 the account. */
const arnPart = (arn: string, index: number): string => Fn.element(Fn.split(':', arn), index) as string;

/**
 * What `rds-db:connect` is granted on. Partition, region and account are those of the endpoint, which need not be those
 * of the provider.
 */
export const databaseUserArn = (endpointArn: string, resourceId: string, user: string): string =>
  `arn:${arnPart(endpointArn, 1)}:rds-db:${arnPart(endpointArn, 3)}:${arnPart(endpointArn, 4)}:dbuser:${resourceId}/${user}`;

/** The id of a proxy, `prx-…`, which is nothing but the last part of its ARN. */
export const proxyResourceId = (arn: string): string => arnPart(arn, 6);

/** An IAM policy document as text. */
export const policyOf = (statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

export const allow = (action: string | readonly string[], resource: string | readonly string[]) => ({
  Effect: 'Allow',
  Action: action,
  Resource: resource,
});
