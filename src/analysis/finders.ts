import type {
  AuthModel,
  Database,
  Entity,
  KmsKey,
  PolicyCarrier,
  Principal,
  PrincipalKind,
  Proxy,
  RotationFunction,
  Secret,
  SecurityGroup,
} from '../model/auth-model.ts';
import { type Value, literal } from '../model/value.ts';
import { type Aliases, type Candidate, type Join, indexCandidates, joinValue } from './join.ts';
import { unlessUnseen } from './unseen-policies.ts';

/** Every finder answers with one entity, several, or why none. */
export type Finders = {
  readonly findDatabase: (identifier: Value<string>, kind: Database['kind']) => Join<Database>;
  readonly findProxy: (name: Value<string>) => Join<Proxy>;
  readonly findSecret: (arn: Value<string>) => Join<Secret>;
  readonly findRotationFunction: (arn: Value<string>) => Join<RotationFunction>;
  readonly findKey: (key: Value<string>) => Join<KmsKey>;
  readonly findPrincipal: (name: Value<string>, kind: PrincipalKind) => Join<Principal>;
  readonly findRoleByArn: (arn: Value<string>) => Join<Principal>;
  readonly findPolicy: (arn: Value<string>) => Join<PolicyCarrier>;
  readonly findPolicyByName: (name: Value<string>) => Join<PolicyCarrier>;
  readonly findSecurityGroup: (id: Value<string>) => Join<SecurityGroup>;
};

export const findersOf = (model: AuthModel, aliases: Aliases): Finders => {
  const instances = indexCandidates(model.databases.filter(({ kind }) => kind === 'instance').map(databaseCandidate));
  const clusters = indexCandidates(model.databases.filter(({ kind }) => kind === 'cluster').map(databaseCandidate));
  const proxies = indexCandidates(model.proxies.map(proxyCandidate));
  const secrets = indexCandidates(model.secrets.map(secretCandidate));
  const rotationFunctions = indexCandidates(model.rotationFunctions.map(rotationCandidate));
  const keys = indexCandidates(model.kmsKeys.map(keyCandidate));
  const roles = indexCandidates(model.principals.filter(({ kind }) => kind === 'role').map(arnCandidate), nameInArn);
  const managed = model.policyCarriers.filter(({ arn }) => arn.kind !== 'absent');
  const policies = indexCandidates(managed.map(arnCandidate), nameInArn);
  const policyNames = indexCandidates(managed.map(nameCandidate));
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
    findRotationFunction: (value) => joinValue(value, rotationFunctions, aliases),
    findKey: (value) => joinValue(value, keys, aliases),
    findPrincipal: (value, kind) => joinValue(value, principals.get(kind) ?? none, aliases),
    findRoleByArn: (value) => joinValue(value, roles, aliases),
    findPolicy: (value) => unlessUnseen(joinValue(value, policies, aliases)),
    findPolicyByName: (value) => unlessUnseen(joinValue(value, policyNames, aliases)),
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

/** Of an application the function is one of its outputs. */
const rotationCandidate = (entity: RotationFunction): Candidate<RotationFunction> => ({
  id: entity.id,
  entity,
  paths:
    entity.kind === 'function'
      ? ['arn', 'qualified_arn']
      : ['outputs', 'outputs.RotationLambdaARN', 'outputs["RotationLambdaARN"]'],
  texts: entity.arns,
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

/** What AWS manages has a namesake here at most. */
const nameInArn = (text: string): string | undefined =>
  text.startsWith('arn:') && !text.includes(':iam::aws:') ? `…/${text.slice(text.lastIndexOf('/') + 1)}` : undefined;

const nameCandidate = <T extends Named>(entity: T): Candidate<T> => ({
  id: entity.id,
  entity,
  paths: ['name'],
  texts: [entity.name],
});

/** A permission set is named by its ARN, and found by name only by the data source that reads it. */

const principalsOf = (model: AuthModel, kind: PrincipalKind): readonly Candidate<Principal>[] =>
  model.principals
    .filter((principal) => principal.kind === kind)
    .map((entity) =>
      kind === 'permission-set'
        ? { id: entity.id, entity, paths: ['arn', 'id'], texts: [entity.arn, entity.name] }
        : { ...nameCandidate(entity), paths: ['name', 'id'] },
    );
