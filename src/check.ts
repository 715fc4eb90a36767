import { adaptGraph, adaptedTypes } from './adapters/index.ts';
import { type Analysis, analyse, analyseConnections } from './analysis/analyse.ts';
import { compareConnections } from './analysis/changes.ts';
import type { Change } from './model/connection.ts';
import type { Diagnostic } from './model/diagnostic.ts';
import type { Finding } from './model/finding.ts';
import type { Policy } from './model/policy.ts';
import type { Report, ReportInput, ReportPolicy } from './model/report.ts';
import type { CompiledPolicy } from './policy/compiled-policy.ts';
import { type PolicyResults, evaluatePolicies } from './policy/evaluate-policies.ts';
import type { PolicySelection } from './policy/select-policies.ts';
import { buildGraph } from './terraform/build-graph.ts';
import { changesAnything } from './terraform/plan/changes-anything.ts';
import type { DetectedDocument } from './terraform/plan/detect.ts';
import { findFaults } from './terraform/plan/find-faults.ts';

/** The document to judge, and the documents that complete its model and are not judged. */
export type CheckDocuments = { readonly judged: DetectedDocument; readonly context: readonly DetectedDocument[] };

export type CheckOptions = PolicySelection & { readonly toolVersion: string };

/**
 * Judges one plan or state: text → graph → model → analysis → findings → report.
 *
 * Pure: reads no file, throws only for bugs. What cannot be judged is a diagnostic and an unknown in the report.
 */
export const check = (
  documents: CheckDocuments,
  policies: readonly CompiledPolicy[],
  options: CheckOptions,
): Report => {
  const all = [documents.judged, ...documents.context];
  const numbered = all.map((document, index) => ({ ...document, index }));
  const faults = numbered.flatMap((input) => findFaults(input, adaptedTypes));
  // What is damaged may be what decides: then nothing is judged.
  const inputs = faults.some(({ severity }) => severity === 'error') ? [] : numbered;
  const adapted = adaptGraph(buildGraph(inputs, adaptedTypes));
  const analysis = analyse(adapted.model);
  const results = evaluatePolicies(policies, analysis.subjects, options);
  const changes = changesOf(inputs, analysis);
  return reportOf(all, { ...analysis, changes }, results, options, [
    ...all.flatMap((document) => document.diagnostics),
    ...faults,
    ...adapted.diagnostics,
    ...results.diagnostics,
  ]);
};

/** What the plan does: its own before against its own after. A state does nothing. */
const changesOf = (inputs: readonly (DetectedDocument & { readonly index: number })[], after: Analysis) => {
  const [judged] = inputs;
  if (judged?.kind !== 'plan-json' || !changesAnything(judged.json, adaptedTypes)) return [];
  const before = adaptGraph(buildGraph(inputs, adaptedTypes, 'before'));
  return compareConnections(analyseConnections(before.model), after.connections);
};

const reportOf = (
  documents: readonly DetectedDocument[],
  analysis: Analysis & { readonly changes: readonly Change[] },
  { findings, policies }: Pick<PolicyResults, 'findings' | 'policies'>,
  options: CheckOptions,
  diagnostics: readonly Diagnostic[],
): Report => {
  const failed = findings.some(({ outcome, enforcement }) => outcome === 'fail' && enforcement === 'mandatory');
  const error = diagnostics.some(({ severity }) => severity === 'error');
  const verdicts = (verdict: string): number => analysis.connections.filter((c) => c.verdict === verdict).length;
  const outcomes = (outcome: Finding['outcome']): number => findings.filter((f) => f.outcome === outcome).length;
  return {
    schemaVersion: '1',
    tool: { name: 'rds-auth-policy', version: options.toolVersion },
    input: documents.map(inputOf),
    verdict: error ? 'error' : failed ? 'fail' : 'pass',
    configuration: { path: null, hash: null },
    summary: {
      databases: analysis.databases,
      proxies: analysis.proxies,
      connections: {
        reachable: verdicts('reachable'),
        unreachable: verdicts('unreachable'),
        unknown: verdicts('unknown'),
      },
      findings: { fail: outcomes('fail'), unknown: outcomes('unknown'), waived: 0 },
    },
    matrix: analysis.matrix,
    connections: analysis.connections,
    findings,
    policies: policies.map(describePolicy),
    changes: analysis.changes,
    diagnostics,
  };
};

const describePolicy = ({ id, set, title, severity, enforcement, why, references, aliases }: Policy): ReportPolicy => ({
  id,
  set,
  title,
  severity,
  enforcement,
  why,
  references,
  ...(aliases === undefined ? {} : { aliases }),
});

const inputOf = (document: DetectedDocument, index: number): ReportInput => ({
  path: document.path,
  kind: document.kind,
  terraformVersion: document.terraformVersion,
  source: null,
  role: index === 0 ? 'judged' : 'context',
});
