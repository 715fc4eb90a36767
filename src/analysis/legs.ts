import { type Leg, type LegName, type LegStatus, legsOfPath } from '../model/connection.ts';
import type { Judgement } from '../model/judgement.ts';
import type { AnalysisContext } from './analysis-context.ts';
import { judgeClientNetwork } from './client-network.ts';
import type { ConnectionDraft } from './connection-drafts.ts';
import { insistsOnTls } from './database-tls.ts';
import { judgeDefinition, methodAt } from './database-users.ts';
import { blocksFor, proxyTakesIam, userHasSecret } from './grant-judgements.ts';
import { judgeGrantLeg } from './grant-leg.ts';
import { theInput } from './input-words.ts';
import { allOf, holds, undecided } from './judgement.ts';
import type { ProxyFacts } from './proxy-facts.ts';
import type { LinkedAuth } from './secrets.ts';
import { judgeOneMethod } from './users.ts';
import type { World } from './world.ts';

/** A leg with the judgement behind it. */
export type JudgedLeg = { readonly leg: Leg; readonly assumptions: readonly string[] };

export const judgeLegs = (context: AnalysisContext, draft: ConnectionDraft): readonly JudgedLeg[] =>
  legsOfPath[draft.path].map((leg) => {
    const judgement = judges[leg](context, draft);
    return { leg: toLeg(leg, judgement), assumptions: judgement.assumptions };
  });

const statusOf = (judgement: Judgement): LegStatus => {
  if (judgement.holds === false) return 'broken';
  if (judgement.holds === 'unknown') return 'unknown';
  return judgement.assumptions.length > 0 ? 'assumed' : 'ok';
};

const toLeg = (leg: LegName, judgement: Judgement): Leg => {
  const status = statusOf(judgement);
  const reason = status === 'assumed' ? judgement.assumptions.join('; ') : judgement.reason;
  return { leg, status, reason, origin: judgement.origins[0] ?? null };
};

type LegJudge = (context: AnalysisContext, draft: ConnectionDraft) => Judgement;

const judgeTls: LegJudge = (_, { path, facts }) => {
  if (facts === null) return holds('', [], ['the client connects with TLS and trusts the RDS certificate bundle']);
  const client = `the client connects with TLS and trusts Amazon's root certificates`;
  if (path === 'iam-proxy-iam-rds') return holds('', [facts.proxy.requireTls.origin], [client]);
  return facts.tlsForIam;
};

/** Faults for which the API rejects the proxy as it is written. */
const accepted = (facts: ProxyFacts): readonly Judgement[] => [
  facts.iamModesSupported,
  facts.familyPasswordTypes,
  facts.authWithoutUsername,
  facts.hasCredentials,
  facts.secretArnsTaken,
];

/**
 * Whether a policy that nobody can read is a login grant at all stays open, and so does which of several instances a
 * reference means; what speaks against such a login alone leaves it undecided.
 */
const whereMeant = (
  { world }: AnalysisContext,
  { grants, opaque }: ConnectionDraft,
  judgement: Judgement,
): Judgement => {
  const open = grants.length + opaque.length > 0 && grants.every(({ certain }) => !certain);
  return judgement.holds === false && open
    ? undecided(`${judgement.reason}; whether the login is meant is not in ${theInput(world)}`, judgement.origins)
    : judgement;
};

const judgeListener: LegJudge = (context, draft) => {
  const { path, facts, database, user } = draft;
  if (path === 'iam-rds')
    return database === null ? undecided('the database is not in view') : whereMeant(context, draft, database.iamOn);
  if (facts === null) return undecided('the proxy is not in view');
  const takes = whereMeant(context, draft, proxyTakesIam(context.world, facts, user));
  if (path === 'iam-proxy-iam-rds')
    return allOf([facts.iamModesSupported, facts.secretArnsTaken, takes, facts.targetTakesIam]);
  const precedence =
    facts.endToEnd === false
      ? []
      : [
          undecided(
            `${facts.proxy.address} has both secrets and default_auth_scheme = "IAM_AUTH"; AWS documents no precedence`,
            [facts.proxy.defaultAuthScheme.origin],
          ),
        ];
  if (path === 'iam-proxy-rds') return allOf([...accepted(facts), takes, ...precedence]);
  const taken = holds(`${facts.proxy.address} takes the password of ${user ?? 'its user'}`, [facts.proxy.origin]);
  return allOf([facts.tlsForIam, ...accepted(facts), facts.passwordTypesMatch, ...precedence, taken]);
};

/** The blocks whose secret logs this user in, as far as the plan tells. */
const blocksOf = ({ blocks, facts, user }: ConnectionDraft): readonly LinkedAuth[] => {
  if (blocks.length > 0) return blocks;
  return facts === null ? [] : blocksFor(facts, user);
};

const judgeSecret: LegJudge = ({ world }, draft) => {
  const { facts, user } = draft;
  if (facts === null) return undecided('the proxy is not in view');
  const credentials = anyOf(
    world,
    blocksOf(draft).map((auth) => auth.holdsCredentials),
  );
  return draft.blocks.length > 0 || nameNobody(draft.grants)
    ? credentials
    : allOf([userHasSecret(world, facts, user), credentials]);
};

