import { type ArnTarget, partitionOf } from '../iam/arn-target.ts';
import type { IamRequest, Relation } from '../iam/evaluate.ts';
import type { ContextKey, RequestContext } from '../iam/request-context.ts';
import { type ShapePart, anyCharacter, anyText } from '../iam/shape.ts';
import type { Database, Entity, KmsKey, Location, Principal, Secret } from '../model/auth-model.ts';
import { type Reference, type Value, literal, unknown } from '../model/value.ts';
import type { ConnectEndpoint } from './endpoints.ts';
import { canonicalId, throughAliases } from './join.ts';
import type { World } from './world.ts';

/** Parts of an ARN that location tells. */
const place = (location: Location): Pick<ArnTarget, 'partition' | 'region' | 'account'> => {
  const region = literal(location.region);
  return { partition: partitionOf(region), region, account: literal(location.account) };
};

const textOr = (value: Value<string>): ShapePart => literal(value) ?? anyText;

/** How a reference in a pattern stands to an entity whose ARN, or id, the pattern should hold. */
const relationTo =
  (world: World, entity: Entity, paths: readonly string[], othersPaths = arnPaths) =>
  (reference: Reference): Relation => {
    const values = throughAliases(unknown(entity.origin, [reference]), world.aliases);
    const references = values.flatMap((value) => (value.kind === 'unknown' ? value.references : []));
    const relations = references.map((item) => relationOf(item, { entity, paths, othersPaths }, world));
    if (relations.includes('itself')) return 'itself';
    return relations.length > 0 && relations.every((relation) => relation === 'other') ? 'other' : 'unknown';
  };

/** Attributes of another resource that are never the ARN of this one, and never the id that a login names. */
const arnPaths = /^(arn|key_id|secret_arn)$/;
const loginPaths = /^(arn|id|resource_id|cluster_resource_id|identifier|cluster_identifier|name)$/;

type Sought = { readonly entity: Entity; readonly paths: readonly string[]; readonly othersPaths: RegExp };

const relationOf = (reference: Reference, { entity, paths, othersPaths }: Sought, world: World): Relation => {
  if (canonicalId(reference.resource, world.aliases) === entity.id) {
    return reference.path === '' || paths.includes(reference.path) ? 'itself' : 'unknown';
  }
  // The ARN or id of another AWS resource that this configuration manages is never this one's.
  const managed =
    /(^|[./])aws_\w+\.[^.]+(\[[^\]]*\])?$/.test(reference.resource) && !/(^|[./])data\./.test(reference.resource);
  return managed && othersPaths.test(reference.path) ? 'other' : 'unknown';
};

const context =
  (keys: ReadonlyMap<string, ContextKey>): RequestContext =>
  (key) =>
    keys.get(key) ?? 'unknown';

const regional = (location: Location): readonly (readonly [string, ContextKey])[] => {
  const region = literal(location.region);
  return region === undefined ? [] : [['aws:requestedregion', { value: region }]];
};

/** What every request of the role carries. */
const callerKeys = ({ arn, account }: Principal): readonly (readonly [string, ContextKey])[] => {
  const keys: (readonly [string, ContextKey])[] = [['aws:username', 'absent']];
  if (arn.kind === 'known') keys.push(['aws:principalarn', { value: arn.value }]);
  if (account.kind === 'known') keys.push(['aws:principalaccount', { value: account.value }]);
  return keys;
};

/** The proxy reads a secret. An ARN that does not exist yet is its name and six characters (fact 2.1). */
export const readSecretRequest = (world: World, secret: Secret, role: Principal): IamRequest => {
  const arn = literal(secret.arn);
  const suffix = Array.from({ length: 6 }, () => anyCharacter);
  return {
    action: 'secretsmanager:GetSecretValue',
    resource: {
      arn:
        arn === undefined
          ? { ...place(secret), service: 'secretsmanager', resource: ['secret:', textOr(secret.name), '-', ...suffix] }
          : knownArn(arn),
      relation: relationTo(world, secret, ['arn', 'id', 'secret_arn', 'secret_id']),
    },
    context: context(new Map([...regional(secret), ...callerKeys(role)])),
  };
};

const knownArn = (arn: string): ArnTarget => {
  const [, partition, service = '', region, account, ...rest] = arn.split(':');
  return { partition, service, region: region || undefined, account: account || undefined, resource: [rest.join(':')] };
};

