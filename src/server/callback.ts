import type { AllowedHost } from './addresses.ts';
import { type Answer, NotSent, type Outgoing, discard, send } from './send.ts';
import { pauseAfter, wait } from './wait.ts';

export type Callback = {
  readonly url: string;
  readonly token: string;
  readonly hosts: readonly AllowedHost[];
  /** Until when it is tried. */
  readonly signal: AbortSignal;
  /** Hears of every request. */
  readonly onTry?: (tried: CallbackTry) => void;
};

export type CallbackTry = {
  /** From 1. */
  readonly number: number;
  /** The status of the answer, or the code of what kept it from coming. */
  readonly answer: string;
  readonly isFailed: boolean;
};

/**
 * What became of one body. `final`: the caller has a result already. `unfit`: it does not take this body; 422 may also
 * mean that it has a result. `refused`: it takes nothing, whatever it is. `lost`: there was no time left.
 */
export type Told = {
  readonly outcome: 'taken' | 'final' | 'unfit' | 'refused' | 'lost';
  /** To the last try that ended. */
  readonly answer: string;
  readonly tries: number;
};

/** Tells the caller of a task. It follows no redirect. What may pass (429, 5xx, no answer) is tried again. */
export const callBack = async (
  { url, token, hosts, signal, onTry = () => {} }: Callback,
  body: string,
): Promise<Told> => {
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/vnd.api+json' };
  let answer = 'none';
  for (let tries = 1; ; tries += 1) {
    const reply = await trySend({ method: 'PATCH', url, headers, body, hosts, signal });
    const outcome = outcomeOf(reply);
    // What ended because nobody waits for it any more tells nothing of the caller.
    if (reply.status !== 0 || !signal.aborted) {
      answer = reply.answer;
      onTry({ number: tries, answer, isFailed: outcome !== 'taken' && outcome !== 'final' });
    }
    if (outcome !== null) return { outcome, answer, tries };
    if (!(await wait(pauseAfter(tries, reply.headers), signal))) return { outcome: 'lost', answer, tries };
  }
};

type Reply = {
  readonly answer: string;
  /** 0 where there was none. */
  readonly status: number;
  readonly headers: Answer['headers'];
};

/** The token is not good, or not for this task. */
const refusals: ReadonlySet<number> = new Set([401, 403, 404]);

/** Null for what may pass. */
const outcomeOf = ({ answer, status }: Reply): Told['outcome'] | null => {
  if (status === 0) return answer === 'EPRIVATE' ? 'refused' : null;
  if (status >= 200 && status < 300) return 'taken';
  if (status === 429 || status >= 500) return null;
  if (status === 409) return 'final';
  return refusals.has(status) ? 'refused' : 'unfit';
};

const trySend = async (outgoing: Outgoing): Promise<Reply> => {
  try {
    const answer = await send(outgoing);
    discard(answer);
    return { answer: String(answer.status), status: answer.status, headers: answer.headers };
  } catch (error) {
    if (error instanceof NotSent) return { answer: error.message, status: 0, headers: {} };
    throw error;
  }
};
