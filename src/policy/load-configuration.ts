import type { ConfigurationFile, LoadedConfiguration } from './configuration/configuration-file.ts';

/** Reads a configuration from its text. The parser of YAML is loaded only here. Names of policies are checked by `check`. */
export const loadPolicyConfiguration = async (file: ConfigurationFile): Promise<LoadedConfiguration> => {
  const { readPolicyConfiguration } = await import('./configuration/read-configuration.ts');
  return readPolicyConfiguration(file);
};
