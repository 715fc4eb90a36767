import { partitionOf } from '../../iam/arn-target.ts';
import type { Hole, Symbolic } from '../../terraform/hcl/symbolic.ts';
import { piecesOf, scalar, textFrom } from '../../terraform/hcl/values.ts';
import type { ProviderKnowledge } from '../../terraform/source.ts';
import { computes } from './computed-arguments.ts';
import { changesItsOwn, changesOthers, pointsWith, weighsDoubt } from './in-doubt.ts';

/**
 * What follows from AWS's own rules where only apply tells a value: the form of ARNs, and data sources that say where the
 * provider is, or take an ARN apart.
 */

type Pieces = readonly (string | Hole)[];

/** An attribute of the resource, or a piece of its ARN, counted from 0: none of either holds a colon. */
const part =
  (path: string, without = ':') =>
  (resource: string): Hole => ({
    exactly: { resource, path },
    references: [{ resource, path }],
    trailEnds: [],
    without,
  });

/** What stands behind the path and is no attribute of its own. */
const rest = (resource: string): Hole => ({ references: [{ resource, path: 'arn' }], trailEnds: [], without: ':' });

/** Service, kind of resource with the mark behind it, and what follows it. IAM and global clusters have no region. */
type Form = {
  readonly service: string;
  readonly kind: string;
  readonly last: (resource: string) => Hole;
  readonly global?: true;
};

const name = part('arn[6]');
const iam = (kind: string): Form => ({ service: 'iam', kind: `${kind}/`, last: rest, global: true });
const rds = (kind: string): Form => ({ service: 'rds', kind: `${kind}:`, last: name });
const ec2 = (kind: string): Form => ({ service: 'ec2', kind: `${kind}/`, last: part('id') });

/** Source: Service Authorization Reference, "Resource types defined by" each service. */
const forms = new Map<string, Form>([
  ['aws_db_proxy', rds('db-proxy')],
  ['aws_db_proxy_endpoint', rds('db-proxy-endpoint')],
  ['aws_db_instance', rds('db')],
  ['aws_rds_cluster', rds('cluster')],
  ['aws_rds_cluster_instance', rds('db')],
  ['aws_rds_global_cluster', { ...rds('global-cluster'), global: true }],
  ['aws_db_subnet_group', rds('subgrp')],
  ['aws_db_parameter_group', rds('pg')],
  ['aws_rds_cluster_parameter_group', rds('cluster-pg')],
  ['aws_secretsmanager_secret', { service: 'secretsmanager', kind: 'secret:', last: name }],
  ['aws_kms_key', { service: 'kms', kind: 'key/', last: part('key_id') }],
  ['aws_iam_role', iam('role')],
  ['aws_iam_user', iam('user')],
  ['aws_iam_group', iam('group')],
  ['aws_iam_policy', iam('policy')],
  ['aws_iam_instance_profile', iam('instance-profile')],
  ['aws_security_group', ec2('security-group')],
  ['aws_vpc', ec2('vpc')],
  ['aws_subnet', ec2('subnet')],
  ['aws_instance', ec2('instance')],
  ['aws_lambda_function', { service: 'lambda', kind: 'function:', last: name }],
]);

/** What its secret was named by, and the id that the version has alone. Source: the provider's documentation, "Import". */
const versionId = (resource: string): Pieces => [
  part('secret_id', '|')(resource),
  '|',
  part('version_id', '|')(resource),
];

/** The data source of an instance calls its ARN otherwise. */
const arnNames = new Set(['arn', 'db_instance_arn']);

const structureOf: ProviderKnowledge['structureOf'] = (type, attribute, resource) => {
  if (type === 'aws_secretsmanager_secret_version' && attribute === 'id') return versionId(resource);
  const form = arnNames.has(attribute) ? forms.get(type) : undefined;
  if (form === undefined) return null;
  const at = (n: number): Hole => part(`arn[${n}]`)(resource);
  const region = form.global === true ? [] : [at(3)];
  return ['arn:', at(1), `:${form.service}:`, ...region, ':', at(4), `:${form.kind}`, form.last(resource)];
};

type Provider = Parameters<ProviderKnowledge['derive']>[2];
type Ask = Parameters<ProviderKnowledge['derive']>[3];
type Derive = (name: string, provider: Provider, argument: Ask) => Symbolic | undefined;

const known = (text: string | undefined): Symbolic | undefined => (text === undefined ? undefined : scalar(text));

