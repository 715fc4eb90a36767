import { type Found, head, installed, lines, modulesBrought, placeOf, program, titleOf } from './texts.ts';

const folder = '$AGENT_TEMPDIRECTORY/rds-auth-policy';

/** A step for each root module: a failure of one hides no other. */
export const azureText = ({ modules: { roots }, version }: Found): string =>
  [
    head('azure-devops.md'),
    lines(0, 'steps:', '  - bash: |'),
    lines(6, 'set -e', 'cd "$AGENT_TEMPDIRECTORY"', installed(folder, version)),
    lines(4, 'displayName: Install rds-auth-policy'),
    ...roots.map((root, index) => {
      const report = `$AGENT_TEMPDIRECTORY/rds-auth-junit-${index + 1}.xml`;
      const command = `${program(folder)} --format=azuredevops --output=junit="${report}" ${placeOf(root)}`;
      const brought = modulesBrought(root);
      return [
        lines(2, '- bash: |'),
        lines(6, ...(brought === null ? [] : ['set -e', brought]), command),
        lines(4, `displayName: Judge ${titleOf(root, index)}`, 'condition: succeededOrFailed()'),
      ].join('');
    }),
    lines(2, '- task: PublishTestResults@2', '  condition: succeededOrFailed()', '  inputs:'),
    lines(6, 'testResultsFormat: JUnit', 'searchFolder: $(Agent.TempDirectory)'),
    lines(6, 'testResultsFiles: rds-auth-junit-*.xml'),
  ].join('');
