import type { SourceDifference } from './terraform/hcl/match-plan.ts';
import type { DetectedDocument } from './terraform/plan/detect.ts';
import type { Source } from './terraform/source.ts';

/** How far a plan was made of a configuration. */
export type SourceComparison = SourceDifference & { readonly matches: boolean };

/** Compares by the addresses of resources; no value is looked at. */
export const compareSource = async (source: Source, { json }: DetectedDocument): Promise<SourceComparison> => {
  const { compareWithPlan, isSame } = await import('./terraform/hcl/match-plan.ts');
  const difference = compareWithPlan(source.addresses, json);
  return { ...difference, matches: isSame(difference) };
};