/** Secrets Manager decrypts on behalf of the role that reads the secret (fact 2.5). */
export const decryptRequest = (world: World, key: KmsKey, secret: Location, role: Principal): IamRequest => {
  const arn = literal(key.arn);
  const own = relationTo(world, key, ['arn', 'id', 'key_id']);
  return {
    action: 'kms:Decrypt',
    resource: {
      arn:
        arn === undefined
          ? { ...place({ ...key, region: secret.region }), service: 'kms', resource: ['key/', textOr(key.keyId)] }
          : knownArn(arn),
      relation: (reference) => (namesAlias(reference) ? 'other' : own(reference)),
    },
    context: decryptContext(secret, role),
  };
};

/** The same of a key of which only the ARN is in view. */
export const decryptByArn = (arn: string, secret: Location, role: Principal): IamRequest => ({
  action: 'kms:Decrypt',
  resource: { arn: knownArn(arn), relation: () => 'unknown' },
  context: decryptContext(secret, role),
});

/**
 * In the `Resource` of a policy an alias is the alias, never the key that it stands for.
 * Source: KMS Developer Guide, "Use aliases to control access to KMS keys".
 */
const namesAlias = ({ resource, path }: Reference): boolean =>
  /(^|[./])aws_kms_alias\./.test(resource) && /^(arn|name|id)$/.test(path);

const decryptContext = (secret: Location, role: Principal): RequestContext => {
  const region = literal(secret.region);
  const account = literal(role.account);
  const keys: (readonly [string, ContextKey])[] = [...regional(secret), ...callerKeys(role)];
  if (region !== undefined) keys.push(['kms:viaservice', { value: `secretsmanager.${region}.amazonaws.com` }]);
  if (account !== undefined) keys.push(['kms:calleraccount', { value: account }]);
  return context(new Map(keys));
};

/** Keys that IAM database authentication never sends (fact 4.4). */
const absentForDatabases = new Set([
  'aws:referer',
  'aws:sourceip',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:useragent',
  'aws:vpcsourceip',
]);

export const databaseContext: RequestContext = (key) => (absentForDatabases.has(key) ? 'absent' : 'unknown');

/** RDS Proxy supports no global condition key at all (fact 1.25). */
export const proxyContext: RequestContext = (key) => (key.startsWith('aws:') ? 'absent' : 'unknown');

export const idShape = (endpoint: ConnectEndpoint): readonly ShapePart[] => {
  const known = literal(endpoint.entity.resourceId);
  if (known !== undefined) return [known];
  const prefix = endpoint.kind === 'proxy' ? 'prx-' : endpoint.entity.kind === 'cluster' ? 'cluster-' : 'db-';
  return [prefix, anyText];
};

/** Someone logs in to an endpoint; `user` null stands for any user at all. A reference alone never tells the user. */
export const connectRequest = (world: World, endpoint: ConnectEndpoint, user: string | null): IamRequest => {
  const paths = endpoint.kind === 'proxy' ? [] : resourceIdPaths(endpoint.entity);
  const own = relationTo(world, endpoint.entity, paths, loginPaths);
  return {
    action: 'rds-db:connect',
    resource: {
      arn: {
        ...place(endpoint.entity),
        service: 'rds-db',
        resource: ['dbuser:', ...idShape(endpoint), '/', user ?? anyText],
      },
      relation: (reference) => {
        const relation = own(reference);
        return relation === 'itself' && user !== null ? 'unknown' : relation;
      },
      ...(user === null ? { widen: anyUser } : {}),
    },
    context: endpoint.kind === 'proxy' ? proxyContext : databaseContext,
  };
};

/** The same question for a Deny: a reference alone does not tell whom it is for. */
export const denyRequest = (request: IamRequest): IamRequest => {
  const { widen: _, relation, ...rest } = request.resource;
  const guarded = (reference: Reference): Relation =>
    relation(reference) === 'itself' ? 'unknown' : relation(reference);
  return { ...request, resource: { ...rest, relation: guarded } };
};

/** A `*` before any slash stands for the slash, too. */
const anyUser = (pattern: string): string =>
  pattern.includes('/')
    ? pattern.replace(/(:dbuser:[^/]*\/).*$/, '$1*')
    : pattern.replace(/(:dbuser:[^*]*\*).*$/, '$1');

/** Attributes that hold the resource id of a database (facts 4.8 and 4.21). */
export const resourceIdPaths = (database: Database): readonly string[] => {
  const own = database.kind === 'cluster' ? 'cluster_resource_id' : 'resource_id';
  return database.legacyIdMeans === 'resource-id' ? [own, 'id'] : [own];
};
