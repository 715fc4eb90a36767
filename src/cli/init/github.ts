import type { RootModule } from './root-modules.ts';
import { type Found, head, installed, lines, modulesBrought, placeOf, program, titleOf } from './texts.ts';

const folder = '$RUNNER_TEMP/rds-auth-policy';
const outputs = '--format=github --output=markdown="$GITHUB_STEP_SUMMARY"';

/** A step for each root module, so that each has its own annotations, and none hides another. */
export const githubText = ({ modules: { roots }, version }: Found): string =>
  [
    head('github-actions.md'),
    lines(0, 'name: RDS logins', 'on:', '  pull_request:', '  push:', '    branches: [main, master]', ''),
    lines(0, 'permissions:', '  contents: read', '', 'jobs:', '  rds-logins:', '    runs-on: ubuntu-latest'),
    lines(4, 'steps:', '  - uses: actions/checkout@v5', '  - uses: actions/setup-node@v5'),
    lines(8, 'with:', '  node-version: 22'),
    ...(roots.some(({ installer }) => installer === 'terraform')
      ? [lines(6, '- uses: hashicorp/setup-terraform@v3')]
      : []),
    ...(roots.some(({ installer }) => installer === 'tofu') ? [lines(6, '- uses: opentofu/setup-opentofu@v1')] : []),
    lines(6, '- id: install', '  working-directory: ${{ runner.temp }}', '  run: |'),
    lines(10, installed(folder, version)),
    ...roots.flatMap(stepsFor),
  ].join('');

const stepsFor = (root: RootModule, index: number): readonly string[] => {
  const title = titleOf(root, index);
  const brought = modulesBrought(root);
  return [
    ...(brought === null ? [] : [step(`Install modules of ${title}`, brought)]),
    step(`Judge ${title}`, `${program(folder)} ${outputs} ${placeOf(root)}`),
  ];
};

const step = (title: string, command: string): string => {
  const condition = "if: ${{ !cancelled() && steps.install.outcome == 'success' }}";
  return lines(6, `- name: ${title}`, `  ${condition}`, '  run: |') + lines(10, command);
};
