import type {
  AuthModel,
  ClusterInstance,
  KmsGrant,
  KmsKeyPolicy,
  ProxyTarget,
  Secret,
  SecretPolicy,
  SecretRotation,
  SecretVersion,
  StandaloneRule,
} from '../model/auth-model.ts';
import type { ReferencesAt, Value } from '../model/value.ts';
import { type EndpointIndex, indexEndpoints } from './endpoints.ts';
import { type Finders, findersOf } from './finders.ts';
import { type GroupRulesIndex, groupRulesIndex } from './group-rules.ts';
import { type GroupUse, groupUse } from './group-use.ts';
import { type Grouped, groupByJoin } from './grouping.ts';
import { type HostFinder, hostFinder } from './hosts.ts';
import { type Aliases, type Join, aliasMap, inRegion, throughAliases } from './join.ts';
import { namesMasterSecret } from './master-secrets.ts';
import { withEnginesOfSources } from './replicas.ts';
import { withPortsOfDatabases } from './rule-ports.ts';
import { sameEntities, withoutDuplicates } from './same-entities.ts';
import { type NetworkFinders, networkFinders } from './world-network.ts';

/** The model with what names what. */
export type World = Finders &
  NetworkFinders &
  GroupUse &
  GroupRulesIndex & {
    readonly model: AuthModel;
    readonly aliases: Aliases;
    /** What the expression of a text refers to, as a plan keeps it. */
    readonly referencesAt: ReferencesAt;
    /** The endpoints that a host name leads to. */
    readonly findHost: HostFinder;
    readonly endpoints: EndpointIndex;
    readonly versions: Grouped<SecretVersion>;
    readonly targets: Grouped<ProxyTarget>;
    readonly instances: Grouped<ClusterInstance>;
    readonly rules: Grouped<StandaloneRule>;
    readonly secretPolicies: Grouped<SecretPolicy>;
    readonly rotations: Grouped<SecretRotation>;
    readonly keyPolicies: Grouped<KmsKeyPolicy>;
    readonly keyGrants: Grouped<KmsGrant>;
  };

export const buildWorld = (raw: AuthModel, referencesAt: ReferencesAt = () => undefined): World => {
  const values = aliasMap(raw.aliases);
  const bare: Aliases = { values, same: new Map() };
  const aliases: Aliases = { values, same: sameEntities(raw, bare) };
  const model = withPortsOfDatabases(withEnginesOfSources(withoutDuplicates(raw, aliases), aliases), aliases);
  const finders = findersOf(model, aliases);
  const groups = groupsOf(model, finders, aliases);
  const findHost = hostFinder(model, groups.endpoints.all, finders, aliases);
  const use = groupUse(model, finders.findSecurityGroup, groups.rules);
  const rules = groupRulesIndex(groups.rules, finders.findSecurityGroup);
  return {
    model,
    aliases,
    referencesAt,
    ...finders,
    ...networkFinders(model, aliases),
    ...groups,
    ...use,
    ...rules,
    findHost,
  };
};

type Groups = Pick<
  World,
  | 'endpoints'
  | 'versions'
  | 'targets'
  | 'instances'
  | 'rules'
  | 'secretPolicies'
  | 'rotations'
  | 'keyPolicies'
  | 'keyGrants'
>;

const groupsOf = (model: AuthModel, finders: Finders, aliases: Aliases): Groups => ({
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
  rotations: groupByJoin(model.secretRotations, ({ secretId }) => secretInView(model, aliases, finders, secretId)),
  keyPolicies: groupByJoin(model.kmsKeyPolicies, ({ keyId }) => finders.findKey(keyId)),
  keyGrants: groupByJoin(model.kmsGrants, ({ keyId }) => finders.findKey(keyId)),
});

/** A secret that RDS makes for a master user is none of those in view, though nobody knows its ARN yet. */
const secretInView = (model: AuthModel, aliases: Aliases, finders: Finders, id: Value<string>): Join<Secret> => {
  const join = finders.findSecret(id);
  if (join.kind !== 'unknown') return join;
  const isOfMaster = throughAliases(id, aliases).every((value) =>
    model.databases.some((database) => namesMasterSecret(value, database)),
  );
  return isOfMaster ? { kind: 'absent' } : join;
};
