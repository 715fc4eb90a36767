import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { type Diagnostic, refusal } from '../model/diagnostic.ts';
import { errorCode } from './error-code.ts';

type NewFile = { readonly path: string; readonly text: string };

/** Makes a folder with these files. What is there already stays as it is: then there is a diagnostic, else null. */
export const writeNewFolder = (folder: string, files: readonly NewFile[]): Diagnostic | null => {
  try {
    mkdirSync(dirname(folder), { recursive: true });
    // Not recursive: it fails where the folder is there.
    mkdirSync(folder);
    for (const { path, text } of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text, { flag: 'wx' });
    }
    return null;
  } catch (error) {
    const code = errorCode(error);
    return code === 'EEXIST'
      ? refusal(folder, 'output-not-written', 'This is there already.', 'Choose another id, or remove it.')
      : refusal(folder, 'output-not-written', `This folder cannot be made (${code}).`);
  }
};

const places = ['schemas/policy.schema.json', 'node_modules/rds-auth-policy/schemas/policy.schema.json'];

/** The nearest schema of policies at or above a folder, as seen from there; null where there is none. */
export const findPolicySchema = (folder: string): string | null => {
  const start = resolve(folder);
  for (let directory = start; ; directory = dirname(directory)) {
    const found = places.map((place) => join(directory, place)).find((path) => existsSync(path));
    if (found !== undefined) return relative(start, found).split(sep).join('/');
    if (directory === dirname(directory)) return null;
  }
};
