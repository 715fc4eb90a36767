import { partitionOf } from '../iam/arn-target.ts';
import type { Database } from '../model/auth-model.ts';
import { type Value, literal } from '../model/value.ts';
import type { ConnectEndpoint } from './endpoints.ts';

/** The expression for an endpoint's resource id, as the user would write it (facts 4.8 and 4.10). */
export const resourceIdExpression = (endpoint: ConnectEndpoint): string => {
  const { address } = endpoint.entity;
  if (endpoint.kind === 'proxy') return `element(split(":", ${address}.arn), 6)`;
  return `${address}.${endpoint.entity.kind === 'cluster' ? 'cluster_resource_id' : 'resource_id'}`;
};

/** The ARN to grant `rds-db:connect` on. */
export const connectResource = (endpoint: ConnectEndpoint, user: string | null, account?: string): string => {
  const region = literal(endpoint.entity.region);
  const parts = [
    'arn',
    partitionOf(region) ?? 'aws',
    'rds-db',
    region ?? '${data.aws_region.current.region}',
    account ?? literal(endpoint.entity.account) ?? '${data.aws_caller_identity.current.account_id}',
    'dbuser',
    `\${${resourceIdExpression(endpoint)}}/${user ?? 'USER'}`,
  ];
  return parts.join(':');
};

/** The account that a grant's own text names, which is a better guess than none. */
export const accountIn = (pattern: Value<string> | undefined): string | undefined => {
  const account = (pattern === undefined ? '' : (literal(pattern) ?? '')).split(':')[4];
  return account !== undefined && /^\d{12}$/.test(account) ? account : undefined;
};

/** What is inside a module can be named outside it through an output alone. */
export const reachNote = (endpoint: ConnectEndpoint): string => {
  const module = /^((?:module\.[^.]+\.)+)/.exec(endpoint.entity.address)?.[1]?.slice(0, -1);
  return module === undefined
    ? ''
    : ` (${endpoint.entity.address} is inside ${module}: make its resource id an output there, and write that output here)`;
};

/** The argument of `aws_db_proxy_target` for a database. */
export const targetExpression = ({ kind, address }: Database): string =>
  kind === 'cluster'
    ? `db_cluster_identifier  = ${address}.cluster_identifier`
    : `db_instance_identifier = ${address}.identifier`;
