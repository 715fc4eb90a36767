import type { Given, Origin } from '../model/value.ts';

/**
 * What to add to an edit of an argument that only hands on what is written elsewhere, for whoever has to type it: the
 * module may be somebody else's.
 */
export const givenNotes = (remediation: string, origins: readonly Origin[]): readonly string[] => [
  ...new Set(
    origins.flatMap(({ address, path, given }) =>
      given !== undefined && remediation.includes(address) && writes(remediation, path)
        ? [note(`${address}.${path}`, given)]
        : [],
    ),
  ),
];

/** `auth[0].iam_auth` is written as `iam_auth = …`. */
const writes = (remediation: string, path: string): boolean => {
  const argument = /\w+$/.exec(path)?.[0];
  return argument !== undefined && new RegExp(`^\\s*${argument} *= `, 'm').test(remediation);
};

const note = (attribute: string, { file, line, leftOut }: Given): string =>
  leftOut === undefined
    ? `${attribute} comes from ${file}:${line}: change that.`
    : `${attribute} is the default of ${leftOut}: give that in the call of the module at ${file}:${line}.`;