const judgeProxyRole: LegJudge = ({ world }, draft) => {
  const { path, facts, user } = draft;
  if (facts === null) return undecided('the proxy is not in view');
  if (path === 'iam-proxy-iam-rds') return allOf([facts.assumable, facts.mayConnect(user)]);
  const access = blocksOf(draft).map((auth) => allOf([facts.mayRead(auth), facts.mayDecrypt(auth)]));
  return allOf([facts.assumable, anyOf(world, access)]);
};

/** Where it is open which block is the user's, the leg is decided only where all of them agree. */
const anyOf = (world: World, judgements: readonly Judgement[]): Judgement => {
  const [first] = judgements;
  if (first === undefined) return holds('');
  const agree = judgements.every((judgement) => judgement.holds === first.holds);
  return agree
    ? allOf(judgements)
    : undecided(
        `which secret is the user’s is not in ${theInput(world)}`,
        judgements.flatMap(({ origins }) => origins),
      );
};

const judgeTarget: LegJudge = (_, { facts }) =>
  facts === null
    ? undecided('the proxy is not in view')
    : allOf([facts.hasTarget, facts.inTargetVpc, facts.servesTarget]);

const judgeNetwork: LegJudge = (context, draft) => {
  const client = judgeClientNetwork(context, draft);
  return draft.facts === null ? client : allOf([draft.facts.reachesTarget, client]);
};

/** Where a grant names no user, that is its fault alone. */
const nameNobody = (grants: ConnectionDraft['grants']): boolean =>
  grants.length > 0 && grants.every((grant) => grant.user.kind === 'none');

/** A wildcard in place of the resource id never counts as mixing methods. */
const onlyWildcards = (grants: ConnectionDraft['grants']): boolean =>
  grants.length > 0 && grants.every((grant) => grant.wildcard);

const judgeDatabaseUser: LegJudge = ({ world, methods, definitions }, { path, database, user, facts, grants }) => {
  const name = user ?? 'the user';
  const id = database?.database.id ?? null;
  const method = methodAt(path);
  const definition = judgeDefinition(definitions, id, user, method);
  if (path === 'password-rds') return definition ?? masterUser(methods.iamUsers(id ?? ''), user);
  const byIam = method === 'iam';
  const wildcard = (user !== null && /[*?]|\$\{/.test(user)) || onlyWildcards(grants) || nameNobody(grants);
  const assumed = holds(
    '',
    [],
    [
      byIam
        ? `${name} is defined to log in by IAM in the database`
        : `${name} is defined with the secret's password in the database`,
    ],
  );
  const defined = definition ?? assumed;
  const standard = byIam || facts?.endToEnd === false;
  return wildcard || !standard ? defined : allOf([judgeOneMethod(world, methods, id, user, method), defined]);
};

const masterUser = (
  iamUsers: readonly { readonly user: string; readonly by: string }[],
  user: string | null,
): Judgement => {
  const clash = iamUsers.find((mention) => mention.user === user);
  if (clash !== undefined) {
    return holds('', [], [`${user} still logs in by password, although ${clash.by} means this user for IAM`]);
  }
  return user === null ? holds('', [], ['the master user is not in view']) : holds(`${user} is the master user`);
};

const connectionRate = 'no more than 200 new IAM connections a second';

const judgeEngine: LegJudge = (context, draft) => {
  const { path, database, facts } = draft;
  if (path === 'iam-rds' || path === 'iam-proxy-iam-rds') {
    return database === null
      ? holds('', [], ['the database is not in view and is assumed to have IAM authentication'])
      : whereMeant(context, draft, database.iamUsable);
  }
  return facts === null ? holds('any engine takes passwords') : { ...facts.servesTarget, assumptions: [] };
};

const judges: Readonly<Record<LegName, LegJudge>> = {
  grant: judgeGrantLeg,
  tls: judgeTls,
  listener: judgeListener,
  secret: judgeSecret,
  'proxy-role': judgeProxyRole,
  target: judgeTarget,
  network: judgeNetwork,
  'database-user': judgeDatabaseUser,
  engine: judgeEngine,
};

/** What holds for every connection of a path, beyond its legs (facts 5.6 and 6.10). */
export const standingAssumptions = (
  { world }: AnalysisContext,
  { path, database }: ConnectionDraft,
): readonly string[] => {
  const rate = path === 'iam-rds' || path === 'iam-proxy-iam-rds' ? [connectionRate] : [];
  const trust = path === 'iam-proxy-rds' ? ["the client trusts Amazon's root certificates"] : [];
  // A proxy encrypts its connection to the database where the client encrypts its own (fact 1.24).
  const byPassword = path === 'password-rds' || path === 'password-proxy-rds';
  const insists = byPassword && database !== null && insistsOnTls(world, database.database) === true;
  const tls = insists ? [`the client connects with TLS, on which ${database.database.address} insists`] : [];
  return [...trust, ...rate, ...tls];
};
