import { covers, hasVariable } from '../iam/shape.ts';
import type { Path } from '../model/connection.ts';
import { literal } from '../model/value.ts';
import type { AnalysisContext } from './analysis-context.ts';
import { type DatabaseFacts, takesIam } from './databases.ts';
import { literalUser } from './grant-user.ts';
import type { Grant } from './grants.ts';
import { judgeAccountOf } from './holder-account.ts';
import { unique } from './judgement.ts';
import type { Holder } from './principals.ts';
import type { ProxyFacts } from './proxy-facts.ts';
import type { LinkedAuth } from './secrets.ts';
import type { OpaqueGrant } from './undecoded-grants.ts';

/** A connection before its legs are judged. */
export type ConnectionDraft = {
  readonly path: Path;
  readonly facts: ProxyFacts | null;
  readonly database: DatabaseFacts | null;
  readonly user: string | null;
  readonly holder: Holder | null;
  readonly grants: readonly Grant[];
  readonly opaque: readonly OpaqueGrant[];
  /** The `auth` blocks that it was made from, where no grant made it. */
  readonly blocks: readonly LinkedAuth[];
};

/** Every path that the configuration means to be used, by whom. */
export const draftConnections = (context: AnalysisContext): readonly ConnectionDraft[] => {
  const drafts = [
    ...[...context.databases.values()].map(masterDraft),
    ...context.grants.grants
      .filter((grant) => !grant.forProxy && !grant.oneOfSeveral)
      .flatMap((grant) => grantDrafts(context, grant)),
    ...context.grants.opaque.flatMap((opaque) => opaqueDrafts(context, opaque)),
    ...context.proxies.flatMap(passwordDrafts),
    ...context.proxies.flatMap((facts) => unclaimedDrafts(context, facts)),
  ];
  return mergeDrafts(drafts);
};

const bare = { facts: null, database: null, user: null, holder: null, grants: [], opaque: [], blocks: [] } as const;

const masterDraft = (database: DatabaseFacts): ConnectionDraft => ({
  ...bare,
  path: 'password-rds',
  database,
  user: literal(database.database.masterUser) ?? null,
});

const databaseOf = (facts: ProxyFacts): DatabaseFacts | null =>
  facts.target?.kind === 'database' ? facts.target.facts : null;

const holdersOf = (holders: readonly Holder[]): readonly (Holder | null)[] => (holders.length === 0 ? [null] : holders);

const grantDrafts = (context: AnalysisContext, grant: Grant): readonly ConnectionDraft[] => {
  const { endpoint } = grant;
  const places =
    endpoint.kind === 'database'
      ? databaseDrafts(context, grant, context.databases.get(endpoint.entity.id))
      : context.pairsOf(endpoint.entity.id).flatMap((facts) => proxyDrafts(context, grant, facts));
  const meant = places.filter(({ user }) => user === null || grant.leavesIn?.(user).holds !== false);
  return holdersOf(grant.holders)
    .filter((holder) => !grant.wildcard || !isOfOtherAccount(holder, grant))
    .flatMap((holder) => meant.map((place) => ({ ...place, holder, grants: [grant] })));
};

/** A wildcard in the hands of another account does not mean the endpoint. */
const isOfOtherAccount = (holder: Holder | null, { endpoint }: Grant): boolean =>
  holder?.kind === 'principal' && judgeAccountOf(holder.principal, endpoint).holds === false;

const databaseDrafts = (
  context: AnalysisContext,
  grant: Grant,
  database: DatabaseFacts | undefined,
): readonly ConnectionDraft[] => {
  if (database === undefined || (grant.wildcard && takesIam(database) === false)) return [];
  return databaseUsers(context, grant, database)
    .filter((user) => !grant.wildcard || !isPasswordUser(context, database, user))
    .map((user) => ({ ...bare, path: 'iam-rds', database, user }));
};

/**
 * A wildcard means endpoints that take IAM from a user: not a database where a proxy logs in with that user's password,
 * nor one where it may, since nobody can see yet whose password it is.
 */
const isPasswordUser = ({ methods }: AnalysisContext, { database }: DatabaseFacts, user: string | null): boolean =>
  methods.hasUnseenPasswordUser(database.id) ||
  methods.passwordUsers(database.id).some((mention) => mention.user === user);

/** A wildcard user stands for those named in other grants to the database; with none, for itself. */
const databaseUsers = (context: AnalysisContext, grant: Grant, database: DatabaseFacts): readonly (string | null)[] => {
  if (grant.user.kind !== 'pattern') return [literalUser(grant.user) ?? null];
  const { text } = grant.user;
  const named = context.grants
    .grantsFor(database.database.id)
    .filter((other) => !other.forProxy && !other.wildcard)
    .flatMap((other) => literalUser(other.user) ?? [])
    .filter((user) => covers(text, [user]) !== false);
  return named.length === 0 || hasVariable(text) ? [text] : unique(named);
};

const proxyDrafts = (context: AnalysisContext, grant: Grant, facts: ProxyFacts): readonly ConnectionDraft[] =>
  proxyUsers(context, grant, facts)
    .filter((user) => !grant.wildcard || takesIamFrom(facts, user))
    .map((user) => ({ ...bare, path: iamPath(facts, user), facts, database: databaseOf(facts), user }));

