import { type Reference, type Value, literal, unknown } from '../model/value.ts';
import type { ConnectEndpoint } from './endpoints.ts';
import { canonicalId, throughAliases } from './join.ts';
import { resourceIdPaths } from './targets.ts';
import type { World } from './world.ts';

/** What a reference, or a text, says of an endpoint. */

/** What an attribute of an endpoint is; `arn` of a proxy may be the whole ARN, or the id that an idiom cuts out of it. */
export type Form = 'resource-id' | 'arn-or-id' | 'unknown' | string;

export const oneInstance = "resource id of one instance, not the cluster's,";

export const formOfText = ({ kind, entity }: ConnectEndpoint, text: string): Form => {
  if (literal(entity.resourceId) === text) return 'resource-id';
  if (literal(entity.arn) === text) return 'ARN';
  return kind === 'proxy' ? 'name' : 'identifier';
};

export type FormOf = { readonly endpoint: ConnectEndpoint; readonly form: Form; readonly certain: boolean };

export const formsOf = (world: World, reference: Reference): readonly FormOf[] => {
  const values = throughAliases(unknown({ address: '', path: '' }, [reference]), world.aliases);
  return values.flatMap((value) => {
    if (value.kind === 'unknown') return value.references.flatMap((item) => formsOfReference(world, item));
    return value.kind === 'known' ? formsOfText(world, value.value) : [];
  });
};

/** What an output of another workspace says. */
const formsOfText = (world: World, text: string): readonly FormOf[] =>
  (world.endpoints.byText.get(text) ?? []).map((endpoint) => {
    const form = formOfText(endpoint, text);
    return { endpoint, form: endpoint.kind === 'proxy' && form === 'ARN' ? 'arn-or-id' : form, certain: true };
  });

const formsOfReference = (world: World, reference: Reference): readonly FormOf[] => {
  const id = canonicalId(reference.resource, world.aliases);
  const endpoint = world.endpoints.byId.get(id);
  if (endpoint !== undefined) {
    const form =
      endpoint.kind === 'proxy' ? proxyForms.get(reference.path) : databaseForm(endpoint.entity, reference.path);
    return form === undefined ? [] : [{ endpoint, form, certain: reference.oneOf !== true }];
  }
  const instance = world.endpoints.instanceById.get(id);
  if (instance === undefined || reference.path !== 'dbi_resource_id') return [];
  return clusterOf(world, instance.clusterIdentifier).map((cluster) => ({
    endpoint: cluster,
    form: oneInstance,
    certain: reference.oneOf !== true,
  }));
};

const proxyForms = new Map<string, Form>([
  ['arn', 'arn-or-id'],
  ['arn[6]', 'resource-id'],
  ['', 'unknown'],
  ['id', 'name (its id)'],
  ['name', 'name'],
  ['endpoint', 'endpoint'],
]);

const identifierPaths = new Set(['identifier', 'cluster_identifier', 'db_instance_identifier']);

const databaseForm = (
  database: Extract<ConnectEndpoint, { kind: 'database' }>['entity'],
  path: string,
): Form | undefined => {
  if (resourceIdPaths(database).includes(path)) return 'resource-id';
  if (path === '') return 'unknown';
  if (path === 'id') return database.legacyIdMeans === 'unknown' ? 'unknown' : 'identifier (its id)';
  if (path === 'arn' || path === 'db_instance_arn') return 'ARN';
  if (path === 'arn[6]' || path === 'db_instance_arn[6]') return 'identifier (the end of its ARN)';
  return identifierPaths.has(path) ? 'identifier' : undefined;
};

export const clusterOf = (world: World, identifier: Value<string>): readonly ConnectEndpoint[] => {
  const join = world.findDatabase(identifier, 'cluster');
  return join.kind === 'one' ? [{ kind: 'database', entity: join.entity }] : [];
};
