import type {
  AuthModel,
  ClusterInstance,
  Database,
  Entity,
  EntityLists,
  KmsGrant,
  KmsKey,
  KmsKeyPolicy,
  PolicyCarrier,
  Principal,
  PrincipalKind,
  Proxy,
  ProxyTarget,
  Secret,
  SecretPolicy,
  SecretVersion,
  SecurityGroup,
  StandaloneRule,
} from '../model/auth-model.ts';
import { type Value, literal } from '../model/value.ts';
import { type EndpointIndex, indexEndpoints } from './endpoints.ts';
import { type GroupUse, groupUse } from './group-use.ts';
import { type Grouped, groupByJoin } from './grouping.ts';
import { type HostFinder, hostFinder } from './hosts.ts';
import {
  type Aliases,
  type Candidate,
  type Join,
  aliasMap,
  documentOf,
  inRegion,
  indexCandidates,
  joinValue,
} from './join.ts';
import { type NetworkFinders, networkFinders } from './world-network.ts';

/** The model with what names what: every finder answers with one entity, several, or why none. */
export type World = NetworkFinders &
  GroupUse & {
    readonly model: AuthModel;
    readonly aliases: Aliases;
    readonly findDatabase: (identifier: Value<string>, kind: Database['kind']) => Join<Database>;
    readonly findProxy: (name: Value<string>) => Join<Proxy>;
    readonly findSecret: (arn: Value<string>) => Join<Secret>;
    readonly findKey: (key: Value<string>) => Join<KmsKey>;
    readonly findPrincipal: (name: Value<string>, kind: PrincipalKind) => Join<Principal>;
    readonly findRoleByArn: (arn: Value<string>) => Join<Principal>;
    readonly findPolicy: (arn: Value<string>) => Join<PolicyCarrier>;
    readonly findSecurityGroup: (id: Value<string>) => Join<SecurityGroup>;
    /** The endpoints that a host name leads to. */
    readonly findHost: HostFinder;
    readonly endpoints: EndpointIndex;
    readonly versions: Grouped<SecretVersion>;
    readonly targets: Grouped<ProxyTarget>;
    readonly instances: Grouped<ClusterInstance>;
    readonly rules: Grouped<StandaloneRule>;
    readonly secretPolicies: Grouped<SecretPolicy>;
    readonly keyPolicies: Grouped<KmsKeyPolicy>;
    readonly keyGrants: Grouped<KmsGrant>;
  };

export const buildWorld = (raw: AuthModel): World => {
  const values = aliasMap(raw.aliases);
  const bare: Aliases = { values, same: new Map() };
  const aliases: Aliases = { values, same: sameEntities(raw, bare) };
  const model = withoutDuplicates(raw, aliases);
  const finders = findersOf(model, aliases);
  const groups = groupsOf(model, finders);
  const findHost = hostFinder(model, groups.endpoints.all, finders, aliases);
  const use = groupUse(model, finders.findSecurityGroup, groups.rules);
  return { model, aliases, ...finders, ...networkFinders(model, aliases), ...groups, ...use, findHost };
};

type Groups = Pick<
  World,
  'endpoints' | 'versions' | 'targets' | 'instances' | 'rules' | 'secretPolicies' | 'keyPolicies' | 'keyGrants'
>;
type Finders = Omit<World, 'model' | 'aliases' | 'findHost' | keyof Groups | keyof NetworkFinders | keyof GroupUse>;

const groupsOf = (model: AuthModel, finders: Finders): Groups => ({
  endpoints: indexEndpoints(model),
  versions: groupByJoin(
    model.secretVersions.filter(({ managed }) => managed),
    ({ secretId }) => finders.findSecret(secretId),
  ),
  targets: groupByJoin(model.proxyTargets, ({ proxyName, region }) => inRegion(finders.findProxy(proxyName), region)),
  instances: groupByJoin(model.clusterInstances, (instance) =>
    finders.findDatabase(instance.clusterIdentifier, 'cluster'),
  ),
  rules: groupByJoin(model.standaloneRules, ({ securityGroup }) => finders.findSecurityGroup(securityGroup)),
  secretPolicies: groupByJoin(model.secretPolicies, ({ secretArn }) => finders.findSecret(secretArn)),
  keyPolicies: groupByJoin(model.kmsKeyPolicies, ({ keyId }) => finders.findKey(keyId)),
  keyGrants: groupByJoin(model.kmsGrants, ({ keyId }) => finders.findKey(keyId)),
});

