import type { AuthModel } from './auth-model.ts';
import type { ReportInput } from './report.ts';

/** What `rds-auth-policy model` prints, `schemaVersion` "1". Keys may be added, never renamed. Schema: `schemas/model.schema.json`. */
export type ModelDocument = {
  readonly schemaVersion: '1';
  readonly tool: { readonly name: 'rds-auth-policy'; readonly version: string };
  /** The judged input first; `Origin.document` counts them. */
  readonly input: readonly ReportInput[];
  readonly model: AuthModel;
};
