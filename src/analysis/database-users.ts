import { some } from '../iam/tri.ts';
import type { Database, DatabaseRoleGrant, DatabaseUser, Entity } from '../model/auth-model.ts';
import type { Path } from '../model/connection.ts';
import type { Judgement } from '../model/judgement.ts';
import { type Origin, type Tri, type Value, literal } from '../model/value.ts';
import { fails, holds, undecided } from './judgement.ts';
import { push } from './push.ts';
import type { World } from './world.ts';

/** How a database user in view is defined: what the SQL of a PostgreSQL or MySQL provider makes of it. */
export type UserDefinition = {
  readonly user: string;
  /** Whether the user logs in by IAM; a password is then of no use (facts 5.11 and 5.12). */
  readonly byIam: Tri;
  /** Whether it is no mere group, as a PostgreSQL role without LOGIN is. */
  readonly mayLogIn: Tri;
  readonly at: Entity;
  /** The configuration of this program that declares it; left out where a resource makes it. */
  readonly declaredIn?: string;
  readonly origin: Origin;
  readonly engine: DatabaseUser['engine'];
};

export type UserDefinitions = {
  readonly find: (databaseId: string, user: string | null) => UserDefinition | undefined;
  /** Definitions of the user in a database that nobody can see: a state keeps nothing of its providers. */
  readonly somewhere: (user: string | null) => readonly UserDefinition[];
  /** Every definition, with its database where that is in view. */
  readonly all: readonly { readonly database: Database | null; readonly definition: UserDefinition }[];
};

export const findDefinitions = (world: World): UserDefinitions => {
  const { databaseUsers, databaseRoleGrants } = world.model;
  const users = new Map<string, DatabaseUser[]>();
  const grants = new Map<string, DatabaseRoleGrant[]>();
  for (const user of databaseUsers) for (const id of databasesOf(world, user)) push(users, id, user);
  for (const grant of databaseRoleGrants) for (const id of databasesOf(world, grant)) push(grants, id, grant);
  const definitions = new Map(
    [...new Set([...users.keys(), ...grants.keys()])].map((id) => [
      id,
      define(users.get(id) ?? [], grants.get(id) ?? []),
    ]),
  );
  const astray = defineAstray(
    databaseUsers.filter((user) => isAstray(world, user)),
    databaseRoleGrants.filter((grant) => isAstray(world, grant)),
  );
  const homeless = databaseUsers.filter((user) => !isAstray(world, user) && databasesOf(world, user).length === 0);
  return {
    all: [
      ...world.model.databases.flatMap((database) =>
        [...(definitions.get(database.id)?.values() ?? [])].map((definition) => ({ database, definition })),
      ),
      ...[...astray.values(), ...defineAstray(homeless, []).values()]
        .flat()
        .map((definition) => ({ database: null, definition })),
    ],
    find: (id, user) => (user === null ? undefined : definitions.get(id)?.get(user)),
    somewhere: (user) => (user === null ? [] : (astray.get(user) ?? [])),
  };
};

type Hosted = { readonly databaseHost: Value<string> };

/** The database whose host the provider of a user is configured with; nothing where it is another, or not known. */
const databasesOf = (world: World, { databaseHost }: Hosted): readonly string[] => {
  const ids = world
    .findHost(databaseHost)
    .flatMap(({ endpoint, certain }) => (certain && endpoint.kind === 'database' ? [endpoint.entity.id] : []));
  const distinct = [...new Set(ids)];
  return distinct.length === 1 ? distinct : [];
};

/** Whether the host may be that of any database. */
const isAstray = (world: World, user: Hosted): boolean => {
  const { databaseHost: host } = user;
  if (host.kind !== 'unknown' || databasesOf(world, user).length > 0) return false;
  return host.references.length === 0 || host.trailEnds.length > 0 || world.findHost(host).length > 0;
};

/** Of users of one name each may be in a database of its own, so each is kept; a grant may be for any of them. */
const defineAstray = (
  users: readonly DatabaseUser[],
  grants: readonly DatabaseRoleGrant[],
): ReadonlyMap<string, readonly UserDefinition[]> => {
  const definitions = new Map<string, UserDefinition[]>();
  for (const user of users) {
    for (const [name, definition] of define([user], grants)) {
      if (definition.at === user) push(definitions, name, definition);
    }
  }
  for (const [name, definition] of define([], grants)) if (!definitions.has(name)) push(definitions, name, definition);
  return definitions;
};

const iamRole = 'rds_iam';
const iamPlugin = 'AWSAuthenticationPlugin';

