import { join, resolve } from 'node:path';
import { textReader } from './read-text.ts';

/**
 * The workspace that `terraform workspace select` has noted in the directory of a configuration; null where it has noted
 * none: it may be the default one, or one that a backend names.
 */
export const selectedWorkspace = (
  directory: string,
  env: Readonly<Record<string, string | undefined>>,
): string | null => {
  const read = textReader({ fileBytes: 1024, files: 1, totalBytes: 1024 });
  const file = read(join(resolve(directory, env['TF_DATA_DIR'] || '.terraform'), 'environment'));
  return (file.ok && file.text.trim()) || null;
};
