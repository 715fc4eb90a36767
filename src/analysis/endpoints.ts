import type { AuthModel, ClusterInstance, Database, Proxy } from '../model/auth-model.ts';
import { literal } from '../model/value.ts';
import { push } from './push.ts';

/** What a client logs in to. */
export type ConnectEndpoint =
  | { readonly kind: 'database'; readonly entity: Database }
  | { readonly kind: 'proxy'; readonly entity: Proxy };

/** Endpoints by what names them. */
export type EndpointIndex = {
  readonly all: readonly ConnectEndpoint[];
  readonly byId: ReadonlyMap<string, ConnectEndpoint>;
  /** By resource id, name, identifier and ARN, as far as they are known. */
  readonly byText: ReadonlyMap<string, readonly ConnectEndpoint[]>;
  readonly instanceById: ReadonlyMap<string, ClusterInstance>;
  readonly instancesByResourceId: ReadonlyMap<string, readonly ClusterInstance[]>;
};

export const indexEndpoints = (model: AuthModel): EndpointIndex => {
  const all: readonly ConnectEndpoint[] = [
    ...model.databases.map((entity) => ({ kind: 'database', entity }) as const),
    ...model.proxies.map((entity) => ({ kind: 'proxy', entity }) as const),
  ];
  const byText = new Map<string, ConnectEndpoint[]>();
  for (const endpoint of all) for (const text of textsOf(endpoint)) push(byText, text, endpoint);
  const instancesByResourceId = new Map<string, ClusterInstance[]>();
  for (const instance of model.clusterInstances)
    push(instancesByResourceId, literal(instance.resourceId) ?? '', instance);
  return {
    all,
    byId: new Map(all.map((endpoint) => [endpoint.entity.id, endpoint])),
    byText,
    instanceById: new Map(model.clusterInstances.map((instance) => [instance.id, instance])),
    instancesByResourceId,
  };
};

const textsOf = ({ kind, entity }: ConnectEndpoint): ReadonlySet<string> => {
  const names = kind === 'proxy' ? [entity.name] : [entity.identifier];
  const texts = [entity.resourceId, entity.arn, ...names].flatMap((value) => literal(value) ?? []);
  return new Set(texts.filter((text) => text !== ''));
};
