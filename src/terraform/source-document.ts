import type { InstanceKey } from './address.ts';
import { renderKey } from './address.ts';
import { isMarked, knownJson } from './from-source.ts';
import type { GraphDocument, GraphResource } from './graph.ts';
import type { Json, JsonObject } from './json.ts';
import { moduleAt } from './plan/modules.ts';
import { plannedValues } from './plan/planned-values.ts';
import { isSecretName } from './secret-names.ts';
import type { ResourceLocation, Source, SourceBody, SourceResource } from './source.ts';

type SourceParts = Pick<GraphDocument, 'source' | 'isSourceAlone' | 'computes'> &
  Partial<Pick<GraphDocument, 'complete' | 'cut' | 'unread' | 'outputs'>>;

type Input = { readonly index: number; readonly json: JsonObject; readonly source?: Source | undefined };

/** The text of a document, evaluated with what its plan or state knows; alone where it has neither. */
export const sourceOf = ({ index, json, source }: Input, wanted: ReadonlySet<string>): SourceParts => {
  if (source === undefined) return { source: null, isSourceAlone: false, computes: () => true };
  const { computes } = source;
  const prefix = index === 0 ? '' : `@${index}/`;
  if (json['format_version'] !== undefined) {
    return { source: source.evaluate(plannedValues(json), prefix), isSourceAlone: false, computes };
  }
  const evaluated = source.evaluate(null, prefix);
  const { modules, more } = evaluated.unread();
  // Where nobody knows how many there are, more may exist than can be seen.
  const inDoubt = evaluated.resources().some((made) => made.isInDoubt && wanted.has(made.type));
  const complete = !inDoubt && modules.length === 0 && !more;
  return {
    source: evaluated,
    isSourceAlone: true,
    computes,
    complete,
    cut: more,
    unread: modules,
    outputs: evaluated.outputs(),
  };
};

/** The resources that the text makes, as a plan that creates all of them has them. */
export const addSourceResources = (
  document: GraphDocument,
  instances: Map<string, GraphResource[]>,
  wanted: ReadonlySet<string>,
): void => {
  const resources = (document.source?.resources() ?? []).filter(({ type }) => wanted.has(type));
  for (const resource of resources) {
    const made = sourceResource(document, resource);
    const group = `${resource.module}|${nameOf(resource)}`;
    const siblings = instances.get(group);
    if (siblings === undefined) instances.set(group, [made]);
    else siblings.push(made);
  }
};

/** Where the text has the block of a resource. */
export const locationInSource = (resource: GraphResource): ResourceLocation => ({
  module: resource.module.path,
  mode: resource.mode,
  type: resource.type,
  name: nameInAddress(resource),
  key: resource.key,
});

/** The label of a resource: what its address has between the type and the key. */
const nameInAddress = ({ address, type, key }: GraphResource): string => {
  const end = address.length - renderKey(key).length;
  return address.slice(address.lastIndexOf(`${type}.`, end) + type.length + 1, end);
};

const nameOf = ({ mode, type, name }: Pick<SourceResource, 'mode' | 'type' | 'name'>): string =>
  `${mode === 'data' ? 'data.' : ''}${type}.${name}`;

const sourceResource = (document: GraphDocument, resource: SourceResource): GraphResource => {
  const { module, mode, type, key } = resource;
  const body = document.source?.body(resource) ?? null;
  const address = `${module === '' ? '' : `${module}.`}${nameOf(resource)}${renderKey(key)}`;
  const known = valuesIn(body);
  return {
    id: document.index === 0 ? address : `@${document.index}/${address}`,
    address,
    mode,
    type,
    key: key as InstanceKey | null,
    module: moduleAt(document.modules, document.root, module),
    document,
    action: mode === 'data' ? 'read' : 'create',
    get values() {
      return known().values;
    },
    // Nothing is certain but what the text says.
    unknown: true,
    get sensitive() {
      return known().sensitive;
    },
    // Without arguments: what is not to be seen is not unset.
    config: { provider_config_key: resource.providerKey },
    source: body,
    schemaVersion: resource.schemaVersion,
    ...(resource.isInDoubt ? { mayBeMissing: true as const } : {}),
  };
};

type KnownParts = { readonly values: JsonObject; readonly sensitive: Json };

/** What is known of the arguments, for who looks at all of them. */
const valuesIn = (body: SourceBody | null): (() => KnownParts) => {
  let parts: KnownParts | undefined;
  return () => {
    parts ??= knownParts(body);
    return parts;
  };
};

const knownParts = (body: SourceBody | null): KnownParts => {
  const values: [string, Json][] = [];
  const sensitive: [string, Json][] = [];
  for (const name of body?.names() ?? []) {
    const attribute = body?.attribute(name);
    const json = attribute === undefined ? undefined : knownJson(attribute);
    if (attribute === undefined || json === undefined || json === null) continue;
    values.push([name, json]);
    if (isMarked(attribute) || isSecretName(name)) sensitive.push([name, true]);
  }
  return { values: Object.fromEntries(values), sensitive: Object.fromEntries(sensitive) };
};
