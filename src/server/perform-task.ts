import type { Told } from './callback.ts';
import { withoutReport } from './conclude.ts';
import { codeOf, internalFault } from './error-words.ts';
import { type Result, payloadOf, progressOf } from './result.ts';
import type { Task } from './task.ts';
import { within } from './within.ts';

export type Performance = {
  readonly task: Task;
  /** Tells the caller. */
  readonly tell: (body: string, signal: AbortSignal) => Promise<Told>;
  /** When the caller stops waiting. */
  readonly deadline: number;
  /** Milliseconds before the deadline at which a result is sent whatever there is; 30,000 without it. */
  readonly margin?: number;
  /** What the caller is told then. */
  readonly tooLate?: string;
  /** Milliseconds between two signs of life. */
  readonly heartbeat: number;
  /** Ends everything without a result: the server stops. */
  readonly stopped: AbortSignal;
  readonly judge: (signal: AbortSignal) => Promise<Result>;
  /** Keeps the last callback before it is sent, so that another server can send the same one. */
  readonly keep: (payload: Payload) => Promise<void>;
  /** Says what became of something, without any secret. */
  readonly log: (event: string, details: Readonly<Record<string, string | number>>) => void;
};

/** The body of the last callback, and the one for who refuses it. */
export type Payload = { readonly status: Result['status']; readonly full: string; readonly plain: string };

export type Performed = {
  readonly outcome: Exclude<Told['outcome'], 'unfit'> | 'stopped';
  /** Of the caller, to the last request. */
  readonly answer: string;
};

const usualMargin = 30_000;
const usualTooLate = 'The check did not end within the time that a run waits for it.';

/** Judges, with signs of life meanwhile, and sends the result once. */
export const performTask = async (performance: Performance): Promise<Performed> => {
  const payload = await workOut(performance);
  return payload === null ? { outcome: 'stopped', answer: 'none' } : sendResult(performance, payload, false);
};

/** Judges, with signs of life meanwhile, and keeps the result. Null when the server stops. */
export const workOut = async (performance: Performance): Promise<Payload | null> => {
  const { task, deadline, margin = usualMargin, tooLate = usualTooLate, stopped, log } = performance;
  const beating = startHeartbeat(performance);
  const judge = async (signal: AbortSignal): Promise<Result> => {
    try {
      const result = await performance.judge(signal);
      return signal.aborted ? withoutReport(tooLate) : result;
    } catch (error) {
      log('check-crashed', { error: codeOf(error) });
      return withoutReport(internalFault(codeOf(error)));
    }
  };
  const told = await within(deadline - margin - Date.now(), stopped, judge).finally(beating.stop);
  if (stopped.aborted) return null;
  const { takesOutcomes } = task;
  const payload = { status: told.status, full: payloadOf(told, takesOutcomes), plain: payloadOf(told, false) };
  // A full disk is no reason to leave a run without its result.
  await performance
    .keep(payload)
    .catch((error) => log('result-not-kept', { status: payload.status, error: codeOf(error) }));
  return payload;
};

/**
 * Sends a result that was kept: without outcomes where the caller does not take the whole. `wasTried`: perhaps it has been
 * sent already.
 */
export const sendResult = async (
  { tell, deadline, stopped, log }: Pick<Performance, 'tell' | 'deadline' | 'stopped' | 'log'>,
  { status, full, plain }: Payload,
  wasTried: boolean,
): Promise<Performed> => {
  const [first, last] = await within(deadline - Date.now(), stopped, async (signal) => {
    const told = await tell(full, signal);
    return [told, told.outcome === 'unfit' && full !== plain ? await tell(plain, signal) : told];
  });
  if (first !== last && last.outcome === 'taken') log('outcomes-refused', { status, answer: first.answer });
  return { outcome: outcomeOf(last, wasTried || first.tries > 1 || last.tries > 1, stopped), answer: last.answer };
};

/** A result whose answer got lost may have been taken, and then there is 422 for every other. */
const outcomeOf = ({ outcome, answer }: Told, mayBeThere: boolean, stopped: AbortSignal): Performed['outcome'] => {
  if (outcome === 'unfit') return answer === '422' && mayBeThere ? 'final' : 'refused';
  return outcome === 'lost' && stopped.aborted ? 'stopped' : outcome;
};

type Heartbeat = { readonly stop: () => Promise<void> };

/** Tells the caller at once, and then now and again, that there is work, until it is stopped; then none is under way any more. */
const startHeartbeat = ({ tell, heartbeat, stopped }: Performance): Heartbeat => {
  const end = new AbortController();
  const signal = AbortSignal.any([stopped, end.signal]);
  const body = progressOf('rds-auth-policy is at work.');
  let underWay: Promise<unknown> | undefined;
  const beat = (): void => {
    // A caller that could not be told for a while is told once.
    underWay ??= tell(body, signal)
      .catch(() => 'lost')
      .finally(() => {
        underWay = undefined;
      });
  };
  beat();
  const timer = setInterval(beat, heartbeat);
  return {
    stop: async () => {
      clearInterval(timer);
      end.abort();
      await underWay;
    },
  };
};