/** Source: AWS General Reference, "Service endpoints", and the partitions of the AWS SDKs. */
const dnsSuffixes = new Map([
  ['aws', 'amazonaws.com'],
  ['aws-cn', 'amazonaws.com.cn'],
  ['aws-us-gov', 'amazonaws.com'],
  ['aws-eusc', 'amazonaws.eu'],
]);

const derivePartition: Derive = (attribute, { region }) => {
  const own = partitionOf(region);
  const suffix = dnsSuffixes.get(own ?? '');
  if (attribute === 'partition' || attribute === 'id') return known(own);
  if (attribute === 'dns_suffix') return known(suffix);
  return attribute === 'reverse_dns_prefix' ? known(suffix?.split('.').reverse().join('.')) : undefined;
};

const isSet = (value: Symbolic): boolean => value.kind !== 'known' || value.value !== null;

/** The region that it is asked for by name, or else the provider's. */
const deriveRegion: Derive = (attribute, provider, argument) => {
  if (!['name', 'id', 'region'].includes(attribute) || isSet(argument('endpoint'))) return undefined;
  return ['region', 'name'].map(argument).find(isSet) ?? known(provider.region);
};

const deriveIdentity: Derive = (attribute, { account }) =>
  attribute === 'account_id' || attribute === 'id' ? known(account) : undefined;

const arnFields = ['partition', 'service', 'region', 'account', 'resource'];

const deriveArn: Derive = (attribute, _, argument) => {
  const whole = argument('arn');
  if (attribute === 'arn' || attribute === 'id') return whole;
  const index = arnFields.indexOf(attribute);
  const fields = index < 0 ? null : fieldsOf(whole);
  const field = fields?.[index + 1];
  return field === undefined ? undefined : textFrom(field);
};

const typeOf = (resource: string): string => /(?:^|[./])(aws_\w+)\.[^.[]+(?:\[.*\])?$/.exec(resource)?.[1] ?? '';

/** What an ARN is made of, also where it is the attribute of a resource. */
const piecesOfArn = (value: Symbolic): Pieces | null => {
  const exactly = value.kind === 'unknown' ? value.exactly : undefined;
  const form = exactly && structureOf(typeOf(exactly.resource), exactly.path, exactly.resource);
  return form ?? piecesOf(value);
};

/** The six fields of an ARN, the last with its colons; null where a piece of it may hold more colons. */
const fieldsOf = (value: Symbolic): readonly Pieces[] | null => {
  const fields: (string | Hole)[][] = [[]];
  for (const piece of piecesOfArn(value) ?? []) {
    if (typeof piece === 'string') splitInto(fields, piece);
    else if (piece.without === ':' || isFull(fields)) fields.at(-1)?.push(piece);
    else return null;
  }
  return isFull(fields) ? fields : null;
};

const isFull = (fields: readonly Pieces[]): boolean => fields.length === arnFields.length + 1;

const splitInto = (fields: (string | Hole)[][], text: string): void => {
  const texts = text.split(':');
  const free = arnFields.length + 1 - fields.length;
  const [first = '', ...others] = [...texts.slice(0, free), ...lastOf(texts.slice(free))];
  fields.at(-1)?.push(first);
  for (const other of others) fields.push([other]);
};

const lastOf = (texts: readonly string[]): readonly string[] => (texts.length === 0 ? [] : [texts.join(':')]);

/** Source: `servicePrincipalNameForPartition` in the provider; only there are these called otherwise, in some partitions. */
const servicesCalledOtherwise: ReadonlySet<string> = new Set([
  'cloudhsm',
  'codedeploy',
  'config',
  'dms',
  'elasticmapreduce',
  'logs',
  'workspaces',
]);

/** The name of a service in trust policies, in whatever region. */
const deriveServicePrincipal: Derive = (attribute, _, argument) => {
  const service = argument('service_name');
  if (service.kind !== 'known' || servicesCalledOtherwise.has(String(service.value))) return undefined;
  if (attribute === 'name') return known(`${service.value}.amazonaws.com`);
  return attribute === 'suffix' ? known('amazonaws.com') : undefined;
};

const derivations = new Map<string, Derive>([
  ['aws_partition', derivePartition],
  ['aws_region', deriveRegion],
  ['aws_caller_identity', deriveIdentity],
  ['aws_arn', deriveArn],
  ['aws_service_principal', deriveServicePrincipal],
]);

export const providerKnowledge: ProviderKnowledge = {
  structureOf,
  computes,
  changesItsOwn,
  changesOthers,
  pointsWith,
  weighsDoubt,
  derive: (type, attribute, provider, argument) => derivations.get(type)?.(attribute, provider, argument),
};
