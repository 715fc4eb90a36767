import type { AuthModel, DnsRecord, Entity, Proxy, ProxyEndpoint } from '../model/auth-model.ts';
import { type ListValue, type Reference, type Value, literal } from '../model/value.ts';
import type { ConnectEndpoint } from './endpoints.ts';
import { type Aliases, type Join, canonicalId, throughAliases } from './join.ts';
import { push } from './push.ts';

/** A host name that leads to an endpoint. */
export type HostUse = {
  readonly endpoint: ConnectEndpoint;
  /** What has the name: the endpoint itself, an instance of it, an additional endpoint of a proxy, a DNS record. */
  readonly by: Entity;
  /** Set where the name is that of a DNS record. */
  readonly record: DnsRecord | null;
  /** The additional endpoint of a proxy, where the name is one's. */
  readonly proxyEndpoint: ProxyEndpoint | null;
  /** False when the expression may mean another host instead. */
  readonly certain: boolean;
};

type Named = Omit<HostUse, 'certain'> & { readonly paths: readonly string[]; readonly names: readonly Value<string>[] };

type Finders = {
  readonly findDatabase: (
    identifier: Value<string>,
    kind: 'cluster',
  ) => Join<Extract<ConnectEndpoint, { kind: 'database' }>['entity']>;
  readonly findProxy: (name: Value<string>) => Join<Proxy>;
};

/** What the host in a value leads to; nothing where it is none of an endpoint in view. */
export type HostFinder = (host: Value<string>) => readonly HostUse[];

export const hostFinder = (
  model: AuthModel,
  endpoints: readonly ConnectEndpoint[],
  finders: Finders,
  aliases: Aliases,
): HostFinder => {
  const named = namedHosts(model, endpoints, finders);
  const byId = new Map<string, Named[]>();
  const byName = new Map<string, Named[]>();
  for (const host of named) {
    push(byId, host.by.id, host);
    for (const name of host.names) push(byName, bareName(literal(name) ?? ''), host);
  }
  const index: Index = { byId, byName, records: recordIndex(model.dnsRecords), aliases };
  return (host) => followHost(host, index, null, 0);
};

type Index = {
  readonly byId: ReadonlyMap<string, readonly Named[]>;
  readonly byName: ReadonlyMap<string, readonly Named[]>;
  readonly records: RecordIndex;
  readonly aliases: Aliases;
};

type RecordIndex = {
  readonly byId: ReadonlyMap<string, DnsRecord>;
  readonly byName: ReadonlyMap<string, readonly DnsRecord[]>;
};

const recordIndex = (records: readonly DnsRecord[]): RecordIndex => {
  const byName = new Map<string, DnsRecord[]>();
  for (const record of records) {
    for (const name of new Set([record.name, record.fqdn].map((value) => bareName(literal(value) ?? '')))) {
      if (name !== '') push(byName, name, record);
    }
  }
  return { byId: new Map(records.map((record) => [record.id, record])), byName };
};

/** DNS names end in a dot that may be left out, and letter case says nothing. An endpoint may have a port behind it. */
const bareName = (name: string): string => name.toLowerCase().replace(/:\d+$/, '').replace(/\.$/, '');

const namedHosts = (model: AuthModel, endpoints: readonly ConnectEndpoint[], finders: Finders): readonly Named[] => [
  ...endpoints.map(
    (endpoint): Named => ({
      endpoint,
      by: endpoint.entity,
      record: null,
      proxyEndpoint: null,
      paths: ['address', 'endpoint', 'reader_endpoint'],
      names: endpoint.kind === 'proxy' ? [endpoint.entity.host] : endpoint.entity.hosts,
    }),
  ),
  ...model.clusterInstances.flatMap((instance) => {
    const join = finders.findDatabase(instance.clusterIdentifier, 'cluster');
    const endpoint = join.kind === 'one' ? ({ kind: 'database', entity: join.entity } as const) : null;
    return endpoint === null
      ? []
      : [{ ...unnamed, endpoint, by: instance, paths: ['endpoint'], names: [instance.host] }];
  }),
  ...model.proxyEndpoints.flatMap((proxyEndpoint) => {
    const join = finders.findProxy(proxyEndpoint.proxyName);
    const endpoint = join.kind === 'one' ? ({ kind: 'proxy', entity: join.entity } as const) : null;
    return endpoint === null
      ? []
      : [{ ...unnamed, endpoint, by: proxyEndpoint, proxyEndpoint, paths: ['endpoint'], names: [proxyEndpoint.host] }];
  }),
];

const unnamed = { record: null, proxyEndpoint: null } as const;

const maximumRecords = 8;

/** Records may stand for records; `through` is the first of them, whose name the client uses. */
const followHost = (
  host: Value<string>,
  index: Index,
  through: DnsRecord | null,
  depth: number,
): readonly HostUse[] => {
  if (depth > maximumRecords) return [];
  return throughAliases(host, index.aliases).flatMap((value) => {
    if (value.kind === 'absent') return [];
    const { named, records, certain } =
      value.kind === 'known' ? byText(value.value, index) : byReferences(value.references, index);
    return [
      ...named.map((one): HostUse => ({ ...useOf(one), record: through, certain })),
      ...records.flatMap((record) =>
        followTargets(record, index, through ?? record, depth).map((use) => ({
          ...use,
          certain: use.certain && certain,
        })),
      ),
    ];
  });
};

const useOf = ({ endpoint, by, proxyEndpoint }: Named): Omit<HostUse, 'record' | 'certain'> => ({
  endpoint,
  by,
  proxyEndpoint,
});

const followTargets = (record: DnsRecord, index: Index, through: DnsRecord, depth: number): readonly HostUse[] =>
  record.targets.items.flatMap((target) => followHost(target, index, through, depth + 1));

type Found = { readonly named: readonly Named[]; readonly records: readonly DnsRecord[]; readonly certain: boolean };

const byText = (text: string, index: Index): Found => {
  const name = bareName(text);
  return { named: index.byName.get(name) ?? [], records: index.records.byName.get(name) ?? [], certain: true };
};

const byReferences = (references: readonly Reference[], index: Index): Found => {
  const ids = references.map((reference) => ({
    ...reference,
    resource: canonicalId(reference.resource, index.aliases),
  }));
  return {
    named: ids.flatMap(({ resource, path }) =>
      (index.byId.get(resource) ?? []).filter(({ paths }) => paths.includes(path)),
    ),
    records: ids.flatMap(({ resource, path }) => {
      const record = index.records.byId.get(resource);
      return record !== undefined && (path === 'fqdn' || path === 'name') ? [record] : [];
    }),
    certain: references.every(({ oneOf }) => oneOf !== true),
  };
};

/** What all hosts of a list lead to; `complete` is false where one may be an endpoint that nobody can see. */
export const usesOfHosts = (
  hosts: ListValue<string>,
  find: HostFinder,
): { readonly uses: readonly HostUse[]; readonly complete: boolean } => {
  const found = hosts.items.map((host) => ({ host, uses: find(host) }));
  return {
    uses: found.flatMap(({ uses }) => uses),
    complete: hosts.complete && found.every(({ host, uses }) => host.kind !== 'unknown' || uses.length > 0),
  };
};
