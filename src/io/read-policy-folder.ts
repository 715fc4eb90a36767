import { readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Diagnostic, refusal } from '../model/diagnostic.ts';
import { errorCode } from './error-code.ts';
import { isBesideName, isPassedOver, isPolicyName } from './policy-names.ts';

export type PolicyText = { readonly path: string; readonly text: string };

export type PolicyFolder =
  | { readonly ok: true; readonly files: readonly PolicyText[] }
  | { readonly ok: false; readonly diagnostic: Diagnostic };

/** Every policy in a directory and below it, with what its folders say for all of them, in the order of their paths. */
export const readPolicyFolder = (directory: string): PolicyFolder => {
  try {
    const paths = statSync(directory).isDirectory() ? findPolicies(directory) : [directory];
    if (paths.every((path) => isBesideName(basename(path))))
      return refuse(directory, 'There is no policy.yaml in this directory, nor below it.');
    return { ok: true, files: paths.sort().map((path) => ({ path, text: readFileSync(path, 'utf8') })) };
  } catch (error) {
    return refuse(directory, reasonOf(error));
  }
};

const findPolicies = (directory: string): string[] =>
  readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return isPassedOver(entry.name) ? [] : findPolicies(path);
    return isPolicyName(entry.name) || isBesideName(entry.name) ? [path] : [];
  });

const refuse = (directory: string, summary: string): PolicyFolder => ({
  ok: false,
  diagnostic: refusal(directory, 'policy-not-found', summary, 'Look at what was given to --policies.'),
});

const reasonOf = (error: unknown): string => {
  const code = errorCode(error);
  return code === 'ENOENT' ? 'There is no such directory of policies.' : `The policies cannot be read (${code}).`;
};
