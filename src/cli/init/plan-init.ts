import type { Survey } from '../../io/survey-repository.ts';
import { azureText, commandLine, configurationText, githubText, gitlabInclude, gitlabText } from './texts.ts';

/** What `init` would do: nothing is written here. */
export type InitPlan = {
  /** What was found, each in a few words. */
  readonly found: readonly string[];
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** What is left to the reader, each a sentence with the lines to type. */
  readonly notes: readonly string[];
};

const configurations = ['rds-auth-policy.yaml', 'rds-auth-policy.yml', 'rds-auth-policy.json', '.rds-auth-policy.yaml'];

type Host = {
  readonly title: string;
  /** Any of these is a sign of it. */
  readonly files: readonly string[];
  /** And so is a remote whose address this matches. */
  readonly remote?: RegExp;
  readonly plan: (survey: Survey, version: string) => Pick<InitPlan, 'files' | 'notes'>;
};

const noFiles = (...notes: readonly string[]): Pick<InitPlan, 'files' | 'notes'> => ({ files: [], notes });

const gitlabJob = '.gitlab/rds-auth-policy.yml';
const azureSteps = '.azure-pipelines/rds-auth-policy.yml';

const hosts: readonly Host[] = [
  {
    title: 'GitHub',
    files: ['.github'],
    remote: /\bgithub\.com[:/]/,
    plan: ({ modules }, version) => ({
      files: [{ path: '.github/workflows/rds-auth-policy.yml', text: githubText({ modules, version }) }],
      notes: [],
    }),
  },
  {
    title: 'GitLab',
    files: ['.gitlab-ci.yml', '.gitlab'],
    remote: /\bgitlab\.[\w.-]+[:/]/,
    plan: ({ modules, present }, version) => {
      const job = { path: gitlabJob, text: gitlabText({ modules, version }) };
      const include = gitlabInclude(gitlabJob);
      if (!present.has('.gitlab-ci.yml')) return { files: [job, { path: '.gitlab-ci.yml', text: include }], notes: [] };
      return { files: [job], notes: [`Add to .gitlab-ci.yml, unless it is there:\n${include}`] };
    },
  },
  {
    title: 'Azure Pipelines',
    files: ['azure-pipelines.yml', 'azure-pipelines.yaml', '.azure-pipelines'],
    remote: /\b(?:dev\.azure\.com|visualstudio\.com)[:/]/,
    plan: ({ modules }, version) => ({
      files: [{ path: azureSteps, text: azureText({ modules, version }) }],
      notes: [`Add to the steps of your pipeline, unless it is there:\n- template: /${azureSteps}\n`],
    }),
  },
  {
    title: 'Atlantis',
    files: ['atlantis.yaml', 'atlantis.yml'],
    plan: () =>
      noFiles(
        'Atlantis is configured at its server, so that no pull request changes the check. Its step is:\n' +
          '- run: rds-auth-policy --format atlantis --config-only /etc/atlantis/rds-auth-policy.yaml\n',
      ),
  },
  {
    title: 'pre-commit',
    files: ['.pre-commit-config.yaml'],
    plan: ({ modules }) =>
      noFiles(`A hook for .pre-commit-config.yaml is in docs/pre-commit.md. It runs:\n${commandLine(modules)}\n`),
  },
  ...[
    ['Jenkins', 'Jenkinsfile'],
    ['Spacelift', '.spacelift'],
    ['env zero', 'env0.yml'],
  ].map(
    ([title = '', file = '']): Host => ({
      title,
      files: [file],
      plan: ({ modules }) => noFiles(`docs/pipelines.md says how ${title} runs:\n${commandLine(modules)}\n`),
    }),
  ),
];

/** The files whose presence decides. */
export const telling: readonly string[] = [...configurations, ...hosts.flatMap(({ files }) => files)];

export const planInit = (survey: Survey, version: string): InitPlan => {
  const { modules, present, remotes } = survey;
  const isThere = ({ files, remote }: Host): boolean =>
    files.some((file) => present.has(file)) || remotes.some((url) => remote?.test(url) === true);
  const used = hosts.filter(isThere);
  const plans = used.map((host) => host.plan(survey, version));
  const own = configurations.find((name) => present.has(name)) ?? 'rds-auth-policy.yaml';
  const none = used.length > 0 ? [] : [`No build runner was found. The command line is:\n${commandLine(modules)}\n`];
  return {
    found: [modulesInWords(modules), ...used.map(({ title }) => title)],
    files: [{ path: own, text: configurationText() }, ...plans.flatMap(({ files }) => files)],
    notes: [...plans.flatMap(({ notes }) => notes), ...none],
  };
};

const mostNamed = 10;

const modulesInWords = (modules: readonly string[]): string => {
  const more = modules.length > mostNamed ? ` and ${modules.length - mostNamed} more` : '';
  const count = modules.length === 1 ? 'a root module' : `${modules.length} root modules`;
  return `${count} of Terraform: ${modules.slice(0, mostNamed).join(', ')}${more}`;
};
