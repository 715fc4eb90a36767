import type { Diagnostic } from '../model/diagnostic.ts';
import type { Report, ReportInput } from '../model/report.ts';

/** The report of a question that could not be answered. */
export const errorReport = (
  diagnostics: readonly Diagnostic[],
  input: readonly ReportInput[],
  version: string,
  configuration: Report['configuration'] | null = null,
): Report => ({
  schemaVersion: '1',
  tool: { name: 'rds-auth-policy', version },
  input,
  verdict: 'error',
  configuration: { path: configuration?.path ?? null, hash: configuration?.hash ?? null },
  summary: {
    databases: 0,
    proxies: 0,
    connections: { reachable: 0, unreachable: 0, unknown: 0 },
    findings: { fail: 0, unknown: 0, waived: 0 },
  },
  matrix: [],
  connections: [],
  findings: [],
  policies: [],
  changes: [],
  diagnostics,
});
