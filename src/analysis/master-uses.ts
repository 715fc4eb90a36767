import { covers } from '../iam/shape.ts';
import { every } from '../iam/tri.ts';
import type { AuthBlock, Database, Principal } from '../model/auth-model.ts';
import type { Judgement, Subject } from '../model/judgement.ts';
import { type Tri, absent, literal } from '../model/value.ts';
import type { AnalysisContext } from './analysis-context.ts';
import type { JudgedConnection } from './connections.ts';
import type { DatabaseFacts } from './databases.ts';
import { holds, judge, undecided } from './judgement.ts';
import type { ConnectionIndex } from './path-subjects.ts';
import type { PrincipalPolicies } from './principals.ts';
import { decryptBy, readBy } from './proxy-role.ts';
import { push } from './push.ts';
import { wellNamed } from './secret-naming.ts';
import type { LinkedAuth } from './secrets.ts';
import { judged, subjectOf, text, userIn } from './subject-attributes.ts';

/** One way in which a principal may use the master user of a database. */
type Use = { readonly principal: string; readonly judgement: Judgement; readonly mend: string };

/**
 * Who may use the master user of each database: whoever may log in as that user by IAM, and whoever may read the secret
 * with its password.
 */
export const masterUses = (context: AnalysisContext, connectionsOf: ConnectionIndex): readonly Subject[] =>
  [...context.databases.values()]
    .filter(({ database }) => database.judged && database.managed)
    .flatMap((facts) => {
      const uses = [...loginUses(facts, connectionsOf), ...secretUses(context, facts)];
      const byPrincipal = new Map<string, Use[]>();
      for (const use of uses) push(byPrincipal, use.principal, use);
      return [...byPrincipal].map(([principal, own]) => toSubject(facts.database, principal, own));
    });

/** One way is enough: what may speaks, then what is open. */
const toSubject = (database: Database, principal: string, uses: readonly Use[]): Subject => {
  const answers = uses.map(({ judgement }) => judgement.holds);
  const answer = answers.includes(true) ? true : answers.includes('unknown') ? 'unknown' : false;
  const speaking = uses.filter(({ judgement }) => judgement.holds === answer);
  const reason = speaking.map(({ judgement }) => judgement.reason).join('; ');
  const origins = speaking.flatMap(({ judgement }) => judgement.origins);
  const subject = subjectOf('masterUse', database.address, {
    principal: text(principal),
    user: text(literal(database.masterUser) ?? 'the master user'),
    mayUse: judged(judge(answer, { yes: reason, no: reason, unknown: reason }, origins)),
    restrictMend: text([...new Set(speaking.map(({ mend }) => mend))].join('\n')),
  });
  return { ...subject, ...userIn(database.masterUser) };
};

const loginUses = ({ database }: DatabaseFacts, connectionsOf: ConnectionIndex): readonly Use[] =>
  (['iam-rds', 'iam-proxy-rds', 'iam-proxy-iam-rds'] as const).flatMap((path) =>
    connectionsOf(database.id, path).flatMap((connection) => loginUse(database, connection)),
  );

const loginUse = (database: Database, { connection, draft }: JudgedConnection): readonly Use[] => {
  const isMaster = meansMaster(database, connection.user);
  // Where no grant is in view there is nobody who could use it.
  if (isMaster === false || draft.grants.length + draft.opaque.length === 0) return [];
  const { path, verdict, principal } = connection;
  const carriers = [...draft.grants, ...draft.opaque].map(({ carrier }) => carrier.address);
  const who = principal ?? `whoever holds ${carriers[0]}`;
  const words = `${who} may log in as ${literal(database.masterUser) ?? 'the master user'} by ${path}`;
  const origins = [
    ...draft.grants.map(({ statement }) => statement.origin),
    ...draft.opaque.map(({ origin }) => origin),
    database.masterUser.origin,
  ];
  const works = verdict === 'unknown' || principal === null ? 'unknown' : verdict === 'reachable';
  const judgement = judge(
    every([isMaster, works]),
    { yes: words, no: `${words}, and cannot`, unknown: `whether ${words} is not known` },
    origins,
  );
  const mend = `Name another user in ${[...new Set(carriers)].join(', ')} in place of the master user.`;
  return [{ principal: who, judgement, mend }];
};

