import type { IncomingHttpHeaders } from 'node:http';
import { setTimeout } from 'node:timers/promises';

/** Milliseconds before the next try: what the answer asks for, else twice as long with each try; never more than a minute. */
export const pauseAfter = (tries: number, headers: IncomingHttpHeaders = {}): number => {
  const asked = secondsOf(headers['x-ratelimit-reset']) ?? secondsOf(headers['retry-after']);
  const pause = asked === undefined ? Math.min(1000 * 2 ** (tries - 1), 30_000) : asked * 1000;
  return Math.min(Math.max(pause, 100), 60_000);
};

const secondsOf = (header: string | readonly string[] | undefined): number | undefined => {
  const seconds = Number(header);
  return header === undefined || header === '' || !Number.isFinite(seconds) || seconds < 0 ? undefined : seconds;
};

/** Waits, and says whether there was time for it. */
export const wait = async (milliseconds: number, signal: AbortSignal): Promise<boolean> => {
  try {
    await setTimeout(milliseconds, undefined, { signal });
    return true;
  } catch {
    return false;
  }
};
