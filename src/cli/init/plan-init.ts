import { policyConfigurationNames } from '../../io/find-policy-configuration.ts';
import type { Survey, Wanted } from '../../io/survey-repository.ts';
import { type Host, type HostPlan, hostFolders, hosts } from './hosts.ts';
import { installNote, makerNotes, passedOverNotes, shortened, unnamedNote } from './notes.ts';
import type { RootModule } from './root-modules.ts';
import { type Found, commandLines, configurationText, schema } from './texts.ts';

/** What `init` would do: nothing is written here. */
export type InitPlan = {
  /** What was found, each in a few words. */
  readonly found: readonly string[];
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** What is there already under names that `init` does not write. */
  readonly kept: readonly string[];
  /** What is left to the reader, each a sentence with the lines to type. */
  readonly notes: readonly string[];
};

/** Names that look like one of a configuration, and that nothing reads. */
const nearlyConfigurations = ['.rds-auth-policy.yml', '.rds-auth-policy.json'];

/** The files whose presence decides. */
export const telling: Wanted = {
  files: [...policyConfigurationNames, ...nearlyConfigurations, schema, ...hosts.flatMap(({ files }) => files)],
  folders: hostFolders,
};

export const planInit = (given: Found): InitPlan => {
  const { survey, modules } = given;
  const used = hosts.filter((host) => isUsed(host, survey));
  // Without a root module there is nothing yet that a job could judge.
  const plans = modules.roots.length === 0 ? [] : used.map((host) => host.plan(given));
  const own = planConfiguration(survey);
  const files = [...own.files, ...plans.flatMap((plan) => plan.files)];
  const kept = plans.flatMap((plan) => plan.kept ?? []);
  const jobs = [...kept, ...plans.flatMap((plan) => plan.files.map(({ path }) => path))];
  return {
    found: foundInWords(given, used),
    files,
    kept,
    notes: [
      ...own.notes,
      ...plans.flatMap(({ notes }) => notes),
      ...(modules.roots.length > 0 && used.length === 0 ? [noRunner(given)] : []),
      ...(jobs.length > 0 ? installNote(modules) : []),
      ...jobs.filter(isOfRoots).flatMap((path) => unnamedNote(path, survey.present.get(path), modules)),
      ...makerNotes(modules),
      ...passedOverNotes(given),
    ],
  };
};

const isUsed = ({ files, remote }: Host, { present, remotes }: Survey): boolean =>
  files.some((file) => present.has(file)) || remotes.some((url) => remote?.test(hostOf(url)) === true);

/** Of an address, also as `git@host:path`. */
const hostOf = (url: string): string => /^(?:[\w+.-]+:\/\/)?(?:[^@/]*@)?([^:/]+)/.exec(url)?.[1]?.toLowerCase() ?? '';

/** The main file of GitLab names files, and no root modules. */
const isOfRoots = (path: string): boolean => path !== '.gitlab-ci.yml';

const planConfiguration = ({ present }: Survey): Pick<HostPlan, 'files' | 'notes'> => {
  const there = policyConfigurationNames.find((name) => present.has(name));
  const nearly = nearlyConfigurations.find((name) => present.has(name));
  if (there === undefined && nearly !== undefined)
    return { files: [], notes: [`${nearly} is a name that is not read: call the file rds-auth-policy.yaml.\n`] };
  return {
    files: [{ path: there ?? 'rds-auth-policy.yaml', text: configurationText(present.has(schema)) }],
    notes: [],
  };
};

/** Nothing where there is nothing to judge. */
const foundInWords = ({ modules }: Found, used: readonly Host[]): readonly string[] => {
  const toJudge = [
    ...(modules.roots.length === 0 ? [] : [modulesInWords(modules.roots)]),
    ...(modules.cdktf.length === 0 ? [] : ['CDKTF']),
    ...(modules.terragrunt.length === 0 ? [] : ['Terragrunt']),
  ];
  return toJudge.length === 0 ? [] : [...toJudge, ...used.map(({ title }) => title)];
};

const modulesInWords = (roots: readonly RootModule[]): string => {
  const count = roots.length === 1 ? 'a root module' : `${roots.length} root modules`;
  return `${count} of Terraform: ${shortened(roots.map(({ path }) => path)).join(', ')}`;
};

const noRunner = ({ modules }: Found): string =>
  `No build runner was found. On the command line:\n${commandLines(modules)}\n`;
