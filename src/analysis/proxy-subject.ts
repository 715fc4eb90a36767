import type { Database } from '../model/auth-model.ts';
import type { Judgement, SubjectAttributes } from '../model/judgement.ts';
import { literal } from '../model/value.ts';
import type { AnalysisContext } from './analysis-context.ts';
import type { JudgedConnection } from './connections.ts';
import { allOf, holds, undecided, unique } from './judgement.ts';
import { judgeMasterSecret } from './master-secret.ts';
import { masterSecretMend } from './master-secret-mend.ts';
import { placementMend } from './placement-mend.ts';
import { hasEndToEnd } from './proxy-api.ts';
import type { ProxyFacts, RoleLink } from './proxy-facts.ts';
import { mendTexts } from './proxy-mend.ts';
import { roleMends } from './role-mend.ts';
import { judged, judgedLater, text, textLater } from './subject-attributes.ts';

/** What policies read of a proxy and one of its targets. */
export const proxySubject = (
  facts: ProxyFacts,
  connections: readonly JudgedConnection[],
  context: AnalysisContext,
): SubjectAttributes => {
  const { world } = context;
  const users = facts.endToEnd === false ? [] : endToEndUsers(facts, connections);
  return {
    tlsForIam: judged(facts.tlsForIam),
    iamModesSupported: judged(facts.iamModesSupported),
    passwordTypesMatch: judged(facts.passwordTypesMatch),
    authWithoutUsername: judged(facts.authWithoutUsername),
    hasCredentials: judged(credentialsOf(facts)),
    hasTarget: judged(facts.hasTarget),
    servesTarget: judged(facts.servesTarget),
    targetsWriter: judged(facts.targetsWriter),
    roleMayReadSecrets: judged(forPasswordsAlone(facts, facts.roleMayReadSecrets)),
    roleMayDecryptSecrets: judged(forPasswordsAlone(facts, facts.roleMayDecryptSecrets)),
    roleMayConnect: judged(roleMayConnect(facts, users)),
    targetTakesIam: judged(facts.targetTakesIam),
    placedRight: judged(facts.placedRight),
    placeMend: textLater(() =>
      facts.placedRight.holds === true ? '' : placementMend(world, facts.proxy, databaseOf(facts)),
    ),
    reachesTarget: judged(facts.reachesTarget),
    avoidsMasterUser: judgedLater(() => judgeMasterSecret(facts)),
    masterSecretMend: textLater(() => masterSecretMend(context, facts)),
    ...proxyTexts(facts),
    ...roleMends(facts, world, users),
    ...mendTexts(facts, world, connections),
  };
};

/** What the API asks of a proxy, and that its blocks name secrets; of a proxy that is only read AWS has taken both. */
const credentialsOf = ({ proxy, auth, hasCredentials }: ProxyFacts): Judgement =>
  proxy.managed ? allOf([...auth.map(({ naming }) => naming.byArn), hasCredentials]) : hasCredentials;

/** End-to-end IAM needs no secret (fact 1.12). */
const forPasswordsAlone = (facts: ProxyFacts, judgement: Judgement): Judgement =>
  judgement.holds === false && hasEndToEnd(facts)
    ? { ...judgement, reason: `${judgement.reason}; logins by end-to-end IAM need no secret` }
    : judgement;

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

const proxyTexts = ({ proxy, role, target }: ProxyFacts): SubjectAttributes => ({
  name: text(literal(proxy.name) ?? proxy.address),
  role: text(roleText(role)),
  databaseAddress: text(databaseOf({ target })?.address ?? 'its target'),
});

const databaseOf = ({ target }: Pick<ProxyFacts, 'target'>): Database | null =>
  target?.kind === 'database' ? target.facts.database : null;

const roleText = (role: RoleLink): string => {
  if (role.kind === 'principal') return role.principal.address;
  return role.kind === 'outside' ? role.text : 'its role';
};
