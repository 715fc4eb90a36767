import type { CheckDocuments, DetectedDocument, ReportInput } from '../index.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Invocation } from './invocation.ts';
import { type Progress, progressFor } from './progress.ts';
import { type Read, findContext, readDocument } from './read-documents.ts';
import type { Streams } from './streams.ts';

/** A plan with everything that completes it, or why it cannot be judged. */
export type GatheredPlan =
  | { readonly ok: true; readonly documents: CheckDocuments }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[]; readonly input: readonly ReportInput[] };

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
  const plans: Read[] = [];
  for (const path of invocation.plans) plans.push(await readDocument(path, streams, progress));
  const context: Read[] = [];
  for (const path of found.files) context.push(await readDocument(path, streams, progress));
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
  if (!plan.ok) return { ok: false, diagnostics: [plan.diagnostic, ...obstacles], input: [] };
  if (obstacles.length > 0) return { ok: false, diagnostics: obstacles, input: [inputOf(plan.document)] };
  const context = completing.filter((other) => other !== plan.document);
  return { ok: true, documents: { judged: plan.document, context } };
};

const documentOf = (read: Read): readonly DetectedDocument[] => (read.ok ? [read.document] : []);
const diagnosticOf = (read: Read): readonly Diagnostic[] => (read.ok ? [] : [read.diagnostic]);
const isError = ({ severity }: Diagnostic): boolean => severity === 'error';

const inputOf = ({ path, kind, terraformVersion }: DetectedDocument): ReportInput => ({
  path,
  kind,
  terraformVersion,
  source: null,
  role: 'judged',
});
