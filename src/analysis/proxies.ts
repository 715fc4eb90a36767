import { every, some } from '../iam/tri.ts';
import type { Database, Proxy, ProxyTarget } from '../model/auth-model.ts';
import type { Judgement } from '../model/judgement.ts';
import { type Tri, type Value, literal } from '../model/value.ts';
import { type DatabaseFacts, takesIam } from './databases.ts';
import { inRegion } from './join.ts';
import { allOf, fails, holds, undecided } from './judgement.ts';
import { judgeNetwork } from './network.ts';
import { judgeSameVpc, judgeSubnets } from './placement.ts';
import type { Holdings } from './principals.ts';
import { isRefusedEndToEnd, judgeApi } from './proxy-api.ts';
import type { ProxyFacts, RoleLink, TargetLink } from './proxy-facts.ts';
import { judgeRole } from './proxy-role.ts';
import { judgeServes, judgeWriter } from './proxy-target.ts';
import { type LinkedAuth, linkAuth } from './secrets.ts';
import type { World } from './world.ts';

export const proxyFacts = (
  world: World,
  holdings: Holdings,
  databases: ReadonlyMap<string, DatabaseFacts>,
  proxy: Proxy,
): readonly ProxyFacts[] => {
  const targets = targetsOf(world, databases, proxy);
  const base = linkProxy(world, holdings, proxy);
  return (targets.length === 0 ? [null] : targets).map((target) => judgePair(world, base, target));
};

type LinkedProxy = Pick<ProxyFacts, 'proxy' | 'auth' | 'role' | 'endToEnd'>;

const linkProxy = (world: World, holdings: Holdings, proxy: Proxy): LinkedProxy => ({
  proxy,
  auth: linkAuth(world, proxy),
  role: roleOf(world, holdings, proxy),
  endToEnd: proxy.defaultAuthScheme.kind === 'unknown' ? 'unknown' : literal(proxy.defaultAuthScheme) === 'IAM_AUTH',
});

const roleOf = (world: World, holdings: Holdings, proxy: Proxy): RoleLink => {
  const join = world.findRoleByArn(proxy.roleArn);
  if (join.kind === 'one') {
    return { kind: 'principal', principal: join.entity, policies: holdings.policiesOf(join.entity) };
  }
  if (join.kind === 'outside') return { kind: 'outside', text: join.text };
  return { kind: 'unknown', among: join.kind === 'some' ? join.entities : null };
};

const targetsOf = (world: World, databases: ReadonlyMap<string, DatabaseFacts>, proxy: Proxy): readonly TargetLink[] =>
  world.targets.of(proxy.id).map((target) => linkTarget(world, databases, target));

const linkTarget = (world: World, databases: ReadonlyMap<string, DatabaseFacts>, target: ProxyTarget): TargetLink => {
  const kind: Database['kind'] = target.clusterIdentifier.kind === 'absent' ? 'instance' : 'cluster';
  const identifier: Value<string> = kind === 'cluster' ? target.clusterIdentifier : target.instanceIdentifier;
  const join = inRegion(world.findDatabase(identifier, kind), target.region);
  const facts = join.kind === 'one' ? databases.get(join.entity.id) : undefined;
  if (facts !== undefined) return { kind: 'database', target, facts };
  return { kind: join.kind === 'outside' ? 'outside' : 'unknown', target };
};

const judgePair = (world: World, base: LinkedProxy, target: TargetLink | null): ProxyFacts => {
  const { proxy, auth } = base;
  const facts = target?.kind === 'database' ? target.facts : null;
  const api = judgeApi(proxy, auth, base.endToEnd, facts?.database ?? null);
  const role = judgeRole(world, base, facts);
  const hasTarget = judgeHasTarget(world, proxy, target);
  const network =
    facts === null ? { judgement: networkOutOfView(target), gap: null } : judgeNetwork(world, proxy, facts.database);
  const servesTarget = judgeServes(proxy, target, facts);
  const inTargetVpc = judgeSameVpc(world, proxy, facts?.database ?? null);
  const works = allOf([
    hasTarget,
    api.tlsForIam,
    api.iamModesSupported,
    api.familyPasswordTypes,
    api.authWithoutUsername,
    api.hasCredentials,
    api.secretArnsTaken,
    role.assumable,
    servesTarget,
    inTargetVpc,
    network.judgement,
  ]);
  return {
    ...base,
    ...api,
    ...role,
    target,
    hasTarget,
    servesTarget,
    targetsWriter: judgeWriter(facts),
    inTargetVpc,
    placedRight: allOf([inTargetVpc, judgeSubnets(world, proxy)]),
    targetTakesIam: judgeTargetIam(proxy, base.endToEnd, facts),
    reachesTarget: network.judgement,
    networkGap: network.gap,
    works,
  };
};

const networkOutOfView = (target: TargetLink | null): Judgement =>
  target?.kind === 'unknown'
    ? undecided('the database is known after apply', [target.target.origin])
    : holds('', [], target === null ? [] : ['the database is not in view and is assumed to let the proxy in']);

const judgeHasTarget = (world: World, proxy: Proxy, target: TargetLink | null): Judgement => {
  if (target !== null) return holds(`${target.target.address} registers the database`, [target.target.origin]);
  if (!proxy.managed) return holds('', [proxy.origin], [`the target of ${proxy.address} is registered elsewhere`]);
  const [stray] = world.targets.maybeOf(proxy.id);
  if (stray !== undefined) return undecided(`which proxy ${stray.address} is for is known after apply`, [stray.origin]);
  const missing = `no aws_db_proxy_target registers a database with ${proxy.address}`;
  return world.model.complete
    ? fails(missing, [proxy.origin])
    : undecided(`${missing} in this plan, which is not complete`, [proxy.origin]);
};

/** End-to-end IAM: the database takes the token that the proxy makes (fact 1.12). */
const judgeTargetIam = (proxy: Proxy, endToEnd: Tri, facts: DatabaseFacts | null): Judgement => {
  if (endToEnd === false || isRefusedEndToEnd(proxy)) return holds('');
  if (facts === null)
    return undecided(`whether the target of ${proxy.address} takes IAM tokens is not in view`, [proxy.origin]);
  const words = `${proxy.address} logs in to ${facts.database.address} by IAM`;
  const answer = some([endToEnd === 'unknown' && takesIam(facts) === false ? 'unknown' : facts.iamOn.holds]);
  if (answer === true) return facts.iamOn;
  return answer === false
    ? fails(`${words}, and ${facts.iamOn.reason}`, [...facts.iamOn.origins, proxy.defaultAuthScheme.origin])
    : undecided(`${words}, and ${facts.iamOn.reason}`, facts.iamOn.origins);
};

/** Whether a secret can be used by the proxy: it holds credentials, and the role reads and decrypts it. */
export const secretUsable = (facts: ProxyFacts, auth: LinkedAuth): Tri =>
  every([auth.holdsCredentials.holds, facts.mayRead(auth).holds, facts.mayDecrypt(auth).holds]);
