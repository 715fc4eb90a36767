import type { InputKind } from '../../model/report.ts';
import { instanceKey } from '../address.ts';
import type { GraphDocument, GraphResource, ModuleInstance, ResourceAction } from '../graph.ts';
import { type Json, type JsonObject, arrayAt, isObject, objectAt, stringAt } from '../json.ts';
import type { ResourceLocation, Source } from '../source.ts';
import { addSourceResources, sourceOf } from '../source-document.ts';
import { readConfigModule } from './configuration.ts';
import { collectFaults } from './faults.ts';
import { withoutMasks } from './masked.ts';
import { moduleAt } from './modules.ts';
import { resourcesIn } from './resources-in.ts';

/** A plan or state as parsed; only the keys that are read are looked at. */
export type DocumentInput = {
  readonly path: string;
  readonly kind: InputKind;
  /** Empty where there is only source. */
  readonly json: JsonObject;
  readonly index: number;
  readonly source?: Source;
};

/** What a plan shows: the objects as they are, or as they will be. A state is the same at both. */
export type Moment = 'before' | 'after';

type Draft = {
  readonly document: GraphDocument;
  readonly wanted: ReadonlySet<string>;
  readonly instances: Map<string, GraphResource[]>;
  readonly seen: Set<string>;
  readonly moment: Moment;
};

/** Reads one plan or state. `wanted` names the resource types that adapters map; all others are passed over. */
export const readDocument = (
  input: DocumentInput,
  wanted: ReadonlySet<string>,
  moment: Moment = 'after',
): GraphDocument => {
  const draft = draftOf(input, wanted, moment);
  if (draft.document.isSourceAlone) {
    addSourceResources(draft.document, draft.instances, wanted);
    return draft.document;
  }
  if (input.kind === 'state-json') {
    addStateModule(draft, objectAt(objectAt(input.json, 'values'), 'root_module'), '');
    return draft.document;
  }
  for (const change of resourcesIn(arrayAt(input.json, 'resource_changes'), wanted)) addChange(draft, change);
  for (const deferred of arrayAt(input.json, 'deferred_changes'))
    addChange(draft, objectAt(deferred, 'resource_change'));
  // Data sources that were read while planning, and whatever a targeted plan left out, stand in the prior state alone.
  const prior = objectAt(objectAt(input.json, 'prior_state'), 'values');
  addStateModule(draft, objectAt(prior, 'root_module'), '');
  return draft.document;
};

const draftOf = (input: DocumentInput, wanted: ReadonlySet<string>, moment: Moment): Draft => {
  const configuration = objectAt(input.json, 'configuration');
  const rootNode = objectAt(configuration, 'root_module');
  const root: ModuleInstance = {
    path: '',
    config: rootNode === undefined ? null : readConfigModule(rootNode, wanted),
    parent: null,
    call: '',
    key: null,
  };
  const instances = new Map<string, GraphResource[]>();
  const complete = input.json['complete'] !== false && input.json['errored'] !== true;
  const document: GraphDocument = {
    index: input.index,
    path: input.path,
    judged: input.index === 0,
    complete,
    cut: !complete,
    unread: [],
    variables: objectAt(input.json, 'variables') ?? {},
    providers: objectAt(configuration, 'provider_config') ?? {},
    outputs: objectAt(objectAt(input.json, input.kind === 'state-json' ? 'values' : 'planned_values'), 'outputs') ?? {},
    root,
    modules: new Map([['', root]]),
    instances,
    faults: collectFaults(input.path, input.index),
    // What was there before is known: it needs no text.
    ...sourceOf(moment === 'after' ? input : { index: input.index, json: input.json }, wanted),
  };
  return { document, wanted, instances, seen: new Set(), moment };
};

const actionOf = (actions: readonly Json[]): ResourceAction | 'gone' => {
  const has = (name: string): boolean => actions.includes(name);
  if (has('create')) return actions.length > 1 ? 'replace' : 'create';
  if (has('forget')) return 'forget';
  if (has('delete')) return 'gone';
  if (has('update')) return 'update';
  return has('read') ? 'read' : 'no-op';
};

const isWanted = ({ wanted }: Draft, { type }: JsonObject): boolean => typeof type === 'string' && wanted.has(type);

