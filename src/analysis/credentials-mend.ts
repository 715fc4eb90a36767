import type { Secret } from '../model/auth-model.ts';
import { literal } from '../model/value.ts';
import type { JudgedConnection } from './connections.ts';
import { inModuleOf, sharedNote } from './expressions.ts';
import { unique } from './judgement.ts';
import {
  type RolePlace,
  addTo,
  authBlock,
  credentials,
  freeName,
  lastName,
  managedRole,
  nameOf,
  notesFor,
  passwordVariable,
  roleOfProxy,
  rolePolicy,
  secretBlocks,
  step,
  steps,
} from './mend-blocks.ts';
import { mayReadSecret } from './permissions.ts';
import type { ProxyFacts } from './proxy-facts.ts';
import { readSecretRequest } from './targets.ts';
import type { World } from './world.ts';

/** A secret with the name of its database user. */
export type UserSecret = { readonly secret: Secret; readonly user: string };

const userOf = (world: World, secret: Secret): string | undefined => {
  const [version] = world.versions.of(secret.id);
  return version === undefined ? undefined : literal(version.username);
};

const usersOf = new WeakMap<World, readonly UserSecret[]>();

/** The secrets in view whose user is; gathered once, since many edits ask. */
const userSecrets = (world: World): readonly UserSecret[] => {
  const secrets =
    usersOf.get(world) ??
    world.model.secrets.flatMap((secret) => {
      const user = userOf(world, secret);
      return user === undefined ? [] : [{ secret, user }];
    });
  usersOf.set(world, secrets);
  return secrets;
};

export const secretsOf = (world: World, users: readonly string[]): readonly UserSecret[] =>
  userSecrets(world).filter(({ user }) => users.includes(user));

export const rolePlace = ({ model }: World, { role, proxy }: Pick<ProxyFacts, 'role' | 'proxy'>): RolePlace =>
  role.kind === 'principal'
    ? managedRole(role.principal.address, model.policyCarriers)
    : roleOfProxy(proxy.address, model.policyCarriers);

const readable = (world: World, { role }: ProxyFacts, { secret }: UserSecret): boolean =>
  role.kind === 'principal' &&
  mayReadSecret(world, role.principal, role.policies, secret, readSecretRequest(world, secret, role.principal))
    .holds === true;

/** What standard IAM is called in an engine family. */
export const iamMode = ({ proxy }: Pick<ProxyFacts, 'proxy'>): string =>
  literal(proxy.engineFamily) === 'SQLSERVER' ? 'ENABLED' : 'REQUIRED';

/** Gives a proxy the secrets of database users: those in view, or a new one. */
export const giveSecrets = (
  facts: ProxyFacts,
  world: World,
  known: readonly UserSecret[],
  user: string,
  mode: string,
): string => {
  const { address, requireTls } = facts.proxy;
  const role = rolePlace(world, facts);
  const name = freeName(world.model.secrets, 'aws_secretsmanager_secret', nameOf(user));
  const hidden = known.filter((item) => !readable(world, facts, item));
  const policy = (resources: readonly string[]): readonly string[] =>
    rolePolicy(role, `reads_${nameOf(user)}`, 'secretsmanager:GetSecretValue', resources);
  const added = known.length === 0 ? secretBlocks(user, name) : [];
  const toRead =
    known.length === 0
      ? [`aws_secretsmanager_secret.${name}.arn`]
      : hidden.map(({ secret }) => `${inModuleOf(role.place, secret.address)}.arn`);
  const arns =
    known.length === 0
      ? [`aws_secretsmanager_secret.${name}.arn`]
      : known.map(({ secret }) => `${inModuleOf(address, secret.address)}.arn`);
  const tls = mode === 'REQUIRED' && literal(requireTls) !== true ? ['require_tls = true'] : [];
  const places = known.map(({ secret }) => secret.address);
  const why = known.length === 0 ? `, with the password of the database user ${user}` : '';
  const blocks = [...added, ...(toRead.length > 0 ? policy(toRead) : [])];
  const intoProxy = `${blocks.length === 0 ? 'In' : 'and in'} ${address} write${notesFor(address, places, 'ARN')}`;
  return steps(
    blocks.length === 0 ? null : step(`${addTo(role.place)}${notesFor(role.place, places, 'ARN')}${why}`, blocks),
    step(intoProxy, [...tls, ...arns.flatMap((arn) => authBlock(mode, arn))]),
  );
};

/** What a proxy without credentials logs in with: the secrets of the users who are granted a login, or any that it may read. */
export const credentialsMend = (facts: ProxyFacts, world: World, connections: readonly JudgedConnection[]): string => {
  const granted = unique(
    connections
      .filter(({ draft }) => draft.facts?.proxy.id === facts.proxy.id && draft.grants.length > 0)
      .flatMap(({ draft }) => draft.grants.flatMap((grant) => (grant.user.kind === 'literal' ? grant.user.name : []))),
  );
  const known =
    granted.length > 0 ? secretsOf(world, granted) : userSecrets(world).filter((item) => readable(world, facts, item));
  const mode = granted.length > 0 || iamMode(facts) === 'ENABLED' ? iamMode(facts) : 'DISABLED';
  const endToEnd =
    iamMode(facts) === 'ENABLED'
      ? null
      : step(
          `Or, to use IAM all the way to the database and no secrets (provider 6.15.0 or later), in ${facts.proxy.address} write`,
          ['default_auth_scheme = "IAM_AUTH"'],
        );
  return steps(giveSecrets(facts, world, known, granted[0] ?? 'app', mode), endToEnd);
};

/** What to write into a secret that is no username and password. */
export const secretMend = (world: World, secret: Secret): string => {
  const [version] = world.versions.of(secret.id);
  if (version === undefined) return `Give ${secret.address} a version that holds username and password.`;
  const segment = literal(secret.name)?.split('/').at(-1);
  const user = literal(version.username) ?? segment ?? lastName(secret.address);
  const name = nameOf(user);
  return steps(
    step(`In ${version.address} write, with the name and password of the database user${sharedNote(version.address)}`, [
      `secret_string = ${credentials(user, name)}`,
    ]),
    step(`and, where it is not there yet, ${addTo(version.address).toLowerCase()}`, passwordVariable(name)),
  );
};
