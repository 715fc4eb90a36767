import type { Judgement, Subject, SubjectAttribute, SubjectAttributes } from '../model/judgement.ts';
import type { AnalysisContext } from './analysis-context.ts';
import { holderMend, judgeClientEndpoint, judgeHolders } from './client-grants.ts';
import { clientSubjects } from './client-subjects.ts';
import type { JudgedConnection } from './connections.ts';
import { driftSubjects } from './credentials-drift.ts';
import { secretMend } from './credentials-mend.ts';
import { flagMend } from './database-mend.ts';
import { judgeMethod } from './database-users.ts';
import { type DatabaseFacts, takesIam } from './databases.ts';
import { describeEngine } from './engines.ts';
import { excessMend } from './excess-mend.ts';
import { breadthSubjects } from './grant-breadth.ts';
import { proxyTakesIam, userHasSecret } from './grant-judgements.ts';
import { denialsOf } from './grant-leg.ts';
import { grantMends, resourceFor } from './grant-mend.ts';
import { userText } from './grant-user.ts';
import type { Grant } from './grants.ts';
import { judgeHolderAccounts } from './holder-account.ts';
import { allOf, holds, undecided } from './judgement.ts';
import { proxyAdvice } from './proxy-advice.ts';
import { judgeOwnGroups, ownGroupsMend } from './proxy-endpoint-groups.ts';
import { judgeReadOnly, readOnlyMend } from './proxy-endpoints.ts';
import type { ProxyFacts } from './proxy-facts.ts';
import { proxySubject } from './proxy-subject.ts';
import { push } from './push.ts';
import { judgeExcess } from './role-excess.ts';
import { rotationAttributes } from './rotation.ts';
import { judged, text } from './subject-attributes.ts';
import { judgeOneMethod } from './users.ts';

/** Everything that policies judge, of the judged input alone. */
export const buildSubjects = (
  context: AnalysisContext,
  connections: readonly JudgedConnection[],
): readonly Subject[] => {
  const proxies = context.proxies.filter(({ proxy }) => proxy.judged);
  return [
    ...[...context.databases.values()]
      .filter(({ database }) => database.judged && database.managed)
      .map((facts) => databaseSubject(facts, context)),
    ...proxies.map((facts) =>
      subject('proxy', facts.proxy.address, {
        ...proxySubject(facts, connections, context.world),
        ...proxyAdvice(context, facts),
      }),
    ),
    ...endpointSubjects(context),
    ...roleSubjects(context, proxies, connections),
    ...secretSubjects(context),
    ...driftSubjects(context),
    ...breadthSubjects(context),
    ...context.grants.grants
      .filter((grant) => grant.carrier.judged && !grant.wildcard)
      .map((grant) => ({
        ...subject('grant', grant.carrier.address, grantAttributes(context, grant)),
        ...(grant.user.kind === 'literal' ? { user: grant.user.name } : {}),
      })),
    ...denialSubjects(context, connections),
    ...clientSubjects(context, connections),
  ];
};

const subject = (kind: Subject['kind'], address: string, attributes: SubjectAttributes): Subject => ({
  kind,
  address,
  attributes: { address: text(address), ...attributes },
});

/** A database where IAM is off has nothing to support. */
const whereIamIsOn = ({ iamOn }: DatabaseFacts, judgement: Judgement): Judgement => {
  if (iamOn.holds === false || judgement.holds === true) return holds('', judgement.origins);
  return iamOn.holds === true
    ? judgement
    : undecided(`${iamOn.reason}; if it is on, ${judgement.reason}`, judgement.origins);
};

const databaseSubject = (facts: DatabaseFacts, context: AnalysisContext): Subject =>
  subject('database', facts.database.address, {
    supportsIam: judged(whereIamIsOn(facts, facts.supportsIam)),
    flagOnCluster: judged(whereIamIsOn(facts, facts.flagOnCluster)),
    withoutKerberos: judged(whereIamIsOn(facts, facts.withoutKerberos)),
    kerberosExcludesIam: judged(facts.kerberosExcludesIam),
    engine: text(describeEngine(facts.database)),
    flagMend: text(flagMend(facts, context)),
  });

