/** The files that `init` writes. A name of a directory is whatever its owner chose: it is quoted twice, for YAML and for a shell. */

type Given = { readonly modules: readonly string[]; readonly version: string };

export const configurationText =
  (): string => `# What is judged and how strictly. All keys: docs/configuration.md of rds-auth-policy.
output:
  # "fail" where what is undecided is not good enough.
  unknown: report

# rules:
#   - policy: "proxy-*"
#     severity: critical
#
# waivers:
#   - policy: ID
#     address: "aws_db_proxy.legacy"
#     reason: Its clients move to the new proxy in spring.
#     expires: 2027-03-31
#
# users:
#   - { name: orders_app, database: "aws_db_instance.orders", method: password }
`;

/** For a POSIX shell: one word. In it nothing begins like an expression (`${{`) or a macro (`$(`) of a build runner. */
const word = (text: string): string =>
  /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`).replaceAll('$', () => "$''")}'`;

/** Below the root, so that none begins like an option. */
const plansOf = (modules: readonly string[]): string =>
  modules.map((path) => word(path === '.' ? '.' : `./${path}`)).join(' ');

const lines = (indent: number, ...texts: readonly string[]): string =>
  texts.map((text) => `${' '.repeat(indent)}${text}\n`).join('');

const installed = (folder: string, version: string): string =>
  `npm install --prefix "${folder}" --ignore-scripts --no-audit --no-fund --loglevel=error rds-auth-policy@${version}`;
const program = (folder: string): string =>
  `node "${folder}/node_modules/rds-auth-policy/bin/rds-auth-policy.js" check`;

const head = 'Judges the configuration. Where a plan is made, judge that: it knows more. docs/';

export const githubText = ({ modules, version }: Given): string => {
  const folder = '$RUNNER_TEMP/rds-auth-policy';
  const outputs = '--format=github --output=markdown="$GITHUB_STEP_SUMMARY"';
  return [
    `# ${head}github-actions.md\n`,
    lines(0, 'name: RDS logins', 'on:', '  pull_request:', '  push:', '    branches: [main, master]', ''),
    lines(0, 'permissions:', '  contents: read', '', 'jobs:', '  rds-logins:', '    runs-on: ubuntu-latest'),
    lines(4, 'steps:', '  - uses: actions/checkout@v5', '  - uses: actions/setup-node@v5'),
    lines(8, 'with:', '  node-version: 22'),
    lines(6, '- working-directory: ${{ runner.temp }}', '  run: |'),
    lines(10, installed(folder, version)),
    lines(6, '- run: |'),
    lines(10, `${program(folder)} ${outputs} ${plansOf(modules)}`),
  ].join('');
};

export const gitlabText = ({ modules, version }: Given): string => {
  const reports = ['gitlab-codequality=gl-rds-auth-codequality.json', 'junit=rds-auth-junit.xml'];
  const outputs = reports.map((report) => `--output=${report}`).join(' ');
  return [
    `# ${head}gitlab.md\n`,
    lines(0, 'rds-auth-policy:', '  image: node:22-alpine', '  script:'),
    lines(4, '- tool="$(mktemp -d)"', '- |', `  ${installed('$tool', version)}`),
    lines(4, '- |', `  ${program('$tool')} ${outputs} ${plansOf(modules)}`),
    lines(2, 'artifacts:', '  when: always', '  reports:'),
    lines(6, 'codequality: gl-rds-auth-codequality.json', 'junit: rds-auth-junit.xml'),
  ].join('');
};

export const gitlabInclude = (path: string): string => `include:\n  - local: /${path}\n`;

export const azureText = ({ modules, version }: Given): string => {
  const folder = '$AGENT_TEMPDIRECTORY/rds-auth-policy';
  const report = '$AGENT_TEMPDIRECTORY/rds-auth-junit.xml';
  return [
    `# ${head}azure-devops.md\n`,
    lines(0, 'steps:', '  - bash: |'),
    lines(6, 'set -e', 'cd "$AGENT_TEMPDIRECTORY"', installed(folder, version)),
    lines(4, 'displayName: Install rds-auth-policy'),
    lines(2, '- bash: |'),
    lines(6, `${program(folder)} --format=azuredevops --output=junit="${report}" ${plansOf(modules)}`),
    lines(4, 'displayName: Judge the configuration'),
    lines(2, '- task: PublishTestResults@2', '  condition: succeededOrFailed()', '  inputs:'),
    lines(6, 'testResultsFormat: JUnit', 'testResultsFiles: $(Agent.TempDirectory)/rds-auth-junit.xml'),
  ].join('');
};

export const commandLine = (modules: readonly string[]): string => `rds-auth-policy ${plansOf(modules)}`;
