import type { Pipeline } from './gitlab-pipeline.ts';
import type { RootModule } from './root-modules.ts';
import { type Found, head, installed, lines, modulesBrought, placeOf, program, titleOf } from './texts.ts';

const outputs =
  '--format=pretty --output=gitlab-codequality=gl-rds-auth-codequality.json --output=junit=rds-auth-junit.xml';

/** A job for each root module: its reports are its own. */
export const gitlabText = ({ modules: { roots }, version }: Found, { stage, hasWorkflow }: Pipeline): string =>
  [
    head('gitlab.md'),
    lines(0, '.rds-auth-policy:', `  stage: ${JSON.stringify(stage)}`, '  needs: []'),
    lines(2, 'inherit:', '  default: false', 'image: node:22-alpine'),
    // Else a job without rules runs for branches only.
    hasWorkflow ? lines(2, 'rules:', '  - when: on_success') : '',
    lines(2, 'before_script:', '  - tool="$(mktemp -d)"'),
    roots.some(({ installer }) => installer === 'terraform') ? lines(4, `- ${nodeBrought}`) : '',
    lines(4, '- |', `  ${installed('$tool', version)}`),
    lines(2, 'artifacts:', '  when: always', '  reports:'),
    lines(6, 'codequality: gl-rds-auth-codequality.json', 'junit: rds-auth-junit.xml'),
    ...roots.map((root, index) => jobFor(root, `rds-auth-policy ${titleOf(root, index)}`)),
  ].join('');

const nodeBrought = 'command -v npm > /dev/null || apk add --no-cache nodejs npm';

const jobFor = (root: RootModule, name: string): string => {
  const brought = modulesBrought(root);
  return [
    lines(0, '', `${name}:`, '  extends: .rds-auth-policy'),
    root.installer === 'terraform' ? lines(2, 'image:', '  name: hashicorp/terraform:1.13', '  entrypoint: [""]') : '',
    lines(2, 'script:'),
    root.installer === 'tofu' ? lines(4, '- apk add --no-cache git opentofu') : '',
    brought === null ? '' : lines(4, '- |', `  ${brought}`),
    lines(4, '- |', `  ${program('$tool')} ${outputs} ${placeOf(root)}`),
  ].join('');
};

export const gitlabItem = (path: string): string => `  - local: /${path}\n`;
export const gitlabInclude = (path: string): string => `include:\n${gitlabItem(path)}`;
