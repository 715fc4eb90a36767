import { matchesAddress, matchesText } from '../model/address-glob.ts';
import type { AssumedLeg } from '../model/configuration.ts';
import type { Connection, Leg } from '../model/connection.ts';
import type { JudgedLeg } from './legs.ts';

type Ends = Omit<Connection, 'id' | 'verdict' | 'legs' | 'assumptions'>;

/** Legs that are assumed or unknown, as a configuration of this program says that they are. It mends nothing that is broken. */
export const takeAsGiven = (
  legs: readonly JudgedLeg[],
  ends: Ends,
  assumed: readonly AssumedLeg[],
): readonly JudgedLeg[] =>
  assumed.length === 0
    ? legs
    : legs.map((judged) => {
        const given = assumed.findLast((one) => isAbout(one, judged.leg, ends));
        return given === undefined || !isOpen(judged.leg) ? judged : asGiven(judged.leg, given);
      });

const isOpen = ({ status }: Leg): boolean => status === 'assumed' || status === 'unknown';

const asGiven = ({ leg, origin }: Leg, { reason, place }: AssumedLeg): JudgedLeg => {
  const words = `${reason} (assumed in ${place.file})`;
  return { leg: { leg, status: 'assumed', reason: words, origin }, assumptions: [words] };
};

/** Whether a statement is about a leg of a connection. What nobody can see is no match for a glob. */
export const isAbout = (assumed: AssumedLeg, { leg }: Pick<Leg, 'leg'>, ends: Ends): boolean =>
  assumed.leg === leg &&
  (assumed.path === null || assumed.path === ends.path) &&
  fits(assumed.database, ends.database, matchesAddress) &&
  fits(assumed.proxy, ends.proxy, matchesAddress) &&
  fits(assumed.principal, ends.principal, matchesPrincipal) &&
  fits(assumed.user, ends.user, matchesText);

const fits = (glob: string | null, text: string | null, matches: (glob: string, text: string) => boolean): boolean =>
  glob === null || (text !== null && matches(glob, text));

/** An address, or the name or ARN of one out of view. */
const matchesPrincipal = (glob: string, principal: string): boolean =>
  matchesAddress(glob, principal) || matchesText(glob, principal);
