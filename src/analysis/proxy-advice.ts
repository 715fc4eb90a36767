import { every, not, some } from '../iam/tri.ts';
import type { Proxy } from '../model/auth-model.ts';
import type { Judgement, SubjectAttributes } from '../model/judgement.ts';
import { type Tri, literal } from '../model/value.ts';
import type { AnalysisContext } from './analysis-context.ts';
import { allOf, fails, holds, judge, undecided } from './judgement.ts';
import { clientMend } from './proxy-client-mend.ts';
import type { ProxyFacts } from './proxy-facts.ts';
import type { LinkedAuth } from './secrets.ts';
import { judged, textLater } from './subject-attributes.ts';

/** What a proxy that works should be beside that. Of one that a data source reads, its own configuration says it. */
export const proxyAdvice = (context: AnalysisContext, facts: ProxyFacts): SubjectAttributes => {
  const own = (judgement: () => Judgement): Judgement => (facts.proxy.managed ? judgement() : holds(''));
  const hasClient = own(() => judgeClient(context, facts));
  return {
    requiresTls: judged(own(() => judgeRequiresTls(facts.proxy))),
    passwordTypesProtected: judged(own(() => judgeProtected(facts))),
    hasClient: judged(hasClient),
    clientMend: textLater(() => (hasClient.holds === true ? '' : clientMend(context.world, facts))),
  };
};

const requiresTls = ({ requireTls }: Proxy): Tri =>
  requireTls.kind === 'unknown' ? 'unknown' : literal(requireTls) === true;

/** Unset `require_tls` is false (fact 1.3). */
const judgeRequiresTls = (proxy: Proxy): Judgement => {
  const seen = proxy.requireTls.kind === 'absent' ? 'does not set require_tls' : 'has require_tls = false';
  return judge(
    requiresTls(proxy),
    {
      yes: `${proxy.address} requires TLS`,
      no: `${proxy.address} ${seen}, so that clients may connect without TLS`,
      unknown: `require_tls of ${proxy.address} is known after apply`,
    },
    [proxy.requireTls.origin],
  );
};

/** With caching_sha2 a password needs TLS (fact 1.7). What AWS chooses for an unset type is no mistake of anybody. */
const judgeProtected = ({ proxy, auth }: ProxyFacts): Judgement =>
  allOf(
    auth.map((linked) => judgeBlock(proxy, linked)),
    `no password of ${proxy.address} needs TLS that it does not require`,
  );

const judgeBlock = (proxy: Proxy, { block, takesPassword }: LinkedAuth): Judgement => {
  const type = block.clientPasswordAuthType;
  const isSha2: Tri = type.kind === 'unknown' ? 'unknown' : literal(type) === 'MYSQL_CACHING_SHA2_PASSWORD';
  const answer = not(every([isSha2, takesPassword, not(requiresTls(proxy))]));
  const seen = proxy.requireTls.kind === 'absent' ? 'does not set require_tls' : 'has require_tls = false';
  return judge(
    answer,
    {
      yes: '',
      no: `${proxy.address} takes passwords with client_password_auth_type = "MYSQL_CACHING_SHA2_PASSWORD" and ${seen}`,
      unknown: `client_password_auth_type, iam_auth or require_tls of ${proxy.address} is known after apply`,
    },
    [type.origin, proxy.requireTls.origin],
  );
};

/** Where IAM tokens are required, somebody needs a grant of `rds-db:connect` on the proxy. */
const judgeClient = (context: AnalysisContext, facts: ProxyFacts): Judgement => {
  const { proxy, auth } = facts;
  const required: Tri = some([
    facts.endToEnd,
    ...auth.map(({ takesIam, takesPassword }) => every([takesIam, not(takesPassword)])),
    ...(proxy.authComplete ? [] : (['unknown'] as const)),
  ]);
  if (required === false) return holds(`${proxy.address} requires no IAM token`, [proxy.origin]);
  const granted = judgeGranted(context, proxy);
  if (granted.holds === true || required === true) return granted;
  return undecided(`whether ${proxy.address} requires IAM tokens is known after apply; if so, ${granted.reason}`, [
    proxy.origin,
  ]);
};

const judgeGranted = ({ grants, world }: AnalysisContext, proxy: Proxy): Judgement => {
  const [grant] = grants.grantsFor(proxy.id).filter(({ forProxy }) => !forProxy);
  if (grant !== undefined) return holds(`${grant.carrier.address} means ${proxy.address}`, [grant.statement.origin]);
  const nobody = `${proxy.address} requires IAM tokens, and nobody in view is granted rds-db:connect on it`;
  const [open] = [...grants.opaqueFor(proxy.id).map(({ carrier }) => carrier), ...grants.astray];
  if (open !== undefined) {
    return undecided(`whether ${open.address} grants rds-db:connect on ${proxy.address} is known after apply`, [
      open.origin,
    ]);
  }
  return world.model.complete
    ? fails(nobody, [proxy.origin])
    : undecided(`${nobody}, of a plan that is not complete`, [proxy.origin]);
};
