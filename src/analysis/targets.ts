import { type ArnTarget, partitionOf } from '../iam/arn-target.ts';
import type { IamRequest, Relation } from '../iam/evaluate.ts';
import type { ContextKey, RequestContext } from '../iam/request-context.ts';
import { type Shape, type ShapePart, anyText, characterPiece, textPiece } from '../iam/shape.ts';
import type { Database, KmsKey, Location, Principal, Secret } from '../model/auth-model.ts';
import { type Reference, type TemplatePart, type Value, literal } from '../model/value.ts';
import type { ConnectEndpoint } from './endpoints.ts';
import { type Sought, arnPaths, loginPaths, piecesOfArn, relationTo, standsFor } from './relations.ts';
import type { World } from './world.ts';

/** Parts of an ARN that location tells. */
const place = (location: Location): Pick<ArnTarget, 'partition' | 'region' | 'account'> => {
  const region = literal(location.region);
  return { partition: partitionOf(region), region, account: literal(location.account) };
};

/** Names of the unknown pieces in what follows the fields of an ARN; those of the fields are before them. */
const ownText: ShapePart = { unknown: 'text', is: textPiece(3) };
const suffix: Shape = Array.from({ length: 6 }, (_, i) => ({ unknown: 'character', is: characterPiece(i) }));

const textOr = (value: Value<string>): ShapePart => literal(value) ?? ownText;

/** A text of which start or end may be known: all between them is one stretch. */
const partsOf = (value: Value<string>): Shape => {
  const template = value.kind === 'unknown' ? (value.template ?? []) : [];
  const isText = (part: TemplatePart): part is string => typeof part === 'string';
  const unknowns = template.flatMap((part, i) => (isText(part) ? [] : i));
  const [first = 0, last = template.length] = [unknowns.at(0), unknowns.at(-1)];
  const [start, end] = [template.slice(0, first), template.slice(last + 1)];
  return [...start.filter(isText), textOr(value), ...end.filter(isText)];
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

/** The `id` of a secret is its ARN; that of a version has more behind it, and names no secret as it is (fact 8.13). */
const otherSecrets: Pick<Sought, 'othersKinds' | 'othersWhole'> = {
  othersKinds: new Set(['aws_secretsmanager_secret.id']),
  othersWhole: new Set(['aws_secretsmanager_secret_version.id']),
};

/** The proxy reads a secret. An ARN that does not exist yet is its name and six characters (fact 2.1). */
export const readSecretRequest = (world: World, secret: Secret, role: Principal): IamRequest => {
  const known = literal(secret.arn);
  const name = partsOf(secret.name);
  const named: Shape = [...name, '-', ...suffix];
  const arn: ArnTarget =
    known === undefined
      ? { ...place(secret), service: 'secretsmanager', resource: ['secret:', ...named] }
      : knownArn(known);
  const paths = ['arn', 'id', 'secret_arn', 'secret_id'];
  const sought: Sought = { entity: secret, paths, othersPaths: arnPaths, ...otherSecrets };
  const pieces = piecesOfArn(arn, paths, [
    ['name', name],
    ['arn[6]', known === undefined ? named : [lastOf(known)]],
  ]);
  return {
    action: 'secretsmanager:GetSecretValue',
    resource: { arn, relation: relationTo(world, sought), stands: standsFor(world, sought, arn, pieces) },
    context: context(new Map([...regional(secret), ...callerKeys(role)])),
  };
};

const lastOf = (arn: string): string => arn.split(':').slice(6).join(':');

const knownArn = (arn: string): ArnTarget => {
  const [, partition, service = '', region, account, ...rest] = arn.split(':');
  return { partition, service, region: region || undefined, account: account || undefined, resource: [rest.join(':')] };
};

/** Secrets Manager decrypts on behalf of the role that reads the secret (fact 2.5). */
export const decryptRequest = (world: World, key: KmsKey, secret: Location, role: Principal): IamRequest => {
  const known = literal(key.arn);
  const id: Shape = [textOr(key.keyId)];
  const arn: ArnTarget =
    known === undefined
      ? { ...place({ ...key, region: secret.region }), service: 'kms', resource: ['key/', ...id] }
      : knownArn(known);
  const sought: Sought = { entity: key, paths: ['arn', 'id', 'key_id'], othersPaths: arnPaths };
  const own = relationTo(world, sought);
  const pieces = piecesOfArn(
    arn,
    ['arn'],
    [
      ['key_id', id],
      ['id', id],
    ],
  );
  const stands = standsFor(world, sought, arn, pieces);
  return {
    action: 'kms:Decrypt',
    resource: {
      arn,
      relation: (reference) => (namesAlias(reference) ? 'other' : own(reference)),
      stands: (reference, before) => (namesAlias(reference) ? 'other' : stands(reference, before)),
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
  return [prefix, ownText];
};

/**
 * Someone logs in to an endpoint; `user` null stands for any user at all. A reference alone never tells the user, which a
 * template does.
 */
export const connectRequest = (world: World, endpoint: ConnectEndpoint, user: string | null): IamRequest => {
  const { entity, kind } = endpoint;
  const paths = kind === 'proxy' ? [] : resourceIdPaths(entity);
  const id = idShape(endpoint);
  const arn: ArnTarget = { ...place(entity), service: 'rds-db', resource: ['dbuser:', ...id, '/', user ?? anyText] };
  const sought: Sought = {
    entity,
    paths,
    othersPaths: loginPaths,
    otherNames: kind === 'proxy' ? ['name', 'id'] : identifierPaths(entity),
    onlyBehind: ':dbuser:',
  };
  const own = relationTo(world, sought);
  const pieces = new Map<string, Shape>([
    ['arn', ['arn:', anyText]],
    ...[...paths, ...(kind === 'proxy' ? ['arn[6]'] : [])].map((path) => [path, id] as const),
  ]);
  return {
    action: 'rds-db:connect',
    resource: {
      arn,
      relation: (reference) => {
        const relation = own(reference);
        return relation === 'itself' && user !== null ? 'unknown' : relation;
      },
      stands: standsFor(world, sought, arn, pieces),
      ...(user === null ? { widen: anyUser } : {}),
    },
    context: kind === 'proxy' ? proxyContext : databaseContext,
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

/** Attributes that hold the identifier of a database, which no login names (fact 4.2). */
const identifierPaths = ({ kind, legacyIdMeans }: Database): readonly string[] => {
  const own = kind === 'cluster' ? 'cluster_identifier' : 'identifier';
  return legacyIdMeans === 'identifier' ? [own, 'id'] : [own, 'db_instance_identifier'];
};

/** Attributes that hold the resource id of a database (facts 4.8 and 4.21). */
export const resourceIdPaths = (database: Database): readonly string[] => {
  const own = database.kind === 'cluster' ? 'cluster_resource_id' : 'resource_id';
  return database.legacyIdMeans === 'resource-id' ? [own, 'id'] : [own];
};
