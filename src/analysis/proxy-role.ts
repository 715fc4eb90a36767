import { shapeOfArn } from '../iam/arn-target.ts';
import type { IamRequest } from '../iam/evaluate.ts';
import { every, not } from '../iam/tri.ts';
import type { Entity, Location, Principal, Secret } from '../model/auth-model.ts';
import type { Judgement } from '../model/judgement.ts';
import { type Origin, type Reference, type Value, absent, known, literal } from '../model/value.ts';
import type { DatabaseFacts } from './databases.ts';
import { allOf, fails, holds, judge, undecided } from './judgement.ts';
import { mayDecrypt } from './key-permissions.ts';
import { askIdentity, inAnotherAccount, mayReadSecret } from './permissions.ts';
import type { PrincipalPolicies } from './principals.ts';
import { isRefusedEndToEnd } from './proxy-api.ts';
import type { ProxyFacts, RoleJudgements, RoleLink } from './proxy-facts.ts';
import type { LinkedAuth } from './secrets.ts';
import { connectRequest, decryptByArn, decryptRequest, denyRequest, readSecretRequest } from './targets.ts';
import { assumableByRds } from './trust.ts';
import type { World } from './world.ts';

type Linked = Pick<ProxyFacts, 'proxy' | 'auth' | 'role'>;

export const judgeRole = (world: World, linked: Linked, facts: DatabaseFacts | null): RoleJudgements => {
  const reads = new Map(linked.auth.map((auth) => [auth, judgeRead(world, linked, auth)]));
  const decrypts = new Map(linked.auth.map((auth) => [auth, judgeDecrypt(world, linked, auth)]));
  const nobody = undecided('');
  return {
    assumable: judgeAssumable(linked),
    mayRead: (auth) => reads.get(auth) ?? nobody,
    mayDecrypt: (auth) => decrypts.get(auth) ?? nobody,
    mayConnect: (user) => judgeConnect(world, linked, facts, user),
    roleMayReadSecrets: allOf([...reads.values()], 'the proxy reads no secret'),
    roleMayDecryptSecrets: allOf([...decrypts.values()], 'no secret needs a customer-managed key'),
  };
};

const roleOutOfView = ({ role, proxy }: Linked, what: string): Judgement =>
  role.kind === 'outside'
    ? holds('', [proxy.roleArn.origin], [`${role.text} is not in view and is assumed ${what}`])
    : undecided(`the role of ${proxy.address} is known after apply`, [proxy.roleArn.origin]);

/** A role that a data source reads shows its name and trust, not its policies. */
const inView = (role: RoleLink): role is Extract<RoleLink, { kind: 'principal' }> =>
  role.kind === 'principal' && role.principal.managed;

const assumedRole = (linked: Linked, what: string): Judgement =>
  linked.role.kind === 'principal'
    ? holds(
        '',
        [linked.role.principal.origin],
        [`${linked.role.principal.address} is read by a data source and is assumed ${what}`],
      )
    : roleOutOfView(linked, what);

const judgeAssumable = (linked: Linked): Judgement =>
  linked.role.kind === 'principal'
    ? assumableByRds(linked.role.principal)
    : roleOutOfView(linked, 'to trust rds.amazonaws.com');

const judgeRead = (world: World, linked: Linked, auth: LinkedAuth): Judgement =>
  inView(linked.role) ? readBy(world, linked.role, auth) : assumedRole(linked, `to read ${auth.secretName}`);

type PrincipalLink = Extract<RoleLink, { kind: 'principal' }>;

/** Whether a principal in view, the role of a proxy or anybody else, may read the secret of an `auth` block. */
export const readBy = (world: World, role: PrincipalLink, auth: LinkedAuth): Judgement => {
  const secret = secretOf(auth);
  // A block that names no secret asks for nothing.
  if (auth.naming.byArn.holds === false && secret === null) return holds('');
  if (secret === null) {
    return auth.link.kind === 'unknown'
      ? undecided(`which secret ${auth.block.origin.path} names is known after apply`, [auth.block.secretArn.origin])
      : judgeUnseenSecret(world, role.principal, role, auth);
  }
  return mayReadSecret(world, role.principal, role.policies, secret, readSecretRequest(world, secret, role.principal));
};

