import type { CaseDifference, CaseExpectation, CaseObservation, CaseResult } from '../../model/policy-test.ts';

/** Where a case is written. */
export const placeOf = ({ path, line }: CaseResult): string => (line === null ? path : `${path}:${line}`);

/** Milliseconds in words. */
export const durationWords = (milliseconds: number): string =>
  milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;

export type Labelled = { readonly label: string; readonly text: string };

/** What was expected and what came, line below line. */
export const differenceWords = ({ expected, got, differences }: CaseResult): readonly Labelled[] =>
  differences.flatMap((difference) => [
    { label: 'expected', text: expectedWords(difference, expected) },
    { label: 'got', text: gotWords(difference, got) },
  ]);

const expectedWords = (difference: CaseDifference, { outcome, addresses, message }: CaseExpectation): string => {
  switch (difference) {
    case 'outcome':
      return addresses === null ? outcome : `${outcome} at ${addresses.join(', ')}`;
    case 'address':
      return `at ${addresses?.join(', ')}`;
    case 'message':
      return `message ${message?.trim()}`;
  }
};

const gotWords = (difference: CaseDifference, { outcome, addresses, messages, reasons }: CaseObservation): string => {
  switch (difference) {
    case 'outcome':
      if (outcome === 'pass') return 'pass';
      if (outcome === 'crash') return `a crash: ${reasons.join('\n')}`;
      return [`${outcome} at ${addresses.join(', ')}`, ...messages].join('\n');
    case 'address':
      return `at ${addresses.join(', ')}`;
    case 'message':
      return [...new Set(messages)].map((message) => `message ${message}`).join('\n');
  }
};
