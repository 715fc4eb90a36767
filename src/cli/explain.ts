import { type CompiledPolicy, type Examination, examine, exampleOf, meaningOf } from '../index.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { type DescribedPolicy, type ExaminedPlan, explainAsJson, explainInWords } from '../report/explain/index.ts';
import { contextFor } from './appearance.ts';
import { checkOptions } from './check-options.ts';
import { excerptsFrom } from './excerpts.ts';
import { gather } from './gather.ts';
import type { Invocation } from './invocation.ts';
import { type LoadedPolicies, loadPolicies } from './load-policies.ts';
import { reportNoAnswer } from './mistake.ts';
import type { Streams } from './streams.ts';

/** Says all there is to say of one connection, finding, policy, leg or path. */
export const explain = async (invocation: Invocation, streams: Streams, version: string): Promise<number> => {
  const loaded = await loadPolicies(invocation);
  const asJson = invocation.format === 'json';
  const { plans, obstacles, texts } = await examinePlans(invocation, streams, version, loaded);
  if (obstacles.length > 0) return reportNoAnswer(obstacles, invocation, streams, version);
  const question = { subject: invocation.words[0] ?? '', policies: await describeAll(loaded.policies), plans };
  const context = { ...contextFor(streams.stdout, streams.env, invocation), ...(await excerptsFrom(texts)) };
  const explained = asJson ? explainAsJson(question, version) : explainInWords(question, context);
  if (!explained.ok) {
    const { summary, detail } = explained;
    return reportNoAnswer(
      [{ severity: 'error', code: 'usage-invalid', summary, detail }],
      invocation,
      streams,
      version,
    );
  }
  streams.stdout.write(explained.text);
  return 0;
};

/** The policies with what they assert in words, and with their examples. */
export const describeAll = (policies: readonly CompiledPolicy[]): Promise<readonly DescribedPolicy[]> =>
  Promise.all(
    policies.map(async (compiled) => ({
      policy: compiled.policy,
      meaning: await meaningOf(compiled),
      example: await exampleOf(compiled),
    })),
  );

type Examined = {
  readonly plans: readonly ExaminedPlan[];
  readonly obstacles: readonly Diagnostic[];
  readonly texts: readonly Pick<Examination, 'texts'>[];
};

const examinePlans = async (
  invocation: Invocation,
  streams: Streams,
  version: string,
  { policies, ...loaded }: LoadedPolicies,
): Promise<Examined> => {
  const diagnostics = [...loaded.diagnostics, ...loaded.faults];
  const { plans, progress } = await gather(invocation, streams, diagnostics);
  const obstacles = plans.flatMap((plan) => (plan.ok ? [] : plan.diagnostics));
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const examined: ExaminedPlan[] = [];
  const texts: Pick<Examination, 'texts'>[] = [];
  for (const plan of plans) {
    if (!plan.ok || obstacles.length > 0) continue;
    progress.show(`judging ${plan.documents.judged.path}`);
    const options = await checkOptions(invocation, plan.documents, streams, version);
    const { report, guides, ...own } = await examine(plan.documents, policies, options);
    examined.push({ report, guides });
    texts.push(own);
  }
  progress.clear();
  return { plans: examined, obstacles: plans.length === 0 ? errors : obstacles, texts };
};
