import { conditionsHold } from '../iam/conditions.ts';
import type { PolicyCarrier } from '../model/auth-model.ts';
import type { IamStatement } from '../model/iam.ts';
import type { Judgement } from '../model/judgement.ts';
import type { ConnectAction } from './connect-action.ts';
import type { ConnectEndpoint } from './endpoints.ts';
import { fails, holds, listWords, undecided, unique } from './judgement.ts';
import { databaseContext, proxyContext } from './targets.ts';

export const judgeSpelling = (action: ConnectAction, statement: IamStatement): Judgement => {
  const origin = { ...statement.origin };
  if (action.kind === 'misspelt') {
    return fails(`the action is ${action.text}; only rds-db:connect lets anyone log in`, [origin]);
  }
  return action.kind === 'unknown'
    ? undecided('the action is known after apply', [origin])
    : holds(`allows ${action.text}`, [origin]);
};

export const judgePresence = ({ address }: PolicyCarrier, { mayBeMissing, origin }: IamStatement): Judgement =>
  mayBeMissing === true
    ? undecided(`whether ${address} holds this statement hangs on a value that is not known`, [origin])
    : holds('');

/** An Allow whose condition asks for a key that no login sends can never match (facts 1.25 and 4.4). */
export const judgeCondition = (statement: IamStatement, endpoint: ConnectEndpoint): Judgement => {
  const answer = conditionsHold(statement.conditions, endpoint.kind === 'proxy' ? proxyContext : databaseContext);
  const origins = [statement.origin];
  if (answer === true) return holds('', origins);
  const keys = unique((statement.conditions ?? []).map(({ operator, key }) => `${operator} ${key}`));
  const words = listWords(keys) || 'a condition known after apply';
  if (answer === 'unknown') return undecided(`the grant rests on ${words}, which cannot be decided`, origins);
  const who =
    endpoint.kind === 'proxy' ? 'RDS Proxy sends no global condition key' : 'an IAM database login does not send it';
  return fails(`the Allow asks for ${words}, and ${who}: it never matches`, origins);
};
