import type { AllowedHost } from './addresses.ts';
import { type CallbackTry, type Told, callBack } from './callback.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import { type Task, detailsOf } from './task.ts';

/** Tells the caller of a task, until it is told, refuses, or `signal` ends it. */
export type Tell = (task: Task, body: string, signal: AbortSignal) => Promise<Told>;

/** A caller that is down for an hour is asked more than a hundred times. */
const loggedEach = 10;

/** Says in log and metrics what keeps a caller from being told, so that a wrong certificate or a closed way out is seen at once. */
export const tellerOf =
  (hosts: readonly AllowedHost[], log: Log, metrics?: Metrics): Tell =>
  (task, body, signal) => {
    const onTry = ({ number, answer, isFailed }: CallbackTry): void => {
      metrics?.count('callback_tries_total', { answer });
      if (isFailed && (number === 1 || number % loggedEach === 0))
        log('warning', 'callback-failed', { ...detailsOf(task), answer, try: number });
    };
    return callBack({ url: task.callbackUrl, token: task.accessToken, hosts, signal, onTry }, body);
  };
