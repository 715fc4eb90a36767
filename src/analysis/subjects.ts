import type { Judgement, Subject, SubjectAttributes } from '../model/judgement.ts';
import type { AnalysisContext } from './analysis-context.ts';
import { clientSubjects } from './client-subjects.ts';
import type { JudgedConnection } from './connections.ts';
import { driftSubjects } from './credentials-drift.ts';
import { flagMend } from './database-mend.ts';
import { databaseAdvice } from './database-subject.ts';
import type { DatabaseFacts } from './databases.ts';
import { denialsOf } from './denials.ts';
import { describeEngine } from './engines.ts';
import { grantAttributes } from './grant-attributes.ts';
import { breadthSubjects } from './grant-breadth.ts';
import { holds, undecided } from './judgement.ts';
import { passwordSubjects } from './passwords.ts';
import { indexConnections, waysIn } from './path-subjects.ts';
import { proxiesOnly } from './proxies-only.ts';
import { proxyAdvice } from './proxy-advice.ts';
import { judgeOwnGroups, ownGroupsMend } from './proxy-endpoint-groups.ts';
import { judgeReadOnly, readOnlyMend } from './proxy-endpoints.ts';
import { proxySubject } from './proxy-subject.ts';
import { roleSubjects } from './role-subjects.ts';
import { secretSubjects } from './secret-subjects.ts';
import { judged, subjectOf, text, textLater } from './subject-attributes.ts';
import { targetSubjects } from './target-order.ts';

/** Everything that policies judge, of the judged input alone. */
export const buildSubjects = (
  context: AnalysisContext,
  connections: readonly JudgedConnection[],
): readonly Subject[] => {
  const connectionsOf = indexConnections(connections);
  const accessTo = proxiesOnly(context.world);
  const proxies = context.proxies.filter(({ proxy }) => proxy.judged);
  const advice = databaseAdvice(context);
  return [
    ...[...context.databases.values()]
      .filter(({ database }) => database.judged && database.managed)
      .map((facts) =>
        databaseSubject(facts, context, {
          ...advice(facts),
          ...waysIn(context, facts, connectionsOf, accessTo),
        }),
      ),
    ...proxies.map((facts) =>
      subjectOf('proxy', facts.proxy.address, {
        ...proxySubject(facts, connections, context),
        ...proxyAdvice(context, facts),
      }),
    ),
    ...endpointSubjects(context),
    ...roleSubjects(context, proxies, connections),
    ...secretSubjects(context),
    ...driftSubjects(context),
    ...breadthSubjects(context),
    ...targetSubjects(context),
    ...context.grants.grants
      .filter((grant) => grant.carrier.judged && !grant.wildcard)
      .map((grant) => ({
        ...subjectOf('grant', grant.carrier.address, grantAttributes(context, grant)),
        ...(grant.user.kind === 'literal' ? { user: grant.user.name } : {}),
      })),
    ...denialSubjects(context, connections),
    ...clientSubjects(context, connections),
    ...passwordSubjects(context),
  ];
};

/** A database where IAM is off has nothing to support. */
const whereIamIsOn = ({ iamOn }: DatabaseFacts, judgement: Judgement): Judgement => {
  if (iamOn.holds === false || judgement.holds === true) return holds('', judgement.origins);
  return iamOn.holds === true
    ? judgement
    : undecided(`${iamOn.reason}; if it is on, ${judgement.reason}`, judgement.origins);
};

const databaseSubject = (facts: DatabaseFacts, context: AnalysisContext, advice: SubjectAttributes): Subject =>
  subjectOf('database', facts.database.address, {
    supportsIam: judged(whereIamIsOn(facts, facts.supportsIam)),
    flagOnCluster: judged(whereIamIsOn(facts, facts.flagOnCluster)),
    withoutKerberos: judged(whereIamIsOn(facts, facts.withoutKerberos)),
    kerberosExcludesIam: judged(facts.kerberosExcludesIam),
    engine: textLater(() => describeEngine(facts.database)),
    flagMend: textLater(() => flagMend(facts, context)),
    ...advice,
  });

const endpointSubjects = (context: AnalysisContext): readonly Subject[] =>
  context.world.model.proxyEndpoints
    .filter((endpoint) => endpoint.judged)
    .map((endpoint) =>
      subjectOf('proxyEndpoint', endpoint.address, {
        readOnlySupported: judged(judgeReadOnly(context.world, context.proxies, endpoint)),
        readOnlyMend: textLater(() => readOnlyMend(context.world, context.proxies, endpoint)),
        hasOwnGroups: judged(judgeOwnGroups(context.world, endpoint)),
        ownGroupsMend: textLater(() => ownGroupsMend(context.world, endpoint)),
      }),
    );

const denialSubjects = (context: AnalysisContext, connections: readonly JudgedConnection[]): readonly Subject[] =>
  connections.flatMap(({ draft }) => {
    if (draft.grants.length === 0 || draft.holder?.kind !== 'principal') return [];
    return denialsOf(context, draft, draft.holder.principal)
      .filter(({ at }) => at.judged)
      .map(({ at, judgement, mend }) =>
        subjectOf('denial', at.address, { takesNothingBack: judged(judgement), denialMend: text(mend) }),
      );
  });
