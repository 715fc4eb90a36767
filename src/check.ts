import { adaptGraph, adaptedTypes } from './adapters/index.ts';
import { type Analysis, analyse, analyseConnections, subjectsFor } from './analysis/analyse.ts';
import { compareConnections } from './analysis/changes.ts';
import { type Given, nothingGiven } from './analysis/given.ts';
import { strayGrants } from './analysis/stray-grants.ts';
import { findUnusedStatements } from './analysis/unused-statements.ts';
import { type WaiverOptions, gatherWaivers, judgeWaivers } from './check-waivers.ts';
import { type ConfigureOptions, configure } from './configure.ts';
import type { AuthModel } from './model/auth-model.ts';
import type { Change, Connection } from './model/connection.ts';
import { type Diagnostic, isError } from './model/diagnostic.ts';
import { type Finding, failsRun } from './model/finding.ts';
import type { Guide } from './model/guide.ts';
import type { ModelDocument } from './model/model-document.ts';
import type { Policy } from './model/policy.ts';
import type { Report, ReportInput, ReportPolicy } from './model/report.ts';
import type { SourceTexts } from './model/source-texts.ts';
import type { Surroundings } from './model/surroundings.ts';
import type { CompiledPolicy } from './policy/compiled-policy.ts';
import { type PolicyResults, evaluatePolicies } from './policy/evaluate-policies.ts';
import type { ParameterSource } from './policy/parameters.ts';
import { kindsIn } from './policy/select-policies.ts';
import { buildGraph } from './terraform/build-graph.ts';
import type { ResourceGraph } from './terraform/graph.ts';
import type { SensitiveTexts } from './terraform/hide-sensitive.ts';
import { changesAnything, hasBefore } from './terraform/plan/changes-anything.ts';
import type { DetectedDocument } from './terraform/plan/detect.ts';
import { findFaults } from './terraform/plan/find-faults.ts';

/** The document to judge, and the documents that complete its model and are not judged. */
export type CheckDocuments = {
  readonly judged: DetectedDocument;
  readonly context: readonly DetectedDocument[];
};

export type CheckOptions = ConfigureOptions &
  WaiverOptions & {
    readonly toolVersion: string;
    /** Who gives the parameters of policies their values; defaults are all there is without it. */
    readonly parameters?: ParameterSource;
  };

/**
 * Judges one plan or state: text → graph → model → analysis → findings → report.
 *
 * Pure: reads no file, throws only for bugs. What cannot be judged is a diagnostic and an unknown in the report.
 */
export const check = (documents: CheckDocuments, policies: readonly CompiledPolicy[], options: CheckOptions): Report =>
  judge(documents, policies, options).report;

/** A report, and what excerpts in it are made of. */
export type Checked = {
  readonly report: Report;
  /** Left out where no source was read. */
  readonly texts?: SourceTexts;
  /** What drawings show beside the report; made when it is asked for. */
  readonly surroundings?: () => Promise<Surroundings>;
};

/** Judges as `check` does, and keeps what shows the lines of the source. What only that needs is loaded here. */
export const checkWithTexts = async (
  documents: CheckDocuments,
  policies: readonly CompiledPolicy[],
  options: CheckOptions,
): Promise<Checked> => {
  const { report, adapted, analysis } = judge(documents, policies, options);
  const surroundings = async (): Promise<Surroundings> =>
    (await import('./analysis/surroundings.ts')).surroundingsOf(analysis.context, analysis.judged);
  if (documents.judged.source === undefined) return { report, surroundings };
  const { sensitiveTexts } = await import('./terraform/hide-sensitive.ts');
  return { report, surroundings, ...textsOf(documents, sensitiveTexts(adapted.graph)) };
};

const textsOf = ({ judged }: CheckDocuments, { inResource }: SensitiveTexts): Pick<Checked, 'texts'> => {
  if (judged.source === undefined) return {};
  const { textOf } = judged.source;
  return { texts: { textOf, sensitiveTexts: [...new Set([...inResource.values()].flat())] } };
};

/** A report, and what only questions about it need. */
export type Examination = Checked & {
  /** What was read, of the context too. */
  readonly model: AuthModel;
  /** One for each connection of the report, in its order. */
  readonly guides: readonly Guide[];
};

/** Judges as `check` does, and keeps what `explain` shows. What only that needs is loaded here. */
export const examine = async (
  documents: CheckDocuments,
  policies: readonly CompiledPolicy[],
  options: CheckOptions,
): Promise<Examination> => {
  const { buildGuides } = await import('./analysis/guide.ts');
  const { hideInGuide, hideInModel, sensitiveTexts } = await import('./terraform/hide-sensitive.ts');
  const { report, adapted, analysis } = judge(documents, policies, options);
  const texts = sensitiveTexts(adapted.graph);
  return {
    report,
    ...textsOf(documents, texts),
    model: hideInModel(adapted.model, texts),
    guides: buildGuides(analysis.context, analysis.judged).map((guide) => hideInGuide(guide, texts)),
  };
};

/** The model alone, as a document of its own: nothing is joined and nothing judged. */
export const readModel = async ({ judged, context }: CheckDocuments, toolVersion: string): Promise<ModelDocument> => {
  const { hideInModel, sensitiveTexts } = await import('./terraform/hide-sensitive.ts');
  const all = [judged, ...context];
  const { model, graph } = adapt(all);
  return {
    schemaVersion: '1',
    tool: { name: 'rds-auth-policy', version: toolVersion },
    input: all.map(inputOf),
    model: hideInModel(model, sensitiveTexts(graph)),
  };
};

