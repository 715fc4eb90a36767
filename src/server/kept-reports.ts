import { createHash, randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from './error-words.ts';
import { reportsPath } from './own-paths.ts';

export type KeptReports = {
  /** Takes a file over, and gives the address where it can be read for a while. Undefined where it cannot be kept. */
  readonly keep: (file: string) => Promise<string | undefined>;
  /** The HTML of a name, as `reports/NAME` has it; null where there is none, or not any more. */
  readonly read: (name: string) => Promise<Buffer | null>;
  /** Removes what is over, and the oldest of what is too much. Gives the code of what went wrong. */
  readonly clean: () => Promise<string | undefined>;
};

export type ReportLimits = {
  readonly milliseconds: number;
  /** Of all together. */
  readonly bytes?: number;
  readonly now?: () => number;
  /** Hears the code for which a report could not be kept. */
  readonly onNotKept?: (code: string) => void;
};

const usualBytes = 1 << 30;

/** Reports behind addresses that nobody can guess: 256 random bits, of which the disk knows only the hash. */
export const openKeptReports = (
  directory: string,
  publicUrl: string,
  { milliseconds, bytes = usualBytes, now = Date.now, onNotKept = () => {} }: ReportLimits,
): KeptReports => {
  const oldest = (): number => now() - milliseconds;
  return {
    keep: async (file) => {
      const name = randomBytes(32).toString('base64url');
      try {
        await mkdir(directory, { recursive: true, mode: 0o700 });
        await chmod(file, 0o600);
        await rename(file, join(directory, fileOf(name)));
      } catch (error) {
        onNotKept(codeOf(error));
        return undefined;
      }
      return `${publicUrl.replace(/\/$/, '')}${reportsPath}${name}`;
    },
    read: async (name) => {
      const path = join(directory, fileOf(name));
      try {
        return (await stat(path)).mtimeMs < oldest() ? null : await readFile(path);
      } catch {
        return null;
      }
    },
    clean: async () => {
      try {
        await removeBeyond(directory, oldest(), bytes);
        return undefined;
      } catch (error) {
        const code = codeOf(error);
        // Where no report was ever kept there is nothing to remove.
        return code === 'ENOENT' ? undefined : code;
      }
    },
  };
};

const fileOf = (name: string): string => `${createHash('sha256').update(name).digest('hex')}.html`;

type Kept = { readonly path: string; readonly at: number; readonly size: number };

const removeBeyond = async (directory: string, oldest: number, bytes: number): Promise<void> => {
  const files = (await Promise.all((await readdir(directory)).map((name) => look(join(directory, name))))).flat();
  let room = bytes;
  for (const { path, at, size } of files.sort((a, b) => b.at - a.at)) {
    room -= size;
    if (at < oldest || room < 0) await rm(path, { force: true });
  }
};

/** None where it went away meanwhile. */
const look = async (path: string): Promise<readonly Kept[]> => {
  try {
    const { mtimeMs: at, size } = await stat(path);
    return [{ path, at, size }];
  } catch {
    return [];
  }
};
