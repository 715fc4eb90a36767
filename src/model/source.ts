/** A file of a configuration as it was read. */
export type SourceText = {
  /** Relative to the repository, with `/`: how reports name the file. */
  readonly path: string;
  readonly text: string;
};

/** How the text is got at; the room that touches the disk, or an archive, gives it. */
export type SourceReader = {
  /**
   * The configuration files directly in a directory (`.tf`, `.tf.json`; `.tofu` and `.tofu.json` before them), sorted by
   * name; null where there is no such directory, or none that may be read.
   */
  readonly files: (directory: string) => readonly SourceText[] | null;
  /** Any other file, for `file` and `templatefile`; null where it is missing, too large, outside, or no UTF-8. */
  readonly text: (path: string) => string | null;
};

/** A configuration to read. */
export type SourceInput = {
  /** How the report names it: `config`, or the path of the binary plan that it is embedded in. */
  readonly label: string;
  /** The root module, as the reader takes it; joined to relative sources with `/`. */
  readonly root: string;
  readonly reader: SourceReader;
  /** `.terraform/modules/modules.json`: keys of module calls (`proxy`, `proxy.inner`) to their directories. */
  readonly modules: ReadonlyMap<string, string>;
  /** `terraform.tfvars`, `*.auto.tfvars`, -var-file, in the order of precedence, the last the strongest. */
  readonly variableFiles: readonly SourceText[];
  /** `TF_VAR_…` from the environment, weaker than files, by name: texts as they are written. */
  readonly environmentVariables: ReadonlyMap<string, string>;
  /** -var, stronger than files. */
  readonly variables: ReadonlyMap<string, string>;
  /** Files of values that are there and that nobody asked for: `prod.tfvars`, as --var-file would take them. */
  readonly otherVariableFiles?: readonly string[];
  /** Variables of the root that have a value which nobody here knows: never their defaults. */
  readonly unknownVariables?: ReadonlySet<string>;
  /** `terraform.workspace`. */
  readonly workspace: string;
  /** `.terraform.lock.hcl`, where it is there. */
  readonly lockFile: SourceText | null;
};

/** What the text of a module says of its place among others. */
export type ModuleOutline = {
  /** Sources of modules that are paths from its directory, as they are written. */
  readonly calls: readonly string[];
  /** Whether it calls modules of registries or repositories, which `terraform init` installs. */
  readonly fetches: boolean;
  /** Whether it has what only a root module has: a backend, or settings of a provider. */
  readonly isMarked: boolean;
};