const endpointSubjects = (context: AnalysisContext): readonly Subject[] =>
  context.world.model.proxyEndpoints
    .filter((endpoint) => endpoint.judged)
    .map((endpoint) =>
      subject('proxyEndpoint', endpoint.address, {
        readOnlySupported: judged(judgeReadOnly(context.world, context.proxies, endpoint)),
        readOnlyMend: text(readOnlyMend(context.world, context.proxies, endpoint)),
        hasOwnGroups: judged(judgeOwnGroups(context.world, endpoint)),
        ownGroupsMend: text(ownGroupsMend(context.world, endpoint)),
      }),
    );

const byAddress = (subjects: readonly Subject[]): readonly Subject[] => [
  ...new Map(subjects.map((item) => [item.address, item])).values(),
];

const roleSubjects = (
  context: AnalysisContext,
  proxies: readonly ProxyFacts[],
  connections: readonly JudgedConnection[],
): readonly Subject[] => {
  const pairs = new Map<string, ProxyFacts[]>();
  for (const facts of context.proxies) if (facts.role.kind === 'principal') push(pairs, facts.role.principal.id, facts);
  const seen = new Set<string>();
  return proxies.flatMap(({ role, assumable }) => {
    if (role.kind !== 'principal' || !role.principal.judged || !role.principal.managed) return [];
    const { id, address } = role.principal;
    if (seen.size === seen.add(id).size) return [];
    const own = pairs.get(id) ?? [];
    const excess = judgeExcess(context, role, own, connections);
    return [
      subject('role', address, {
        assumableByRds: judged(assumable),
        holdsWhatIsNeeded: judged(excess.judgement),
        excessMend: text(excess.judgement.holds === true ? '' : excessMend(excess, own)),
      }),
    ];
  });
};

const secretSubjects = ({ world, proxies }: AnalysisContext): readonly Subject[] =>
  byAddress(
    proxies.flatMap((facts) =>
      facts.auth.flatMap(({ link, holdsCredentials }) =>
        link.kind === 'managed' && link.secret.judged && link.secret.managed
          ? [
              subject('secret', link.secret.address, {
                holdsCredentials: judged(holdsCredentials),
                secretMend: text(holdsCredentials.holds === true ? '' : secretMend(world, link.secret)),
                ...rotationAttributes(world, facts, link.secret),
              }),
            ]
          : [],
      ),
    ),
  );

const grantAttributes = (context: AnalysisContext, grant: Grant): SubjectAttributes => {
  const spelled = grant.actionSpelled.holds !== false;
  // A statement whose action is misspelt is judged for nothing else.
  const only = (judgement: Judgement): SubjectAttribute => judged(spelled ? whereCertain(grant, judgement) : holds(''));
  const user = userText(grant.user);
  const other = judgeClientEndpoint(context, grant);
  return {
    actionSpelled: judged(grant.actionSpelled),
    namesResourceId: only(grant.namesResourceId),
    inScope: only(allOf([grant.inScope, judgeHolderAccounts(grant)])),
    conditionCanHold: only(grant.conditionCanHold),
    endpointTakesIam: only(grant.forProxy ? holds('') : endpointTakesIam(context, grant, user)),
    userHasSecret: only(grant.forProxy ? holds('') : secretOfUser(context, grant, user)),
    oneMethodPerUser: only(grant.forProxy ? holds('') : oneMethodPerUser(context, grant)),
    namesClientEndpoint: only(grant.forProxy ? holds('') : other.judgement),
    heldByProgram: only(grant.forProxy ? holds('') : judgeHolders(context, grant)),
    clientConnectResource: text(resourceFor({ ...grant, endpoint: other.endpoint ?? grant.endpoint }, user ?? '*')),
    holderMend: text(holderMend(context, grant)),
    endpoint: text(grant.endpoint.entity.address),
    user: text(user ?? 'the user'),
    principal: text(principalText(grant)),
    ...grantMends(context, grant),
  };
};

