import type { Client, Database, Entity, Proxy, Subnet } from '../model/auth-model.ts';
import type { GuideFact } from '../model/guide.ts';
import { type ListValue, type Value, literal } from '../model/value.ts';
import type { AnalysisContext } from './analysis-context.ts';
import type { ConnectionDraft } from './connection-drafts.ts';
import type { DatabaseFacts } from './databases.ts';
import type { World } from './world.ts';

/** Pieces in view that break no leg and that whoever uses the connection should know; only what is certain. */
export const factsOf = (context: AnalysisContext, draft: ConnectionDraft): readonly GuideFact[] => {
  const { world } = context;
  const proxy = draft.facts?.proxy ?? null;
  const database = draft.database;
  const byKind: Readonly<Record<GuideFact['kind'], readonly Entity[]>> = {
    'custom-dns': dnsRecords(world, proxy ?? database?.database ?? null),
    'few-addresses': proxy === null ? [] : smallSubnets(world, proxy),
    'global-secondary': proxy === null || database === null ? [] : secondary(database.database),
    'master-secret-rotates': rotatingMasters(draft),
    'other-vpc': proxy === null ? [] : clientsElsewhere(context, draft, proxy),
    'proxy-endpoint': proxy === null ? [] : endpointsOf(world, proxy),
    'small-class': draft.path === 'iam-rds' || draft.path === 'iam-proxy-iam-rds' ? smallClasses(database) : [],
  };
  return (Object.entries(byKind) as readonly (readonly [GuideFact['kind'], readonly Entity[]])[]).flatMap(
    ([kind, entities]) =>
      entities.length === 0 ? [] : [{ kind, addresses: [...new Set(entities.map(({ address }) => address))] }],
  );
};

/** Records that stand for the endpoint (facts 5.15 and 6.9). */
const dnsRecords = ({ model }: World, endpoint: Database | Proxy | null): readonly Entity[] => {
  if (endpoint === null) return [];
  const hosts = 'hosts' in endpoint ? endpoint.hosts : [endpoint.host];
  const known = new Set(hosts.flatMap((host) => literal(host)?.toLowerCase() ?? []));
  const standsFor = (value: Value<string>): boolean =>
    value.kind === 'known'
      ? known.has(value.value.toLowerCase().replace(/\.$/, ''))
      : value.kind === 'unknown' &&
        value.references.some(({ resource, path }) => resource === endpoint.id && isHost(path));
  return model.dnsRecords.filter(({ targets }) => targets.items.some(standsFor));
};

const isHost = (path: string): boolean => ['endpoint', 'address', 'reader_endpoint'].includes(path);

/** A proxy needs up to 110 free addresses in each of its subnets (D15); five of each subnet are AWS's. */
const smallSubnets = (world: World, { subnets }: Proxy): readonly Entity[] =>
  subnetsOf(world, subnets).filter(({ ranges }) => {
    const sizes = ranges.items.flatMap((range) => /^[\d.]+\/(\d+)$/.exec(literal(range) ?? '')?.[1] ?? []);
    return ranges.complete && sizes.length > 0 && sizes.every((bits) => 2 ** (32 - Number(bits)) - 5 < 110);
  });

/** The write endpoints of a secondary of a global database fail (fact 6.15). */
const secondary = (database: Database): readonly Entity[] =>
  database.kind === 'cluster' && database.globalCluster.kind !== 'absent' && database.replicaOf.kind !== 'absent'
    ? [database]
    : [];

/** RDS changes the password that it manages every seven days (fact 2.10). */
const rotatingMasters = ({ path, facts, database, user, blocks }: ConnectionDraft): readonly Entity[] => {
  if (path === 'password-rds') return database?.database.masterSecretArn.kind === 'known' ? [database.database] : [];
  if (path !== 'password-proxy-rds' && path !== 'iam-proxy-rds') return [];
  const auths = blocks.length > 0 ? blocks : (facts?.auth ?? []).filter((auth) => auth.user === user);
  return auths.flatMap(({ link }) => (link.kind === 'master' ? [link.database] : []));
};

/** IAM authentication takes 300 to 1000 MiB (fact 5.5). */
const smallClasses = (facts: DatabaseFacts | null): readonly Entity[] => {
  if (facts === null) return [];
  const all = [facts.database, ...facts.instances];
  return all.filter(({ instanceClass }) => /^db\.t\w+\.(micro|small)$/.test(literal(instanceClass) ?? ''));
};

const endpointsOf = (world: World, proxy: Proxy): readonly Entity[] =>
  world.model.proxyEndpoints.filter(({ proxyName }) => {
    const join = world.findProxy(proxyName);
    return join.kind === 'one' && join.entity.id === proxy.id;
  });

/** From another VPC a proxy is reached through an endpoint there (fact 6.4). */
const clientsElsewhere = ({ world }: AnalysisContext, { holder }: ConnectionDraft, proxy: Proxy): readonly Client[] => {
  if (holder?.kind !== 'principal') return [];
  const home = vpcsOf(world, proxy.subnets);
  return world.model.clients.filter((client) => {
    const role = world.findRoleByArn(client.role);
    if (role.kind !== 'one' || role.entity.id !== holder.principal.id) return false;
    const [vpc, ...more] = vpcsOf(world, client.subnets);
    return vpc !== undefined && more.length === 0 && home.length === 1 && differ(vpc, home[0] ?? vpc);
  });
};

const subnetsOf = ({ model }: World, list: ListValue<string>): readonly Subnet[] =>
  model.subnets.filter((subnet) => list.items.some((item) => names(item, subnet)));

const names = (value: Value<string>, { id, subnetId }: Subnet): boolean =>
  value.kind === 'known'
    ? value.value === literal(subnetId)
    : value.kind === 'unknown' && value.references.some(({ resource, path }) => resource === id && path === 'id');

/** A VPC by its id, or by the one resource that its id is of. */
const vpcsOf = (world: World, list: ListValue<string>): readonly string[] => [
  ...new Set(
    subnetsOf(world, list).flatMap(({ vpcId }) => {
      if (vpcId.kind === 'known') return [vpcId.value];
      const [only, more] = vpcId.kind === 'unknown' ? vpcId.references : [];
      return only === undefined || more !== undefined ? [] : [`=${only.resource}`];
    }),
  ),
];

/** An id and a resource may be the same VPC. */
const differ = (a: string, b: string): boolean => a !== b && a.startsWith('=') === b.startsWith('=');
