import type { AuthBlock, Database } from '../model/auth-model.ts';
import type { SubjectAttributes } from '../model/judgement.ts';
import { literal } from '../model/value.ts';
import { blocksIn } from './auth-blocks.ts';
import type { JudgedConnection } from './connections.ts';
import { credentialsMend } from './credentials-mend.ts';
import { type EngineFamily, familyOf, passwordTypes } from './engines.ts';
import { inModuleOf, reachNote, referenceExpression, targetExpression } from './expressions.ts';
import { addTo, freeName, instanceName, step, steps } from './mend-blocks.ts';
import { networkMend } from './network-mend.ts';
import type { ProxyFacts } from './proxy-facts.ts';
import { maximumSecrets } from './proxy-target.ts';
import { namingMend } from './secret-naming-mend.ts';
import { textLater } from './subject-attributes.ts';
import type { World } from './world.ts';

/** The edits of a proxy's own arguments, with the user's addresses. */
export const mendTexts = (
  facts: ProxyFacts,
  world: World,
  connections: readonly JudgedConnection[],
): SubjectAttributes => ({
  usernameMend: textLater(() => usernameMend(facts)),
  passwordTypeMend: textLater(() => passwordTypeMend(facts)),
  iamModeMend: textLater(() => (facts.iamModesSupported.holds === true ? '' : iamModeMend(facts, world, connections))),
  targetIamMend: textLater(() => (facts.targetTakesIam.holds === true ? '' : targetIamMend(facts))),
  servesTargetMend: textLater(() => servesTargetMend(facts)),
  targetMend: textLater(() => targetMend(facts, world)),
  writerMend: textLater(() => writerMend(facts, world)),
  credentialsMend: textLater(() =>
    facts.hasCredentials.holds === true ? namingMend(facts, world) : credentialsMend(facts, world, connections),
  ),
  networkMend: textLater(() =>
    networkMend(facts.networkGap, facts.proxy, targetOf(facts), world.model.standaloneRules),
  ),
});

const targetOf = ({ target }: ProxyFacts): Database | null =>
  target?.kind === 'database' ? target.facts.database : null;

const engineOf = (facts: ProxyFacts): string => {
  const database = targetOf(facts);
  return database === null ? '' : (literal(database.engine) ?? '');
};

const blocksWith = (facts: ProxyFacts, is: (block: AuthBlock) => boolean): string =>
  blocksIn(
    facts,
    facts.auth.filter(({ block }) => is(block)),
  );

const usernameMend = (facts: ProxyFacts): string =>
  `In ${blocksWith(facts, ({ username }) => username.kind !== 'absent')} delete the line that sets username: the proxy takes the name from the key username of the secret.`;

const families = new Set<string>(['MYSQL', 'POSTGRESQL', 'SQLSERVER']);
const isFamily = (value: string | undefined): value is EngineFamily => value !== undefined && families.has(value);

/** MariaDB does not know caching_sha2 (fact 1.7). */
const allowedTypes = (facts: ProxyFacts): readonly string[] => {
  const own = literal(facts.proxy.engineFamily);
  const family = familyOf(engineOf(facts)) ?? (isFamily(own) ? own : undefined);
  const types = family === undefined ? [] : (passwordTypes.get(family) ?? []);
  return engineOf(facts) === 'mariadb' ? types.filter((type) => type !== 'MYSQL_CACHING_SHA2_PASSWORD') : types;
};

const passwordTypeMend = (facts: ProxyFacts): string => {
  const types = allowedTypes(facts);
  const [first, ...others] = types;
  if (first === undefined)
    return `In ${blocksIn(facts, facts.auth)} keep client_password_auth_type to the types of its engine family.`;
  const where = blocksWith(facts, ({ clientPasswordAuthType: type }) => {
    const value = literal(type);
    return type.kind !== 'absent' && (value === undefined || !types.includes(value));
  });
  return steps(
    step(`In ${where} write`, [`client_password_auth_type = "${first}"`]),
    ...others.map((type) =>
      step('Or, if the passwords of the database are of that type', [`client_password_auth_type = "${type}"`]),
    ),
    'Deleting the line is not enough: Terraform keeps the old value.',
  );
};

