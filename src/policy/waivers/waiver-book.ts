import { matchesAddress, matchesText } from '../../model/address-glob.ts';
import type { Policy } from '../../model/policy.ts';
import type { Origin } from '../../model/value.ts';
import type { InlineWaiver, Waiver, WaiverRule } from '../../model/waiver.ts';

/** What a waiver may cover: a cause of a finding. */
export type Waivable = {
  readonly address: string;
  readonly user?: string;
  /** Where one would act first. */
  readonly origin?: Origin | undefined;
};

export type WaiverBook = {
  /** The waiver in force that covers something that a policy says; null where there is none. */
  readonly find: (policy: Policy, about: Waivable) => Waiver | null;
  /** Those that have covered anything until now, in force or not. */
  readonly matched: ReadonlySet<WaiverRule>;
};

export const noWaivers: WaiverBook = { find: () => null, matched: new Set() };

/** `today` as `YYYY-MM-DD`. */
export const openWaivers = (rules: readonly (WaiverRule | InlineWaiver)[], today: string): WaiverBook => {
  const waivers = new Map(rules.map((rule) => [rule, waiverOf(rule)]));
  const matched = new Set<WaiverRule>();
  return {
    find: (policy, about) => {
      const covering = rules.filter((rule) => namesPolicy(rule.policy, policy) && covers(rule, about));
      for (const rule of covering) matched.add(rule);
      const [best] = covering.filter((rule) => isInForce(rule, today)).sort(byLastDay);
      return best === undefined ? null : (waivers.get(best) ?? null);
    },
    matched,
  };
};

/** The last day belongs to it. Dates of this form are in the order of their texts. */
export const isInForce = ({ expires }: Waiver, today: string): boolean => expires >= today;

/** Of several, the one that lasts longest. */
const byLastDay = (left: Waiver, right: Waiver): number =>
  left.expires < right.expires ? 1 : left.expires > right.expires ? -1 : 0;

/** An id, an alias, or a glob over ids. */
export const namesPolicy = (name: string, { id, aliases = [] }: Policy): boolean =>
  name === id || aliases.includes(name) || (name.includes('*') && matchesText(name, id));

/** Of whom nobody can see, no waiver for one user speaks. */
const covers = (rule: WaiverRule | InlineWaiver, { address, user, origin }: Waivable): boolean => {
  if (rule.user !== null && rule.user !== user) return false;
  if (!('addresses' in rule)) return matchesAddress(rule.address, address);
  const place = rule.covers === 'origin' ? origin?.address : address;
  return place !== undefined && rule.addresses.some((glob) => matchesAddress(glob, place));
};

/** Whether it may be for something at an address, as far as that alone tells. */
export const mayCover = (rule: WaiverRule | InlineWaiver, address: string): boolean => {
  if (!('addresses' in rule)) return matchesAddress(rule.address, address);
  return rule.covers === 'origin' || rule.addresses.some((glob) => matchesAddress(glob, address));
};

const waiverOf = ({ kind, reason, expires, owner, origin }: WaiverRule): Waiver => ({
  kind,
  reason,
  expires,
  owner,
  origin,
});
