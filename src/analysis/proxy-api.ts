import { every, some } from '../iam/tri.ts';
import type { AuthBlock, Database, Proxy } from '../model/auth-model.ts';
import type { Judgement } from '../model/judgement.ts';
import { type Tri, literal } from '../model/value.ts';
import { type EngineFamily, passwordTypes } from './engines.ts';
import { allOf, fails, holds, judge, listWords, undecided } from './judgement.ts';
import type { ApiJudgements, ProxyFacts } from './proxy-facts.ts';
import type { LinkedAuth } from './secrets.ts';

export const judgeApi = (
  proxy: Proxy,
  auth: readonly LinkedAuth[],
  endToEnd: Tri,
  database: Database | null,
): ApiJudgements => {
  const familyPasswordTypes = allOf(
    auth.map(({ block }) => judgeFamilyType(proxy, block)),
    `the password types belong to the engine family of ${proxy.address}`,
  );
  const mariadb = allOf(auth.map((linked) => judgeMariadbType(linked.block, database)));
  if (!proxy.managed) return acceptedAlready(proxy);
  return {
    tlsForIam: judgeTls(proxy, auth),
    iamModesSupported: judgeModes(proxy, auth, endToEnd, database),
    familyPasswordTypes,
    passwordTypesMatch: allOf([familyPasswordTypes, mariadb]),
    authWithoutUsername: judgeUsername(proxy, auth),
    hasCredentials: judgeCredentials(proxy, endToEnd),
    secretArnsTaken: allOf(auth.map(({ naming }) => (naming.isNoArn ? naming.byArn : holds('')))),
  };
};

/** A proxy that a data source reads exists: AWS has taken its arguments. */
const acceptedAlready = (proxy: Proxy): ApiJudgements => {
  const accepted = holds(`${proxy.address} exists, so that AWS has taken its settings`, [proxy.origin]);
  return {
    tlsForIam: accepted,
    iamModesSupported: accepted,
    familyPasswordTypes: accepted,
    passwordTypesMatch: accepted,
    authWithoutUsername: accepted,
    hasCredentials: accepted,
    secretArnsTaken: accepted,
  };
};

/** `iam_auth = REQUIRED` needs TLS; unset `require_tls` is false (fact 1.3). */
const judgeTls = (proxy: Proxy, auth: readonly LinkedAuth[]): Judgement => {
  const required = auth.filter(({ block }) => literal(block.iamAuth) === 'REQUIRED');
  const maybe = auth.some(({ block }) => block.iamAuth.kind === 'unknown') || !proxy.authComplete;
  const demands: Tri = required.length > 0 ? true : maybe ? 'unknown' : false;
  const tls: Tri = proxy.requireTls.kind === 'unknown' ? 'unknown' : literal(proxy.requireTls) === true;
  const origins = [proxy.requireTls.origin, ...required.map(({ block }) => block.iamAuth.origin)];
  const seen = proxy.requireTls.kind === 'absent' ? 'does not set require_tls' : 'has require_tls = false';
  return judge(
    some([demands === 'unknown' ? 'unknown' : !demands, tls]),
    {
      yes: tls === true ? `${proxy.address} requires TLS` : `${proxy.address} asks nobody for an IAM token`,
      no: `${proxy.address} has iam_auth = "REQUIRED" and ${seen}`,
      unknown: `require_tls or iam_auth of ${proxy.address} is known after apply`,
    },
    origins,
  );
};

/** ENABLED is for SQL Server alone (fact 1.1); end-to-end IAM is never for SQL Server (fact 1.10). */
const judgeModes = (proxy: Proxy, auth: readonly LinkedAuth[], endToEnd: Tri, database: Database | null): Judgement => {
  const family = literal(proxy.engineFamily);
  const enabled = auth.filter(({ block }) => literal(block.iamAuth) === 'ENABLED');
  const origins = [...enabled.map(({ block }) => block.iamAuth.origin), proxy.engineFamily.origin];
  if (enabled.length > 0 && family !== 'SQLSERVER') {
    return family === undefined
      ? undecided(`the engine family of ${proxy.address} is known after apply`, origins)
      : fails(`iam_auth = "ENABLED" is for SQL Server, and ${proxy.address} has engine_family = "${family}"`, origins);
  }
  if (endToEnd !== false && isRefusedEndToEnd(proxy)) {
    const reason = `default_auth_scheme = "IAM_AUTH" is not for SQL Server, which ${proxy.address} serves`;
    return judge(endToEnd === true ? false : 'unknown', { yes: '', no: reason, unknown: reason }, [
      proxy.defaultAuthScheme.origin,
      ...(database === null ? [] : [database.engine.origin]),
    ]);
  }
  const open = auth.filter(({ block }) => block.iamAuth.kind === 'unknown');
  return open.length > 0 && family !== 'SQLSERVER'
    ? undecided(
        `iam_auth of ${proxy.address} is known after apply`,
        open.map(({ block }) => block.iamAuth.origin),
      )
    : holds(`the API takes the IAM modes of ${proxy.address}`, origins);
};