const findersOf = (model: AuthModel, aliases: Aliases): Finders => {
  const instances = indexCandidates(model.databases.filter(({ kind }) => kind === 'instance').map(databaseCandidate));
  const clusters = indexCandidates(model.databases.filter(({ kind }) => kind === 'cluster').map(databaseCandidate));
  const proxies = indexCandidates(model.proxies.map(proxyCandidate));
  const secrets = indexCandidates(model.secrets.map(secretCandidate));
  const keys = indexCandidates(model.kmsKeys.map(keyCandidate));
  const roles = indexCandidates(model.principals.filter(({ kind }) => kind === 'role').map(arnCandidate), nameInArn);
  const policies = indexCandidates(
    model.policyCarriers.filter(({ arn }) => arn.kind !== 'absent').map(arnCandidate),
    nameInArn,
  );
  const groups = indexCandidates(model.securityGroups.map(groupCandidate));
  const principals = new Map(
    (['role', 'user', 'group', 'permission-set'] as const).map((kind) => [
      kind,
      indexCandidates(principalsOf(model, kind)),
    ]),
  );
  const none = indexCandidates<Principal>([]);
  return {
    findDatabase: (value, kind) => joinValue(value, kind === 'instance' ? instances : clusters, aliases),
    findProxy: (value) => joinValue(value, proxies, aliases),
    findSecret: (value) => joinValue(value, secrets, aliases),
    findKey: (value) => joinValue(value, keys, aliases),
    findPrincipal: (value, kind) => joinValue(value, principals.get(kind) ?? none, aliases),
    findRoleByArn: (value) => joinValue(value, roles, aliases),
    findPolicy: (value) => joinValue(value, policies, aliases),
    findSecurityGroup: (value) => joinValue(value, groups, aliases),
  };
};

const databaseCandidate = (entity: Database): Candidate<Database> => ({
  id: entity.id,
  entity,
  paths: ['identifier', 'cluster_identifier', 'db_instance_identifier', 'id', 'arn'],
  texts: [entity.identifier, entity.legacyId, entity.arn],
});

/** The `id` of a proxy is its name (fact 4.9). */
const proxyCandidate = (entity: Proxy): Candidate<Proxy> => ({
  id: entity.id,
  entity,
  paths: ['name', 'id'],
  texts: [entity.name],
});

const secretCandidate = (entity: Secret): Candidate<Secret> => ({
  id: entity.id,
  entity,
  paths: ['arn', 'id', 'name', 'secret_arn', 'secret_id'],
  texts: [entity.arn, entity.name],
});

const keyCandidate = (entity: KmsKey): Candidate<KmsKey> => ({
  id: entity.id,
  entity,
  paths: ['arn', 'key_id', 'id'],
  texts: [entity.arn, entity.keyId],
});

const groupCandidate = (entity: SecurityGroup): Candidate<SecurityGroup> => ({
  id: entity.id,
  entity,
  paths: ['id'],
  texts: [entity.groupId],
});

type Named = Entity & { readonly arn: Value<string>; readonly name: Value<string> };

/** The ARN of something that does not exist yet is recognised by the name that it ends in. */
const arnCandidate = <T extends Named>(entity: T): Candidate<T> => ({
  id: entity.id,
  entity,
  paths: ['arn', 'id', 'policy_arn'],
  texts: [literal(entity.arn) === undefined ? marked(entity.name) : entity.arn],
});

const marked = (name: Value<string>): Value<string> =>
  name.kind === 'known' ? { ...name, value: `…/${name.value}` } : name;

const nameInArn = (text: string): string | undefined =>
  text.startsWith('arn:') ? `…/${text.slice(text.lastIndexOf('/') + 1)}` : undefined;