const iamModeMend = (facts: ProxyFacts, world: World, connections: readonly JudgedConnection[]): string => {
  const { proxy, auth } = facts;
  if (literal(proxy.engineFamily) === 'SQLSERVER') {
    const none = step(`In ${proxy.address} write`, ['default_auth_scheme = "NONE"']);
    return auth.length > 0 ? none : steps(none, credentialsMend(facts, world, connections));
  }
  const where = blocksWith(facts, ({ iamAuth }) => literal(iamAuth) === 'ENABLED');
  const tls = literal(proxy.requireTls) === true ? null : step(`In ${proxy.address} write`, ['require_tls = true']);
  return steps(
    step(`In ${where} write, for clients with IAM tokens`, ['iam_auth = "REQUIRED"']),
    tls === null ? null : `and ${tls.replace(/^In/, 'in')}`,
    step('Or, for clients with passwords', ['iam_auth = "DISABLED"']),
  );
};

/** The switch of the target, or, where its engine has none, what gives it one or does without. */
const targetIamMend = ({ proxy, target }: ProxyFacts): string => {
  const facts = target?.kind === 'database' ? target.facts : null;
  const address = facts?.database.address ?? 'its target';
  const on = ['iam_database_authentication_enabled = true'];
  if (facts?.supportsIam.holds !== false) {
    const now = 'apply_immediately                   = true   # otherwise it waits for the maintenance window';
    return step(`In ${address} write`, [...on, now]);
  }
  return steps(
    step(`${facts.supportsIam.reason}: move ${address} to what has it, and write there`, on),
    step(`Or, to log in with passwords, in ${proxy.address} write, with an auth block for each of its users`, [
      'default_auth_scheme = "NONE"',
    ]),
  );
};

const servesTargetMend = (facts: ProxyFacts): string => {
  const { proxy, auth } = facts;
  const database = targetOf(facts);
  const family = familyOf(engineOf(facts));
  if (family !== undefined && literal(proxy.engineFamily) !== family) {
    return step(`In ${proxy.address} write (Terraform then replaces the proxy)`, [`engine_family = "${family}"`]);
  }
  if (auth.length > maximumSecrets || database === null)
    return `In ${proxy.address} keep ${maximumSecrets} auth blocks, and move the others to a second proxy.`;
  const direct = `elete ${proxy.address} and its target, and let clients connect to ${database.address} directly.`;
  const isProvisioned =
    literal(database.engineMode) !== 'serverless' && literal(database.scalabilityType) !== 'limitless';
  return family !== undefined && isProvisioned
    ? `In ${database.address} write an engine_version that RDS Proxy serves, or d${direct}`
    : `D${direct}`;
};

/** A database in view that the proxy may be meant for: one of its family, if there is any. */
const targetMend = (facts: ProxyFacts, { model: { databases, proxyTargets } }: World): string => {
  const { proxy, hasTarget } = facts;
  if (hasTarget.holds === true) return '';
  const family = literal(proxy.engineFamily);
  const ofFamily = databases.filter(({ engine }) => familyOf(literal(engine) ?? '') === family);
  const fitting = ofFamily.find(({ judged }) => judged) ?? ofFamily[0] ?? databases[0];
  if (fitting === undefined)
    return `Register the database that ${proxy.address} stands for with an aws_db_proxy_target: no database is in view.`;
  // A block with count = 0 is in the configuration and in no plan: the plainest name may well be its own.
  const target = freeName(proxyTargets, 'aws_db_proxy_target', `${instanceName(proxy.address)}_target`);
  return step(`${addTo(proxy.address)}${reachNote(proxy.address, fitting.address, 'identifier')}`, [
    `resource "aws_db_proxy_target" "${target}" {`,
    `  db_proxy_name          = ${inModuleOf(proxy.address, proxy.address)}.name`,
    '  target_group_name      = "default"',
    `  ${targetExpression(fitting, proxy.address)}`,
    '}',
  ]);
};

/** The instance that a replica copies is the one to register. */
const writerMend = (facts: ProxyFacts, world: World): string => {
  const database = targetOf(facts);
  if (facts.targetsWriter.holds === true || database === null || facts.target === null) return '';
  const { address } = facts.target.target;
  const { replicaOf } = database;
  const source = world.findDatabase(replicaOf, 'instance');
  return step(`In ${address} write`, [`db_instance_identifier = ${sourceExpression(address, replicaOf, source)}`]);
};

const sourceExpression = (
  place: string,
  replicaOf: Database['replicaOf'],
  source: ReturnType<World['findDatabase']>,
): string => {
  if (source.kind === 'one') return `${inModuleOf(place, source.entity.address)}.identifier`;
  if (replicaOf.kind === 'known') return `"${replicaOf.value.split(':').at(-1)}"`;
  const [reference] = replicaOf.kind === 'unknown' ? replicaOf.references : [];
  return reference === undefined
    ? `${inModuleOf(place, replicaOf.origin.address)}.replicate_source_db`
    : `${referenceExpression(place, { ...reference, path: '' }, 'identifier')}`;
};
