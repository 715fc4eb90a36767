import type { CheckDocuments, DetectedDocument, ReportInput, SourceTexts } from '../index.ts';
import { type Diagnostic, isError } from '../model/diagnostic.ts';
import type { Invocation } from './invocation.ts';
import { type Progress, progressFor } from './progress.ts';
import { findContext, readDocument } from './read-documents.ts';
import type { Read } from './reading.ts';
import type { Streams } from './streams.ts';

/** A plan with everything that completes it, or why it cannot be judged. */
export type GatheredPlan =
  | { readonly ok: true; readonly documents: CheckDocuments }
  | {
      readonly ok: false;
      readonly diagnostics: readonly Diagnostic[];
      readonly input: readonly ReportInput[];
      /** Where what is wrong is in a source that could be read. */
      readonly texts?: SourceTexts;
    };

export type Gathered = { readonly plans: readonly GatheredPlan[]; readonly progress: Progress };

/** Reads the plans and their context. `before` is what went wrong until now. */
export const gather = async (
  invocation: Invocation,
  streams: Streams,
  before: readonly Diagnostic[],
): Promise<Gathered> => {
  const found = await findContext(invocation);
  const files = [...invocation.plans, ...found.files];
  const progress = progressFor(files, () => streams.stderr, invocation.quiet);
  const reading = { streams, progress, source: invocation.source };
  const plans: Read[] = [];
  for (const path of invocation.plans) plans.push(await readDocument(path, 'judged', reading));
  const context: Read[] = [];
  for (const path of found.files) context.push(await readDocument(path, 'context', reading));
  // Without a policy or a context that was asked for, every verdict could be another one.
  const obstacles = [...before, ...found.diagnostics, ...context.flatMap(diagnosticOf)].filter(isError);
  const completing = [...plans, ...context].flatMap(documentOf);
  return { plans: plans.map((plan) => complete(plan, completing, obstacles)), progress };
};

const complete = (
  plan: Read,
  completing: readonly DetectedDocument[],
  obstacles: readonly Diagnostic[],
): GatheredPlan => {
  if (!plan.ok) return { ok: false, diagnostics: [...plan.diagnostics, ...obstacles], input: [] };
  if (obstacles.length > 0) return { ok: false, diagnostics: obstacles, input: [inputOf(plan.document)] };
  const context = completing.filter((other) => other !== plan.document);
  return { ok: true, documents: { judged: plan.document, context } };
};

const documentOf = (read: Read): readonly DetectedDocument[] => (read.ok ? [read.document] : []);
const diagnosticOf = (read: Read): readonly Diagnostic[] => (read.ok ? [] : read.diagnostics);
const inputOf = ({ path, kind, terraformVersion, source }: DetectedDocument): ReportInput => ({
  path,
  kind,
  terraformVersion,
  source: source?.label ?? null,
  role: 'judged',
});
