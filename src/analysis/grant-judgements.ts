import { covers } from '../iam/shape.ts';
import { some } from '../iam/tri.ts';
import type { Judgement } from '../model/judgement.ts';
import type { Tri } from '../model/value.ts';
import { theInput } from './input-words.ts';
import { fails, holds, judge, listWords, undecided } from './judgement.ts';
import type { ProxyFacts } from './proxy-facts.ts';
import type { LinkedAuth } from './secrets.ts';
import type { World } from './world.ts';

/** The blocks that may be a user's; all of them where the user is not known. */
export const blocksFor = (facts: ProxyFacts, user: string | null): readonly LinkedAuth[] => {
  if (user === null) return facts.auth;
  const own = facts.auth.filter((auth) => auth.user !== null && covers(user, [auth.user]) !== false);
  return own.length > 0 ? own : facts.auth.filter((auth) => auth.user === null);
};

/** Whether a proxy takes an IAM token from a user: his block, or end-to-end IAM (fact 1.19). */
export const proxyTakesIam = (world: World, facts: ProxyFacts, user: string | null): Judgement => {
  const { proxy } = facts;
  if (facts.endToEnd === true)
    return holds(`${proxy.address} takes IAM tokens (default_auth_scheme = "IAM_AUTH")`, [
      proxy.defaultAuthScheme.origin,
    ]);
  const blocks = blocksFor(facts, user);
  // That there is no block at all, or none for this user, is another question.
  if (blocks.length === 0)
    return proxy.authComplete
      ? holds('')
      : undecided(`the auth blocks of ${proxy.address} are known after apply`, [proxy.origin]);
  const origins = blocks.map(({ block }) => block.iamAuth.origin);
  const modes = blocks.map((auth) => auth.takesIam);
  const answer = agreement(modes, user);
  const whom = user === null ? 'anyone' : user;
  return judge(
    facts.endToEnd === 'unknown' ? some([answer, 'unknown']) : answer,
    {
      yes: `${proxy.address} takes IAM tokens from ${user ?? 'its users'}`,
      no: `${proxy.address} takes no IAM token from ${whom}: iam_auth is DISABLED`,
      unknown: `whether ${proxy.address} takes an IAM token from ${user ?? 'the user'} is not in ${theInput(world)}`,
    },
    origins,
  );
};

/** One user's block decides; of several blocks all must agree, save that a wildcard means those who may. */
const agreement = (modes: readonly Tri[], user: string | null): Tri => {
  if (user !== null && modes.includes(true)) return true;
  if (modes.every((mode) => mode === true)) return true;
  return modes.every((mode) => mode === false) ? false : 'unknown';
};

/** A name whose ends nobody would see stands between quotes. */
const nameText = (name: string): string => (name === name.trim() && name !== '' ? name : JSON.stringify(name));

/** A proxy in standard mode logs in with the secret of the user who calls (fact 1.18). */
export const userHasSecret = (world: World, facts: ProxyFacts, user: string | null): Judgement => {
  const { proxy, auth } = facts;
  if (facts.endToEnd === true || (auth.length === 0 && proxy.authComplete)) return holds('');
  if (user === null)
    return undecided(`which user logs in to ${proxy.address} is not in ${theInput(world)}`, [proxy.origin]);
  const own = auth.find((linked) => linked.user !== null && covers(user, [linked.user]) === true);
  if (own !== undefined) return holds(`${own.secretName} is for ${user}`, [own.block.origin]);
  const empty = auth.find((linked) => linked.user === null && linked.holdsCredentials.holds === false);
  if (empty !== undefined) {
    // That it is nobody's is a fault of its own, for which the user is not to be blamed.
    return holds('', [empty.block.origin], [`${empty.secretName} is assumed to be meant for ${user}`]);
  }
  const unseen = auth.filter((linked) => linked.user === null || linked.hidden);
  const open =
    unseen.find((linked) => !linked.hidden) ??
    auth.find((linked) => linked.user !== null && covers(user, [linked.user]) !== false);
  if (open !== undefined || !proxy.authComplete || facts.endToEnd === 'unknown') {
    return undecided(`whether ${proxy.address} has a secret for ${user} is known after apply`, [
      open?.block.origin ?? proxy.origin,
    ]);
  }
  const [hidden] = unseen;
  if (hidden !== undefined) {
    return holds(
      '',
      [hidden.block.origin],
      [`${hidden.secretName} is assumed to be for ${user}: its username is not in view`],
    );
  }
  const users = auth.flatMap((linked) => linked.user ?? []);
  const near = users.find((other) => other.toLowerCase() === user.toLowerCase());
  const hint = near === undefined ? '' : ` (letter case counts: ${near})`;
  return fails(
    `${proxy.address} has no secret for ${nameText(user)}; its secrets are for ${listWords(users.map(nameText))}${hint}`,
    auth.map(({ block }) => block.origin),
  );
};
