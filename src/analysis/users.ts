import type { Judgement } from '../model/judgement.ts';
import type { Origin } from '../model/value.ts';
import { type DatabaseFacts, takesIam } from './databases.ts';
import { literalUser } from './grant-user.ts';
import type { Grant, GrantSet } from './grants.ts';
import { keep, theInput } from './input-words.ts';
import { fails, holds, undecided } from './judgement.ts';
import type { ProxyFacts } from './proxy-facts.ts';
import { push } from './push.ts';
import type { World } from './world.ts';

/** One way a database user is meant, and what says so. */
export type UserMention = {
  readonly user: string;
  readonly by: string;
  readonly origin: Origin;
  /** Nobody can say whether it is there. */
  readonly perhaps?: true;
};

/** How the users of each database are meant to log in; keys are ids of databases. */
export type UserMethods = {
  /** Users whose password a proxy in standard mode uses. */
  readonly passwordUsers: (databaseId: string) => readonly UserMention[];
  /** Whether a proxy uses the password of somebody who is known only after apply, or in the source. */
  readonly hasUnseenPasswordUser: (databaseId: string) => boolean;
  /** Users who are meant to log in to the database by IAM. */
  readonly iamUsers: (databaseId: string) => readonly UserMention[];
  /** Grants that mean some user of the database, whom the plan has dropped. */
  readonly lostIamUsers: (databaseId: string) => readonly UserMention[];
};

type PairsOf = (proxyId: string) => readonly ProxyFacts[];

export const findUserMethods = (
  databases: ReadonlyMap<string, DatabaseFacts>,
  proxies: readonly ProxyFacts[],
  pairsOf: PairsOf,
  grants: GrantSet,
): UserMethods => {
  const password = new Map<string, UserMention[]>();
  const unseen = new Set<string>();
  for (const { proxy, target, endToEnd, auth } of proxies) {
    if (target?.kind !== 'database' || endToEnd !== false) continue;
    const { id } = target.facts.database;
    for (const { user, hidden, secretName, block } of auth) {
      if (user !== null)
        push(password, id, { user, by: `${secretName}, behind ${proxy.address}`, origin: block.origin });
      else if (!hidden) unseen.add(id);
    }
  }
  const { iam, lost } = iamMentions(databases, pairsOf, grants);
  return {
    passwordUsers: (id) => password.get(id) ?? [],
    hasUnseenPasswordUser: (id) => unseen.has(id),
    iamUsers: (id) => iam.get(id) ?? [],
    lostIamUsers: (id) => lost.get(id) ?? [],
  };
};

type Mentions = { readonly iam: Map<string, UserMention[]>; readonly lost: Map<string, UserMention[]> };

const iamMentions = (databases: ReadonlyMap<string, DatabaseFacts>, pairsOf: PairsOf, grants: GrantSet): Mentions => {
  const mentions: Mentions = { iam: new Map(), lost: new Map() };
  for (const grant of grants.grants) {
    if (grant.wildcard || grant.forProxy || grant.action.kind === 'misspelt') continue;
    for (const id of databasesOf(grant, databases, pairsOf)) addGrant(mentions, id, grant);
  }
  for (const opaque of grants.opaque) {
    if (opaque.endpoint.kind === 'database') {
      push(mentions.lost, opaque.endpoint.entity.id, { user: '', by: opaque.carrier.address, origin: opaque.origin });
    }
  }
  return mentions;
};

/** The databases on which a grant makes its user an IAM user: the one it names, or a proxy's in end-to-end IAM. */
const databasesOf = (
  grant: Grant,
  databases: ReadonlyMap<string, DatabaseFacts>,
  pairsOf: PairsOf,
): readonly string[] => {
  const { endpoint } = grant;
  if (endpoint.kind === 'database') {
    const facts = databases.get(endpoint.entity.id);
    return facts !== undefined && takesIam(facts) !== false ? [endpoint.entity.id] : [];
  }
  const user = literalUser(grant.user);
  return pairsOf(endpoint.entity.id)
    .filter((facts) => facts.endToEnd === true)
    .filter((facts) => user !== undefined && !facts.auth.some((auth) => auth.user === user))
    .flatMap((facts) => (facts.target?.kind === 'database' ? [facts.target.facts.database.id] : []));
};

const addGrant = (mentions: Mentions, id: string, grant: Grant): void => {
  const by = grant.carrier.address;
  const { origin, mayBeMissing } = grant.statement;
  const perhaps = mayBeMissing === true ? { perhaps: true as const } : {};
  if (grant.user.kind === 'literal') push(mentions.iam, id, { user: grant.user.name, by, origin, ...perhaps });
  if (grant.user.kind === 'lost') push(mentions.lost, id, { user: '', by, origin });
};

/** One user has one method (fact 5.12): whether an IAM user is also a password user behind a proxy, or the reverse. */
export const judgeOneMethod = (
  world: World,
  methods: UserMethods,
  databaseId: string | null,
  user: string | null,
  method: 'iam' | 'password',
): Judgement => {
  if (databaseId === null) return holds('');
  const others = method === 'iam' ? methods.passwordUsers(databaseId) : methods.iamUsers(databaseId);
  if (user === null) {
    return others.length === 0 || method === 'password'
      ? holds('')
      : undecided(
          'the user is known after apply, and may be a password user behind a proxy',
          others.map(({ origin }) => origin),
        );
  }
  const same = others.filter((other) => other.user === user);
  const clash = same.find(({ perhaps }) => perhaps !== true) ?? same[0];
  if (clash !== undefined) return judgeClash(user, clash, method);
  const lost = method === 'password' ? methods.lostIamUsers(databaseId) : [];
  return lost.length === 0
    ? holds('')
    : undecided(
        `${lost[0]?.by} grants IAM login as a user whom ${theInput(world)} does not ${keep(world)}, who may be ${user}`,
        lost.map(({ origin }) => origin),
      );
};

const judgeClash = (user: string, { by, origin, perhaps }: UserMention, method: 'iam' | 'password'): Judgement => {
  const other = method === 'iam' ? 'a password user' : 'an IAM user';
  const words = `${user} is ${other} of the database (${by}); one user has one method, not both`;
  return perhaps === true
    ? undecided(`${words}; whether ${by} is there hangs on a value that is not known`, [origin])
    : fails(words, [origin]);
};
