import { types } from 'node:util';

// Messages of errors may quote what is secret, and addresses: a log has none of them.

const isErrorObject = (error: unknown): error is Error => error instanceof Error || types.isNativeError(error);

export const kindOf = (error: unknown): string => (isErrorObject(error) ? error.name : typeof error);

/** The code of what the system or the network refused (`ENOSPC`), else the kind. */
export const codeOf = (error: unknown): string =>
  isErrorObject(error) && 'code' in error && typeof error.code === 'string' ? error.code : kindOf(error);
