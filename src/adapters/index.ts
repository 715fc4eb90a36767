import type { AuthModel, EntityLists } from '../model/auth-model.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { ReferencesAt } from '../model/value.ts';
import type { ResourceGraph } from '../terraform/graph.ts';
import { instance } from './ec2/instance.ts';
import { managedPrefixList } from './ec2/managed-prefix-list.ts';
import { securityGroup } from './ec2/security-group.ts';
import { subnet } from './ec2/subnet.ts';
import { vpc } from './ec2/vpc.ts';
import { ecsTaskDefinition } from './ecs/task-definition.ts';
import { podIdentityAssociation } from './eks/pod-identity-association.ts';
import { serviceAccountRole } from './eks/service-account-role.ts';
import { exclusivePolicies } from './iam/exclusive-policies.ts';
import { iamPolicy } from './iam/policy.ts';
import { policyAttachment } from './iam/policy-attachment.ts';
import { principal } from './iam/principal.ts';
import { referencesAt } from './iam/references-at.ts';
import { kmsKey } from './kms/key.ts';
import { lambdaFunction } from './lambda/function.ts';
import { mysqlUser } from './mysql/user.ts';
import { postgresqlGrantRole } from './postgresql/grant-role.ts';
import { postgresqlRole } from './postgresql/role.ts';
import { generated } from './random/generated.ts';
import { dbInstance } from './rds/db-instance.ts';
import { dbProxy } from './rds/db-proxy.ts';
import { dbProxyEndpoint } from './rds/db-proxy-endpoint.ts';
import { dbProxyTarget } from './rds/db-proxy-target.ts';
import { dbSubnetGroup } from './rds/db-subnet-group.ts';
import { parameterGroup } from './rds/parameter-group.ts';
import { rdsCluster } from './rds/rds-cluster.ts';
import { rdsClusterInstance } from './rds/rds-cluster-instance.ts';
import { rdsGlobalCluster } from './rds/rds-global-cluster.ts';
import { record } from './route53/record.ts';
import { rotationFunction } from './secretsmanager/rotation-function.ts';
import { secret } from './secretsmanager/secret.ts';
import { secretRotation } from './secretsmanager/secret-rotation.ts';
import { secretVersion } from './secretsmanager/secret-version.ts';
import type { Adapter } from './shared/adapter.ts';
import { permissionSet } from './ssoadmin/permission-set.ts';
import { callerIdentity } from './sts/caller-identity.ts';
import { creations } from './terraform/creations.ts';
import { ignoredChanges } from './terraform/ignored-changes.ts';
import { remoteState } from './terraform/remote-state.ts';
import { unreadModules } from './terraform/unread-modules.ts';

const adapters: readonly Adapter[] = [
  dbInstance,
  rdsCluster,
  rdsClusterInstance,
  rdsGlobalCluster,
  parameterGroup,
  dbSubnetGroup,
  dbProxy,
  dbProxyTarget,
  dbProxyEndpoint,
  secret,
  secretVersion,
  secretRotation,
  rotationFunction,
  ignoredChanges,
  creations,
  kmsKey,
  principal,
  iamPolicy,
  policyAttachment,
  securityGroup,
  managedPrefixList,
  vpc,
  subnet,
  record,
  postgresqlRole,
  postgresqlGrantRole,
  mysqlUser,
  remoteState,
  callerIdentity,
  generated,
  lambdaFunction,
  ecsTaskDefinition,
  instance,
  podIdentityAssociation,
  serviceAccountRole,
  permissionSet,
  exclusivePolicies,
  unreadModules,
];

/** The resource types that the reader must keep; all others are passed over. */
export const adaptedTypes: ReadonlySet<string> = new Set(adapters.flatMap((adapter) => adapter.types));

const emptyModel: AuthModel = {
  complete: true,
  cut: false,
  judgedInput: 'plan',
  unreadModules: [],
  databases: [],
  clusterInstances: [],
  globalClusters: [],
  parameterGroups: [],
  proxies: [],
  proxyTargets: [],
  proxyEndpoints: [],
  creations: [],
  secrets: [],
  secretVersions: [],
  secretPolicies: [],
  secretRotations: [],
  rotationFunctions: [],
  ignoredChanges: [],
  kmsKeys: [],
  kmsKeyPolicies: [],
  kmsGrants: [],
  principals: [],
  policyCarriers: [],
  policyAttachments: [],
  boundaryAttachments: [],
  exclusivePolicies: [],
  groupMemberships: [],
  securityGroups: [],
  standaloneRules: [],
  prefixLists: [],
  vpcs: [],
  subnets: [],
  subnetGroups: [],
  dnsRecords: [],
  clients: [],
  databaseUsers: [],
  databaseRoleGrants: [],
  aliases: [],
};

/** The model, and what only those ask for who do not get enough from it. */
type AdaptedGraph = {
  readonly model: AuthModel;
  readonly diagnostics: readonly Diagnostic[];
  readonly referencesAt: ReferencesAt;
};

/** Maps every resource of the graph into the authentication model. */
export const adaptGraph = (graph: ResourceGraph): AdaptedGraph => {
  const diagnostics: Diagnostic[] = [];
  const context = { graph, report: (diagnostic: Diagnostic) => void diagnostics.push(diagnostic) };
  const parts = adapters.map((adapter) => adapter.adapt(context));
  // After the adapters: they read, and so they find what is not of the type that they ask for.
  diagnostics.push(...graph.documents.flatMap(({ faults }) => faults.diagnostics()));
  const complete = graph.documents.every((document) => document.complete);
  const cut = graph.documents.some((document) => document.cut);
  const isText = graph.documents.some(({ judged, isSourceAlone }) => judged && isSourceAlone);
  const judgedInput = isText ? 'configuration' : 'plan';
  const model: AuthModel = { ...parts.reduce(merge, emptyModel), complete, cut, judgedInput };
  return { model, diagnostics, referencesAt: referencesAt(graph) };
};

const merge = (model: AuthModel, part: Partial<EntityLists>): AuthModel => {
  const merged = Object.entries(part).map(([key, list]) => [key, [...model[key as keyof EntityLists], ...list]]);
  return { ...model, ...Object.fromEntries(merged) };
};
