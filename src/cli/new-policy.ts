import { basename, join, resolve } from 'node:path';
import { builtinPolicies, newPolicyFiles } from '../index.ts';
import { findPolicySchema, writeNewFolder } from '../io/write-new-folder.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { type SubjectKind, subjectKinds } from '../model/judgement.ts';
import type { Invocation } from './invocation.ts';
import { reportNoAnswer } from './mistake.ts';
import type { Streams } from './streams.ts';

const kebabCase = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const usualFolder = 'policies';
const usualSubject: SubjectKind = 'proxy';

/** Makes the folder of a new policy, and says what to do with it. */
export const makePolicy = (invocation: Invocation, streams: Streams, version: string): number | Promise<number> => {
  const { words, policies, sets, format } = invocation;
  const [, id = '', ...more] = words;
  const fault = nameFault(id, more) ?? choiceFault(policies, sets);
  if (fault !== undefined) return reportNoAnswer([mistake(fault)], invocation, streams, version);
  const root = policies[0] ?? usualFolder;
  const folder = join(root, id);
  const subject = subjectKinds.find((kind) => kind === invocation.subject) ?? usualSubject;
  const files = newPolicyFiles({ id, set: setFor(root, sets), subject, schema: findPolicySchema(folder) });
  const failure = writeNewFolder(folder, files);
  if (failure !== null) return reportNoAnswer([failure], invocation, streams, version);
  const written = files.map(({ path }) => join(folder, path));
  streams.stdout.write(
    format === 'json' ? `${JSON.stringify({ written }, null, 2)}\n` : inWords(written, root, folder),
  );
  return 0;
};

const mistake = (summary: string): Diagnostic => ({
  severity: 'error',
  code: 'usage-invalid',
  summary,
  detail: 'For example:\n  rds-auth-policy policies new acme-proxy-tls --policies policies --subject proxy',
});

const nameFault = (id: string, more: readonly string[]): string | undefined => {
  if (id === '' || more.length > 0) return 'The action new takes the id of one policy.';
  if (!kebabCase.test(id)) return 'An id is kebab-case: lower-case words joined by hyphens.';
  const taken = builtinPolicies.some(({ policy }) => policy.id === id || policy.aliases?.includes(id));
  return taken ? `There is already a built-in policy ${id}.` : undefined;
};

const choiceFault = (policies: readonly string[], sets: readonly string[]): string | undefined => {
  if (policies.length > 1) return 'A new policy is made in one directory: give --policies once.';
  if (sets.length > 1) return 'A policy is of one set: give --set once.';
  return sets.every((set) => kebabCase.test(set))
    ? undefined
    : 'A set is kebab-case: lower-case words joined by hyphens.';
};

/** That of --set, else the name of the directory, where it tells something. */
const setFor = (root: string, [asked]: readonly string[]): string => {
  const name = basename(resolve(root));
  return asked ?? (kebabCase.test(name) && name !== usualFolder ? name : 'own');
};

const inWords = (written: readonly string[], root: string, folder: string): string =>
  `${[
    ...written.map((path) => `wrote ${path}`),
    '',
    'Say in policy.yaml what is wrong, and turn the cases into yours. Then:',
    `  rds-auth-policy test ${folder} --coverage`,
    `  rds-auth-policy plan.json --policies ${root}`,
  ].join('\n')}\n`;
