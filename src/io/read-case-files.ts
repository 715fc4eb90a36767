import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Diagnostic, refusal } from '../model/diagnostic.ts';
import { isConfigurationName } from './configuration-names.ts';
import { errorCode } from './error-code.ts';

/** A folder below `cases`. */
export type CaseFolder = {
  readonly name: string;
  readonly path: string;
  /** Of its `case.yaml`. */
  readonly text: { readonly path: string; readonly text: string } | null;
  readonly hasPlan: boolean;
  readonly hasConfiguration: boolean;
};

export type CaseFiles = {
  /** Of the policy. */
  readonly directory: string;
  readonly folders: readonly CaseFolder[];
  /** `cases.yaml` beside the policy. */
  readonly list: { readonly path: string; readonly text: string } | null;
  readonly diagnostics: readonly Diagnostic[];
};

/** The cases of a policy, beside its file. */
export const readCaseFiles = (policyFile: string): CaseFiles => {
  const directory = dirname(policyFile);
  const root = join(directory, 'cases');
  const diagnostics: Diagnostic[] = [];
  const reading = <T>(path: string, missing: T, read: () => T): T => {
    try {
      return read();
    } catch (error) {
      const code = errorCode(error);
      if (code !== 'ENOENT' && code !== 'ENOTDIR') {
        diagnostics.push(refusal(path, 'case-invalid', `This case cannot be read (${code}).`));
      }
      return missing;
    }
  };
  const readText = (path: string) => reading(path, null, () => ({ path, text: readFileSync(path, 'utf8') }));
  const namesIn = (path: string, wanted: 'files' | 'directories'): readonly string[] =>
    reading(path, [], () =>
      readdirSync(path, { withFileTypes: true })
        .filter((entry) => entry.isDirectory() === (wanted === 'directories') && !entry.name.startsWith('.'))
        .map(({ name }) => name)
        .sort(),
    );
  const folders = namesIn(root, 'directories').map((name) => {
    const path = join(root, name);
    const files = namesIn(path, 'files');
    return {
      name,
      path,
      text: files.includes('case.yaml') ? readText(join(path, 'case.yaml')) : null,
      hasPlan: files.includes('plan.json'),
      hasConfiguration: files.some(isConfigurationName),
    };
  });
  return { directory, folders, list: readText(join(directory, 'cases.yaml')), diagnostics };
};
