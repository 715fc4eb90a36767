import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Finding } from '../../model/finding.ts';
import type { CaseDifference, CaseExpectation, CaseObservation } from '../../model/policy-test.ts';
import { messagePattern } from './message-pattern.ts';

/** What a policy said of a case: the gravest outcome, `pass` where it says nothing. */
export const observe = (
  findings: readonly Finding[],
  diagnostics: readonly Diagnostic[],
  subjects: number,
): CaseObservation => {
  const reasons = diagnostics.filter(({ code }) => code === 'policy-crashed').map(({ summary }) => summary);
  if (reasons.length > 0) return { outcome: 'crash', subjects, addresses: [], messages: [], reasons };
  const outcome = findings.some((finding) => finding.outcome === 'fail') ? 'fail' : (findings[0]?.outcome ?? 'pass');
  const speaking = findings.filter((finding) => finding.outcome === outcome);
  return {
    outcome,
    subjects,
    addresses: speaking.map(({ address }) => address),
    messages: speaking.map(({ message }) => message),
    reasons,
  };
};

/** In what it departs from what was expected. Where the outcome is another one, its findings are others anyway. */
export const differencesOf = (expected: CaseExpectation, got: CaseObservation): readonly CaseDifference[] => {
  if (expected.outcome !== got.outcome) return ['outcome'];
  // What passes because nothing was there to fail shows nothing of the policy.
  if ((expected.subjects === 'none') !== (got.subjects === 0)) return ['subjects'];
  return [
    ...(expected.addresses === null || isSameSet(expected.addresses, got.addresses) ? [] : ['address' as const]),
    ...(expected.message === null || hasMessage(expected.message, got.messages) ? [] : ['message' as const]),
  ];
};

const isSameSet = (left: readonly string[], right: readonly string[]): boolean =>
  [...new Set(left)].sort().join('\n') === [...new Set(right)].sort().join('\n');

const hasMessage = (written: string, messages: readonly string[]): boolean =>
  messages.some(messagePattern(written) ?? (() => false));
