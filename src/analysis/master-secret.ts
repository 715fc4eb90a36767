import type { Judgement } from '../model/judgement.ts';
import { type Value, literal } from '../model/value.ts';
import { allOf, fails, holds, undecided } from './judgement.ts';
import type { ProxyFacts } from './proxy-facts.ts';
import type { LinkedAuth } from './secrets.ts';

/** Whether a proxy logs in as nobody who is the master user of its database. */
export const judgeMasterSecret = (facts: ProxyFacts): Judgement =>
  allOf(facts.auth.map((auth) => judgeAuth(facts, auth)));

export const judgeAuth = (
  { proxy, target }: ProxyFacts,
  { link, user, hidden, secretName, block }: LinkedAuth,
): Judgement => {
  const origins = [block.secretArn.origin];
  if (link.kind === 'master') return fails(`${proxy.address} logs in with ${secretName}`, origins);
  if (target === null || link.kind === 'absent') return holds('');
  if (user === null) {
    const why = hidden ? 'is not in view' : 'is known after apply';
    return undecided(`whose user ${secretName} holds, behind ${proxy.address}, ${why}`, origins);
  }
  const master: Value<string> | null = target.kind === 'database' ? target.facts.database.masterUser : null;
  if (master === null) return undecided(`the master user of the target of ${proxy.address} is not in view`, origins);
  const name = literal(master);
  const { address } = target.kind === 'database' ? target.facts.database : proxy;
  if (name === undefined)
    return undecided(`the master user of ${address}, who may be ${user}, is not in view`, origins);
  return name === user
    ? fails(`${proxy.address} logs in as ${user}, the master user of ${address}`, [...origins, master.origin])
    : holds('', origins);
};
