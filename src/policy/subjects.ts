import type { SubjectKind } from '../model/judgement.ts';
import { type Vocabularies, type Vocabulary, judgement, list, text, vocabulary } from './vocabulary.ts';
import { waiver } from './waiver-subject.ts';
import { masterUse, path, user } from './way-in-subjects.ts';

const address = text('Terraform address of the subject.');

const database = vocabulary({
  supportsIam: judgement('Engine, version, class and mode have IAM database authentication, or it is off.'),
  flagOnCluster: judgement('The flag is not set on an instance of an Aurora cluster, where it has no effect.'),
  withoutKerberos: judgement('Kerberos and IAM database authentication are not both on.'),
  kerberosExcludesIam: judgement('The engine is one whose IAM authentication does not work beside Kerberos.'),
  iamWhereSupported: judgement('IAM authentication is on, or the engine has none.'),
  enforcesTls: judgement('It refuses connections without TLS, or its engine has no parameter for that.'),
  noPlaintextBehindProxies: judgement('Where it refuses connections without TLS, every proxy before it requires TLS.'),
  notPublic: judgement('It has no public address.'),
  flagChangesAtOnce: judgement('The plan does not change the IAM flag, or applies the change at once.'),
  exportsIamErrors: judgement('Where IAM authentication is on, the log of refused tokens is exported.'),
  hasMemoryForIam: judgement('Where IAM authentication is on, the instance class has memory to spare for it.'),
  proxiesNotBypassed: judgement(
    'Where proxies stand before it, nobody else gets to it; where none does, anybody may. Who is meant to counts where the security groups are out of view.',
  ),
  address,
  admitsProxiesOnly: judgement('Its security groups let nothing in but proxies, also where no proxy stands before it.'),
  paths: list(
    vocabulary({
      name: text('Name of the path: `password-rds`, `iam-rds` and so on.'),
      reachable: judgement('Somebody in view logs in to the database by this path.'),
    }),
    'Each of the five paths.',
  ),
  admitMend: text('What to take out of which security-group rule.'),
  engine: text('Engine and version, as far as they are known.'),
  flagMend: text('Where the flag belongs.'),
  tlsMend: text('The parameter to write, with a group for it where there is none.'),
  plaintextMend: text('The argument to write in the proxies before it.'),
  publicMend: text('The argument to write, in the database or its instances.'),
  errorLogMend: text('The logs to export.'),
  memoryMend: text('The instance class to write.'),
  bypassMend: text('The rules that let others in, and what is to be left of them.'),
});

const proxy = vocabulary({
  tlsForIam: judgement('Where an auth block requires IAM, the proxy requires TLS.'),
  iamModesSupported: judgement('The engine family has every iam_auth and default_auth_scheme that the proxy uses.'),
  passwordTypesMatch: judgement('Every client_password_auth_type belongs to the engine family and to the target.'),
  authWithoutUsername: judgement('No auth block with the scheme SECRETS sets username.'),
  hasCredentials: judgement('The proxy has end-to-end IAM, or auth blocks with the ARNs of secrets, to log in with.'),
  hasTarget: judgement('A database is registered as target of the proxy.'),
  servesTarget: judgement('The engine, version and mode of the target are those of the engine family.'),
  targetsWriter: judgement('The target is no read replica.'),
  placedRight: judgement('Its subnets are in the VPC of the target, and in two zones at least.'),
  roleMayReadSecrets: judgement('The role of the proxy may read the secret of every auth block.'),
  roleMayDecryptSecrets: judgement('The role of the proxy may decrypt with the key of every such secret.'),
  roleMayConnect: judgement('With end-to-end IAM, the role of the proxy may connect to the target as the users meant.'),
  targetTakesIam: judgement('With end-to-end IAM, IAM database authentication is on at the target.'),
  reachesTarget: judgement('The security groups let the proxy through to the target.'),
  avoidsMasterUser: judgement('No auth block has the secret of the master user of the target.'),
  address,
  name: text('The argument name.'),
  masterSecretMend: text('A user of its own for the application, with its secret.'),
  role: text('Address of the role of the proxy.'),
  databaseAddress: text('Address of the target.'),
  readMend: text('The policy that lets the role read the secrets it may not read, as a resource to add.'),
  decryptMend: text('The policy or key grant that lets the role decrypt the secrets it may not decrypt.'),
  connectMend: text('The policy that lets the role connect to the target as the users meant.'),
  usernameMend: text('The auth blocks to take username out of.'),
  iamModeMend: text('The edit that makes the IAM modes fit the engine family.'),
  targetIamMend: text('The edit that lets the target take IAM tokens, or the proxy do without.'),
  servesTargetMend: text('The edit that makes the proxy fit its target.'),
  targetMend: text('The aws_db_proxy_target to add for a database in view.'),
  writerMend: text('The edit that registers the source of a replica.'),
  credentialsMend: text('The auth blocks to write, for secrets in view or new ones.'),
  passwordTypeMend: text('The client_password_auth_type to write.'),
  networkMend: text('The security-group rules to write.'),
  placeMend: text('The edit that puts the proxy where it can serve its target.'),
  requiresTls: judgement('Clients may connect with TLS alone.'),
  passwordTypesProtected: judgement('Where a client_password_auth_type needs TLS, the proxy requires it.'),
  hasClient: judgement('Where the proxy requires IAM tokens, somebody in view is granted rds-db:connect on it.'),
  clientMend: text('The policy that lets clients connect through the proxy.'),
});

