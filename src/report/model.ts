import type { ModelDocument } from '../model/model-document.ts';
import type { Report } from '../model/report.ts';
import { type KeyIn, reportKeys, toJson } from './json.ts';

// As in reports: one order for the keys of all objects, and what is not here reaches no output.
// biome-ignore format: grouped by object
export const modelKeys = [
  'schemaVersion', 'tool', 'input',
  'id', 'address', 'judged', 'managed', 'path', 'document', 'file', 'line', 'column', 'endLine', 'endColumn', 'calls', 'leftOut',
  'kind', 'name', 'version', 'value', 'items', 'complete', 'resource', 'oneOf', 'place', 'start', 'end', 'references', 'trailEnds',
  'template', 'computed', 'textReferences', 'terraformVersion', 'source', 'role',
  // A database is made of values; the lists of the model come last, as they are in its type.
  'region', 'account', 'arn', 'identifier', 'resourceId', 'legacyId', 'legacyIdMeans',
  'engine', 'engineVersion', 'engineMode', 'engineFamily', 'scalabilityType', 'instanceClass', 'family', 'parameters',
  'port', 'iamEnabled', 'iamEnabledNow', 'changesAtOnce', 'publiclyAccessible', 'logExports', 'masterUser',
  'masterPassword', 'restoredFrom', 'replicaOf', 'kerberosDomain', 'managesMasterPassword', 'masterSecretArn',
  'masterSecretKey', 'subnetGroup', 'parameterGroup', 'globalCluster', 'clusterIdentifier', 'instanceIdentifier',
  'requireTls', 'defaultAuthScheme', 'auth', 'authComplete', 'scheme', 'iamAuth', 'secretArn', 'username',
  'clientPasswordAuthType', 'roleArn', 'proxyName', 'targetRole', 'host', 'hosts', 'ports',
  'kmsKey', 'keyId', 'resourcePolicy', 'lookup', 'secretId', 'holdsCredentials', 'password', 'shape', 'hidden', 'lambdaArn', 'arns', 'names', 'changes', 'waitsFor',
  'policy', 'policyInView', 'grantee', 'operations', 'constrained',
  'trust', 'boundary', 'managedPolicyArns', 'holder', 'holders', 'policyArn', 'policyName', 'covers', 'policies',
  'users', 'groups', 'statements', 'sid', 'effect', 'actions', 'resources', 'principals', 'conditions', 'mayBeMissing',
  'fetched', 'given', 'negated', 'patterns', 'entries', 'type', 'operator', 'key', 'values',
  'executionRole', 'securityGroups', 'choosesGroups', 'securityGroup', 'subnets', 'inVpc', 'groupId', 'vpcId', 'subnetId', 'zone',
  'zoneId', 'tenancy', 'listId', 'rules', 'rule', 'incomplete', 'direction', 'protocol', 'fromPort', 'toPort', 'self',
  'ranges', 'fqdn', 'targets', 'databaseHost', 'clientHost', 'roles', 'plugin', 'hasPassword', 'mayLogIn', 'user',
  'model', 'databases', 'clusterInstances', 'globalClusters', 'parameterGroups', 'proxies', 'proxyTargets',
  'proxyEndpoints', 'secrets', 'secretVersions', 'secretPolicies', 'secretRotations', 'rotationFunctions', 'creations', 'ignoredChanges', 'kmsKeys', 'kmsKeyPolicies',
  'kmsGrants', 'policyCarriers', 'policyAttachments', 'boundaryAttachments', 'exclusivePolicies', 'groupMemberships',
  'standaloneRules', 'prefixLists', 'vpcs', 'subnetGroups', 'dnsRecords', 'clients', 'databaseUsers',
  'databaseRoleGrants', 'aliases', 'cut', 'judgedInput', 'unreadModules', 'origin',
] as const satisfies readonly KeyIn<ModelDocument>[];

type Forgotten = Exclude<KeyIn<ModelDocument>, (typeof modelKeys)[number]>;

/** Does not compile when a key of the model is missing above; the error names it. */
const keyOrder: [Forgotten] extends [never] ? readonly string[] : Forgotten = modelKeys;

/** The model as JSON: an object for one plan, an array for several. */
export const renderModel = (documents: readonly ModelDocument[]): string => toJson(documents.map(sorted), keyOrder);

/** The model below the one key that data of Rego has for it, with the ways in, the settings and the findings. */
export const renderModelForOpa = (model: ModelDocument['model'], report: Report): string => {
  const { schemaVersion, tool, input, matrix, connections, findings } = report;
  const data = { rds_auth: { ...sorted({ schemaVersion, tool, input, model }), matrix, connections, findings } };
  return toJson([data], ['rds_auth', ...new Set([...keyOrder, ...reportKeys])]);
};

/** Lists in the order of their ids, whichever adapter or input they came from. */
const sorted = (document: ModelDocument): ModelDocument => {
  const { complete, cut, judgedInput, ...lists } = document.model;
  const ordered = Object.entries(lists).map(([name, list]) => [name, [...list].sort(byName)]);
  return { ...document, model: { complete, cut, judgedInput, ...Object.fromEntries(ordered) } };
};

type Named = { readonly id: string } | { readonly resource: string; readonly path: string };

const nameOf = (entity: Named): string => ('id' in entity ? entity.id : `${entity.resource} ${entity.path}`);

const byName = (left: Named, right: Named): number => {
  const [a, b] = [nameOf(left), nameOf(right)];
  return a === b ? 0 : a < b ? -1 : 1;
};
