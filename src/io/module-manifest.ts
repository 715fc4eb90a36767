import { isAbsolute, posix } from 'node:path';

/**
 * Keys of module calls to their directories, below `root`; null where the text is damaged. `terraform init` writes
 * `{"Modules": […]}` into `.terraform/modules/modules.json`; a binary plan holds the list alone.
 */
export const parseManifest = (text: string, root: string): ReadonlyMap<string, string> | null => {
  const entries = entriesIn(parse(text));
  if (entries === null) return null;
  const modules = new Map<string, string>();
  for (const entry of entries) {
    if (!isEntry(entry)) return null;
    modules.set(entry.Key, isAbsolute(entry.Dir) ? entry.Dir : posix.join(root, entry.Dir));
  }
  // The root is none of the calls.
  modules.delete('');
  return modules;
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

const entriesIn = (json: unknown): readonly unknown[] | null => {
  if (Array.isArray(json)) return json;
  const listed = typeof json === 'object' && json !== null && 'Modules' in json ? json.Modules : null;
  return Array.isArray(listed) ? listed : null;
};

const isEntry = (entry: unknown): entry is { readonly Key: string; readonly Dir: string } =>
  typeof entry === 'object' &&
  entry !== null &&
  'Key' in entry &&
  'Dir' in entry &&
  typeof entry.Key === 'string' &&
  typeof entry.Dir === 'string';
