import { type Report, check, compareReports } from '../index.ts';
import { renderComparison } from '../report/diff/index.ts';
import { contextFor } from './appearance.ts';
import { checkOptions } from './check-options.ts';
import { gather } from './gather.ts';
import type { Invocation } from './invocation.ts';
import { type LoadedPolicies, loadPolicies } from './load-policies.ts';
import { reportNoAnswer } from './mistake.ts';
import type { Streams } from './streams.ts';

/** Says what is different between two plans or states. The result is 1 where the second is worse. */
export const diff = async (invocation: Invocation, streams: Streams, version: string): Promise<number> => {
  const loaded = await loadPolicies(invocation);
  const reports: Report[] = [];
  for (const plan of invocation.plans) {
    const judged = await judgeAlone(plan, loaded, invocation, streams, version);
    if (!judged.ok) return reportNoAnswer(judged.diagnostics, invocation, streams, version);
    reports.push(judged.report);
  }
  const [before, after] = reports;
  if (before === undefined || after === undefined) throw new Error('diff was given other than two plans');
  const comparison = compareReports(before, after);
  const context = contextFor(streams.stdout, streams.env, invocation);
  streams.stdout.write(renderComparison(comparison, invocation.format, context));
  return { pass: 0, fail: 1, error: 2 }[comparison.verdict];
};

type Judged =
  | { readonly ok: true; readonly report: Report }
  | { readonly ok: false; readonly diagnostics: Report['diagnostics'] };

/** By itself: one plan is not the context of the other, of which it is another moment. */
const judgeAlone = async (
  path: string,
  { policies, diagnostics }: LoadedPolicies,
  invocation: Invocation,
  streams: Streams,
  version: string,
): Promise<Judged> => {
  const { plans, progress } = await gather({ ...invocation, plans: [path] }, streams, diagnostics);
  progress.clear();
  const [plan] = plans;
  if (plan === undefined || !plan.ok) return { ok: false, diagnostics: plan?.diagnostics ?? [] };
  const options = await checkOptions(invocation, plan.documents, streams, version);
  const report = check(plan.documents, policies, options);
  const errors = report.diagnostics.filter(({ severity }) => severity === 'error');
  return errors.length > 0 ? { ok: false, diagnostics: errors } : { ok: true, report };
};
