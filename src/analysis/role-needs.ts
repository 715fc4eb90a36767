import type { IamRequest } from '../iam/evaluate.ts';
import { some } from '../iam/tri.ts';
import type { Principal } from '../model/auth-model.ts';
import type { Tri, Value } from '../model/value.ts';
import type { AnalysisContext } from './analysis-context.ts';
import type { JudgedConnection } from './connections.ts';
import { unique } from './judgement.ts';
import type { ProxyFacts, RoleLink } from './proxy-facts.ts';
import type { LinkedAuth } from './secrets.ts';
import { readSecretRequest } from './targets.ts';

/** What the proxies of one role ask of it. */
export type RoleNeeds = {
  readonly principal: Principal;
  readonly auth: readonly LinkedAuth[];
  /** False where more secrets may be needed than can be seen. */
  readonly secretsKnown: boolean;
  /** Ids of secrets in view. */
  readonly secrets: ReadonlySet<string>;
  /** Databases whose master secret it reads. */
  readonly masters: ReadonlySet<string>;
  /** ARNs of secrets out of view. */
  readonly outside: readonly string[];
  /** Reads of the secrets in view. */
  readonly requests: () => readonly IamRequest[];
  /** Ids of keys in view; null where they cannot all be seen. */
  readonly keys: ReadonlySet<string> | null;
  readonly endToEnd: Tri;
  /** Ids of targets in view; null where they cannot all be seen. */
  readonly targets: ReadonlySet<string> | null;
  /** Who is meant to log in by end-to-end IAM; null where nobody in view says so, or anyone may. */
  readonly users: ReadonlySet<string> | null;
  /** False where a grant does not tell its user before apply. */
  readonly usersKnown: boolean;
  /** Something in view runs as the role, too. */
  readonly isShared: boolean;
};

export const needsOf = (
  context: AnalysisContext,
  { principal }: Extract<RoleLink, { kind: 'principal' }>,
  pairs: readonly ProxyFacts[],
  connections: readonly JudgedConnection[],
): RoleNeeds => {
  const { world } = context;
  const auth = [...new Set(pairs.flatMap((facts) => facts.auth))];
  const links = auth.map(({ link }) => link);
  const managed = unique(links.flatMap((link) => (link.kind === 'managed' ? link.secret : [])));
  return {
    principal,
    auth,
    secretsKnown:
      pairs.every(({ proxy }) => proxy.authComplete) &&
      links.every(({ kind }) => kind !== 'unknown') &&
      context.proxies.every(({ role }) => role.kind !== 'unknown'),
    secrets: new Set(managed.map(({ id }) => id)),
    masters: new Set(links.flatMap((link) => (link.kind === 'master' ? link.database.id : []))),
    outside: links.flatMap((link) => (link.kind === 'outside' ? link.text : [])),
    requests: () => managed.map((secret) => readSecretRequest(world, secret, principal)),
    keys: keysOf(context, auth),
    endToEnd: some(pairs.map((facts) => facts.endToEnd)),
    targets: targetsOf(pairs),
    ...usersOf(pairs, connections),
    isShared: context.clients.withRole(principal.id).length > 0,
  };
};

const keyOf = ({ link }: LinkedAuth): Value<string> | 'unseen' => {
  if (link.kind === 'managed') return link.secret.managed ? link.secret.kmsKey : 'unseen';
  return link.kind === 'master' ? link.database.masterSecretKey : 'unseen';
};

const keysOf = ({ world }: AnalysisContext, auth: readonly LinkedAuth[]): ReadonlySet<string> | null => {
  const keys = new Set<string>();
  for (const linked of auth) {
    const key = keyOf(linked);
    if (key === 'unseen') return null;
    const join = world.findKey(key);
    if (join.kind === 'some' || join.kind === 'unknown') return null;
    if (join.kind === 'one') keys.add(join.entity.id);
  }
  return keys;
};

const targetsOf = (pairs: readonly ProxyFacts[]): ReadonlySet<string> | null => {
  const targets = pairs.flatMap(({ target }) => (target === null ? [] : [target]));
  const seen = targets.flatMap((target) => (target.kind === 'database' ? [target.facts.database.id] : []));
  return seen.length === targets.length && seen.length > 0 ? new Set(seen) : null;
};

const usersOf = (
  pairs: readonly ProxyFacts[],
  connections: readonly JudgedConnection[],
): Pick<RoleNeeds, 'users' | 'usersKnown'> => {
  const proxies = new Set(pairs.map(({ proxy }) => proxy.id));
  const users = connections
    .filter(({ draft }) => draft.path === 'iam-proxy-iam-rds' && proxies.has(draft.facts?.proxy.id ?? ''))
    .map(({ draft }) => draft.user);
  const named = users.flatMap((user) => (user === null || /[*?$]/.test(user) ? [] : [user]));
  const all = named.length === users.length && named.length > 0;
  return { users: all ? new Set(named) : null, usersKnown: !users.includes(null) };
};