/** A secret that RDS manages, or that is named by a literal: its ARN is in view, its policy is not. */
const judgeUnseenSecret = (world: World, principal: Principal, role: PrincipalLink, auth: LinkedAuth): Judgement => {
  const request = unseenSecretRequest(world, auth, principal);
  const answer = askIdentity(role.policies, request);
  const readable = every([answer.allow, not(answer.deny)]);
  // The secret's own policy may allow it, but not alone where it is in another account.
  const mayBeAllowed =
    answer.deny !== true && auth.link.kind === 'outside' && !inAnotherAccount(principal, placeOf(auth.block.secretArn));
  return judge(
    readable === false && mayBeAllowed ? true : readable,
    {
      yes: `${principal.address} may read ${auth.secretName}`,
      no: `${principal.address} has no policy that allows secretsmanager:GetSecretValue on ${auth.secretName}`,
      unknown: `whether ${principal.address} may read ${auth.secretName} rests on a policy that is known after apply, or on a condition that cannot be decided`,
    },
    [principal.origin, auth.block.secretArn.origin],
    readable === true
      ? answer.assumptions
      : [`the resource policy of ${auth.secretName} is not in view and is assumed to let ${principal.address} read it`],
  );
};

/** Region and account that a literal ARN names. */
const placeOf = (arn: Value<string>): Location => {
  const [, , , region, account] = (literal(arn) ?? '').split(':');
  const field = (text: string | undefined): Value<string> => (text ? known(text, arn.origin) : absent(arn.origin));
  return { region: field(region), account: field(account) };
};

const unseenSecretRequest = (world: World, auth: LinkedAuth, role: Principal): IamRequest => {
  const { link, block } = auth;
  const master = link.kind === 'master' ? link.database : null;
  const name = master === null ? block.secretArn : ({ kind: 'absent', origin: block.origin } as const);
  const stand: Secret = {
    id: master?.id ?? '',
    address: auth.secretName,
    judged: false,
    managed: false,
    origin: block.origin,
    region: master?.region ?? { kind: 'absent', origin: block.origin },
    account: master?.account ?? { kind: 'absent', origin: block.origin },
    name,
    arn: master === null ? block.secretArn : master.masterSecretArn,
    kmsKey: { kind: 'absent', origin: block.origin },
    resourcePolicy: null,
    lookup: [],
  };
  const request = readSecretRequest(world, stand, role);
  if (master === null) return request;
  const relation = (reference: { readonly resource: string; readonly path: string }) =>
    reference.resource === master.id && reference.path.startsWith('master_user_secret')
      ? 'itself'
      : request.resource.relation(reference);
  const { arn, stands } = request.resource;
  const isMaster = ({ resource, path }: Reference): boolean =>
    resource === master.id && /^master_user_secret\b.*\.secret_arn$/.test(path);
  return {
    ...request,
    resource: {
      ...request.resource,
      relation,
      stands: (reference, before) =>
        isMaster(reference) ? { shape: shapeOfArn(arn) } : (stands?.(reference, before) ?? 'unknown'),
    },
  };
};

const secretOf = (auth: LinkedAuth): Secret | null => (auth.link.kind === 'managed' ? auth.link.secret : null);

/** A secret, as far as its encryption goes. */
type Encrypted = Location & Pick<Entity, 'address' | 'managed' | 'origin'> & { readonly kmsKey: Value<string> };

const encryptedOf = (auth: LinkedAuth): Encrypted | null => {
  if (auth.link.kind !== 'master') return secretOf(auth);
  const { region, account, managed, origin, masterSecretKey } = auth.link.database;
  return { region, account, managed, origin, address: auth.secretName, kmsKey: masterSecretKey };
};

const isAwsManaged = (key: Value<string>): boolean =>
  key.kind === 'absent' || (key.kind === 'known' && /^$|(^|:)alias\/aws\/secretsmanager$/.test(key.value));

const judgeDecrypt = (world: World, linked: Linked, auth: LinkedAuth): Judgement => {
  const secret = encryptedOf(auth);
  if (inView(linked.role) || secret === null) return decryptBy(world, linked.role, auth);
  return isAwsManaged(secret.kmsKey)
    ? judgeAwsKey(linked.role, secret)
    : assumedRole(linked, `to decrypt ${secret.address}`);
};

