import {
  appendFileSync,
  closeSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Diagnostic, refusal } from '../model/diagnostic.ts';
import { isConfigurationName } from './configuration-names.ts';
import { errorCode } from './error-code.ts';

/** Writes a file so that it is there whole or not at all. Null when it is written. */
export const writeOutput = (path: string, text: string): Diagnostic | null => {
  try {
    const present = statSync(path, { throwIfNoEntry: false });
    const target = present?.isFile() === true ? realpathSync(path) : path;
    if ([path, target].some(isInput)) return refusal(path, 'output-not-written', inputSummary, 'Choose another name.');
    // A device or a pipe (`/dev/stdout`) must not be replaced by a file.
    if (present !== undefined && !present.isFile()) writeFileSync(path, text);
    else replace(target, text, present?.mode);
    return null;
  } catch (error) {
    return refusal(path, 'output-not-written', reasonOf(error), 'The report was not written to this file.');
  }
};

const inputSummary = 'Files of this name are read, and no report is written over one.';

/** Text of a configuration, values of variables, a state, the configuration of this program: by name, whoever asks for it. */
const isInput = (path: string): boolean =>
  isConfigurationName(basename(path)) ||
  /\.(?:tfvars(?:\.json)?|tfstate|hcl)$|^\.?rds-auth-policy\.(?:ya?ml|json)$/.test(basename(path));

/** Writes behind what a file holds already, which other programs have written. Null when it is written. */
export const appendOutput = (path: string, text: string): Diagnostic | null => {
  try {
    appendFileSync(path, text);
    return null;
  } catch (error) {
    return refusal(path, 'output-not-written', reasonOf(error), 'The report was not written to this file.');
  }
};

const replace = (path: string, text: string, mode: number | undefined): void => {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = join(dirname(path), `.${basename(path)}.${Date.now().toString(36)}.tmp`);
  // `wx`: a file of this name that exists is another's, and is neither written nor removed.
  const file = openSync(temporary, 'wx', mode);
  try {
    writeFileSync(file, text);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
};

const reasonOf = (error: unknown): string => {
  const code = errorCode(error);
  switch (code) {
    case 'ENOTDIR':
    case 'EEXIST':
      return 'Its directory is a file.';
    case 'EISDIR':
      return 'It is a directory.';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'It may not be written by this user.';
    case 'ENOSPC':
      return 'The disk is full.';
    default:
      return `It cannot be written (${code}).`;
  }
};