/** Which instance a reference without a key means is not in the plan, so that no one instance can fail it. */
const whereCertain = ({ certain, endpoint }: Grant, judgement: Judgement): Judgement =>
  judgement.holds === false && !certain
    ? undecided(
        `${judgement.reason}; whether ${endpoint.entity.address} is meant is not in the plan`,
        judgement.origins,
      )
    : judgement;

const principalText = ({ holders, carrier }: Grant): string => {
  const [holder] = holders;
  if (holder?.kind === 'principal') return holder.principal.address;
  return holder?.kind === 'outside' ? holder.name : `whoever holds ${carrier.address}`;
};

const pairsOf = (context: AnalysisContext, grant: Grant): readonly ProxyFacts[] =>
  context.pairsOf(grant.endpoint.entity.id);

const endpointTakesIam = (context: AnalysisContext, grant: Grant, user: string | null): Judgement => {
  if (grant.endpoint.kind === 'database') {
    const facts = context.databases.get(grant.endpoint.entity.id);
    if (facts === undefined) return holds('');
    // Where nobody can see whether it is on, an engine that has none decides.
    return facts.iamOn.holds === 'unknown' && facts.iamUsable.holds === false ? facts.iamUsable : facts.iamOn;
  }
  const [pair] = pairsOf(context, grant);
  return pair === undefined ? holds('') : proxyTakesIam(pair, user);
};

const secretOfUser = (context: AnalysisContext, grant: Grant, user: string | null): Judgement => {
  const [pair] = grant.endpoint.kind === 'proxy' ? pairsOf(context, grant) : [];
  return pair === undefined ? holds('') : userHasSecret(pair, user);
};

/** The grant's own statement is the first place to look at. */
const oneMethodPerUser = (context: AnalysisContext, grant: Grant): Judgement => {
  const judgement = allOf([oneMethod(context, grant), asDefined(context, grant)]);
  if (judgement.holds !== false) return judgement;
  return { ...judgement, origins: [grant.statement.origin, ...judgement.origins] };
};

const oneMethod = (context: AnalysisContext, grant: Grant): Judgement => {
  if (grant.user.kind === 'pattern') return holds('');
  const user = grant.user.kind === 'literal' ? grant.user.name : null;
  if (grant.endpoint.kind === 'database') {
    const facts = context.databases.get(grant.endpoint.entity.id);
    const takes = facts !== undefined && takesIam(facts) !== false;
    return takes ? judgeOneMethod(context.methods, facts.database.id, user, 'iam') : holds('');
  }
  const pair = pairsOf(context, grant).find(
    ({ endToEnd, auth }) => endToEnd === true && !auth.some((own) => own.user === user),
  );
  const database = pair?.target?.kind === 'database' ? pair.target.facts.database.id : null;
  return judgeOneMethod(context.methods, database, user, 'iam');
};

/** Whether a user in view is defined for the method that the grant needs behind it. */
const asDefined = (context: AnalysisContext, grant: Grant): Judgement => {
  const user = grant.user.kind === 'literal' ? grant.user.name : null;
  const against = (databaseId: string, method: 'iam' | 'password'): readonly Judgement[] => {
    const definition = context.definitions.find(databaseId, user);
    return definition === undefined ? [] : [judgeMethod(definition, method)];
  };
  if (grant.endpoint.kind === 'database') return allOf(against(grant.endpoint.entity.id, 'iam'));
  return allOf(
    pairsOf(context, grant).flatMap(({ endToEnd, target }) =>
      target?.kind !== 'database' || endToEnd === 'unknown'
        ? []
        : against(target.facts.database.id, endToEnd ? 'iam' : 'password'),
    ),
  );
};

const denialSubjects = (context: AnalysisContext, connections: readonly JudgedConnection[]): readonly Subject[] =>
  connections.flatMap(({ draft }) => {
    if (draft.grants.length === 0 || draft.holder?.kind !== 'principal') return [];
    return denialsOf(context, draft, draft.holder.principal)
      .filter(({ at }) => at.judged)
      .map(({ at, judgement, mend }) =>
        subject('denial', at.address, { takesNothingBack: judged(judgement), denialMend: text(mend) }),
      );
  });
