import type { Invocation } from './invocation.ts';
import { reportMistake } from './mistake.ts';
import { run } from './run.ts';
import { settle } from './settle.ts';
import type { Streams } from './streams.ts';

/** Atlantis tells its steps in SHOWFILE where the step `show` has written the plan: it need not be said again. */
export const runShowFile = async (
  invocation: Invocation,
  argv: readonly string[],
  streams: Streams,
  version: string,
): Promise<number> => {
  const file = streams.env['SHOWFILE'];
  if (file !== undefined && file !== '')
    return run(await settle({ ...invocation, plans: [file] }, streams), streams, version);
  const summary = 'There is no PLAN, and SHOWFILE is not set: give a plan, or put the step show before this one.';
  return reportMistake(summary, argv, streams, version);
};
