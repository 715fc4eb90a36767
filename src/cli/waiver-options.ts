import type { CheckOptions } from '../index.ts';
import type { Invocation } from './invocation.ts';
import type { Streams } from './streams.ts';

type WaiverOptions = Pick<CheckOptions, 'waivers' | 'inlineWaivers' | 'today' | 'hasOtherPlans'>;

/** What of the waivers counts in a run, and by which day. */
export const waiverOptions = ({ waivers, plans }: Invocation, { now }: Streams): WaiverOptions => ({
  inlineWaivers: waivers,
  today: (now?.() ?? new Date()).toISOString().slice(0, 10),
  hasOtherPlans: plans.length > 1,
});
