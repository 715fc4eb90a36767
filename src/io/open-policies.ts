import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { type PolicyFolder, readPolicyFolder } from './read-policy-folder.ts';

/** The policies in a directory, in one file, or in a package. What reads packages is loaded where there is one. */
export const openPolicies = async (path: string): Promise<PolicyFolder> => {
  if (!isCompressed(path)) return readPolicyFolder(path);
  const { readPolicyArchive } = await import('./policy-archive.ts');
  return readPolicyArchive(path);
};

/** By its first bytes: a name tells nothing. */
const isCompressed = (path: string): boolean => {
  let file: number | undefined;
  try {
    if (!statSync(path).isFile()) return false;
    file = openSync(path, 'r');
    const head = Buffer.alloc(2);
    readSync(file, head, 0, 2, 0);
    return head[0] === 0x1f && head[1] === 0x8b;
  } catch {
    return false;
  } finally {
    if (file !== undefined) closeSync(file);
  }
};
