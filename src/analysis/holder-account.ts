import type { Principal } from '../model/auth-model.ts';
import type { Judgement } from '../model/judgement.ts';
import { literal } from '../model/value.ts';
import type { ConnectEndpoint } from './endpoints.ts';
import type { Grant } from './grants.ts';
import { allOf, fails, holds, undecided } from './judgement.ts';

/**
 * Whoever logs in must be of the account of the endpoint, whatever the grant says (fact 4.5). A permission set is kept in
 * one account and becomes a role in each of those that it is assigned to.
 */
export const judgeAccountOf = (principal: Principal, { entity }: ConnectEndpoint): Judgement => {
  const [own, other] = [literal(principal.account), literal(entity.account)];
  if (principal.kind === 'permission-set' || own === undefined || other === undefined || own === other)
    return holds('');
  return fails(
    `${principal.address} is of the account ${own}, and ${entity.address} takes principals of ${other} alone`,
    [principal.account.origin, entity.account.origin],
  );
};

export const judgeHolderAccounts = ({ holders, endpoint }: Grant): Judgement =>
  allOf(holders.flatMap((holder) => (holder.kind === 'principal' ? [judgeAccountOf(holder.principal, endpoint)] : [])));

/** Where no grant means the endpoint for certain, the account does not speak against one that does. */
export const judgeAccountFor = (
  grants: readonly Grant[],
  endpoint: ConnectEndpoint | null,
  principal: Principal,
): Judgement => {
  const judgement = endpoint === null ? holds('') : judgeAccountOf(principal, endpoint);
  return judgement.holds === false && !grants.some(({ certain }) => certain)
    ? undecided(judgement.reason, judgement.origins)
    : judgement;
};
