import { azureText } from './azure.ts';
import { githubText } from './github.ts';
import { gitlabInclude, gitlabItem, gitlabText } from './gitlab.ts';
import { type Pipeline, readPipeline } from './gitlab-pipeline.ts';
import { atlantisNote, planLine, preCommitText } from './notes.ts';
import { type Found, commandLines } from './texts.ts';

/** What `init` does for one of them. */
export type HostPlan = {
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** Files of other names that hold the same already. */
  readonly kept?: readonly string[];
  readonly notes: readonly string[];
};

/** What runs a build, or a check beside it. */
export type Host = {
  readonly title: string;
  /** Any of these is a sign of it. */
  readonly files: readonly string[];
  /** And so is a remote at such a host. */
  readonly remote?: RegExp;
  readonly plan: (found: Found) => HostPlan;
};

/** Directories whose files of YAML may use the program already. */
export const hostFolders: readonly string[] = ['.github/workflows', '.gitlab', '.azure-pipelines'];

const noFiles = (...notes: readonly string[]): HostPlan => ({ files: [], notes });

const githubWorkflow = '.github/workflows/rds-auth-policy.yml';
const gitlabJob = '.gitlab/rds-auth-policy.yml';
const azureSteps = '.azure-pipelines/rds-auth-policy.yml';

/** Nothing, where another file of the host runs the program already; it may be called as it likes. */
const unlessUsed = ({ survey }: Found, own: string, place: RegExp, plan: () => HostPlan): HostPlan => {
  const uses = [...survey.present]
    .filter(([path, text]) => path !== own && place.test(path) && text.replaceAll(own, '').includes('rds-auth-policy'))
    .map(([path]) => path);
  return survey.present.has(own) || uses.length === 0 ? plan() : { files: [], kept: uses, notes: [] };
};

const planGitlab = (found: Found): HostPlan => {
  const main = found.survey.present.get('.gitlab-ci.yml');
  const pipeline = readPipeline(main);
  const job = { path: gitlabJob, text: gitlabText(found, pipeline) };
  if (main === undefined)
    return { files: [job, { path: '.gitlab-ci.yml', text: gitlabInclude(gitlabJob) }], notes: [] };
  const notes = main.includes(gitlabJob) ? [] : [includeNote(pipeline)];
  return {
    files: [job],
    notes: [...notes, ...(pipeline.isSure ? [] : [stageNote(pipeline)]), ...(pipeline.hasRules ? [rulesNote] : [])],
  };
};

const includeNote = ({ include }: Pipeline): string => {
  if (include === 'none') return `Add to .gitlab-ci.yml:\n${gitlabInclude(gitlabJob)}`;
  const list = include === 'list' ? 'Add to the list include' : 'Make a list of include, and add to it';
  return `${list} in .gitlab-ci.yml (a second include would take the place of the first):\n${gitlabItem(gitlabJob)}`;
};

const stageNote = ({ stage }: Pipeline): string =>
  `The stages of the pipeline are not written in .gitlab-ci.yml itself. Where there is none that is called ${stage}, put another after stage: in ${gitlabJob}.\n`;

const rulesNote = `Jobs of the pipeline have rules for merge requests. A job without rules runs for branches only: give .rds-auth-policy in ${gitlabJob} the rules of the others.
`;

const planAzure = (found: Found): HostPlan => {
  const isUsed = [...found.survey.present].some(([path, text]) => path !== azureSteps && text.includes(azureSteps));
  const installers = new Set(found.modules.roots.flatMap(({ installer }) => installer ?? []));
  return {
    files: [{ path: azureSteps, text: azureText(found) }],
    notes: [
      ...(isUsed ? [] : [`Add to the steps of your pipeline:\n- template: /${azureSteps}\n`]),
      ...[...installers].map(
        (name) => `The agent of Azure Pipelines has to have ${name}: modules are installed with it.\n`,
      ),
    ],
  };
};

const jenkinsNote = ({
  modules,
}: Found): string => `Jenkins: in a step sh of the Jenkinsfile, on an agent that has the program (npm install --global rds-auth-policy):
${commandLines(modules)}
`;

const spaceliftNote =
  (): string => `Spacelift: in a hook of the stack after its plan, with an image that has the program (deploy/docker/Dockerfile in the repository of rds-auth-policy):
${planLine('spacelift.plan')}
`;

const envZeroNote = ({
  modules,
}: Found): string => `env zero: in a step of env0.yml, where the program is installed (npm install --global rds-auth-policy):
${commandLines(modules)}
`;

export const hosts: readonly Host[] = [
  {
    title: 'GitHub',
    files: ['.github'],
    remote: /(?:^|\.)github\.[\w.-]+$|\.ghe\.com$/,
    plan: (found) =>
      unlessUsed(found, githubWorkflow, /^\.github\/workflows\//, () => ({
        files: [{ path: githubWorkflow, text: githubText(found) }],
        notes: [],
      })),
  },
  {
    title: 'GitLab',
    files: ['.gitlab-ci.yml', '.gitlab'],
    remote: /(?:^|\.)gitlab\.[\w.-]+$/,
    plan: (found) => unlessUsed(found, gitlabJob, /^\.gitlab[-/]/, () => planGitlab(found)),
  },
  {
    title: 'Azure Pipelines',
    files: ['azure-pipelines.yml', 'azure-pipelines.yaml', '.azure-pipelines'],
    remote: /(?:^|\.)(?:dev\.azure\.com|visualstudio\.com)$/,
    plan: (found) => unlessUsed(found, azureSteps, /azure-pipelines[./]/, () => planAzure(found)),
  },
  {
    title: 'Atlantis',
    files: ['atlantis.yaml', 'atlantis.yml'],
    plan: () => noFiles(atlantisNote),
  },
  {
    title: 'pre-commit',
    files: ['.pre-commit-config.yaml'],
    plan: (found) =>
      found.survey.present.get('.pre-commit-config.yaml')?.includes('rds-auth-policy') === true
        ? { files: [], kept: ['.pre-commit-config.yaml'], notes: [] }
        : noFiles(`Add to the list repos in .pre-commit-config.yaml:\n${preCommitText(found)}`),
  },
  { title: 'Jenkins', files: ['Jenkinsfile'], plan: (found) => noFiles(jenkinsNote(found)) },
  { title: 'Spacelift', files: ['.spacelift'], plan: () => noFiles(spaceliftNote()) },
  { title: 'env zero', files: ['env0.yml'], plan: (found) => noFiles(envZeroNote(found)) },
];
