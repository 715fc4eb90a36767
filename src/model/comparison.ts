import type { Cell, Change, Path } from './connection.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { Finding } from './finding.ts';
import type { ReportInput } from './report.ts';

/** A cell of the settings matrix that differs; null where there is no such row. */
export type CellChange = {
  readonly database: string | null;
  readonly proxy: string | null;
  readonly path: Path;
  readonly before: Cell | null;
  readonly after: Cell | null;
};

/** A finding that is in one of two reports only, or in both with another outcome. */
export type FindingChange = {
  readonly kind: 'appears' | 'goes' | 'differs';
  readonly before: Finding['outcome'] | null;
  readonly after: Finding['outcome'] | null;
  /** As it is after; of one that goes, as it was. */
  readonly finding: Finding;
};

/**
 * What `rds-auth-policy diff BEFORE AFTER` prints, `schemaVersion` "1". Keys may be added, never renamed.
 *
 * `fail`: something is worse. A way in that worked works no more, or a finding that fails a run is new.
 */
export type Comparison = {
  readonly schemaVersion: '1';
  readonly tool: { readonly name: 'rds-auth-policy'; readonly version: string };
  readonly verdict: 'pass' | 'fail' | 'error';
  readonly before: readonly ReportInput[];
  readonly after: readonly ReportInput[];
  /** Ordered as connections are. */
  readonly changes: readonly Change[];
  /** Ordered as the matrix is. */
  readonly matrix: readonly CellChange[];
  /** Ordered by policy and address. */
  readonly findings: readonly FindingChange[];
  /** Of both, `before` first. */
  readonly diagnostics: readonly Diagnostic[];
};
