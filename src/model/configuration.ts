import type { LegName, Path } from './connection.ts';
import type { Enforcement, ParameterValue, Severity } from './policy.ts';
import type { Origin } from './value.ts';
import type { WaiverRule } from './waiver.ts';

/**
 * What `rds-auth-policy.yaml` says. Schema: `schemas/configuration.schema.json`. It is data alone: nothing in it is run.
 * Places are those of the file, for messages about what it names.
 */
export type PolicyConfiguration = {
  /** As reports name it: as it was given, or relative to the repository. */
  readonly path: string;
  /** `sha256:` and the hash of its bytes in hexadecimal digits; null where the caller gave none. */
  readonly hash: string | null;
  /** Set by `--config-only`: what the tree itself says, as comments that waive findings do, does not count. */
  readonly ignoreTree: boolean;
  /** Null where it says nothing: then those are on that are on by default. */
  readonly sets: readonly Named[] | null;
  /** In the order of the file: later ones win, key by key. */
  readonly rules: readonly ConfigurationRule[];
  readonly waivers: readonly WaiverRule[];
  /** Files and globs, relative to the file. */
  readonly context: readonly Named[];
  readonly users: readonly DeclaredUser[];
  readonly assume: readonly AssumedLeg[];
  /** Folders, relative to the file. */
  readonly policies: readonly Named[];
  readonly output: OutputDefaults;
};

/** What a file says that says nothing. */
export const emptyConfiguration: PolicyConfiguration = {
  path: '',
  hash: null,
  ignoreTree: false,
  sets: null,
  rules: [],
  waivers: [],
  context: [],
  users: [],
  assume: [],
  policies: [],
  output: { files: [] },
};

/** A place in the file; line and column are one-based. */
export type ConfigurationPlace = Required<Pick<Origin, 'file' | 'line' | 'column'>>;

/** A name, and where it is written. */
export type Named = { readonly name: string; readonly place: ConfigurationPlace };

export type ConfigurationRule = {
  /** Ids, aliases, or globs over ids. */
  readonly policies: readonly Named[];
  readonly enforcement?: Enforcement | 'off';
  readonly severity?: Severity;
  readonly parameters: ReadonlyMap<string, { readonly value: ParameterValue; readonly place: ConfigurationPlace }>;
  /** Null for every subject. */
  readonly select: Selector | null;
  readonly place: ConfigurationPlace;
};

/** Which subjects a rule is for: those for which each of these is true. Of a list one of its globs is enough. */
export type Selector = {
  /** Globs over addresses. */
  readonly address: readonly string[] | null;
  /** Globs over addresses of modules: the one that the subject is in, or one around it. */
  readonly module: readonly string[] | null;
  /** Globs over the value of each tag. */
  readonly tags: ReadonlyMap<string, readonly string[]>;
  /** Globs over the `engine` of databases. */
  readonly engine: readonly Named[] | null;
  /** Globs over workspaces of Terraform. */
  readonly workspace: readonly string[] | null;
};

/** A database user that no configuration of Terraform shows. */
export type DeclaredUser = {
  readonly name: string;
  /** Glob over addresses of databases; null for all. */
  readonly database: string | null;
  readonly method: 'iam' | 'password';
  readonly place: ConfigurationPlace;
};

/** A leg that is taken as given where it is assumed or unknown. Each glob that is null is for any, also for what nobody knows. */
export type AssumedLeg = {
  readonly leg: LegName;
  readonly path: Path | null;
  readonly database: string | null;
  readonly proxy: string | null;
  readonly principal: string | null;
  readonly user: string | null;
  readonly reason: string;
  readonly place: ConfigurationPlace;
};

/** What the command line says otherwise wins. */
export type OutputDefaults = {
  readonly format?: Named;
  /** A file for each format, relative to the configuration. */
  readonly files: readonly { readonly format: string; readonly file: Named }[];
  readonly unknown?: 'report' | 'fail';
  readonly verbose?: boolean;
  readonly quiet?: boolean;
};