/** SQL Server has no end-to-end IAM: that is the fault, and not what such logins would need besides. */
export const isRefusedEndToEnd = ({ managed, engineFamily }: Proxy): boolean =>
  managed && literal(engineFamily) === 'SQLSERVER';

/** Whether logins that need no secret are offered for certain. */
export const hasEndToEnd = ({ proxy, endToEnd }: Pick<ProxyFacts, 'proxy' | 'endToEnd'>): boolean =>
  endToEnd === true && !isRefusedEndToEnd(proxy);

const judgeFamilyType = (proxy: Proxy, block: AuthBlock): Judgement => {
  const type = block.clientPasswordAuthType;
  if (type.kind === 'absent') return holds('');
  const family = literal(proxy.engineFamily);
  const text = literal(type);
  if (text === undefined) {
    return undecided(`client_password_auth_type of ${block.origin.path} is known after apply`, [type.origin]);
  }
  if (family === undefined)
    return undecided(`the engine family of ${proxy.address} is known after apply`, [proxy.engineFamily.origin]);
  const allowed = passwordTypes.get(family as EngineFamily);
  if (allowed === undefined || allowed.includes(text)) return holds('', [type.origin]);
  return fails(
    `client_password_auth_type = "${text}" of ${proxy.address} is not one of its family ${family}: ${listWords(allowed, 'or')}`,
    [type.origin, proxy.engineFamily.origin],
  );
};

/** MariaDB does not know caching_sha2 (fact 1.7). */
const judgeMariadbType = (block: AuthBlock, database: Database | null): Judgement => {
  const type = block.clientPasswordAuthType;
  if (literal(type) !== 'MYSQL_CACHING_SHA2_PASSWORD' || database === null) return holds('');
  if (database.engine.kind !== 'known') {
    return undecided(`the engine of ${database.address} is known after apply`, [database.engine.origin]);
  }
  return database.engine.value === 'mariadb'
    ? fails(
        `client_password_auth_type = "MYSQL_CACHING_SHA2_PASSWORD" is unknown to MariaDB, which ${database.address} is`,
        [type.origin],
      )
    : holds('', [type.origin]);
};

/** A user name together with a secret is rejected (fact 1.8). */
const judgeUsername = (proxy: Proxy, auth: readonly LinkedAuth[]): Judgement =>
  allOf(
    auth.map(({ block }) => {
      if (block.username.kind === 'absent') return holds('');
      const secrets: Tri = block.scheme.kind === 'unknown' ? 'unknown' : literal(block.scheme) === 'SECRETS';
      const named: Tri = block.username.kind === 'unknown' ? 'unknown' : true;
      const rejected = every([secrets, named]);
      return judge(
        rejected === 'unknown' ? 'unknown' : !rejected,
        {
          yes: '',
          no: `an auth block of ${proxy.address} has both username and auth_scheme = "SECRETS", which the API rejects`,
          unknown: `username of an auth block of ${proxy.address} is known after apply`,
        },
        [block.username.origin],
      );
    }),
    `no auth block of ${proxy.address} names a user beside its secret`,
  );

/** A proxy needs an `auth` block, or end-to-end IAM (fact 1.9). */
const judgeCredentials = (proxy: Proxy, endToEnd: Tri): Judgement => {
  const blocks: Tri = proxy.auth.length > 0 ? true : proxy.authComplete ? false : 'unknown';
  return judge(
    some([blocks, endToEnd]),
    {
      yes: `${proxy.address} has credentials to log in with`,
      no: `${proxy.address} has neither an auth block nor default_auth_scheme = "IAM_AUTH"`,
      unknown: `the auth blocks of ${proxy.address} are known after apply`,
    },
    [proxy.origin, proxy.defaultAuthScheme.origin],
  );
};
