import { types } from 'node:util';

// Messages of errors may quote what is secret, and addresses: a log has none of them.

const isErrorObject = (error: unknown): error is Error => error instanceof Error || types.isNativeError(error);

const kindOf = (error: unknown): string => (isErrorObject(error) ? error.name : typeof error);

/** The code of what the system or the network refused (`ENOSPC`), else the kind. */
export const codeOf = (error: unknown): string =>
  isErrorObject(error) && 'code' in error && typeof error.code === 'string' ? error.code : kindOf(error);

export const isNoRoom = (code: string): boolean => code === 'ENOSPC' || code === 'EDQUOT';

/** What somebody who does not see the log is told of an error of the server. */
export const internalFault = (code: string): string =>
  isNoRoom(code)
    ? `There is no room on the disk of the server (${code}). Tell whoever keeps this run task.`
    : 'The check failed by an internal error of the server: see its log.';
