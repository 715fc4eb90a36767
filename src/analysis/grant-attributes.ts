import type { Judgement, SubjectAttribute, SubjectAttributes } from '../model/judgement.ts';
import type { AnalysisContext } from './analysis-context.ts';
import { holderMend, judgeClientEndpoint, judgeHolders } from './client-grants.ts';
import { judgeMethod } from './database-users.ts';
import { takesIam } from './databases.ts';
import { proxyTakesIam, userHasSecret } from './grant-judgements.ts';
import { grantMends, resourceFor } from './grant-mend.ts';
import { userText } from './grant-user.ts';
import type { Grant } from './grants.ts';
import { judgeHolderAccounts } from './holder-account.ts';
import { theInput } from './input-words.ts';
import { allOf, holds, undecided } from './judgement.ts';
import type { ProxyFacts } from './proxy-facts.ts';
import { judged, text, textLater } from './subject-attributes.ts';
import { judgeOneMethod } from './users.ts';

/** What policies may ask of a statement that allows a login. */
export const grantAttributes = (context: AnalysisContext, grant: Grant): SubjectAttributes => {
  const spelled = grant.actionSpelled.holds !== false;
  // A statement whose action is misspelt is judged for nothing else.
  const only = (judgement: Judgement): SubjectAttribute =>
    judged(spelled ? whereCertain(context, grant, judgement) : holds(''));
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
    clientConnectResource: textLater(() =>
      resourceFor({ ...grant, endpoint: other.endpoint ?? grant.endpoint }, user ?? '*'),
    ),
    holderMend: textLater(() => holderMend(context, grant)),
    endpoint: text(grant.endpoint.entity.address),
    user: text(user ?? 'the user'),
    principal: textLater(() => principalText(grant)),
    ...grantMends(context, grant),
  };
};

/** Which instance a reference without a key means is not in the plan, so that no one instance can fail it. */
const whereCertain = ({ world }: AnalysisContext, { certain, endpoint }: Grant, judgement: Judgement): Judgement =>
  judgement.holds === false && !certain
    ? undecided(
        `${judgement.reason}; whether ${endpoint.entity.address} is meant is not in ${theInput(world)}`,
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
  return pair === undefined ? holds('') : proxyTakesIam(context.world, pair, user);
};

const secretOfUser = (context: AnalysisContext, grant: Grant, user: string | null): Judgement => {
  const [pair] = grant.endpoint.kind === 'proxy' ? pairsOf(context, grant) : [];
  return pair === undefined || grant.user.kind === 'none' ? holds('') : userHasSecret(context.world, pair, user);
};

/** The grant's own statement is the first place to look at. */
const oneMethodPerUser = (context: AnalysisContext, grant: Grant): Judgement => {
  const judgement = allOf([oneMethod(context, grant), asDefined(context, grant)]);
  if (judgement.holds !== false) return judgement;
  return { ...judgement, origins: [grant.statement.origin, ...judgement.origins] };
};

const oneMethod = (context: AnalysisContext, grant: Grant): Judgement => {
  if (grant.user.kind === 'pattern' || grant.user.kind === 'none') return holds('');
  const user = grant.user.kind === 'literal' ? grant.user.name : null;
  if (grant.endpoint.kind === 'database') {
    const facts = context.databases.get(grant.endpoint.entity.id);
    const takes = facts !== undefined && takesIam(facts) !== false;
    return takes ? judgeOneMethod(context.world, context.methods, facts.database.id, user, 'iam') : holds('');
  }
  const pair = pairsOf(context, grant).find(
    ({ endToEnd, auth }) => endToEnd === true && !auth.some((own) => own.user === user),
  );
  const database = pair?.target?.kind === 'database' ? pair.target.facts.database.id : null;
  return judgeOneMethod(context.world, context.methods, database, user, 'iam');
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