const define = (
  users: readonly DatabaseUser[],
  grants: readonly DatabaseRoleGrant[],
): ReadonlyMap<string, UserDefinition> => {
  const roles = membership(users, grants);
  const definitions = new Map<string, UserDefinition>();
  for (const user of users) {
    const name = literal(user.name);
    if (name === undefined) continue;
    const byIam = user.engine === 'mysql' ? usesPlugin(user) : isMember(name, roles, new Set());
    const { mayLogIn, origin, engine } = user;
    definitions.set(name, { user: name, byIam, mayLogIn, at: user, origin, engine });
  }
  for (const grant of grants) {
    const name = literal(grant.user);
    if (name === undefined || definitions.has(name) || literal(grant.role) !== iamRole) continue;
    const own = { at: grant, origin: grant.origin, engine: 'postgresql' } as const;
    definitions.set(name, { user: name, byIam: true, mayLogIn: true, ...own });
  }
  return definitions;
};

const usesPlugin = ({ plugin }: DatabaseUser): Tri =>
  plugin.kind === 'unknown' ? 'unknown' : literal(plugin) === iamPlugin;

/** The roles that each user has; null stands for one that is known after apply. */
const membership = (
  users: readonly DatabaseUser[],
  grants: readonly DatabaseRoleGrant[],
): ReadonlyMap<string, readonly (string | null)[]> => {
  const roles = new Map<string, (string | null)[]>();
  for (const { name, roles: own } of users) {
    const key = literal(name);
    if (key === undefined) continue;
    for (const role of own.items) push(roles, key, literal(role) ?? null);
    if (!own.complete) push(roles, key, null);
  }
  for (const { user, role } of grants) {
    const key = literal(user);
    if (key !== undefined) push(roles, key, literal(role) ?? null);
  }
  return roles;
};

/** Directly, or by another role (fact 5.11). */
const isMember = (
  name: string,
  roles: ReadonlyMap<string, readonly (string | null)[]>,
  seen: ReadonlySet<string>,
): Tri =>
  some(
    (roles.get(name) ?? []).map((role): Tri => {
      if (role === null) return 'unknown';
      if (role === iamRole) return true;
      return seen.has(role) ? false : isMember(role, roles, new Set([...seen, role]));
    }),
  );

/** The method that the database must take from the user of a path. */
export const methodAt = (path: Path): 'iam' | 'password' =>
  path === 'iam-rds' || path === 'iam-proxy-iam-rds' ? 'iam' : 'password';

/** Whether a user is defined for the method that a way in needs; null where no definition is in view. */
export const judgeDefinition = (
  definitions: UserDefinitions,
  databaseId: string | null,
  user: string | null,
  method: 'iam' | 'password',
): Judgement | null => {
  const definition = databaseId === null ? undefined : definitions.find(databaseId, user);
  if (definition === undefined) return judgeSomewhere(definitions.somewhere(user), method);
  const { at, mayLogIn, origin } = definition;
  if (mayLogIn === false) return fails(`${at.address} defines ${user} without LOGIN, as a group`, [origin]);
  return judgeMethod(definition, method);
};

/** Whether it is for the method, whoever may log in. */
export const judgeMethod = (definition: UserDefinition, method: 'iam' | 'password'): Judgement => {
  const { user, at, byIam, origin, declaredIn } = definition;
  const defines = declaredIn === undefined ? `${at.address} defines` : `${declaredIn} declares`;
  if (byIam === 'unknown') return undecided(`how ${at.address} lets ${user} log in is known after apply`, [origin]);
  const defined = byIam ? 'for IAM' : 'without IAM';
  if (byIam === (method === 'iam')) return holds(`${defines} ${user} ${defined}`, [origin]);
  return method === 'iam'
    ? fails(`${defines} ${user} ${defined}, and this way in needs a user for IAM`, [origin])
    : fails(`${defines} ${user} ${defined}, whose password the database then refuses`, [origin]);
};

/** What speaks against the way in leaves it open, for it may be said of a user of another database. */
const judgeSomewhere = (definitions: readonly UserDefinition[], method: 'iam' | 'password'): Judgement | null => {
  const against = definitions.map((definition) => judgeMethod(definition, method)).find(({ holds: ok }) => ok !== true);
  return against === undefined
    ? null
    : undecided(`${against.reason}; whether in this database is not in view`, against.origins);
};

/** What to write in the definition, where it is for the other method. */
export const methodMend = ({ user, byIam, mayLogIn, at, engine }: UserDefinition): string => {
  if (mayLogIn === false) return `In ${at.address} write:\n  login = true`;
  if (engine === 'mysql') {
    return byIam === true
      ? `In ${at.address} give ${user} a password, the one in its secret, in place of:\n  auth_plugin = "${iamPlugin}"`
      : `In ${at.address} write, in place of its password:\n  auth_plugin = "${iamPlugin}"`;
  }
  return byIam === true
    ? `Take the role from ${user} where ${at.address} gives it, or use another user for IAM:\n  REVOKE ${iamRole} FROM ${user};`
    : `In ${at.address} write, and take its password out:\n  roles = ["${iamRole}"]`;
};
