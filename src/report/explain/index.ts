import type { ReportContext } from '../context.ts';
import { printable, printableJson } from '../printable.ts';
import type { Explanation } from './explanation.ts';
import { type Answer, type Question, answer } from './find.ts';
import { renderExplanations } from './render.ts';

export type { DescribedPolicy, ExaminedPlan } from './explanation.ts';
export { findPolicies } from './find.ts';

export type Explained =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly summary: string; readonly detail: string };

/** Answers a question in words. What comes from a plan is made printable before lines to copy are made of it. */
export const explainInWords = (question: Question, context: ReportContext): Explained => {
  const spoken = printable(question, context);
  const answered = answer(spoken);
  if (!answered.ok) return answered;
  const documents = spoken.plans[0]?.report.input.map(({ path }) => path) ?? [];
  return { ok: true, text: renderExplanations(answered.explanations, documents, context) };
};

/** The same for programs: an object, or an array where several PLANs have the id or several policies the alias. */
export const explainAsJson = (question: Question, version: string): Explained => {
  const answered: Answer = answer(question);
  if (!answered.ok) return answered;
  const documents = answered.explanations.map((explanation) => enveloped(explanation, version));
  const json = JSON.stringify(documents.length === 1 ? documents[0] : documents, null, 2);
  return { ok: true, text: `${printableJson(json)}\n` };
};

const enveloped = (explanation: Explanation, version: string) => ({
  schemaVersion: '1',
  tool: { name: 'rds-auth-policy', version },
  ...explanation,
});
