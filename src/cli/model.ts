import { type ModelDocument, type Report, examine, readModel } from '../index.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { renderModel, renderModelForOpa } from '../report/model.ts';
import { checkOptions } from './check-options.ts';
import { type GatheredPlan, gather } from './gather.ts';
import type { Invocation } from './invocation.ts';
import { loadPolicies } from './load-policies.ts';
import { reportNoAnswer } from './mistake.ts';
import type { Streams } from './streams.ts';

/** Prints the authentication model of each plan as JSON, for Rego with what the tool makes of it. */
export const printModel = async (invocation: Invocation, streams: Streams, version: string): Promise<number> => {
  const isForOpa = invocation.format === 'opa';
  const { plans, progress } = await gather(invocation, streams, invocation.configuration?.diagnostics ?? []);
  progress.clear();
  const obstacles = [
    ...plans.flatMap((plan) => (plan.ok ? [] : plan.diagnostics)),
    ...(isForOpa ? several(plans) : []),
  ];
  // A report is no model: whoever reads one finds nothing, and standard error says why.
  if (obstacles.length > 0) return reportNoAnswer(obstacles, { ...invocation, format: 'pretty' }, streams, version);
  const documents: ModelDocument[] = [];
  for (const plan of plans) if (plan.ok) documents.push(await readModel(plan.documents, version));
  const [document] = documents;
  if (!isForOpa || document === undefined) {
    streams.stdout.write(renderModel(documents));
    return 0;
  }
  const report = await judge(plans, invocation, streams, version);
  if (!report.ok) return reportNoAnswer(report.diagnostics, { ...invocation, format: 'pretty' }, streams, version);
  streams.stdout.write(renderModelForOpa(document, report.report));
  return 0;
};

/** In the data of Rego there is one place for it. */
const several = (plans: readonly GatheredPlan[]): readonly Diagnostic[] =>
  plans.length < 2
    ? []
    : [
        {
          severity: 'error',
          code: 'usage-invalid',
          summary: 'The format opa takes one PLAN.',
          detail: 'Give the others with --context, or run it once for each.',
        },
      ];

type Judged =
  | { readonly ok: true; readonly report: Report }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

const judge = async (
  [plan]: readonly GatheredPlan[],
  invocation: Invocation,
  streams: Streams,
  version: string,
): Promise<Judged> => {
  if (plan === undefined || !plan.ok) throw new Error('model has gathered no plan');
  const { policies, diagnostics } = await loadPolicies(invocation);
  const options = await checkOptions(invocation, plan.documents, streams, version);
  const { report } = await examine(plan.documents, policies, options);
  const errors = [...diagnostics, ...report.diagnostics].filter(({ severity }) => severity === 'error');
  return errors.length > 0 ? { ok: false, diagnostics: errors } : { ok: true, report };
};