const proxyEndpoint = vocabulary({
  readOnlySupported: judgement('The endpoint is not read-only, or the target has a reader for it.'),
  address,
  readOnlyMend: text('The target_role to write, or the reader to add.'),
  hasOwnGroups: judgement('The endpoint has security groups that somebody chose, not the default one of the VPC.'),
  ownGroupsMend: text('The security groups to write.'),
});

const role = vocabulary({
  assumableByRds: judgement('The trust policy lets rds.amazonaws.com assume the role.'),
  holdsWhatIsNeeded: judgement(
    'The role may read the secrets, use the keys and connect as the users of its proxies, and no others.',
  ),
  excessMend: text('What to leave in its policies.'),
  address,
});

const secret = vocabulary({
  holdsCredentials: judgement('The secret is a JSON object with username and password.'),
  address,
  secretMend: text('The secret_string to write.'),
  rotated: judgement('Something in view rotates the secret.'),
  keepsUser: judgement('Nothing that rotates it lets two users take turns.'),
  rotationMend: text('The rotation to add.'),
  oneUserMend: text('The edit that leaves its user as it is.'),
});

const grant = vocabulary({
  namesResourceId: judgement('The resource names the endpoint by its resource id: db-, cluster- or prx-.'),
  inScope: judgement('Partition, region and account of the resource, and whoever holds it, are those of the endpoint.'),
  actionSpelled: judgement('The action is rds-db:connect.'),
  conditionCanHold: judgement('No condition asks for a key that such a request never carries.'),
  endpointTakesIam: judgement('The endpoint takes IAM tokens from this user.'),
  userHasSecret: judgement('A proxy in standard IAM mode has the secret of this user.'),
  oneMethodPerUser: judgement('The user is not meant both for IAM and for a password on the same database.'),
  namesClientEndpoint: judgement('A client in view that holds it uses the endpoint that it names.'),
  heldByProgram: judgement('Whoever holds it is more than the execution role of ECS tasks.'),
  address: text('Address of the resource that carries the statement.'),
  action: text('The action, as it is written.'),
  endpoint: text('Address of the database or proxy that the statement is meant for.'),
  user: text('The database user.'),
  principal: text('Address or name of the principal that holds the statement.'),
  connectResource: text('The ARN to write as resource, as a template.'),
  resourceIdExpression: text('The expression of the resource id of the endpoint, as a template.'),
  clientConnectResource: text('The ARN of what the client in view uses, as a template.'),
  holderMend: text('The edit that gives the statement to the program in the task.'),
  resourceMend: text('The resource to write in the statement.'),
  scopeMend: text('The same, and what a principal of another account needs.'),
  conditionMend: text('The condition to delete.'),
  endpointSettingMend: text('The setting that makes the endpoint take IAM tokens from this user.'),
  secretMend: text('The secret to give the proxy for this user, or another user to name.'),
  methodMend: text('A user of its own for the IAM logins.'),
});

