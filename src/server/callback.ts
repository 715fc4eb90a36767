import type { AllowedHost } from './addresses.ts';
import { NotSent, discard, send } from './send.ts';
import { pauseAfter, wait } from './wait.ts';

export type Callback = {
  readonly url: string;
  readonly token: string;
  readonly hosts: readonly AllowedHost[];
  /** Until when it is tried. */
  readonly signal: AbortSignal;
  /** Whether it may have been sent before, by a server that was killed. */
  readonly wasTried?: boolean;
};

/** `final`: the caller has a result already. `refused`: nobody will ever take this one. `lost`: there was no time left. */
export type CallbackOutcome = 'taken' | 'final' | 'refused' | 'lost';

/**
 * Tells the caller of a task. It follows no redirect. What may pass (429, 5xx, no answer) is tried again; 409 and 422
 * after a result has been sent mean that it arrived.
 */
export const callBack = async (
  { url, token, hosts, signal, wasTried = false }: Callback,
  body: string,
): Promise<CallbackOutcome> => {
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/vnd.api+json' };
  for (let tries = 1; ; tries += 1) {
    const answer = await trySend({ method: 'PATCH', url, headers, body, hosts, signal });
    const outcome = outcomeOf(answer, wasTried || tries > 1);
    if (outcome !== null) return outcome;
    const pause = pauseAfter(tries, typeof answer === 'string' ? {} : answer.headers);
    if (!(await wait(pause, signal))) return 'lost';
  }
};

type Reply = Awaited<ReturnType<typeof send>> | string;

/** Null for what may pass. */
const outcomeOf = (reply: Reply, wasTried: boolean): CallbackOutcome | null => {
  if (typeof reply === 'string') return reply === 'EPRIVATE' ? 'refused' : null;
  const { status } = reply;
  if (status >= 200 && status < 300) return 'taken';
  if (status === 429 || status >= 500) return null;
  // An answer that got lost may have been to a result that was taken.
  return status === 409 || (status === 422 && wasTried) ? 'final' : 'refused';
};

const trySend = async (outgoing: Parameters<typeof send>[0]): Promise<Reply> => {
  try {
    const answer = await send(outgoing);
    discard(answer);
    return answer;
  } catch (error) {
    if (error instanceof NotSent) return error.message;
    throw error;
  }
};
