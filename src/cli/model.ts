import { type ModelDocument, examine, readModel } from '../index.ts';
import { type Diagnostic, isError } from '../model/diagnostic.ts';
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
  if (isForOpa) return printForOpa(plans, invocation, streams, version);
  const documents: ModelDocument[] = [];
  for (const plan of plans) if (plan.ok) documents.push(await readModel(plan.documents, version));
  streams.stdout.write(renderModel(documents));
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

const printForOpa = async (
  [plan]: readonly GatheredPlan[],
  invocation: Invocation,
  streams: Streams,
  version: string,
): Promise<number> => {
  if (plan === undefined || !plan.ok) throw new Error('model has gathered no plan');
  const { policies, diagnostics } = await loadPolicies(invocation);
  const options = await checkOptions(invocation, plan.documents, streams, version);
  const { model, report } = await examine(plan.documents, policies, options);
  const errors = [...diagnostics, ...report.diagnostics].filter(isError);
  if (errors.length > 0) return reportNoAnswer(errors, { ...invocation, format: 'pretty' }, streams, version);
  streams.stdout.write(renderModelForOpa(model, report));
  return 0;
};