const denial = vocabulary({
  takesNothingBack: judgement('The Deny, boundary or exclusive list leaves every Allow of rds-db:connect in force.'),
  address,
  denialMend: text('What to change in the Deny, the boundary or the exclusive list.'),
});

const proxyPort = vocabulary({
  listens: judgement('The proxy listens on the port that the rule opens, or that the client is told.'),
  address: text('Address of the rule, of the security group that holds it, or of the client.'),
  proxy: text('Address of the proxy.'),
  port: text('The port on which the proxy listens.'),
  portMend: text('The edit that names that port.'),
});

const client = vocabulary({
  reachesEndpoint: judgement('The client is where the endpoint is, and the security groups let it through.'),
  groupsLetThrough: judgement('The security groups let the client through to the endpoint that it uses.'),
  address,
  endpoint: text('Address of the database or proxy that it uses.'),
  networkMend: text('The security-group rule, or other edit, to write.'),
});

const dnsRecord = vocabulary({
  standsForNoLogin: judgement('It stands for no endpoint that is reached by IAM, or by TLS through a proxy.'),
  usedWithIam: judgement('A client in view uses the name, and its role may connect by IAM.'),
  address,
  endpoint: text('Address of the database or proxy that it stands for.'),
  hostExpression: text('The expression of the host name to use instead, as a template.'),
});

const databaseUser = vocabulary({
  usedAsDefined: judgement('Every way in that means the user means the method for which the user is defined.'),
  address,
  user: text('Name of the user.'),
  methodMend: text('The edit that makes the definition the one that the ways in need.'),
});

const password = vocabulary({
  keptNowhere: judgement('The password is generated, and not given as text that plan and state keep.'),
  address: text('Address of the database, secret or user that has the password.'),
  passwordMend: text('What makes or takes the password instead.'),
});

const credentials = vocabulary({
  driftShown: judgement(
    'Terraform corrects what somebody else changes of the auth blocks of a proxy, or of a secret of it.',
  ),
  address: text('Address of the proxy or of the secret.'),
  driftMend: text('What to take out of ignore_changes.'),
});

const connectStatement = vocabulary({
  narrow: judgement('The statement names a database, a proxy or a user, and the action rds-db:connect alone.'),
  address: text('Address of the resource that carries the statement.'),
  narrowMend: text('The action and the resources to write.'),
});

const proxyTarget = vocabulary({
  afterCredentials: judgement('The target is registered after what its proxy logs in with is there.'),
  address,
  orderMend: text('The depends_on to write.'),
});

/** Every attribute that a policy may name, by the kind of its subject. The analysis provides exactly these. */
export const subjects: Vocabularies = new Map<SubjectKind, Vocabulary>([
  ['database', database],
  ['proxy', proxy],
  ['proxyEndpoint', proxyEndpoint],
  ['role', role],
  ['secret', secret],
  ['grant', grant],
  ['denial', denial],
  ['proxyPort', proxyPort],
  ['client', client],
  ['dnsRecord', dnsRecord],
  ['databaseUser', databaseUser],
  ['password', password],
  ['credentials', credentials],
  ['connectStatement', connectStatement],
  ['proxyTarget', proxyTarget],
  ['waiver', waiver],
  ['path', path],
  ['user', user],
  ['masterUse', masterUse],
]);

/** The same by type, for policies in TypeScript. */
export type SubjectVocabularies = {
  readonly database: typeof database;
  readonly proxy: typeof proxy;
  readonly proxyEndpoint: typeof proxyEndpoint;
  readonly role: typeof role;
  readonly secret: typeof secret;
  readonly grant: typeof grant;
  readonly denial: typeof denial;
  readonly proxyPort: typeof proxyPort;
  readonly client: typeof client;
  readonly dnsRecord: typeof dnsRecord;
  readonly databaseUser: typeof databaseUser;
  readonly password: typeof password;
  readonly credentials: typeof credentials;
  readonly connectStatement: typeof connectStatement;
  readonly proxyTarget: typeof proxyTarget;
  readonly waiver: typeof waiver;
  readonly path: typeof path;
  readonly user: typeof user;
  readonly masterUse: typeof masterUse;
};
