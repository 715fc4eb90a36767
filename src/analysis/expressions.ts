import { partitionOf } from '../iam/arn-target.ts';
import type { Database } from '../model/auth-model.ts';
import { type Reference, type Value, literal } from '../model/value.ts';
import type { ConnectEndpoint } from './endpoints.ts';

/** `module.a["x.y"].module.b[0].` before a resource. */
const moduleSteps = /^(?:module\.[\w-]+(?:\["(?:[^"\\]|\\.)*"\]|\[\d+\])?\.)+/;

/** The module that an address stands in; empty for the root. */
export const moduleOf = (address: string): string => moduleSteps.exec(address)?.[0].slice(0, -1) ?? '';

/** An address as a line in the module of another address names it; that of another module stays whole. */
export const inModuleOf = (place: string, address: string): string => {
  const module = moduleOf(address);
  return module !== '' && module === moduleOf(place) ? address.slice(module.length + 1) : address;
};

/** What is inside a module can be named outside it through an output alone, and inside it through a variable alone. */
export const reachNote = (place: string, address: string, what = 'resource id'): string => {
  const [here, there] = [moduleOf(place), moduleOf(address)];
  if (here === there) return '';
  return there === '' || here.startsWith(`${there}.`)
    ? ` (${address} is outside of ${here}: pass its ${what} in as a variable, and write that variable here)`
    : ` (${address} is inside ${there}: make its ${what} an output there, and write that output here)`;
};

/** One block makes all instances of a resource, so that what differs between them must go on doing so. */
export const sharedNote = (address: string): string =>
  address.endsWith(']') ? ' (one block makes every instance: where they differ, keep each.key or each.value)' : '';

/** The expression for an endpoint's resource id, as the user would write it (facts 4.8 and 4.10). */
export const resourceIdExpression = (endpoint: ConnectEndpoint, place = ''): string => {
  const address = inModuleOf(place, endpoint.entity.address);
  if (endpoint.kind === 'proxy') return `element(split(":", ${address}.arn), 6)`;
  return `${address}.${endpoint.entity.kind === 'cluster' ? 'cluster_resource_id' : 'resource_id'}`;
};

/** Where a line is written, and what is known there besides the endpoint. */
export type ConnectPlace = {
  /** Address of the resource that carries the line. */
  readonly address?: string;
  /** The account that the endpoint is taken to be in, where its own is not known. */
  readonly account?: string | undefined;
};

/** The ARN to grant `rds-db:connect` on. */
export const connectResource = (endpoint: ConnectEndpoint, user: string, place: ConnectPlace = {}): string => {
  const region = literal(endpoint.entity.region);
  const parts = [
    'arn',
    partitionOf(region) ?? 'aws',
    'rds-db',
    region ?? '${data.aws_region.current.region}',
    literal(endpoint.entity.account) ?? place.account ?? '${data.aws_caller_identity.current.account_id}',
    'dbuser',
    `\${${resourceIdExpression(endpoint, place.address)}}/${user.replaceAll(/[$%](?=\{)/g, '$&$&')}`,
  ];
  return parts.join(':');
};

/** The data sources that some lines read, to be written once, as a step of its own; nothing where they read none. */
export const dataSourceStep = (lines: string): readonly string[] => {
  const named = ['aws_region', 'aws_caller_identity'].filter((type) => lines.includes(`data.${type}.current.`));
  return named.length === 0
    ? []
    : ['and, where they are not there yet, add:', ...named.map((type) => `  data "${type}" "current" {}`)];
};

/** The account that a grant's own text names, which is a better guess than none. */
export const accountIn = (pattern: Value<string> | undefined): string | undefined => {
  const account = (pattern === undefined ? '' : beginningOf(pattern)).split(':')[4];
  return account !== undefined && /^\d{12}$/.test(account) ? account : undefined;
};

const beginningOf = (value: Value<string>): string => {
  const [first] = value.kind === 'unknown' ? (value.template ?? []) : [];
  return literal(value) ?? (typeof first === 'string' ? first : '');
};

/** A reference as it is written: without the number of the input that it comes from. */
export const referenceExpression = (place: string, { resource, path }: Reference, otherwise: string): string =>
  `${inModuleOf(place, resource.replace(/^@\d+\//, ''))}.${path || otherwise}`;

/** The argument of `aws_db_proxy_target` for a database. */
export const targetExpression = ({ kind, address }: Database, place = ''): string =>
  kind === 'cluster'
    ? `db_cluster_identifier  = ${inModuleOf(place, address)}.cluster_identifier`
    : `db_instance_identifier = ${inModuleOf(place, address)}.identifier`;
