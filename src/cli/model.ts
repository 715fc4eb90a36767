import { type ModelDocument, readModel } from '../index.ts';
import { renderModel } from '../report/model.ts';
import { gather } from './gather.ts';
import type { Invocation } from './invocation.ts';
import { reportNoAnswer } from './mistake.ts';
import type { Streams } from './streams.ts';

/** Prints the authentication model of each plan as JSON. */
export const printModel = async (invocation: Invocation, streams: Streams, version: string): Promise<number> => {
  const { plans, progress } = await gather(invocation, streams, invocation.configuration?.diagnostics ?? []);
  progress.clear();
  const obstacles = plans.flatMap((plan) => (plan.ok ? [] : plan.diagnostics));
  // A report is no model: whoever reads one finds nothing, and standard error says why.
  if (obstacles.length > 0) return reportNoAnswer(obstacles, 'pretty', streams, version);
  const documents: ModelDocument[] = [];
  for (const plan of plans) if (plan.ok) documents.push(await readModel(plan.documents, version));
  streams.stdout.write(renderModel(documents));
  return 0;
};
