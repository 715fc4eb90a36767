import type { BaselineOutcome } from './baseline.ts';
import type { Change, Connection, MatrixRow, Verdict } from './connection.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { Finding } from './finding.ts';
import type { Policy } from './policy.ts';

/**
 * What a PLAN is: `terraform show -json` of a plan or a state, a plan as `terraform plan -out` saves it, or a directory
 * of configuration without any plan.
 */
export type InputKind = 'plan-json' | 'state-json' | 'plan-binary' | 'configuration';

/** One file that the verdicts rest on. */
export type ReportInput = {
  readonly path: string;
  /** `configuration`: there is no plan, or none that could be read, and the text alone was judged. */
  readonly kind: InputKind | 'configuration';
  readonly terraformVersion: string | null;
  /** The configuration whose text was read: its directory, or the binary plan that holds it; null where none was. */
  readonly source: string | null;
  /** `context` completes the model and is not judged. */
  readonly role: 'judged' | 'context';
};

/** A policy that was run, whatever it found. */
export type ReportPolicy = Pick<
  Policy,
  'id' | 'set' | 'title' | 'severity' | 'enforcement' | 'why' | 'references' | 'aliases'
>;

/** The report, `schemaVersion` "1". Keys may be added, never renamed. Schema: `schemas/report.schema.json`. */
export type Report = {
  readonly schemaVersion: '1';
  readonly tool: { readonly name: 'rds-auth-policy'; readonly version: string };
  readonly input: readonly ReportInput[];
  readonly verdict: 'pass' | 'fail' | 'error';
  readonly configuration: { readonly path: string | null; readonly hash: string | null };
  readonly summary: {
    readonly databases: number;
    readonly proxies: number;
    readonly connections: Readonly<Record<Verdict, number>>;
    readonly findings: { readonly fail: number; readonly unknown: number; readonly waived: number };
  };
  readonly matrix: readonly MatrixRow[];
  readonly connections: readonly Connection[];
  readonly findings: readonly Finding[];
  /** Left out where no baseline was given. */
  readonly baseline?: BaselineOutcome;
  /** The policies that were run, ordered by id. */
  readonly policies: readonly ReportPolicy[];
  /** What this plan does to the ways in; empty for a state. Ordered as connections are. */
  readonly changes: readonly Change[];
  readonly diagnostics: readonly Diagnostic[];
};
