import { codeOf } from './error-words.ts';
import type { Settings } from './settings.ts';

/** The server does not start: a sentence that says what to change. */
export class CannotStart extends Error {}

/** Waits for a step of the start, and says of what it hangs on what is wrong. */
export const orCannotStart = async <T>(step: Promise<T>, sentenceOf: (code: string) => string): Promise<T> => {
  try {
    return await step;
  } catch (error) {
    throw new CannotStart(sentenceOf(codeOf(error)));
  }
};

export const stateFault =
  ({ stateDirectory }: Settings) =>
  (code: string): string =>
    `--state-dir ${stateDirectory} cannot be used (${code}): give a directory that this user may write to.`;

export const listenFault =
  ({ host, port }: Settings) =>
  (code: string): string => {
    if (code === 'EADDRINUSE')
      return `--port ${port} is in use on ${host} (${code}): stop who has it, or take another.`;
    if (code === 'EACCES') return `--port ${port} is not for this user (${code}): take one from 1024.`;
    return `--host ${host} is no address of this machine (${code}): take 127.0.0.1, or 0.0.0.0 for all.`;
  };

export const taken =
  'Another server works in the --state-dir. Stop it first, or give this one a directory of its own: two would judge everything twice.';
