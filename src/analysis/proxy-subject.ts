import type { Database } from '../model/auth-model.ts';
import type { Judgement, SubjectAttributes } from '../model/judgement.ts';
import { literal } from '../model/value.ts';
import type { JudgedConnection } from './connections.ts';
import { connectResource } from './expressions.ts';
import { allOf, holds, undecided, unique } from './judgement.ts';
import type { ProxyFacts, RoleLink } from './proxy-facts.ts';
import { mendTexts } from './proxy-mend.ts';
import { judged, text } from './subject-attributes.ts';

/** What policies read of a proxy and one of its targets. */
export const proxySubject = (
  facts: ProxyFacts,
  connections: readonly JudgedConnection[],
  databases: readonly Database[],
): SubjectAttributes => {
  const users = facts.endToEnd === false ? [] : endToEndUsers(facts, connections);
  return {
    tlsForIam: judged(facts.tlsForIam),
    iamModesSupported: judged(facts.iamModesSupported),
    passwordTypesMatch: judged(facts.passwordTypesMatch),
    authWithoutUsername: judged(facts.authWithoutUsername),
    hasCredentials: judged(facts.hasCredentials),
    hasTarget: judged(facts.hasTarget),
    servesTarget: judged(facts.servesTarget),
    targetsWriter: judged(facts.targetsWriter),
    roleMayReadSecrets: judged(facts.roleMayReadSecrets),
    roleMayDecryptSecrets: judged(facts.roleMayDecryptSecrets),
    roleMayConnect: judged(roleMayConnect(facts, users)),
    targetTakesIam: judged(facts.targetTakesIam),
    placedRight: judged(facts.placedRight),
    placeMend: text(facts.placeMend),
    reachesTarget: judged(facts.reachesTarget),
    ...proxyTexts(facts, users),
    ...mendTexts(facts, databases),
  };
};

/** Users who are meant to log in through the proxy by end-to-end IAM. */
const endToEndUsers = (facts: ProxyFacts, connections: readonly JudgedConnection[]): readonly string[] =>
  unique(
    connections
      .filter(({ draft }) => draft.path === 'iam-proxy-iam-rds' && draft.facts?.proxy.id === facts.proxy.id)
      .flatMap(({ draft }) => draft.user ?? []),
  );

const roleMayConnect = (facts: ProxyFacts, users: readonly string[]): Judgement => {
  if (facts.endToEnd === false) return holds('');
  const anyone = facts.mayConnect(null);
  const all = anyone.holds === true ? allOf([anyone, ...users.map(facts.mayConnect)]) : anyone;
  return facts.endToEnd === 'unknown' && all.holds === false
    ? undecided(
        `whether ${facts.proxy.address} uses end-to-end IAM is known after apply; if so, ${all.reason}`,
        all.origins,
      )
    : all;
};

const proxyTexts = (facts: ProxyFacts, users: readonly string[]): SubjectAttributes => {
  const { proxy, role, target } = facts;
  const database = target?.kind === 'database' ? target.facts.database : null;
  const missing = users.find((user) => facts.mayConnect(user).holds !== true) ?? users[0] ?? null;
  return {
    name: text(literal(proxy.name) ?? proxy.address),
    role: text(roleText(role)),
    databaseAddress: text(database?.address ?? 'its target'),
    unreadableSecrets: text(secretExpressions(facts)),
    undecryptableKeys: text(keyExpressions(facts)),
    databaseConnectResource: text(
      database === null
        ? 'the ARN of the database user'
        : connectResource({ kind: 'database', entity: database }, missing),
    ),
  };
};

const roleText = (role: RoleLink): string => {
  if (role.kind === 'principal') return role.principal.address;
  return role.kind === 'outside' ? role.text : 'its role';
};

const secretExpressions = (facts: ProxyFacts): string =>
  unique(
    facts.auth
      .filter((auth) => facts.mayRead(auth).holds !== true)
      .map((auth) => {
        if (auth.link.kind === 'managed') return `${auth.link.secret.address}.arn`;
        if (auth.link.kind === 'master') return `${auth.link.database.address}.master_user_secret[0].secret_arn`;
        return auth.link.kind === 'outside' ? `"${auth.link.text}"` : 'the ARN of the secret';
      }),
  ).join(', ');

/** `aws_kms_key.secrets` of an unreadable key, by the reference or text that the secret names it with. */
const keyExpressions = (facts: ProxyFacts): string =>
  unique(
    facts.auth
      .filter((auth) => facts.mayDecrypt(auth).holds !== true)
      .flatMap(({ link }) => {
        if (link.kind === 'master') return [link.database.masterSecretKey];
        return link.kind === 'managed' ? [link.secret.kmsKey] : [];
      })
      .map((key) => {
        if (key.kind === 'known') return `"${key.value}"`;
        const [reference] = key.kind === 'unknown' ? key.references : [];
        return reference === undefined ? 'the ARN of the key' : `${reference.resource}.${reference.path || 'arn'}`;
      }),
  ).join(', ');