type Numbered = DetectedDocument & { readonly index: number };

type Adapted = ReturnType<typeof adaptGraph> & {
  readonly graph: ResourceGraph;
  readonly inputs: readonly Numbered[];
};

const adapt = (documents: readonly DetectedDocument[]): Adapted => {
  const numbered = documents.map((document, index) => ({ ...document, index }));
  const faults = numbered.flatMap((input) => (hasValues(input) ? findFaults(input, adaptedTypes) : []));
  // What is damaged may be what decides: then nothing is judged.
  const inputs = faults.some(isError) ? [] : numbered;
  const graph = buildGraph(inputs, adaptedTypes);
  const { diagnostics, ...adapted } = adaptGraph(graph);
  const own = documents.flatMap((document) => document.diagnostics);
  const evaluated = graph.documents.flatMap(({ source }) => source?.diagnostics() ?? []);
  return { graph, inputs, ...adapted, diagnostics: [...own, ...faults, ...evaluated, ...diagnostics] };
};

/** False for configuration text alone: it says what will be there, and not what there is. */
const hasValues = ({ json }: DetectedDocument): boolean => json['format_version'] !== undefined;

type Judged = { readonly report: Report; readonly adapted: Adapted; readonly analysis: Analysis };

const judge = (documents: CheckDocuments, policies: readonly CompiledPolicy[], options: CheckOptions): Judged => {
  const all = [documents.judged, ...documents.context];
  const adapted = adapt(all);
  const given = options.configuration ?? nothingGiven;
  const analysis = analyse(adapted.model, given, adapted.referencesAt);
  const { selection, rules, ...configured } = configure(options, policies, adapted.graph, analysis);
  const waivers = gatherWaivers(documents.judged.source, policies, configured.waivers);
  const subjects = subjectsFor(analysis, kindsIn(policies, selection));
  const results = evaluatePolicies(policies, subjects, selection, {
    rules,
    waivers: waivers.book,
    ...(options.parameters === undefined ? {} : { parameters: options.parameters }),
  });
  const before = [
    ...configured.diagnostics,
    ...adapted.diagnostics,
    ...waivers.diagnostics,
    ...strayGrants(analysis.context),
    ...findUnusedStatements(given, analysis),
  ];
  const isWhole = ![...before, ...results.diagnostics].some(isError);
  const judged = { subjects, results, isWhole };
  const { findings, diagnostics } = judgeWaivers(waivers, policies, judged, {
    ...configured.waivers,
    selection,
    rules,
  });
  const changes = changesOf(adapted.inputs, analysis, given);
  const found = { findings, policies: results.policies };
  const report = reportOf(all, { ...analysis, changes }, found, options, [...before, ...diagnostics]);
  return { report, adapted, analysis };
};

/** What the plan does: its own before against its own after. A state does nothing. */
const changesOf = (inputs: readonly Numbered[], after: Analysis, given: Given): readonly Change[] => {
  const [judged] = inputs;
  if (judged === undefined || judged.kind === 'state-json' || !hasValues(judged)) return [];
  if (!changesAnything(judged.json, adaptedTypes)) return [];
  // Before the first database there is no way in, however much else there is.
  const before = hasBefore(judged.json, endpointTypes, adaptedTypes) ? connectionsBefore(inputs, given) : [];
  return compareConnections(before, after.connections);
};

const connectionsBefore = (inputs: readonly Numbered[], given: Given): readonly Connection[] => {
  const { model, referencesAt } = adaptGraph(buildGraph(inputs, adaptedTypes, 'before'));
  return analyseConnections(model, given, referencesAt);
};

const endpointTypes: ReadonlySet<string> = new Set(['aws_db_instance', 'aws_rds_cluster', 'aws_db_proxy']);

const reportOf = (
  documents: readonly DetectedDocument[],
  analysis: Analysis & { readonly changes: readonly Change[] },
  { findings, policies }: Pick<PolicyResults, 'findings' | 'policies'>,
  options: CheckOptions,
  diagnostics: readonly Diagnostic[],
): Report => {
  const failed = findings.some(failsRun);
  const error = diagnostics.some(isError);
  const verdicts = (verdict: string): number => analysis.connections.filter((c) => c.verdict === verdict).length;
  const open = findings.filter(({ waiver }) => waiver === null);
  const outcomes = (outcome: Finding['outcome']): number => open.filter((f) => f.outcome === outcome).length;
  return {
    schemaVersion: '1',
    tool: { name: 'rds-auth-policy', version: options.toolVersion },
    input: documents.map(inputOf),
    verdict: error ? 'error' : failed ? 'fail' : 'pass',
    configuration: { path: options.configuration?.path ?? null, hash: options.configuration?.hash ?? null },
    summary: {
      databases: analysis.databases,
      proxies: analysis.proxies,
      connections: {
        reachable: verdicts('reachable'),
        unreachable: verdicts('unreachable'),
        unknown: verdicts('unknown'),
      },
      findings: { fail: outcomes('fail'), unknown: outcomes('unknown'), waived: findings.length - open.length },
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
  source: document.source?.label ?? null,
  role: index === 0 ? 'judged' : 'context',
});
