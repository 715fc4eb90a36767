import type { Judgement, Subject, SubjectAttribute } from '../../model/judgement.ts';
import type { Policy } from '../../model/policy.ts';
import type { Origin } from '../../model/value.ts';
import type { InlineWaiver, WaiverRule } from '../../model/waiver.ts';
import type { Rulebook } from '../settings.ts';
import { isInForce, mayCover, namesPolicy } from './waiver-book.ts';

/** What is known of a run when its waivers are judged. */
export type WaiverRun = {
  /** `YYYY-MM-DD`. */
  readonly today: string;
  readonly matched: ReadonlySet<WaiverRule>;
  /** All that were loaded, and those of them that were run. */
  readonly known: readonly Policy[];
  readonly run: ReadonlySet<string>;
  /** What they judge. */
  readonly subjects: readonly Subject[];
  readonly rules: Rulebook;
  /** False where something could not be judged: then nobody knows what a waiver would have covered. */
  readonly isWhole: boolean;
  /** Whether other plans are judged by the same waivers. */
  readonly hasOtherPlans: boolean;
};

/** The waivers themselves, as something that policies judge. */
export const waiverSubjects = (rules: readonly (WaiverRule | InlineWaiver)[], run: WaiverRun): readonly Subject[] =>
  rules.map((rule) => ({ kind: 'waiver', address: rule.address, attributes: attributesOf(rule, run) }));

const soon = 14;
const day = 86_400_000;

const attributesOf = (rule: WaiverRule, run: WaiverRun): Subject['attributes'] => {
  const { policy, address, user, reason, expires, owner } = rule;
  const left = Math.round((Date.parse(expires) - Date.parse(run.today)) / day);
  const inForce = isInForce(rule, run.today);
  const isNeeded = !inForce || matchesSomething(rule, run);
  const said = ` (${owner === null ? 'without an owner' : `owner: ${owner}`}). It said: ${reason}`;
  const judged = (holds: boolean, why: string): SubjectAttribute => ({
    kind: 'judgement',
    judgement: judgementOf(rule, holds, `the waiver for ${policy} ${why}`),
  });
  return {
    inForce: judged(inForce, `is over since the end of ${expires}${said}`),
    matchesSomething: judged(isNeeded, `covers no finding${user === null ? '' : ` about ${user}`}`),
    lastsLonger: judged(!inForce || !isNeeded || left > soon, `is over ${after(left)}, on ${expires}${said}`),
    address: text(address),
    policy: text(policy),
    user: text(user ?? 'all users'),
    reason: text(reason),
    expires: text(expires),
    owner: text(owner ?? 'nobody'),
    place: text(placeOf(rule)),
  };
};

const after = (days: number): string =>
  days === 0 ? 'after today' : days === 1 ? 'after tomorrow' : `in ${days} days`;

const text = (words: string): SubjectAttribute => ({ kind: 'text', text: words });

const judgementOf = (rule: WaiverRule, holds: boolean, reason: string): Judgement => ({
  holds,
  reason: holds ? '' : reason,
  origins: [originOf(rule)],
  assumptions: [],
});

/** Its own line: what it covers is not wrong. */
const originOf = ({ kind, address, origin }: WaiverRule): Origin => ({
  address: kind === 'inline' ? address : '',
  path: '',
  ...origin,
});

const placeOf = ({ origin }: WaiverRule): string =>
  origin.file === undefined ? 'its file' : [origin.file, origin.line].filter((part) => part !== undefined).join(':');

/** Whatever was not run, or is off there, might have found something. */
const matchesSomething = (rule: WaiverRule, { matched, known, isWhole, ...run }: WaiverRun): boolean => {
  if (matched.has(rule) || !isWhole) return true;
  const meant = known.filter((policy) => namesPolicy(rule.policy, policy));
  if (meant.some((policy) => !run.run.has(policy.id))) return true;
  const there = run.subjects.filter(({ address }) => mayCover(rule, address));
  // What has the address of nothing here may be for another plan.
  if (there.length === 0 && rule.kind === 'configuration') return run.hasOtherPlans;
  return meant.some((policy) =>
    there.some((one) => one.kind === policy.subject && run.rules.settingsFor(policy, one).enforcement === 'off'),
  );
};