const addChange = (draft: Draft, node: Json | undefined): void => {
  if (!isObject(node) || !isWanted(draft, node)) return;
  const address = stringAt(node, 'address');
  if (address === undefined) return;
  const previous = stringAt(node, 'previous_address');
  // The prior state calls what moves by its old name.
  if (previous !== undefined) draft.seen.add(previous);
  // A deposed object is the old one of a replacement; the address itself has its own change.
  if (node['deposed'] !== undefined) return;
  const change = objectAt(node, 'change') ?? {};
  const action = actionOf(arrayAt(change, 'actions'));
  draft.seen.add(address);
  const contents = draft.moment === 'after' ? contentsAfter(change, action) : contentsBefore(change, action);
  if (contents !== null) add(draft, node, { ...contents, modulePath: stringAt(node, 'module_address') ?? '' });
};

type Action = ReturnType<typeof actionOf>;

const contentsAfter = (change: JsonObject, action: Action): Contents | null => {
  if (action === 'gone') return null;
  if (action === 'forget') return { ...existing(change), action };
  return {
    action,
    values: objectAt(change, 'after') ?? {},
    unknown: change['after_unknown'] ?? false,
    sensitive: change['after_sensitive'] ?? false,
    ...(action === 'update' ? { before: objectAt(change, 'before') ?? {} } : {}),
  };
};

/** What a data source will read is there already; everything else is what it was. */
const contentsBefore = (change: JsonObject, action: Action): Contents | null => {
  if (action === 'read' || action === 'no-op') return contentsAfter(change, action);
  return isObject(change['before']) ? existing(change) : null;
};

const existing = (change: JsonObject): Contents => ({
  action: 'state',
  values: objectAt(change, 'before') ?? {},
  unknown: false,
  sensitive: change['before_sensitive'] ?? false,
});

const addStateModule = (draft: Draft, module: JsonObject | undefined, path: string): void => {
  for (const node of resourcesIn(arrayAt(module, 'resources'), draft.wanted)) addStateResource(draft, node, path);
  for (const child of arrayAt(module, 'child_modules')) {
    if (isObject(child)) addStateModule(draft, child, stringAt(child, 'address') ?? path);
  }
};

const addStateResource = (draft: Draft, node: Json, modulePath: string): void => {
  if (!isObject(node) || !isWanted(draft, node)) return;
  const address = stringAt(node, 'address');
  if (address === undefined) return;
  if (draft.seen.has(address) || node['deposed_key'] !== undefined) return;
  draft.seen.add(address);
  add(draft, node, {
    action: 'state',
    values: objectAt(node, 'values') ?? {},
    unknown: false,
    sensitive: node['sensitive_values'] ?? false,
    modulePath,
  });
};

type Contents = Pick<GraphResource, 'action' | 'values' | 'before' | 'unknown' | 'sensitive'>;

const add = (draft: Draft, node: JsonObject, contents: Contents & { readonly modulePath: string }): void => {
  // What is neither is nothing that stays: OpenTofu shows ephemeral resources.
  if (node['mode'] !== 'managed' && node['mode'] !== 'data') return;
  const { modulePath, ...rest } = contents;
  const { document } = draft;
  const address = stringAt(node, 'address') ?? '';
  const location = locationOf(node, node['mode'], modulePath);
  const name = `${location.mode === 'data' ? 'data.' : ''}${location.type}.${location.name}`;
  const module = moduleAt(document.modules, document.root, modulePath);
  const config = module.config?.resources.get(name) ?? null;
  const resource: GraphResource = {
    ...rest,
    ...withoutMasks(rest),
    ...(rest.before === undefined ? {} : { before: withoutMasks({ values: rest.before, unknown: false }).values }),
    id: document.index === 0 ? address : `@${document.index}/${address}`,
    address,
    mode: location.mode,
    type: location.type,
    key: location.key,
    module,
    document,
    config,
    // Evaluated only for what somebody reads.
    get source() {
      return document.source?.body(location) ?? null;
    },
    schemaVersion: numberOf(config?.['schema_version']) ?? numberOf(node['schema_version']),
  };
  const group = `${modulePath}|${name}`;
  const siblings = draft.instances.get(group);
  if (siblings === undefined) draft.instances.set(group, [resource]);
  else siblings.push(resource);
};

const locationOf = (node: JsonObject, mode: ResourceLocation['mode'], module: string): ResourceLocation => ({
  module,
  mode,
  type: stringAt(node, 'type') ?? '',
  name: stringAt(node, 'name') ?? '',
  key: instanceKey(node['index']),
});

const numberOf = (value: Json | undefined): number | null => (typeof value === 'number' ? value : null);