const meansMaster = ({ masterUser }: Database, user: string | null): Tri => {
  const master = literal(masterUser);
  if (master === undefined || user === null) return 'unknown';
  return user === master ? true : covers(user, [master]);
};

const secretUses = (context: AnalysisContext, facts: DatabaseFacts): readonly Use[] => {
  const secrets = masterSecrets(context, facts.database);
  if (secrets.length === 0) return [];
  return context.world.model.principals
    .filter(({ managed }) => managed)
    .flatMap((principal) => secrets.map((auth) => secretUse(context, principal, auth)))
    .filter(({ judgement }) => judgement.holds !== false);
};

/** The secret that RDS makes for the master user, and those with the same name on proxies. */
const masterSecrets = ({ proxies }: AnalysisContext, database: Database): readonly LinkedAuth[] => {
  const master = literal(database.masterUser);
  const onProxies = proxies
    .filter(({ target }) => target?.kind === 'database' && target.facts.database.id === database.id)
    .flatMap(({ auth }) => auth)
    .filter(({ link, user }) => link.kind === 'managed' && user !== null && user === master);
  const own = hasOwnSecret(database) ? [ownSecret(database)] : [];
  const distinct = new Map([...own, ...onProxies].map((auth) => [auth.secretName, auth]));
  return [...distinct.values()];
};

/** Every plan calls the secret known after apply, also of a database for which RDS makes none. */
const hasOwnSecret = ({ masterSecretArn, managesMasterPassword }: Database): boolean =>
  masterSecretArn.kind === 'known' ||
  (masterSecretArn.kind === 'unknown' &&
    (managesMasterPassword.kind === 'unknown' || literal(managesMasterPassword) === true));

const ownSecret = (database: Database): LinkedAuth => {
  const { masterSecretArn } = database;
  const none = absent(masterSecretArn.origin);
  const block: AuthBlock = {
    origin: masterSecretArn.origin,
    scheme: none,
    iamAuth: none,
    secretArn: masterSecretArn,
    username: none,
    clientPasswordAuthType: none,
  };
  return {
    block,
    naming: wellNamed(masterSecretArn),
    link: { kind: 'master', database },
    secretName: `the master user's secret of ${database.address}`,
    user: literal(database.masterUser) ?? null,
    hidden: true,
    holdsCredentials: holds(''),
    takesPassword: true,
    takesIam: false,
  };
};

const secretUse = (context: AnalysisContext, principal: Principal, auth: LinkedAuth): Use => {
  const policies = context.holdings.policiesOf(principal);
  const all = mayUseSecret(context, principal, policies, auth);
  // What is not in view is assumed to allow where a login needs it; here it leaves the answer open.
  const inView = all.holds === true ? mayUseSecret(context, principal, { ...policies, outside: [] }, auth) : all;
  const isOpen = inView.holds !== all.holds || policies.boundary.kind === 'outside';
  const words = `${principal.address} may read ${auth.secretName}`;
  return {
    principal: principal.address,
    judgement:
      all.holds === true && isOpen
        ? undecided(`whether ${words} rests on policies that are not in view`, all.origins)
        : { ...all, reason: all.holds === true ? words : all.reason, assumptions: [] },
    mend: `Take secretsmanager:GetSecretValue on ${auth.secretName} from ${principal.address}.`,
  };
};

const mayUseSecret = (
  { world }: AnalysisContext,
  principal: Principal,
  policies: PrincipalPolicies,
  auth: LinkedAuth,
): Judgement => {
  const role = { kind: 'principal', principal, policies } as const;
  const read = readBy(world, role, auth);
  if (read.holds !== true) return read;
  const decrypt = decryptBy(world, role, auth);
  return decrypt.holds === true ? read : decrypt;
};
