import type { PolicyConfiguration } from '../model/configuration.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Format } from '../report/index.ts';

export type OutputFile = { readonly format: Format; readonly path: string };

export type SourceChoice = {
  /** Of --source. */
  readonly directory: string | undefined;
  /** Of --no-source. */
  readonly isRefused: boolean;
  readonly variables: ReadonlyMap<string, string>;
  readonly variableFiles: readonly string[];
  /** Of --terraform-bin. */
  readonly binary: string | undefined;
  /** Of --workspace. */
  readonly workspace: string | undefined;
};

/** The configuration that a run uses, or what is wrong with it. */
export type UsedConfiguration = {
  readonly path: string;
  readonly hash: string | null;
  /** Null where it cannot be used. */
  readonly content: PolicyConfiguration | null;
  readonly diagnostics: readonly Diagnostic[];
};

export type TestChoice = {
  readonly run: RegExp | null;
  readonly coverage: boolean;
  /** Percent. */
  readonly threshold: number | null;
};
