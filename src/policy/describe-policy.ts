import type { PolicyExample } from '../model/policy.ts';
import type { CompiledPolicy } from './compiled-policy.ts';
import type { Condition } from './condition.ts';

/** What each attribute that the `assert` of a policy asks about means, in words; of a function nothing is known. */
export const meaningOf = async (compiled: CompiledPolicy): Promise<readonly string[]> => {
  if ('judge' in compiled) return [];
  const { policy, assert } = compiled;
  // A check needs no words for what it asserts.
  const { subjects } = await import('./subjects.ts');
  const attributes = subjects.get(policy.subject);
  const names = new Set(namesIn(assert, policy.subject));
  return [...names].flatMap((name) => {
    const attribute = attributes?.get(name);
    return attribute === undefined || attribute.kind === 'text' ? [] : [attribute.doc];
  });
};

/** Of a built-in policy, a configuration that it refuses and one that it does not mind; null for others. */
export const exampleOf = async ({ policy }: CompiledPolicy): Promise<PolicyExample | null> => {
  const { policyExamples } = await import('./examples.generated.ts');
  return Object.hasOwn(policyExamples, policy.id) ? (policyExamples[policy.id] ?? null) : null;
};

/** The attributes of the subject that a condition reads. */
const namesIn = (condition: Condition, subject: string): readonly string[] => {
  const own = 'of' in condition && condition.of === subject ? [condition.name] : [];
  const parts = Object.values(condition).flatMap(partsOf);
  return [...own, ...parts.flatMap((part) => namesIn(part, subject))];
};

const partsOf = (part: unknown): readonly Condition[] => {
  if (Array.isArray(part)) return part.flatMap(partsOf);
  return typeof part === 'object' && part !== null && 'op' in part ? [part as Condition] : [];
};
