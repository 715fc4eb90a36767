import { accessSync, constants, lstatSync, mkdirSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Diagnostic, refusal } from '../model/diagnostic.ts';
import { errorCode } from './error-code.ts';
import { isInside } from './repository.ts';

export type Written =
  | { readonly outcome: 'written' | 'kept' }
  | { readonly outcome: 'failed'; readonly why: Diagnostic };

/** Writes a file where there is none: what is there stays as it is, also a link that leads nowhere. */
export const writeNewFile = (root: string, path: string, text: string): Written => {
  const probed = probeNewFile(root, path);
  if (probed.outcome !== 'written') return probed;
  try {
    mkdirSync(dirname(join(root, path)), { recursive: true });
  } catch (error) {
    return notWritten(path, error);
  }
  try {
    writeFileSync(join(root, path), text, { flag: 'wx' });
    return probed;
  } catch (error) {
    // Somebody was faster.
    return errorCode(error) === 'EEXIST' ? { outcome: 'kept' } : notWritten(path, error);
  }
};

/** What `writeNewFile` would do, and nothing is written. */
export const probeNewFile = (root: string, path: string): Written => {
  try {
    const { there, isComplete } = wayTo(root, path);
    if (!statSync(join(root, there)).isDirectory())
      return failed(path, `${there} is a file, and has to be a directory.`);
    if (!isInside(realpathSync(root), realpathSync(join(root, there))))
      return failed(path, 'Its directory is a link out of the repository.');
    if (isComplete && isThere(join(root, path))) return { outcome: 'kept' };
    accessSync(join(root, there), constants.W_OK | constants.X_OK);
    return { outcome: 'written' };
  } catch (error) {
    return notWritten(path, error);
  }
};

/** As much of the directory of a file as there is, from the root on. What is there and no directory ends it. */
const wayTo = (root: string, path: string): { readonly there: string; readonly isComplete: boolean } => {
  let there = '.';
  for (const step of dirname(path).split('/')) {
    const next = join(there, step);
    if (!isThere(join(root, next))) return { there, isComplete: false };
    there = next;
    if (!statSync(join(root, there)).isDirectory()) return { there, isComplete: false };
  }
  return { there, isComplete: true };
};

const isThere = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined;

const notWritten = (path: string, error: unknown): Written =>
  failed(path, `This file cannot be written (${errorCode(error)}).`);

const failed = (path: string, summary: string): Written => ({
  outcome: 'failed',
  why: refusal(path, 'output-not-written', summary),
});
