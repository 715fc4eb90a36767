import type { Entity, Principal } from '../model/auth-model.ts';
import type { Judgement } from '../model/judgement.ts';
import type { AnalysisContext } from './analysis-context.ts';
import type { ConnectionDraft } from './connection-drafts.ts';
import { userText } from './grant-user.ts';
import type { Grant } from './grants.ts';
import { inputKeeps } from './input-words.ts';
import { allOf, fails, holds, undecided } from './judgement.ts';
import type { World } from './world.ts';

/** One statement that allows is enough; else the best of them speaks. */
export const bestGrant = (
  { world, holdings }: AnalysisContext,
  { grants, user }: ConnectionDraft,
  principal: Principal | null,
): Judgement => {
  const judgements = grants.map((grant) => {
    const perhaps = principal === null ? null : holdings.attachedPerhaps(principal, grant.carrier);
    const judgement = judgeStatement(world, grant, user);
    return perhaps === null ? judgement : allOf([judgement, judgeAttached(perhaps, grant, principal)]);
  });
  return (
    judgements.find(({ holds: answer }) => answer === true) ??
    judgements.find(({ holds: answer }) => answer === 'unknown') ??
    judgements[0] ??
    fails('nothing grants rds-db:connect')
  );
};

const judgeAttached = (at: Entity, { carrier }: Grant, principal: Principal | null): Judgement =>
  undecided(
    `whether ${at.address} gives ${carrier.address} to ${principal?.address} hangs on a count or for_each that is not known`,
    [at.origin],
  );

export const judgeStatement = (world: World, grant: Grant, user: string | null): Judgement => {
  if (grant.actionSpelled.holds === false) return grant.actionSpelled;
  const named =
    grant.user.kind === 'lost'
      ? undecided(whyLost(world, grant, grant.user.until), [grant.statement.origin])
      : holds(`${grant.carrier.address} allows ${grant.action.text} as ${userText(grant.user) ?? 'nobody'}`, [
          grant.statement.origin,
        ]);
  const names = (user === null ? undefined : grant.leavesIn?.(user)) ?? grant.namesResourceId;
  const parts = [named, grant.actionSpelled, names, grant.inScope, grant.conditionCanHold, grant.isThere];
  const all = allOf(parts);
  return all.holds === true ? { ...all, reason: named.reason } : all;
};

const whyLost = (world: World, { carrier }: Grant, until: 'source' | 'apply'): string =>
  until === 'source'
    ? `${inputKeeps(world)} what ${carrier.address} refers to, and not the user that it names`
    : `which user ${carrier.address} names is known after apply`;