/** Whether a principal in view may decrypt with the key of the secret. */
export const decryptBy = (world: World, role: RoleLink, auth: LinkedAuth): Judgement => {
  const secret = encryptedOf(auth);
  if (secret === null || role.kind !== 'principal') return holds('');
  return isAwsManaged(secret.kmsKey) ? judgeAwsKey(role, secret) : judgeOwnKey(world, role, secret);
};

/** The key that AWS manages needs no permission (fact 2.7), and serves no other account. */
const judgeAwsKey = (role: RoleLink, secret: Encrypted): Judgement => {
  if (role.kind === 'principal' && inAnotherAccount(role.principal, secret)) {
    const where = `${secret.address} is in account ${literal(secret.account)}, ${role.principal.address} in ${literal(role.principal.account)}`;
    return fails(`${where}: no other account may use aws/secretsmanager, the key that AWS manages`, [secret.origin]);
  }
  return secret.managed || secret.kmsKey.kind !== 'absent'
    ? holds('', [secret.origin])
    : holds('', [secret.origin], [`the key of ${secret.address} is assumed to need no permission`]);
};

const judgeOwnKey = (world: World, { principal, policies }: PrincipalLink, secret: Encrypted): Judgement => {
  const { kmsKey } = secret;
  const join = world.findKey(kmsKey);
  if (join.kind === 'one') {
    const request = decryptRequest(world, join.entity, secret, principal);
    return mayDecrypt(world, principal, policies, join.entity, request);
  }
  if (join.kind !== 'outside') return undecided(`the key of ${secret.address} is known after apply`, [kmsKey.origin]);
  // Another account's key needs a policy of the role, whatever its own says; an alias does not tell which key it is.
  const isKey = /:key\//.test(join.text) && inAnotherAccount(principal, placeOf(kmsKey));
  if (isKey && mayNot(policies, decryptByArn(join.text, secret, principal))) {
    const words = `${principal.address} has no policy that allows kms:Decrypt on ${join.text}, a key of another account`;
    return fails(words, [principal.origin, kmsKey.origin]);
  }
  return outOfView(join.text, kmsKey.origin, principal, secret);
};

const mayNot = (policies: PrincipalPolicies, request: IamRequest): boolean => {
  const { allow, deny } = askIdentity(policies, request);
  return allow === false || deny === true;
};

const outOfView = (key: string, origin: Origin, principal: Principal, secret: Encrypted): Judgement =>
  holds(
    '',
    [origin],
    [`the key ${key} is not in view and is assumed to let ${principal.address} decrypt ${secret.address}`],
  );

/** End-to-end IAM: the role needs `rds-db:connect` on the database (fact 1.12). */
const judgeConnect = (world: World, linked: Linked, facts: DatabaseFacts | null, user: string | null): Judgement => {
  if (isRefusedEndToEnd(linked.proxy)) return holds('');
  const who = user === null ? 'as anyone' : `as ${user}`;
  if (facts === null) return undecided(`the target of ${linked.proxy.address} is not in view`, [linked.proxy.origin]);
  if (!inView(linked.role)) return assumedRole(linked, `to connect to ${facts.database.address} ${who}`);
  const { principal, policies } = linked.role;
  const request = connectRequest(world, { kind: 'database', entity: facts.database }, user);
  const answer = askIdentity(policies, request);
  const { deny } = askIdentity(policies, denyRequest(request));
  // A Deny for one user says nothing of the others, so that only a text nobody can read leaves "anyone" open.
  const denied = user === null && deny === 'unknown' && !answer.undecoded ? false : deny;
  return judge(
    every([answer.allow, not(denied)]),
    {
      yes: `${principal.address} may connect to ${facts.database.address} ${user === null ? 'as some user' : who}`,
      no: [`${principal.address} has no policy that allows rds-db:connect to ${facts.database.address} ${who}`]
        .concat(policies.takenAway)
        .join('; '),
      unknown: `whether ${principal.address} may connect to ${facts.database.address} ${who} is known after apply`,
    },
    [principal.origin, ...answer.origins],
    answer.allow === true ? answer.assumptions : [],
  );
};
