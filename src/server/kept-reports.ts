import { createHash, randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

export type KeptReports = {
  /** Takes a file over, and gives the address where it can be read for a while. Undefined where there is no file. */
  readonly keep: (file: string) => Promise<string | undefined>;
  /** The HTML of a name, as `reports/NAME` has it; null where there is none, or not any more. */
  readonly read: (name: string) => Promise<Buffer | null>;
  /** Removes what is over. */
  readonly clean: () => Promise<void>;
};

export const reportsPath = '/reports/';

/** Reports behind addresses that nobody can guess: 256 random bits, of which the disk knows only the hash. */
export const openKeptReports = async (
  directory: string,
  publicUrl: string,
  milliseconds: number,
  now: () => number = Date.now,
): Promise<KeptReports> => {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const isOver = async (path: string): Promise<boolean> => (await stat(path)).mtimeMs < now() - milliseconds;
  return {
    keep: async (file) => {
      const name = randomBytes(32).toString('base64url');
      try {
        await chmod(file, 0o600);
        await rename(file, join(directory, fileOf(name)));
      } catch {
        return undefined;
      }
      return `${publicUrl.replace(/\/$/, '')}${reportsPath}${name}`;
    },
    read: async (name) => {
      const path = join(directory, fileOf(name));
      try {
        return (await isOver(path)) ? null : await readFile(path);
      } catch {
        return null;
      }
    },
    clean: async () => {
      for (const name of await readdir(directory)) {
        const path = join(directory, name);
        if (await isOver(path).catch(() => false)) await rm(path, { force: true });
      }
    },
  };
};

const fileOf = (name: string): string => `${createHash('sha256').update(name).digest('hex')}.html`;