const principalsOf = (model: AuthModel, kind: PrincipalKind): readonly Candidate<Principal>[] =>
  model.principals
    .filter((principal) => principal.kind === kind)
    .map((entity) => ({ id: entity.id, entity, paths: ['name', 'id'], texts: [entity.name] }));

/** Data sources that read what this configuration manages are the managed thing itself. */
const sameEntities = (model: AuthModel, aliases: Aliases): ReadonlyMap<string, string> => {
  const managed = <T extends Entity>(list: readonly T[]): readonly T[] => list.filter((entity) => entity.managed);
  const read = <T extends Entity>(list: readonly T[]): readonly T[] => list.filter((entity) => !entity.managed);
  const finders = findersOf(
    {
      ...model,
      databases: managed(model.databases),
      proxies: managed(model.proxies),
      secrets: managed(model.secrets),
      kmsKeys: managed(model.kmsKeys),
      principals: managed(model.principals),
      policyCarriers: managed(model.policyCarriers),
      securityGroups: managed(model.securityGroups),
    },
    aliases,
  );
  const pairs: (readonly [string, Join<Entity>])[] = [
    ...read(model.databases).map((data) => [data.id, finders.findDatabase(data.identifier, data.kind)] as const),
    ...read(model.proxies).map((data) => [data.id, finders.findProxy(data.name)] as const),
    ...read(model.secrets).flatMap((data) => data.lookup.map((by) => [data.id, finders.findSecret(by)] as const)),
    ...read(model.principals).map((data) => [data.id, finders.findPrincipal(data.name, data.kind)] as const),
    ...read(model.policyCarriers).map((data) => [data.id, finders.findPolicy(data.arn)] as const),
    ...read(model.securityGroups).map((data) => [data.id, finders.findSecurityGroup(data.groupId)] as const),
  ];
  const readHere = pairs.flatMap(([id, join]) => (join.kind === 'one' ? [[id, join.entity.id] as const] : []));
  const lists = [
    model.databases,
    model.proxies,
    model.secrets,
    model.kmsKeys,
    model.principals,
    model.policyCarriers,
    model.securityGroups,
  ];
  return new Map([...lists.flatMap(copiesOfJudged), ...readHere]);
};

/** What a context holds of an object that the judged input has itself, such as its own earlier state. */
const copiesOfJudged = (
  list: readonly (Entity & { readonly arn: Value<string> })[],
): readonly (readonly [string, string])[] => {
  const judged = new Map(
    list.flatMap(({ id, arn, judged: own }) => (own && arn.kind === 'known' ? [[arn.value, id] as const] : [])),
  );
  return list.flatMap(({ id, arn, judged: own }) => {
    const same = own || arn.kind !== 'known' ? undefined : judged.get(arn.value);
    return same === undefined ? [] : [[id, same] as const];
  });
};

const withoutDuplicates = (model: AuthModel, { same }: Aliases): AuthModel => {
  const own = earlierStates(model, same);
  const isOwn = ({ id, judged }: Entity): boolean => !judged && own.has(documentOf(id));
  const distinct = <T extends Entity>(list: readonly T[]): readonly T[] => {
    const judged = new Set(list.flatMap((entity) => (entity.judged ? [entity.address] : [])));
    return list.filter((entity) => !same.has(entity.id) && !(isOwn(entity) && judged.has(entity.address)));
  };
  const { aliases, complete, ...lists } = model;
  const filtered = Object.entries(lists).map(([name, list]) => [name, distinct(list as readonly Entity[])]);
  return { aliases, complete, ...(Object.fromEntries(filtered) as Omit<EntityLists, 'aliases'>) };
};

/** Context inputs that hold an object of the judged one under its own address: states of the same workspace. */
const earlierStates = (model: AuthModel, same: ReadonlyMap<string, string>): ReadonlySet<number> => {
  const all = [...model.databases, ...model.proxies, ...model.secrets, ...model.principals];
  const copies = all.filter(({ id, address, judged }) => !judged && same.get(id) === address);
  return new Set(copies.map(({ id }) => documentOf(id)));
};
