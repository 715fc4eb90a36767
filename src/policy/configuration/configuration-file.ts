import type { PolicyConfiguration } from '../../model/configuration.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';

/** The text of `rds-auth-policy.yaml`, or the same in JSON. */
export type ConfigurationFile = Pick<PolicyConfiguration, 'path'> & {
  readonly text: string;
  /** `sha256:` and the hash of its bytes, which the report then names. */
  readonly hash?: string;
  /** Whether what the tree itself says shall not count, as with `--config-only`. */
  readonly ignoreTree?: boolean;
};

export type LoadedConfiguration = {
  /** Null where something is wrong with it. */
  readonly configuration: PolicyConfiguration | null;
  /** Every fault, in the order of the file. */
  readonly diagnostics: readonly Diagnostic[];
};
