import { existsSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Diagnostic, refusal } from '../model/diagnostic.ts';
import { errorCode } from './error-code.ts';
import { isInside } from './repository.ts';

export type Written =
  | { readonly outcome: 'written' | 'kept' }
  | { readonly outcome: 'failed'; readonly why: Diagnostic };

/** Writes a file where there is none: what is there stays as it is, also a link that leads nowhere. */
export const writeNewFile = (root: string, path: string, text: string): Written => {
  const target = join(root, path);
  try {
    if (!isInside(realpathSync(root), realpathSync(nearest(dirname(target)))))
      return failed(refusal(path, 'output-not-written', 'Its directory is a link out of the repository.'));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text, { flag: 'wx' });
    return { outcome: 'written' };
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EEXIST') return { outcome: 'kept' };
    return failed(refusal(path, 'output-not-written', `This file cannot be written (${code}).`));
  }
};

/** The directory, or the nearest one above it that is there. */
const nearest = (directory: string): string => (existsSync(directory) ? directory : nearest(dirname(directory)));

const failed = (why: Diagnostic): Written => ({ outcome: 'failed', why });