const takesIamFrom = (facts: ProxyFacts, user: string | null): boolean =>
  facts.endToEnd !== false ||
  facts.auth.some((auth) => auth.takesIam !== false && (auth.user === user || auth.user === null || user === null));

/** End-to-end IAM is for users without a secret on the proxy. */
const iamPath = (facts: ProxyFacts, user: string | null): Path => {
  const hasSecret = user === null ? facts.auth.length > 0 : facts.auth.some((auth) => auth.user === user);
  const endToEnd = facts.endToEnd === true || (facts.endToEnd === 'unknown' && facts.auth.length === 0);
  return endToEnd && !hasSecret ? 'iam-proxy-iam-rds' : 'iam-proxy-rds';
};

/**
 * A wildcard user stands for those whom the proxy knows: of its secrets, and those its role may connect as. Where it
 * takes IAM tokens from some of them and not from others, the wildcard means the former.
 */
const proxyUsers = (context: AnalysisContext, grant: Grant, facts: ProxyFacts): readonly (string | null)[] => {
  if (grant.user.kind !== 'pattern') return [literalUser(grant.user) ?? null];
  const { text } = grant.user;
  if (hasVariable(text)) return [text];
  const takers = facts.auth.filter((auth) => auth.takesIam !== false);
  const secrets = (takers.length > 0 ? takers : facts.auth).flatMap((auth) => auth.user ?? []);
  const byRole = facts.endToEnd === false ? [] : roleUsers(context, facts);
  const users = unique([...secrets, ...byRole]).filter((user) => covers(text, [user]) !== false);
  return users.length === 0 ? [text] : users;
};

/** The users as whom the proxy's role may connect to its target, as far as they are named. */
const roleUsers = (context: AnalysisContext, facts: ProxyFacts): readonly string[] => {
  return context.grants
    .grantsFor(databaseOf(facts)?.database.id ?? '')
    .filter((grant) => grant.forProxy)
    .flatMap((grant) => literalUser(grant.user) ?? []);
};

const opaqueDrafts = (context: AnalysisContext, opaque: OpaqueGrant): readonly ConnectionDraft[] => {
  const { endpoint } = opaque;
  const database = context.databases.get(endpoint.entity.id);
  const places: readonly ConnectionDraft[] =
    endpoint.kind === 'database'
      ? database === undefined
        ? []
        : [{ ...bare, path: 'iam-rds', database }]
      : context
          .pairsOf(endpoint.entity.id)
          .map((facts) => ({ ...bare, path: iamPath(facts, null), facts, database: databaseOf(facts) }));
  return holdersOf(opaque.holders).flatMap((holder) => places.map((place) => ({ ...place, holder, opaque: [opaque] })));
};

const blockDraft = (facts: ProxyFacts, auth: LinkedAuth): Omit<ConnectionDraft, 'path'> => ({
  ...bare,
  facts,
  database: databaseOf(facts),
  user: auth.user,
  blocks: [auth],
});

const passwordDrafts = (facts: ProxyFacts): readonly ConnectionDraft[] =>
  facts.auth
    .filter((auth) => auth.takesPassword === true)
    .map((auth) => ({ ...blockDraft(facts, auth), path: 'password-proxy-rds' }));

/** Users from whom a proxy wants IAM tokens and whom no grant in view means: somebody is assumed to hold one. */
const unclaimedDrafts = (context: AnalysisContext, facts: ProxyFacts): readonly ConnectionDraft[] => {
  const { id } = facts.proxy;
  const grants = context.grants.grantsFor(id).filter((grant) => !grant.forProxy);
  const undecodable = context.grants.astray.length > 0 || context.grants.opaqueFor(id).length > 0;
  if (undecodable) return [];
  return facts.auth
    .filter((auth) => auth.takesIam === true)
    .filter((auth) => !grants.some((grant) => mayMean(grant, auth.user, facts)))
    .map((auth) => ({ ...blockDraft(facts, auth), path: 'iam-proxy-rds' }));
};

const mayMean = (grant: Grant, user: string | null, facts: ProxyFacts): boolean => {
  // Who names nobody means somebody.
  if (grant.user.kind === 'lost' || grant.user.kind === 'none') return true;
  if (user !== null && grant.leavesIn?.(user).holds === false) return false;
  if (grant.user.kind === 'pattern') return user === null || covers(grant.user.text, [user]) !== false;
  const { name } = grant.user;
  // A user nobody can see may be the one that a grant names and no visible secret is for.
  return user === null ? !facts.auth.some((auth) => auth.user === name) : name === user;
};

const holderKey = (holder: Holder | null): string => {
  if (holder === null) return '';
  if (holder.kind === 'principal') return holder.principal.id;
  return holder.kind === 'outside' ? `=${holder.name}` : '?';
};

const mergeDrafts = (drafts: readonly ConnectionDraft[]): readonly ConnectionDraft[] => {
  const merged = new Map<string, ConnectionDraft>();
  for (const draft of drafts) {
    const key = JSON.stringify([
      draft.path,
      draft.database?.database.id ?? null,
      draft.facts?.proxy.id ?? null,
      draft.user,
      holderKey(draft.holder),
    ]);
    const same = merged.get(key);
    merged.set(
      key,
      same === undefined
        ? draft
        : {
            ...same,
            grants: [...same.grants, ...draft.grants],
            opaque: [...same.opaque, ...draft.opaque],
            blocks: [...same.blocks, ...draft.blocks],
          },
    );
  }
  return [...merged.values()];
};
